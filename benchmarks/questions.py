"""How long `meetsched why` takes, from the key press to the answer.

Usage: python benchmarks/questions.py --help
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, NamedTuple

import click

from contest.instances import ROOT
from contest.page import record
from contest.runner import keep_to_two_cores
from contest.table import machine, markdown
from meetsched.candidates import Candidates, find_candidates
from meetsched.domain.plan import Plan
from meetsched.loading import load_instance, load_plan

_TOWN = ROOT / "instances" / "town.yaml"
_PROGRAM = Path(sys.executable).with_name("meetsched")
KINDS = ("account", "date", "venue", "person", "date and venue", "topic not held")


class Asked(NamedTuple):
    """What was asked, how it was answered, and how long that took."""

    kind: str
    answer: str
    seconds: float


@click.command()
@click.option(
    "--count", type=click.IntRange(min=1), default=20, show_default=True, help="Questions of each kind."
)
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed, the same questions.")
@click.option("--time-limit", type=float, default=60.0, show_default=True, help="Seconds for each question.")
@click.option(
    "--record",
    "recorded",
    is_flag=True,
    help="Put the table into benchmarks/README.md instead of printing it.",
)
def main(*, count: int, seed: int, time_limit: float, recorded: bool) -> None:
    """Plan the town, ask many questions about its plan, and measure the answers."""
    keep_to_two_cores()
    with TemporaryDirectory() as folder:
        subprocess.run([_PROGRAM, "solve", _TOWN, "-o", folder, "-q"], check=True, stdout=subprocess.DEVNULL)
        path = Path(folder) / "plan.json"
        instance = load_instance(_TOWN).instance
        plan, candidates = load_plan(path, instance), find_candidates(instance)
        asked = []
        for kind in KINDS:
            for words in questions(kind, plan, candidates, Random(f"{kind} {seed}"), count):
                asked.append(ask(kind, path, words, time_limit))
                click.echo(f"{asked[-1].seconds:6.1f} s  {asked[-1].answer}: {' '.join(words)}", err=True)
    text = f"Measured on {machine()}.\n\n{table(asked)}"
    record("questions", text, only_print=not recorded)


def questions(
    kind: str, plan: Plan, candidates: Candidates, random: Random, count: int
) -> Iterator[Sequence[str]]:
    """Yield the words of questions of a kind, of what no rule on the meeting alone forbids."""
    held = {meeting.id for meeting in plan.meetings}
    possible = [each for each in candidates.meetings if each.places]
    for _ in range(count):
        wanted = [each for each in possible if (each.id in held) is (kind != "topic not held")]
        meeting = random.choice(wanted)
        place, person = random.choice(meeting.places), random.choice(meeting.duties).person
        day = candidates.starts[int(random.choice(place.starts))].day
        options = {
            "date": ["--date", day.isoformat()],
            "venue": ["--venue", place.venue.id],
            "person": ["--person", person.id],
            "date and venue": ["--date", day.isoformat(), "--venue", place.venue.id],
        }
        yield meeting.id, *options.get(kind, ())


def ask(kind: str, plan: Path, words: Sequence[str], time_limit: float) -> Asked:
    """Ask one question of the installed program."""
    asked = ["why", str(_TOWN), str(plan), *words, "--json", "-q", "--time-limit", str(time_limit)]
    begin = perf_counter()
    done = subprocess.run([_PROGRAM, *asked], check=False, capture_output=True)
    return Asked(kind, verdict(json.loads(done.stdout)), perf_counter() - begin)


def verdict(answer: dict[str, Any]) -> str:
    """Say in a word or two what came of a question."""
    standing = answer.get("standing")
    if standing is None:
        return "told" if answer["complete"] else "open"
    if standing != "possible":
        return {"so": "told", "forbidden": "forbidden"}.get(standing, "open")
    both = [answer[name] for name in ("nearest", "best")]
    return "possible" if all(way and way["proven"] for way in both) else "open"


def table(asked: Sequence[Asked]) -> str:
    """Return a Markdown table with a row for each kind of question."""
    ends = ["possible", "forbidden", "told", "open"]
    rows = []
    for kind in (*KINDS, "all"):
        own = [each for each in asked if kind in (each.kind, "all")]
        counts = [sum(each.answer == end for each in own) for end in ends]
        seconds = [each.seconds for each in own]
        rows.append([kind, *map(str, [len(own), *counts]), f"{median(seconds):.1f}", f"{max(seconds):.1f}"])
    return markdown(["question", "asked", *ends, "median (s)", "most (s)"], rows, left=1)


if __name__ == "__main__":
    main()
