"""Countries of cities that share nothing: how fast they are planned apart, and what kills cost.

Usage: python benchmarks/parts.py --help
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import click
import psutil

from contest.instances import made_up_instance
from contest.page import print_option, record
from contest.runner import keep_to_two_cores, watch
from contest.table import machine, markdown
from growth import exponent

_TOWN = ("--topics", 8, "--venues", 6, "--people", 30, "--companies", 24)
"""Two thirds of an everyday town."""
_RUN_ITSELF = 4
"""Every so many kills the whole run is killed, and begun again; the others hit a worker."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A country that was planned.

    Attributes
    ----------
    cities, workers : int
    engine : str
    kills : int
        How often a worker or the run itself was killed meanwhile.
    seconds : float
        Wall time from the first launch to the end, reading, verifying and writing included.
    memory : int
        The most that all processes of the run held at a time, in MiB; 0 where that was not watched.
    figures : str
        The tiers of the plan, as text: value, best, bound and proof of each; empty without a plan.
    """

    cities: int
    engine: str
    workers: int
    kills: int
    seconds: float
    memory: int
    figures: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A country to be planned, and how."""

    path: Path
    cities: int
    engine: str
    workers: int
    time_limit: int

    def command(self, out: Path) -> list[str]:
        """Return the command that plans it."""
        options = ["--engine", self.engine, "--workers", self.workers, "--time-limit", self.time_limit]
        words = ["solve", self.path, "-o", out, *options, "--quiet"]
        return [sys.executable, "-m", "meetsched", *map(str, words)]


@click.command()
@click.option(
    "--cities", default="10,30,60", show_default=True, help="Cities of each country; the last is compared."
)
@click.option("--seed", default=1, show_default=True)
@click.option("--kills", default=20, show_default=True, help="Kills of workers and of the run; 0 for none.")
@click.option("--engines", default="local,dask", show_default=True)
@click.option("--time-limit", default=7200, show_default=True, help="Seconds for each command.")
@print_option
def main(cities: str, seed: int, kills: int, engines: str, time_limit: int, *, only_print: bool) -> None:
    """Plan countries apart, with one and two workers, locally and with Dask, and under kills."""
    keep_to_two_cores()
    sizes = [int(size) for size in cities.split(",")]
    runs: list[Planned] = []
    with TemporaryDirectory() as scratch:
        folder = Path(scratch)
        countries = {size: country(folder, size, seed) for size in sizes}
        for size in sizes:
            runs.append(told(plan(folder, Asked(countries[size], size, "local", 2, time_limit))))
        largest = countries[sizes[-1]]
        for engine in engines.split(","):
            for workers in (1, 2):
                if (engine, workers) != ("local", 2):
                    asked = Asked(largest, sizes[-1], engine, workers, time_limit)
                    runs.append(told(plan(folder, asked)))
        if kills:
            asked = Asked(largest, sizes[-1], "local", 2, time_limit)
            runs.append(told(plan_under_fire(folder, asked, kills, runs[len(sizes) - 1].seconds / kills)))
    text = "\n\n".join([f"Measured on {machine()}.", *tables(runs, len(sizes))])
    record("parts", text, only_print=only_print)


def country(folder: Path, cities: int, seed: int) -> Path:
    """Write a made-up country."""
    options = ("--like", "country", "--cities", cities, *_TOWN, "--seed", seed)
    return made_up_instance(folder, f"country-{cities}", *options)


def told(run: Planned) -> Planned:
    """Say how a run ended, and return it."""
    click.echo(
        f"{run.cities:5} cities, {run.engine:5} x {run.workers}, {run.kills} kills: {run.seconds:7.1f} s, "
        f"{run.memory} MiB, {'planned' if run.figures else 'NO PLAN'}",
        err=True,
    )
    return run


def plan(folder: Path, asked: Asked) -> Planned:
    """Plan a country in one go."""
    out = fresh(folder / "out")
    watched = watch(asked.command(out), asked.time_limit + 300, folder / "output.txt")
    memory = watched.memory
    return Planned(asked.cities, asked.engine, asked.workers, 0, watched.seconds, memory, figures(out))


def plan_under_fire(folder: Path, asked: Asked, kills: int, pause: float) -> Planned:
    """Plan a country while workers and the run itself are killed, again and again."""
    out, random = fresh(folder / "out"), Random(0)
    command = asked.command(out)
    began, done = monotonic(), 0
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while process.poll() is None:
        sleep(pause * random.uniform(0.5, 1.0))
        if done < kills and process.poll() is None:
            victims = [process.pid] if done % _RUN_ITSELF == _RUN_ITSELF - 1 else workers_of(process.pid)
            for victim in victims[:1]:
                os.kill(victim, signal.SIGKILL)
                done += 1
                if victim == process.pid:
                    process.wait()
                    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    return Planned(asked.cities, asked.engine, asked.workers, done, monotonic() - began, 0, figures(out))


def workers_of(run: int) -> list[int]:
    """Return the processes that plan parts for a run, in a random order."""
    try:
        children = psutil.Process(run).children()
        found = [child.pid for child in children if "spawn_main" in " ".join(child.cmdline())]
    except psutil.Error:  # It has ended in the meantime.
        return []
    return Random(monotonic()).sample(found, len(found))


def fresh(folder: Path) -> Path:
    """Return an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def figures(out: Path) -> str:
    """Return the tiers of a written plan; empty where there is none."""
    try:
        tiers = json.loads((out / "plan.json").read_text(encoding="utf-8"))["tiers"]
    except OSError:
        return ""
    return json.dumps([[tier[key] for key in ("name", "value", "best", "bound", "proven")] for tier in tiers])


def tables(runs: Sequence[Planned], sizes: int) -> Iterator[str]:
    """Yield the table of sizes with the exponents, that of the ways to plan, and what is the same."""
    by_size = runs[:sizes]
    rows = [[str(run.cities), *amounts(run)] for run in by_size]
    yield markdown(["cities", "seconds", "cities a minute", "memory (MiB)"], rows, left=0)
    found = [
        exponent([run.cities for run in by_size], [amount(run) for run in by_size])
        for amount in (lambda run: run.seconds, lambda run: float(max(1, run.memory)))
    ]
    if None not in found:
        yield f"Time grows with the power {found[0]:.2f} of the number of cities, memory with {found[1]:.2f}."
    largest = runs[sizes - 1 :]
    rows = [
        [run.engine, str(run.workers), str(run.kills), *amounts(run), outcome(run, largest[0])]
        for run in largest
    ]
    yield markdown(
        ["engine", "workers", "kills", "seconds", "cities a minute", "memory (MiB)", "figures"], rows, left=1
    )


def amounts(run: Planned) -> list[str]:
    """Return what a run took, as cells."""
    memory = str(run.memory) if run.memory else "–"
    return [f"{run.seconds:.0f}", f"{60 * run.cities / run.seconds:.1f}", memory]


def outcome(run: Planned, first: Planned) -> str:
    """Say whether a run came to what the first came to."""
    if not run.figures:
        return "no plan"
    return "the same" if run.figures == first.figures else "others"


if __name__ == "__main__":
    main()
