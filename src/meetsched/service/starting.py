"""A first instance to change into one's own."""

import os
from pathlib import Path

from meetsched.errors import OutputError
from meetsched.service.writing import write_files
from meetsched.starter import STARTER_NAME, starter_document


def start(folder: Path) -> Path:
    """Write the commented starter instance into a folder, and return its path.

    Raises
    ------
    OutputError
        It cannot be written, or a file of its name is there already: nobody's work is overwritten.
    """
    target = folder / STARTER_NAME
    if os.path.lexists(target):
        raise OutputError(f"{target} is there already; move it away or choose another folder")
    return write_files(folder, {STARTER_NAME: starter_document()})[0]
