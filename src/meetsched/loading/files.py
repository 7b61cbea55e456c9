"""Files to text: what cannot be read is told as one fault."""

import codecs
from pathlib import Path

from meetsched.loading.raw import unreadable

MAX_BYTES = 100_000_000
"""A town of everyday size has 30,000, a country of a thousand towns as many times as much."""


def read_bytes(path: Path, *, may_be_empty: bool = False) -> bytes:
    """Read a whole file.

    Parameters
    ----------
    may_be_empty : bool
        Whether it may have no bytes; one of blanks alone is empty by mistake all the same.

    Raises
    ------
    DataError
        If it is missing, no file, not readable, empty or too large.
    """
    file = str(path)
    try:
        if path.is_dir():
            raise unreadable(file, "expected a file, this is a folder")
        if not path.exists():
            raise unreadable(file, "there is no such file")
        if not path.is_file():
            raise unreadable(file, "expected a file, this is a device or a pipe")
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is none"
        raise unreadable(file, f"the file cannot be read: {reason}") from None
    if len(data) > MAX_BYTES:
        raise unreadable(file, f"the file is too large, expected at most {MAX_BYTES // 1_000_000} MB")
    if not data.strip() and not (may_be_empty and data == b""):
        raise unreadable(file, "the file is empty")
    return data


def decode(file: str, data: bytes, how: str = "save the file as UTF-8") -> str:
    """Return the text of a UTF-8 file, with or without a byte order mark.

    Parameters
    ----------
    how : str
        What to do about a file in another encoding.

    Raises
    ------
    DataError
        If it is no UTF-8 text.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise unreadable(file, "the file is UTF-16, expected UTF-8", hint=how)
    if b"\0" in data:
        raise unreadable(file, "expected a text file, this one is binary (it holds zero bytes)")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise unreadable(file, f"the byte 0x{data[error.start]:02x} is not UTF-8", line, how) from None
