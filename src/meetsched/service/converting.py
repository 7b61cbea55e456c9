"""An instance from one form to another, with the calendars that it names."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from meetsched.domain.cells import CsvDialect
from meetsched.domain.instance import Instance
from meetsched.errors import Fault, OutputError, RequestError
from meetsched.loading import load_instance
from meetsched.saving import InstanceForm, instance_files
from meetsched.service.writing import check_folder, write_files

_FORMS: Mapping[str, InstanceForm] = {
    ".yaml": InstanceForm.YAML,
    ".yml": InstanceForm.YAML,
    ".json": InstanceForm.JSON,
    ".xlsx": InstanceForm.XLSX,
    "": InstanceForm.CSV,
}


@dataclass(frozen=True, slots=True)
class Converted:
    """The files that were written, and what is odd about the instance."""

    files: tuple[Path, ...]
    warnings: tuple[Fault, ...]


def convert(source: Path, target: Path, dialect: CsvDialect = CsvDialect.RFC4180) -> Converted:
    """Write an instance in another form, and copy the calendars that it names to where it will look.

    Parameters
    ----------
    target : Path
        Its ending tells the form; a folder of CSV files has none.

    Raises
    ------
    DataError
        The instance cannot be used.
    RequestError
        No form has that ending.
    OutputError
        It cannot be written, or a file of that name is there: nobody's work is overwritten.
    """
    form = InstanceForm.CSV if target.is_dir() else _FORMS.get(target.suffix.lower())
    if form is None:
        known = ", ".join(ending for ending in _FORMS if ending)
        raise RequestError(f"{target}: the name must end in one of {known}, or in nothing for a folder")
    folder = target if form is InstanceForm.CSV else target.parent
    check_folder(folder)
    loaded = load_instance(source)
    instance = loaded.written or loaded.instance
    files = instance_files(instance, form, target.name, dialect)
    refuse_existing(folder, files)
    calendars = _calendars(instance, source if source.is_dir() else source.parent, folder)
    written: list[Path] = []
    for path, content in calendars.items():
        written += write_files(path.parent, {path.name: content})
    written += write_files(folder, files)
    return Converted(tuple(written), loaded.warnings)


def refuse_existing(folder: Path, files: Mapping[str, bytes]) -> None:
    """Raise an OutputError where a file of one of the names is in the folder already."""
    for name in files:
        if os.path.lexists(folder / name):
            raise OutputError(f"{folder / name} is there already; move it away or choose another name")


def _calendars(instance: Instance, source: Path, target: Path) -> dict[Path, bytes]:
    """Return the calendars that are not yet where the new file will look for them, by their new paths."""
    if source.resolve() == target.resolve():
        return {}
    home = target.resolve()
    copies: dict[Path, bytes] = {}
    for name in _names(instance):
        path = (home / name).resolve()
        if not path.is_relative_to(home):
            raise OutputError(f"cannot write {target / name}: a link there leads out of the folder")
        content = (source / name).read_bytes()
        if not os.path.lexists(path):
            copies[path] = content
        elif path.read_bytes() != content:
            raise OutputError(f"{target / name} is there already, and is another calendar; move it away")
    return copies


def _names(instance: Instance) -> Iterator[str]:
    names = (name for person in instance.people for name in person.busy_calendars)
    return iter(dict.fromkeys(name.replace("\\", "/") for name in names))
