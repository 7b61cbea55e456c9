"""What went wrong, as an answer: a page for browsers, JSON under ``/v1``."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from meetsched.errors import (
    DataError,
    Fault,
    MeetschedError,
    RequestError,
    StaleError,
    StoreError,
    UnknownError,
)
from meetsched.web.page import page_of

_STATUS: tuple[tuple[type[MeetschedError], int], ...] = (
    (UnknownError, 404),
    (StaleError, 409),
    (RequestError, 400),
    (DataError, 422),
    (StoreError, 503),
    (MeetschedError, 500),
)

_EXPECTED = MappingProxyType(
    {
        "bool_parsing": "true or false",
        "date_from_datetime_inexact": "a date such as 2027-01-31",
        "date_from_datetime_parsing": "a date such as 2027-01-31",
        "enum": "{expected}",
        "greater_than_equal": "{ge} or more",
        "int_parsing": "a whole number",
        "int_parsing_size": "a smaller number",
        "less_than_equal": "{le} at most",
        "literal_error": "{expected}",
        "string_too_long": "{max_length} characters at most",
    }
)
"""What is expected where a field of a form or an address cannot be read; by pydantic's name for that."""


def handle_failures(app: FastAPI) -> None:
    """Let an application tell what went wrong."""
    app.add_exception_handler(MeetschedError, _tell_error)
    app.add_exception_handler(RequestValidationError, _tell_invalid)
    for kind in (HTTPException, *range(400, 500)):
        app.add_exception_handler(kind, _tell_refusal)


def status_of(error: MeetschedError) -> int:
    """Return the HTTP status of an error."""
    return next(status for kind, status in _STATUS if isinstance(error, kind))


def _tell_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, MeetschedError)
    faults = tuple(error.faults) if isinstance(error, DataError) else ()
    return failure(request, status_of(error), str(error), faults)


def _tell_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    found = error.errors()
    if not _is_api(request):
        if any(each["loc"][0] == "path" for each in found):
            return failure(request, 404, HTTPStatus(404).phrase)
        return failure(request, 422, "; ".join(map(_in_words, found)))
    faults = [f"{'.'.join(str(part) for part in each['loc'])}: {each['msg']}" for each in found]
    return failure(request, 422, "; ".join(faults))


def _in_words(details: Mapping[str, Any]) -> str:
    """Say what is wrong with a field of a form or an address, as those say it who know no types."""
    name = next((part for part in reversed(details["loc"]) if isinstance(part, str)), "")
    if details["type"] == "missing":
        return f"{name} is missing"
    expected = _EXPECTED.get(details["type"], "something else")
    return f"{name}: expected {expected.format_map(details.get('ctx', {}))}"


def _tell_refusal(request: Request, error: Exception) -> Response:
    status = int(getattr(error, "status_code", 500))
    detail = str(getattr(error, "detail", ""))
    response = failure(request, status, detail or HTTPStatus(status).phrase)
    for name, value in (getattr(error, "headers", None) or {}).items():
        response.headers[name] = value
    return response


def failure(request: Request, status: int, message: str, faults: tuple[Fault, ...] = ()) -> Response:
    """Return what is told of a failure."""
    if _is_api(request):
        return JSONResponse(error_document(status, message, faults), status)
    page = page_of(request)
    title = "There is no such page" if status == 404 else "That did not work"
    return page.show("failure.html", status, title=title, message=message, faults=faults)


def _is_api(request: Request) -> bool:
    return request.url.path.startswith("/v1/")


def error_document(status: int, message: str, faults: tuple[Fault, ...] = ()) -> dict[str, object]:
    """Return a failure as JSON-ready data."""
    return {
        "error": {
            "status": status,
            "message": message,
            "faults": [fault_document(fault) for fault in faults],
        }
    }


def fault_document(fault: Fault) -> dict[str, str | int | None]:
    """Return a fault as JSON-ready data."""
    cell = fault.cell
    return {
        "file": fault.file,
        "line": fault.line,
        "sheet": cell.sheet if cell else None,
        "cell": cell.reference if cell else None,
        "path": fault.path,
        "value": fault.value,
        "expected": fault.expected,
        "hint": fault.hint,
        "text": str(fault),
    }
