"""Show what is wrong with tables where it is wrong: in a workbook."""

from pathlib import Path

from meetsched.errors import DataError, OutputError, RequestError
from meetsched.loading import Loaded, load_instance, read_cells
from meetsched.loading.files import read_bytes
from meetsched.saving import Marks, mark_tables, mark_workbook
from meetsched.service.writing import check_folder, write_files


def load_annotated(instance: Path, target: Path) -> Loaded | DataError:
    """Load an instance, and write a workbook with all that is wrong or odd about it marked.

    Parameters
    ----------
    instance : Path
        A workbook, of which the new one is a copy; or a folder of CSV files, which become its sheets.
    target : Path

    Returns
    -------
    Loaded or DataError
        The error, where the instance cannot be used; its faults are marked.

    Raises
    ------
    DataError
        Nothing can be read, so nothing was written.
    RequestError
        The instance is no table, or the target no workbook.
    OutputError
        The workbook cannot be written.
    """
    _check(instance, target)
    found: Loaded | DataError
    try:
        found = load_instance(instance)
        marks = Marks((), found.warnings)
    except DataError as error:
        found, marks = error, Marks(error.faults, ())
    _write(instance, target, marks)
    return found


def _check(instance: Path, target: Path) -> None:
    if not instance.is_dir() and instance.suffix.lower() not in (".xlsx", ".xlsm"):
        raise RequestError("only a workbook or a folder of CSV files has cells to mark")
    if target.suffix.lower() != ".xlsx":
        raise RequestError(f"{target}: expected the name of a workbook, which ends in .xlsx")
    check_folder(target.parent)
    if target.exists() and target.samefile(instance):
        raise OutputError(f"{target} is the instance, which would be replaced; choose another name")


def _write(instance: Path, target: Path, marks: Marks) -> None:
    cells = read_cells(instance)
    is_folder = instance.is_dir()
    content = mark_tables(cells, marks) if is_folder else mark_workbook(read_bytes(instance), marks)
    write_files(target.parent, {target.name: content})
