"""Keep finished parts of a run in a folder."""

from contextlib import suppress
from pathlib import Path

from meetsched.service.writing import write_files


class PartsFolder:
    """A folder with a file for each finished part, whole or not there.

    Parameters
    ----------
    folder : Path
        It is made with the first file.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """Return what is kept under a name; None where nothing is, or it cannot be read."""
        try:
            return (self.folder / _file_name(key)).read_bytes()
        except OSError:
            return None

    def put(self, key: str, content: bytes) -> None:
        """Keep something.

        Raises
        ------
        OutputError
            It cannot be written.
        """
        write_files(self.folder, {_file_name(key): content})


def clear_parts(folder: Path) -> None:
    """Remove what is kept in a folder, and the folder where nothing else is in it."""
    for pattern in (_file_name("*"), f".{_file_name('*')}.*.tmp"):
        for path in folder.glob(pattern):
            with suppress(OSError):
                path.unlink()
    with suppress(OSError):
        folder.rmdir()


def _file_name(key: str) -> str:
    return f"part-{key}.json"
