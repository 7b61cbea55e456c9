"""Compare meetsched with its rivals on the same instances, in one run.

Usage: python benchmarks/compare.py --help
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from contest.bout import bout
from contest.instances import made_up_instance, reference_instances
from contest.judge import contradictions
from contest.page import FOLDER, record_in
from contest.plot import draw
from contest.runner import Run, keep_to_two_cores
from contest.systems import SYSTEMS
from contest.table import (
    contradiction_text,
    machine,
    result_table,
    summary_table,
    write_csv,
)
from meetsched.loading import load_instance


@click.command()
@click.option("--systems", default=",".join(SYSTEMS), show_default=True, help="Those that take part.")
@click.option(
    "--instances", help="Reference instances by name, or paths.  [default: all reference instances]"
)
@click.option("--seeds", type=click.IntRange(min=0), default=10, show_default=True, help="Made-up towns.")
@click.option("--time-limit", type=float, default=60.0, show_default=True, help="Seconds for each command.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=FOLDER,
    show_default="benchmarks/",
    help="Folder for results.csv, gap.png, gap.svg and results.md; in benchmarks/ the tables go between "
    "the markers of its README instead.",
)
def main(systems: str, instances: str | None, seeds: int, time_limit: float, output: Path) -> None:
    """Let every system plan every instance, one after the other, and write tables and a plot."""
    chosen = systems.split(",")
    unknown = [name for name in chosen if name not in SYSTEMS]
    if unknown:
        raise click.UsageError(f"no system is called {unknown[0]!r}; there are {', '.join(SYSTEMS)}")
    keep_to_two_cores()
    output.mkdir(parents=True, exist_ok=True)
    for name in chosen:
        SYSTEMS[name].prepare()
    with TemporaryDirectory() as scratch:
        paths = _instances(instances, seeds, Path(scratch))
        runs: list[Run] = []
        refuted: dict[str, list[str]] = {}
        for path in paths:
            own = list(bout(path, chosen, Path(scratch), time_limit))
            refuted[path.stem] = _refuted(path, own)
            runs += own
    _write(runs, refuted, time_limit, output)


def _instances(instances: str | None, seeds: int, folder: Path) -> list[Path]:
    paths = reference_instances(None if instances is None else filter(None, instances.split(",")))
    for path in paths:
        if not path.exists():
            raise click.UsageError(f"{path} is neither a reference instance nor a file")
    return [*paths, *(made_up_instance(folder, f"town-{seed}", "--seed", seed) for seed in range(seeds))]


def _refuted(path: Path, runs: Sequence[Run]) -> list[str]:
    if any(objective.give for objective in load_instance(path).instance.active_objectives()):
        return []
    holding = [one for one in runs if one.holds and one.score is not None]
    return list(
        contradictions(
            {one.system: one.answer.claims for one in holding},
            {one.system: one.score for one in holding if one.score is not None},
        )
    )


def _write(runs: list[Run], refuted: dict[str, list[str]], time_limit: float, output: Path) -> None:
    write_csv(runs, output / "results.csv")
    draw(runs, time_limit, [output / "gap.png", output / "gap.svg"])
    parts = [
        f"Measured on {machine()}; {time_limit:g} s for each command.",
        summary_table(runs),
        "![Gap to the best bound, and tiers proven, against time](gap.png)",
        result_table(runs),
        contradiction_text(refuted),
    ]
    text = "\n\n".join(filter(None, parts))
    record_in(output, "results.md", "contest", text)


if __name__ == "__main__":
    main()
