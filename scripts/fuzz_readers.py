"""Read spoilt files for a length of time, and keep those at which a reader does not behave."""

import sys
from pathlib import Path

import click

from fuzzing.runner import fuzz
from fuzzing.subjects import SUBJECTS


@click.command(
    epilog="""\b
Examples:
  fuzz_readers.py yaml --minutes 15
  fuzz_readers.py csv --seed 7 --first 1234 --minutes 0.1
"""
)
@click.argument("reader", type=click.Choice(list(SUBJECTS)))
@click.option("--minutes", type=float, default=15, show_default=True, help="How long.")
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed makes the same files.")
@click.option("--first", type=int, default=0, show_default=True, help="Number of the first file to make.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("fuzz-findings"),
    show_default=True,
    help="Folder for the files of each finding.",
)
def main(reader: str, minutes: float, seed: int, first: int, keep: Path) -> None:
    """Spoil real files at random and let READER read them.

    A finding is any exception but the one that tells a file's faults, a file that takes longer than ten
    seconds or more than 2 GB, and the end of the process. The exit code is 1 where there is one.
    """
    tally = fuzz(reader, seed, minutes * 60, keep=keep, tell=click.echo, first=first)
    outcomes = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.outcomes.items()) if count)
    click.echo(
        f"{reader}, seed {seed}: {tally.executions} files in {tally.seconds / 60:.1f} minutes "
        f"({outcomes}), the slowest took {tally.slowest:.2f} s; {len(tally.findings)} findings"
    )
    sys.exit(bool(tally.findings))


if __name__ == "__main__":
    main()
