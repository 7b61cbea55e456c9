"""Standard output and standard error, which may be closed, full or of a narrow encoding."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from meetsched.errors import OutputError

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

WIDE = 100
"""Columns of tables that no terminal shows."""


def prepare_streams() -> None:
    """Make the streams take whatever is written.

    One that was closed before the start leads nowhere; a character that a stream's encoding lacks
    becomes a question mark.
    """
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def show(text: str) -> None:
    """Write a result to standard output; a reader that has left is no error.

    Raises
    ------
    OutputError
        It leads to a file that cannot be written.
    """
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except OSError as error:
        _detach(sys.stdout)
        if not isinstance(error, BrokenPipeError):
            reason = error.strerror or str(error)
            raise OutputError(f"cannot write to standard output: {reason}") from error


def show_bytes(document: bytes) -> None:
    """Write a result to standard output as it is, in UTF-8 whatever the terminal's encoding."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8")
    show(document.decode())


def tell(text: str) -> None:
    """Write a message to standard error, if anyone still reads it."""
    try:
        sys.stderr.write(f"{text}\n")
        sys.stderr.flush()
    except OSError:
        _detach(sys.stderr)


def tell_warnings(warnings: Iterable[object]) -> None:
    """Say what is odd but not wrong, on standard error."""
    for warning in warnings:
        tell(f"Warning: {warning}")


def show_table(*parts: "RenderableType") -> None:
    """Write tables and texts to standard output, as wide as the terminal, or as they need."""
    page = _Page(sys.stdout)
    console = make_console(page)
    for part in parts:
        console.print(part)
    show("".join(f"{line.rstrip()}\n" for line in page.getvalue().splitlines()))


def make_console(stream: TextIO) -> "Console":
    """Return a console for a stream; colours only on a terminal, and not under NO_COLOR."""
    from rich.console import Console

    width = None if stream.isatty() else WIDE
    return Console(file=stream, highlight=False, markup=False, emoji=False, width=width)


class _Page(StringIO):
    """Text on its way to a stream, made for what that stream can show."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """The encoding of the stream."""
        return self._stream.encoding or "utf-8"

    def isatty(self) -> bool:
        """Whether the stream is a terminal."""
        return self._stream.isatty()


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def _detach(stream: TextIO) -> None:
    """Lead a stream nowhere, so that what is left in its buffer does no harm at the end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
