"""Runs the command line; turns whatever happens into words and an exit code."""

import os
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn

import click

from meetsched.cli.app import app
from meetsched.cli.exits import ExitCode, data_message, error_document
from meetsched.cli.interrupts import end_now, termination_as_interrupt
from meetsched.cli.streams import prepare_streams, show_bytes, tell
from meetsched.errors import DataError, MeetschedError, OutputError, RequestError

DEBUG = "MEETSCHED_DEBUG"
"""The environment variable that, set to 1, lets a bug show its traceback."""


def run_process() -> NoReturn:
    """Run with the process's arguments and end it."""
    with termination_as_interrupt():
        code = run(sys.argv[1:])
        if code == ExitCode.INTERRUPTED:
            end_now()
    sys.exit(code)


def run(arguments: Sequence[str]) -> int:
    """Run with the arguments given and return the exit code; raises nothing."""
    prepare_streams()
    try:
        code = app.main(list(arguments), prog_name="meetsched", standalone_mode=False)
        return int(code or ExitCode.DONE)
    except click.exceptions.NoArgsIsHelpError as error:
        tell(error.format_message())
        return ExitCode.WRONG_USAGE
    except (Exception, KeyboardInterrupt) as error:
        return _explain(error, as_json="--json" in arguments)


def _explain(error: BaseException, *, as_json: bool) -> ExitCode:
    """Say what went wrong on standard error, and with `--json` on standard output too."""
    code, message = _judge(error)
    if isinstance(error, click.UsageError) and error.ctx is not None:
        tell(f"{error.ctx.get_usage()}\nTry '{error.ctx.command_path} --help' for help.\n")
    if code is ExitCode.BUG and os.environ.get(DEBUG) == "1":
        traceback.print_exception(error)
    tell(f"Error: {message}")
    if as_json:
        show_bytes(error_document(code, message, error.faults if isinstance(error, DataError) else ()))
    return code


def _judge(error: BaseException) -> tuple[ExitCode, str]:
    match error:
        case KeyboardInterrupt() | click.Abort():
            return ExitCode.INTERRUPTED, "interrupted; nothing was written"
        case click.ClickException():
            return ExitCode.WRONG_USAGE, error.format_message()
        case OutputError() | RequestError():
            return ExitCode.WRONG_USAGE, str(error)
        case DataError():
            return ExitCode.BAD_DATA, data_message(error)
        case MeetschedError():
            return ExitCode.NO_PLAN_IN_TIME, str(error)
    return (
        ExitCode.BUG,
        f"this is a bug in meetsched: {type(error).__name__}: {error}\n"
        f"Please report it with the files used; with {DEBUG}=1 set it shows where it happened.",
    )
