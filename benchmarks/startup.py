"""How long a command takes as a whole process, from the key press to the prompt.

Usage: python benchmarks/startup.py [RUNS]     (15 runs each where none is given)
"""

import subprocess
import sys
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from statistics import median
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = (("--help",), ("--version",), ("check", "instances/town.yaml"))


class Spent(NamedTuple):
    """Seconds of one run: on the clock, and of the processor, which other work on the machine spares."""

    clock: float
    processor: float


def run(arguments: tuple[str, ...]) -> Spent:
    """Run the installed program once."""
    program = Path(sys.executable).with_name("meetsched")
    used, begin = getrusage(RUSAGE_CHILDREN), perf_counter()
    subprocess.run([program, *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    clock, total = perf_counter() - begin, getrusage(RUSAGE_CHILDREN)
    return Spent(clock, total.ru_utime - used.ru_utime + total.ru_stime - used.ru_stime)


def measure(runs: int) -> None:
    """Print a table of all commands; a first run of each, which fills the disk's cache, does not count."""
    print("| command | median (s) | least (s) | most (s) | processor, median (s) |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for arguments in COMMANDS:
        run(arguments)
        spent = [run(arguments) for _ in range(runs)]
        clock = [one.clock for one in spent]
        figures = (median(clock), min(clock), max(clock), median(one.processor for one in spent))
        cells = [f"`meetsched {' '.join(arguments)}`", *(f"{figure:.2f}" for figure in figures)]
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
