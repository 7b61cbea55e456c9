"""Ctrl-C and SIGTERM: the first asks a search to stop, the second ends the program."""

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType, TracebackType
from typing import Any, Self

from meetsched.cli.exits import ExitCode

STOPPING = "Stopping: the best plan so far is kept. Press Ctrl-C again to give it up."
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_SHOW_CURSOR = b"\x1b[?25h"


@contextmanager
def termination_as_interrupt() -> Iterator[None]:
    """Make SIGTERM raise KeyboardInterrupt, as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


class Interrupts:
    """While it is entered, the first interrupt sets `stop`; the second ends the process at once.

    Files are not left half-written by that: what `unstoppable` holds is finished first.

    Parameters
    ----------
    announce : bool
        Whether to say on standard error that the first interrupt was heard.

    Attributes
    ----------
    stop : Event
        Set by the first Ctrl-C or SIGTERM; what runs then finishes with the best that it has.
    """

    def __init__(self, *, announce: bool) -> None:
        self.stop = Event()
        self._announce = announce
        self._holding = False
        self._before: list[Any] = []

    def __enter__(self) -> Self:
        self._before = [signal.signal(number, self._on_signal) for number in _SIGNALS]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in zip(_SIGNALS, self._before, strict=True):
            signal.signal(number, handler)

    @contextmanager
    def unstoppable(self) -> Iterator[None]:
        """Let no interrupt end the process while the body runs."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if not self.stop.is_set():
            self.stop.set()
            if self._announce:
                _write_now(f"{STOPPING}\n".encode())
        elif not self._holding:
            end_now()


def end_now() -> None:
    """End the process without waiting for threads that are still at work."""
    if sys.stderr.isatty():
        _write_now(_SHOW_CURSOR)
    os._exit(ExitCode.INTERRUPTED)


def _write_now(text: bytes) -> None:
    """Write to standard error from a signal handler, where a buffered stream could be in mid-write."""
    os.write(2, text)
