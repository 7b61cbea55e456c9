"""How the program ends: exit codes, and errors as words or as JSON."""

import json
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from meetsched.errors import DataError, Fault


class ExitCode(IntEnum):
    """What the exit code of the process tells; the codes are public."""

    DONE = 0
    BUG = 1
    WRONG_USAGE = 2
    BAD_DATA = 3
    NO_PLAN_EXISTS = 4
    NO_PLAN_IN_TIME = 5
    BROKEN_RULES = 6
    INTERRUPTED = 130

    @property
    def kind(self) -> str:
        """Its name in an error's JSON, such as ``bad-data``."""
        return self.name.lower().replace("_", "-")


def error_document(code: ExitCode, message: str, faults: Sequence[Fault] = ()) -> bytes:
    """Return the JSON that stands on standard output where `--json` has no result to print."""
    error: dict[str, Any] = {"exit_code": int(code), "kind": code.kind, "message": message}
    if faults:
        error["faults"] = [fault_document(fault) for fault in faults]
    return json_bytes({"error": error})


def fault_document(fault: Fault) -> dict[str, str | int | None]:
    """Return a fault of an input file as JSON-ready data; where it is in a table, only for tables."""
    cell = fault.cell
    place: dict[str, str | int | None] = {}
    if cell:
        place = {"sheet": cell.sheet, "row": cell.row, "cell": cell.reference}
    return {
        "file": fault.file,
        "line": fault.line,
        "path": fault.path,
        "value": fault.value,
        "expected": fault.expected,
        "hint": fault.hint,
        **place,
    }


def json_bytes(document: Any) -> bytes:
    """Return a document as indented JSON, in UTF-8."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"


def data_message(error: DataError) -> str:
    """Say what is wrong with the input, one line a fault."""
    if len(error.faults) == 1:
        return str(error)
    return f"{len(error.faults)} faults in the input\n{error}"
