"""The process that does one piece of work; it ends with the server that started it."""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import IO

from meetsched.errors import MeetschedError
from meetsched.store import JobState
from meetsched.web.jobs.messages import STOP, News, Request, Result, news_line, read_request

Work = Callable[[Request, Callable[[News], None], threading.Event], Result]

_NICENESS = 5
"""How much less it matters than the server's pages, as `nice` counts."""


def main() -> None:
    """Read a request from standard input, do it, and write the news to standard output.

    What is printed by anybody else goes nowhere. The process ends with its standard input, even in the
    middle of its work.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_NICENESS)
    news = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    request = read_request(sys.stdin.readline())
    stop = threading.Event()
    threading.Thread(target=_listen, args=(sys.stdin, stop), daemon=True).start()

    def tell(what: News) -> None:
        news.write(news_line(what))
        news.flush()

    tell(_done(request, tell, stop))


def _listen(orders: IO[str], stop: threading.Event) -> None:
    for line in orders:
        if line.strip() == STOP:
            stop.set()
    os._exit(1)  # nobody wants to know any more; the solvers end with their standard input


def _done(request: Request, tell: Callable[[News], None], stop: threading.Event) -> Result:
    """Do the work; whatever goes wrong is told as its end."""
    try:
        work: Work = import_module(f"meetsched.web.jobs.kinds.{request.kind}").work
        return work(request, tell, stop)
    except MeetschedError as error:
        return Result(JobState.FAILED, message=str(error))
    except Exception as error:
        traceback.print_exc()
        message = f"this is a bug in meetsched: {type(error).__name__}: {error}"
        return Result(JobState.FAILED, message=message)


if __name__ == "__main__":
    main()
