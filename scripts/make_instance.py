"""Write a made-up instance, and the calendar files that it names beside it."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from instance_generator import PRESETS, generate


@click.command(
    epilog="""\b
Examples:
  make_instance.py -o town.yaml
  make_instance.py --like region --cities 3 --seed 7 -o region.yaml
  make_instance.py --like country --cities 1000 -o country.yaml
  make_instance.py --months 6 --topics 24 --start 2027-07 -o half-year.yaml
"""
)
@click.option(
    "--like",
    "preset",
    type=click.Choice(list(PRESETS)),
    default="city",
    show_default=True,
    help="What it is like: an everyday city, one with little money and few people, two cities and one "
    "good room, five cities, or a country of regions that share nothing. Sets the sizes that are not given.",
)
@click.option("--cities", type=click.IntRange(min=1), help="Cities.")
@click.option(
    "--together", type=click.IntRange(min=1), help="Cities of a region at most; regions share nothing."
)
@click.option("--topics", type=click.IntRange(min=2), help="Topics.")
@click.option("--venues", type=click.IntRange(min=2), help="Venues of each city.")
@click.option(
    "--people", type=click.IntRange(min=9), help="People of each city, or more if duties need them."
)
@click.option("--companies", type=click.IntRange(min=0), help="Companies of each city.")
@click.option("--months", type=click.IntRange(1, 36), help="Months to plan.")
@click.option(
    "--start",
    type=click.DateTime(["%Y-%m"]),
    metavar="YYYY-MM",
    default="2027-01",
    show_default=True,
    help="First month.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed makes the same file.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File to write; .ics files are written beside it. Its folder is made where it does not exist.",
)
def main(preset: str, output: Path, start: datetime, **sizes: int | None) -> None:
    """Write a made-up instance of any size, the same for the same options."""
    given: dict[str, Any] = {key: value for key, value in sizes.items() if value is not None}
    given["start"] = start.date()
    try:
        made = generate(replace(PRESETS[preset], **given), name=preset)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        for name, text in made.calendars.items():
            (output.parent / name).write_bytes(text.encode())
        output.write_bytes(made.yaml().encode())
    except OSError as error:
        raise click.FileError(str(error.filename), error.strerror) from None


if __name__ == "__main__":
    main()
