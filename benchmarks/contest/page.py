"""The page of the benchmarks, on which each keeps its tables between markers of its name."""

from pathlib import Path

import click

from contest.instances import ROOT

FOLDER = ROOT / "benchmarks"
PAGE = FOLDER / "README.md"

print_option = click.option(
    "--print", "only_print", is_flag=True, help="Print the tables; leave the README as it is."
)


def record(name: str, text: str, *, only_print: bool = False) -> None:
    """Put a benchmark's tables onto the page, or only print them."""
    if only_print:
        click.echo(text)
    else:
        replace_between(PAGE, name, text)


def record_in(folder: Path, file: str, name: str, text: str) -> None:
    """Put a benchmark's tables into a file of a folder; where that is the page's, onto the page instead."""
    if folder.resolve() == FOLDER:
        record(name, text)
    else:
        (folder / file).write_text(text + "\n", encoding="utf-8")


def replace_between(path: Path, name: str, text: str) -> None:
    """Put a text between the markers of a name in a Markdown file.

    Raises
    ------
    ValueError
        If the file lacks the markers.
    """
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    page = path.read_text(encoding="utf-8")
    head, found, rest = page.partition(begin)
    _, closed, tail = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{path} lacks the markers {begin} and {end}")
    path.write_text(f"{head}{begin}\n{text}\n{end}{tail}", encoding="utf-8")
