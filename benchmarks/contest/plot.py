"""The course of the runs as a picture."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING

from contest.answers import Event
from contest.runner import Run
from contest.systems import SYSTEMS
from contest.table import proven_after, proven_tiers
from meetsched.rules import Tier

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Steps = list[tuple[float, float]]
"""A step function: seconds and the value from then on."""

WORST = 100.0
"""The gap, in per cent, where there is no plan, or one that is no better than nothing."""


def best_bounds(runs: Iterable[Run]) -> dict[str, tuple[Tier, int]]:
    """Return for each instance its first tier, and the best bound on it that any system found."""
    bounds: dict[str, tuple[Tier, int]] = {}
    for run in runs:
        if not run.answer.claims or run.answer.claims[0].bound is None or not run.holds:
            continue
        first = run.answer.claims[0]
        known = bounds.get(run.instance, (first.tier, first.bound))[1]
        tightest = min if first.tier.maximise else max
        bounds[run.instance] = first.tier, tightest(known, first.bound)
    return bounds


def gap(value: int, bound: int) -> float:
    """Return how far a value is from a bound, in per cent of the bound, 100 at most."""
    return min(WORST, 100 * abs(bound - value) / max(1, abs(bound)))


def gap_steps(run: Run, tier: Tier, bound: int) -> Steps:
    """Return the gap of the best value so far over time, down to that of the plan in the end."""
    steps = [(event.seconds, gap(event.value, bound)) for event in _told(run.events, tier)]
    if run.holds and run.score is not None:
        steps.append((run.seconds, gap(run.score.objective[tier], bound)))
    return steps


def _told(events: Sequence[Event], tier: Tier) -> Iterable[Event]:
    return (one for one in events if one.tier is tier and one.value is not None and not one.city)


def mean_steps(steps: Sequence[Steps], start: float) -> Steps:
    """Return the mean of several step functions, each of which is `start` before its first step."""
    moments = sorted({seconds for one in steps for seconds, _ in one})
    return [(moment, mean(_at(one, moment, start) for one in steps)) for moment in moments]


def _at(steps: Steps, moment: float, start: float) -> float:
    return min((value for seconds, value in steps if seconds <= moment), default=start)


def proof_steps(runs: Iterable[Run]) -> Steps:
    """Return how many tiers a system has proven over time, all its instances together."""
    moments = sorted(
        run.seconds if (after := proven_after(run, tier)) is None else after
        for run in runs
        for tier in proven_tiers(run)
    )
    return [(moment, float(number)) for number, moment in enumerate(moments, start=1)]


def draw(runs: Sequence[Run], time_limit: float, paths: Iterable[Path]) -> None:
    """Draw the gap and the proofs against time, and save the picture under each path."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    figure = Figure(figsize=(11, 4.5), layout="constrained")
    gaps, proofs = figure.subplots(1, 2)
    bounds = best_bounds(runs)
    by_system: Mapping[str, list[Run]] = {
        system: [run for run in runs if run.system == system and not run.answer.unavailable]
        for system in dict.fromkeys(run.system for run in runs)
    }
    for colour, (system, own) in enumerate(by_system.items()):
        style = {"color": f"C{colour}", "label": SYSTEMS[system].label, "where": "post"}
        steps = [gap_steps(run, *bounds[run.instance]) for run in own if run.instance in bounds]
        _line(gaps, [(0.1, WORST), *mean_steps(steps, WORST)], time_limit, style)
        _line(proofs, [(0.1, 0.0), *proof_steps(own)], time_limit, style)
    gaps.set(title="First tier: gap to the best bound known", ylabel="mean over the instances, %")
    gaps.set_ylim(-2, 102)
    for axes in (gaps, proofs):
        axes.set(xscale="log", xlabel="seconds from the launch of the command")
        axes.grid(visible=True, alpha=0.3)
    proofs.set(title="Tiers proven, all instances together", ylabel="tiers")
    proofs.yaxis.set_major_locator(MaxNLocator(integer=True))
    proofs.legend(loc="upper left", fontsize="small")
    for path in paths:
        figure.savefig(path, dpi=150, metadata=None)


def _line(axes: "Axes", steps: Steps, time_limit: float, style: Mapping[str, str]) -> None:
    points = [*steps, (max(time_limit, steps[-1][0]), steps[-1][1])]
    axes.step([seconds for seconds, _ in points], [value for _, value in points], **style)
