"""Starts share their pairs only where nothing can tell them apart, and no relaxation notices."""

from pathlib import Path
from queue import SimpleQueue

import numpy as np
import pytest

from meetsched.backends.messages import Answer, Backend, Relax, Relaxed
from meetsched.backends.pool import POOL, Worker
from meetsched.backends.problem import Problem
from meetsched.candidates import Candidates, find_candidates
from meetsched.loading import load_instance
from meetsched.model import build
from meetsched.model import columns as column_maker
from meetsched.model.pairing import alike, clash_prone
from meetsched.rules import Tier
from meetsched.solve.compile import compile_cost, compile_rows
from meetsched.solve.relaxation import relaxation
from tests.small import Document, one, setting, small, top

REFERENCE = Path(__file__).parents[1] / "data" / "reference"


def groups_of(candidates: Candidates, topic: str, apart: frozenset[str] = frozenset()) -> list[int]:
    meeting = next(each for each in candidates.meetings if each.topic.id == topic)
    return [len(group.starts) for group in alike(meeting, apart)]


def test_starts_at_which_all_venues_come_to_the_same_are_alike() -> None:
    candidates = find_candidates(small())
    assert groups_of(candidates, "export") == [len(candidates.starts)]


def slots_of_which_one_is_better() -> list[Document]:
    return [
        {"weekdays": ["tue"], "starts": ["09:00"]},
        {"weekdays": ["thu"], "starts": ["09:00"], "bonus": 1},
    ]


@pytest.mark.parametrize(
    "edit",
    [
        setting("venues", "oak", hours={"tue": ["08:00-22:00"]}),
        setting("venues", "oak", events=[{"date": "2027-03-02", "title": "Match", "bonus": 2}]),
        top(slots=slots_of_which_one_is_better()),
    ],
    ids=["hours", "event", "bonus"],
)
def test_what_a_venue_tells_apart_is_not_alike(edit: object) -> None:
    candidates = find_candidates(small(edit))  # type: ignore[arg-type]
    assert len(groups_of(candidates, "export")) == 2


def test_a_firm_that_cannot_come_tells_starts_apart() -> None:
    edit = setting("companies", "firm-0", available={"tue": ["08:00-20:00"]})
    assert len(groups_of(find_candidates(small(edit)), "export")) == 2
    assert len(groups_of(find_candidates(small(edit)), "loans")) == 1


def test_venues_set_apart_tell_no_starts_apart_but_keep_a_group() -> None:
    edit = setting("venues", "oak", hours={"tue": ["08:00-22:00"]})
    candidates = find_candidates(small(edit))
    assert groups_of(candidates, "export", frozenset({"oak"})) == [len(candidates.starts)]
    assert groups_of(candidates, "export", frozenset({"oak", "hall"})) == [len(candidates.starts)]


def second_city(document: Document) -> None:
    document["cities"].append({"id": "radom", "name": "Radom", "coverage": {}, "min_days_between": 7})
    one(document, "venues", "hall")["open_to"] = ["kielce", "radom"]
    for person in document["people"]:
        person["cities"] = "all"
    for company in document["companies"]:
        company["cities"] = ["kielce", "radom"]


def test_meetings_can_clash_only_where_cities_meet_or_clearing_up_takes_days() -> None:
    assert clash_prone(find_candidates(small())) == set()
    assert clash_prone(find_candidates(small(second_city))) == {"hall"}
    long = setting("venues", "oak", turnaround_minutes=7 * 24 * 60)
    assert clash_prone(find_candidates(small(long))) == {"oak"}


def relaxed(candidates: Candidates, tier: Tier) -> tuple[int, float]:
    """Return the number of columns, and the bound that the relaxation of a tier proves."""
    model = build(candidates)
    cost, unit = compile_cost(model.objectives[tier], len(model.linear.lower), -1 if tier.maximise else 1)
    lower, upper = np.array(model.linear.lower), np.array(model.linear.upper)
    problem = Problem(lower, upper, compile_rows(model.linear.rows), cost)
    answers: SimpleQueue[tuple[Worker, Answer]] = SimpleQueue()
    worker = POOL.acquire(Backend.HIGHS)
    worker.submit(Relax(problem), answers)
    told = answers.get(timeout=60)[1]
    POOL.release(worker)
    assert isinstance(told, Relaxed)
    assert told.row_duals is not None
    return len(cost), unit * relaxation(problem, told.row_duals).bound


@pytest.mark.parametrize("name", ["tight-121", "city-103"])
@pytest.mark.parametrize("tier", [Tier.POINTS, Tier.COST])
def test_the_relaxation_with_shared_pairs_is_as_tight(
    monkeypatch: pytest.MonkeyPatch, name: str, tier: Tier
) -> None:
    candidates = find_candidates(load_instance(REFERENCE / f"{name}.yaml").instance)
    columns, bound = relaxed(candidates, tier)
    venues = frozenset(venue.id for venue in candidates.instance.venues)
    monkeypatch.setattr(column_maker, "clash_prone", lambda _: venues)
    more_columns, same_bound = relaxed(candidates, tier)
    assert columns < more_columns
    assert bound == pytest.approx(same_bound, abs=1e-6)
