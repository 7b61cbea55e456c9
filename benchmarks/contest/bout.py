"""All systems on one instance."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from contest.judge import common_ideal, score
from contest.runner import Run, run
from contest.systems import SYSTEMS
from contest.table import verdict
from meetsched.loading import load_instance


def bout(path: Path, systems: Sequence[str], folder: Path, time_limit: float) -> Iterator[Run]:
    """Run all systems on an instance; score them by one measure: the best ideals that any of them found."""
    workers = len(os.sched_getaffinity(0))
    runs = []
    for system in systems:
        runs.append(run(system, path, folder / path.stem / system, time_limit, workers))
        click.echo(f"{path.stem:16} {SYSTEMS[system].label:24} {runs[-1].seconds:7.1f} s", err=True)
    instance = load_instance(path).instance
    ideal = common_ideal(one.answer.ideal for one in runs)
    for one in runs:
        scored = one.with_score(score(instance, one.answer.meetings, ideal) if one.answer.meetings else None)
        click.echo(f"{path.stem:16} {SYSTEMS[one.system].label:24} {verdict(scored)}", err=True)
        yield scored
