"""Arguments and options that commands share, as decorators."""

import math
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from time import monotonic
from typing import Any

import click

from meetsched.domain.cells import CsvDialect

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

LONGEST_SECONDS = 7 * 24 * 3600
LARGEST_SEED = 2**31 - 1


class Seconds(click.ParamType[float]):
    """A length of time: more than nothing, a week at most."""

    name = "seconds"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read a number of seconds."""
        try:
            seconds = float(value)
        except ValueError:
            seconds = math.nan
        if not 0 < seconds <= LONGEST_SECONDS:
            self.fail(f"{value!r} is not a number of seconds above 0, a week ({LONGEST_SECONDS}) at most.")
        return seconds


INPUT_PATH = click.Path(exists=True, readable=True, path_type=Path)


class Folder(click.ParamType[Path]):
    """A folder to write to; no name at all, as from a variable that is not set, is none."""

    name = "folder"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Read a path."""
        if not str(value):
            self.fail("'' is not the name of a folder.")
        return Path(value)


def input_argument(name: str) -> Decorator:
    """Return the decorator for an argument that names an input file."""
    return click.argument(name, type=INPUT_PATH, metavar=name.upper())


def input_option(name: str, what: str, help_text: str) -> Decorator:
    """Return the decorator for an option that names an input file, of the kind `what`."""
    return click.option(f"--{name}", type=INPUT_PATH, metavar=what, help=help_text)


folder_option = click.option(
    "-o",
    "--output",
    "folder",
    required=True,
    metavar="DIR",
    type=Folder(),
    help="Folder for the files; it is made where it does not exist.",
)


dialect_option = click.option(
    "--csv-dialect",
    "dialect",
    type=click.Choice([dialect.value for dialect in CsvDialect]),
    default=CsvDialect.RFC4180.value,
    show_default=True,
    callback=lambda _, __, value: CsvDialect(value),
    help="How the .csv files are written: rfc4180 with comma and decimal point; excel-eu with semicolon "
    "and decimal comma, as Excel wants them in most of Europe.",
)


def together(*decorators: Decorator) -> Decorator:
    """Return one decorator for several options, shown in the order given."""

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        for decorator in reversed(decorators):
            function = decorator(function)
        return function

    return decorate


output_options = together(
    click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Print the result as JSON, and nothing else, on standard output.",
    ),
    click.option("-q", "--quiet", is_flag=True, help="Say nothing on standard error but what went wrong."),
)


def _time_limit_option(seconds: int) -> Decorator:
    """Return the decorator for the option that limits the time, by default to so many seconds."""
    return click.option(
        "--time-limit",
        type=Seconds(),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help="Time for the whole command; the best that is found by then counts.",
    )


def number_option(*names: str, least: int, default: int, help_text: str) -> Decorator:
    """Return the decorator for an option that says how many are wanted."""
    return click.option(
        *names,
        type=click.IntRange(min=least, max=100),
        default=default,
        show_default=True,
        metavar="N",
        help=help_text,
    )


_search_options = together(
    click.option(
        "--workers",
        type=click.IntRange(min=1, max=1024),
        metavar="N",
        help="Processor cores to use at most.  [default: all]",
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, LARGEST_SEED),
        default=0,
        show_default=True,
        metavar="N",
        help="Start of all that is random in the search.",
    ),
    click.option(
        "--deterministic",
        is_flag=True,
        help="Same instance, seed and workers: the same plan, byte for byte.",
    ),
)


def solver_options(seconds: int = 60) -> Decorator:
    """Return the decorator for the options of a search, by default of so many seconds.

    The command is given all of them as one argument, `options`. Their time runs from its start: what a
    search imports counts.
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def command(
            *, time_limit: float, workers: int | None, seed: int, deterministic: bool, **others: Any
        ) -> Any:
            started = monotonic()
            from meetsched.service.solving import SolveOptions

            return function(options=SolveOptions(time_limit, workers, seed, deterministic, started), **others)

        return together(_time_limit_option(seconds), _search_options)(command)

    return decorate


engine_options = together(
    click.option(
        "--engine",
        type=click.Choice(["local", "dask"]),
        help="Where cities that share nothing are planned apart: in processes of this machine, or by Dask.  "
        "[default: local, where that pays]",
    ),
    click.option(
        "--scheduler",
        metavar="ADDRESS",
        help="Of a Dask scheduler, such as tcp://10.0.0.5:8786; without one, --engine dask starts workers on "
        "this machine.",
    ),
    click.option(
        "--parts",
        type=Folder(),
        metavar="DIR",
        help="Folder in which finished parts are kept, and stay.  [default: parts, below the output's, until "
        "all is proven]",
    ),
)
