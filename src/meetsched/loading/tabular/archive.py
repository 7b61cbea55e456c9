"""The parts of a workbook's archive, unpacked within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from meetsched.errors import DataError
from meetsched.loading.raw import unreadable

MAX_UNPACKED = 30_000_000
"""Bytes of all parts together; a workbook of everyday size has 300,000."""

MAX_PARTS = 2_000
"""Files in the archive."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

Attributes = Mapping[str, str]


def unpack(file: str, data: bytes) -> dict[str, bytes]:
    """Return the XML parts of a workbook by name; macros and pictures are not looked at.

    The sizes are added up before anything is unpacked, and no part is unpacked beyond the size that it
    declares.

    Raises
    ------
    DataError
        It is no workbook, is broken, or would be too large.
    """
    if data.startswith(_OLD_OFFICE):
        hint = "save it as an Excel workbook (.xlsx), without a password"
        raise unreadable(file, "this workbook has a password, or is of the old kind .xls", hint=hint)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _check(file, entries)
            return {
                entry.filename: archive.read(entry)
                for entry in entries
                if entry.filename.lower().endswith((".xml", ".rels"))
            }
    except DataError:
        raise
    except Exception:  # What a broken archive raises is not laid down: at least eight types were seen.
        raise broken(file) from None


def broken(file: str) -> DataError:
    """Return the error of a workbook that cannot be read."""
    return unreadable(file, "this is no Excel workbook, or it is broken", hint="open and save it in Excel")


def _check(file: str, entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_PARTS or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        limit = f"{MAX_UNPACKED // 1_000_000} MB"
        raise unreadable(file, f"the workbook is too large, expected at most {limit} once unpacked")
    if any(entry.compress_type not in _METHODS or entry.flag_bits & 1 for entry in entries):
        raise broken(file)


def walk_xml(
    file: str,
    part: bytes,
    on_start: Callable[[str, Attributes], Any],
    on_end: Callable[[str], Any] = lambda name: None,
    on_text: Callable[[str], Any] = lambda text: None,
) -> None:
    """Read a part, calling back for each element by its name without its namespace.

    Raises
    ------
    DataError
        It is no XML, or has a document type (and so might have entities): no workbook has.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: on_start(_local(name), attributes)
    parser.EndElementHandler = lambda name: on_end(_local(name))
    parser.CharacterDataHandler = on_text

    def refuse(*_: object) -> None:
        raise broken(file)

    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(part, True)
    except (expat.ExpatError, LookupError, ValueError):  # An unknown encoding is a LookupError.
        raise broken(file) from None


def _local(name: str) -> str:
    return name.rpartition(":")[2]
