"""A first instance to change into one's own."""

from pathlib import Path
from typing import NamedTuple

from meetsched.domain.cells import CsvDialect
from meetsched.loading import load_instance
from meetsched.saving import InstanceForm, instance_files
from meetsched.service.converting import refuse_existing
from meetsched.service.writing import write_files
from meetsched.starter import STARTER_NAME, starter_document, starter_file

__all__ = ["InstanceForm", "Started", "start"]


class Started(NamedTuple):
    """The instance to go on with, and the files that it is made of."""

    instance: Path
    files: tuple[Path, ...]


def start(
    folder: Path, form: InstanceForm = InstanceForm.YAML, dialect: CsvDialect = CsvDialect.RFC4180
) -> Started:
    """Write the starter instance, with all its explanations, into a folder.

    A folder of CSV files is the folder itself.

    Raises
    ------
    OutputError
        It cannot be written, or a file of its name is there already: nobody's work is overwritten.
    """
    if form is InstanceForm.YAML:
        files = {STARTER_NAME: starter_document()}
    else:
        with starter_file() as path:
            loaded = load_instance(path)
        name = Path(STARTER_NAME).with_suffix(f".{form}").name
        files = instance_files(loaded.instance, form, name, dialect)
    refuse_existing(folder, files)
    written = write_files(folder, files)
    return Started(folder if form is InstanceForm.CSV else written[0], written)
