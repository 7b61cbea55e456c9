"""Every row of the specification's table "Ways out": an instance that only such a change helps cheaply."""

import re
from pathlib import Path
from threading import Event

import pytest

from meetsched.candidates import find_candidates
from meetsched.domain.changing import changed
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Verdict
from meetsched.domain.ways_out import LEVER_SUBJECTS, Change, Lever
from meetsched.domain.wording import change_text
from meetsched.explain.planning import Planner
from meetsched.explain.ranking import Ranking
from meetsched.explain.solving import Effort
from meetsched.rules import PRICE_KEYS, Rule
from meetsched.solve import SolveOptions
from meetsched.solve.control import Control
from meetsched.verify import verify
from tests.small import Document, small

ROOT = Path(__file__).parents[2]
AWAY = [{"start": "2027-03-01T00:00", "end": "2027-04-01T00:00"}]


def cheapest(instance: Instance) -> tuple[Change, ...] | None:
    options = SolveOptions(time_limit=60, workers=1)
    effort = Effort(Control.of(options, None, None), 1, 0)
    search = Ranking(find_candidates(instance, forgiving=True), effort)
    found = search.next()
    return None if found is None else found.changes


def one(document: Document, group: str, name: str) -> Document:
    return next(entry for entry in document[group] if entry["id"] == name)


def without(document: Document, group: str, *names: str) -> None:
    document[group] = [entry for entry in document[group] if entry["id"] not in names]


def city(**values: object):
    return lambda document: document["cities"][0].update(values)


def each(group: str, **values: object):
    return lambda document: [entry.update(values) for entry in document[group]]


def person(name: str, **values: object):
    return lambda document: one(document, "people", name).update(values)


def only_hall(document: Document) -> None:
    without(document, "venues", "oak")


def only_oak(document: Document) -> None:
    without(document, "venues", "hall")


def only_export(document: Document) -> None:
    without(document, "topics", "loans")


def in_nysa(document: Document) -> None:
    document["cities"].append(
        {
            "id": "nysa",
            "name": "Nysa",
            "meetings_per_month": {"min": 0},
            "coverage": {},
            "crew": {"broker": 0},
        }
    )
    for venue in document["venues"]:
        venue |= {"city": "nysa", "open_to": "all"}


def pin(**values: object):
    return lambda document: document.update(pins=[{"city": "kielce", "topic": "export", **values}])


WAYS = {
    "budget": ([only_hall, city(budget=3)], Rule.BUDGET, ("kielce",), 1),
    "two steps of a budget": (
        [only_hall, each("venues", fee=19), city(budget=3)],
        Rule.BUDGET,
        ("kielce",),
        2,
    ),
    "a date of a person": ([person("bea", busy=AWAY)], Rule.PERSON_AVAILABLE, ("bea", None), 1),
    "overtime": (
        [
            only_export,
            person(
                "bea",
                available=dict.fromkeys(("tue", "thu"), "08:00-09:30"),
                overtime_per_hour=1,
                max_overtime_minutes=0,
            ),
        ],
        Rule.PERSON_OVERTIME,
        ("bea",),
        2,
    ),
    "load in all": ([person("bea", max_meetings=0)], Rule.PERSON_LOAD, ("bea", "in all"), 1),
    "load in a month": ([person("bea", max_per_month=0)], Rule.PERSON_LOAD, ("bea", "per month"), 1),
    "a date of a venue": ([each("venues", hours={"mon": "08:00-20:00"})], Rule.VENUE_HOURS, (None, None), 1),
    "access": ([each("venues", open_to=[])], Rule.VENUE_ACCESS, (None, "kielce"), 1),
    "uses": ([each("venues", max_uses=0)], Rule.VENUE_USES, (None,), 1),
    "quota": ([each("venues", quota={"kielce": 0})], Rule.VENUE_QUOTA, ("kielce", None), 1),
    "rotation": ([city(max_uses_per_venue=0)], Rule.VENUE_ROTATION, ("kielce",), 1),
    "away": ([in_nysa, city(max_away_meetings=0)], Rule.VENUE_AWAY, ("kielce",), 1),
    "hosts": ([city(min_host_institutions=2)], Rule.VENUE_HOSTS, ("kielce",), 1),
    "a pub meeting more": ([only_oak, city(pub_meetings={"max": 0})], Rule.VENUE_PUBS, ("kielce", "more"), 1),
    "a pub meeting fewer": (
        [only_hall, city(pub_meetings={"min": 1})],
        Rule.VENUE_PUBS,
        ("kielce", "fewer"),
        1,
    ),
    "format": ([city(formats={"club": 1})], Rule.TOPIC_FORMAT, ("kielce", "club"), 1),
    "equipment": ([each("topics", equipment=["screen"])], Rule.VENUE_EQUIPMENT, (None, "screen"), 1),
    "turnout": ([only_export, each("topics", min_participants=6)], Rule.TOPIC_TURNOUT, ("export",), 2),
    "earlier": (
        [only_export, each("topics", earliest="2027-04-07")],
        Rule.TOPIC_WINDOW,
        ("export", "earlier"),
        2,
    ),
    "later": ([only_export, each("topics", latest="2027-02-25")], Rule.TOPIC_WINDOW, ("export", "later"), 1),
    "order": (
        [pin(held=False), lambda d: one(d, "topics", "loans").update(after=["export"])],
        Rule.TOPIC_ORDER,
        ("loans",),
        1,
    ),
    "required": ([each("topics", required=True)], Rule.TOPIC_REQUIRED, (None,), 1),
    "spacing": (
        [city(meetings_per_month={"min": 2, "max": 2}, min_days_between=31)],
        Rule.SPACING,
        ("kielce",),
        3,
    ),
    "a meeting more": ([each("topics", required=True)], "cadence.more", ("kielce", "2027-03"), 1),
    "a meeting fewer": ([person("bea", busy=AWAY)], "cadence.fewer", ("kielce", "2027-03"), 1),
    "an open one fewer": (
        [each("topics", open=False), city(open_meetings_per_month=1)],
        Rule.CADENCE_OPEN,
        ("kielce", "2027-03"),
        1,
    ),
    "expertise": (
        [only_export, lambda d: without(d, "people", "anna", "olga")],
        Rule.EXPERTISE,
        ("export", "export"),
        1,
    ),
    "outside": (
        [only_export, lambda d: without(d, "people", "anna"), city(max_outside_experts=0)],
        Rule.EXPERT_OUTSIDE,
        ("kielce",),
        1,
    ),
    "a type in all": (
        [city(coverage={"at_least": {"other": 1}})],
        Rule.COVERAGE_HORIZON,
        ("kielce", "other"),
        1,
    ),
    "a type at a meeting": (
        [city(coverage={"each_meeting": ["other"], "at_least": {}})],
        Rule.COVERAGE_MEETING,
        ("kielce", None, "other"),
        1,
    ),
    "a broker fewer": ([lambda d: without(d, "people", "bea")], Rule.CREW, ("kielce", "broker"), 1),
    "two presenters fewer": ([city(crew={"presenter": 3})], Rule.CREW, ("kielce", "presenter"), 2),
    "no host": ([only_hall, each("venues", host_required=True)], Rule.HOST, ("hall",), 1),
    "a pin": ([pin(date="2027-03-03")], Rule.PIN, ("kielce/export", "0"), 1),
}


@pytest.mark.parametrize("name", WAYS)
def test_the_cheap_way_out_is_found_and_makes_a_plan(name: str) -> None:
    edits, key, subject, steps = WAYS[name]
    prices = dict.fromkeys(PRICE_KEYS, 1000) | {str(key): 1}
    instance = small(*edits).replaced(prices=prices)
    assert Planner(instance, "", SolveOptions(workers=1), Event()).plan()[0].verdict is Verdict.INFEASIBLE
    changes = cheapest(instance)
    assert changes is not None and len(changes) == 1
    found = changes[0]
    assert (found.lever.key, found.steps) == (key, steps)
    assert len(found.lever.subject) == len(subject)
    assert all(right in (None, part) for part, right in zip(found.lever.subject, subject, strict=True))
    plan = Planner(instance, "", SolveOptions(workers=1), Event()).possible(changes).plan
    assert verify(changed(instance, changes), plan).holds
    assert verify(instance, plan).violations
    assert len(change_text(instance, found)) > 10


def test_every_row_of_the_table_is_tried() -> None:
    tried = {str(key) for _, key, _, _ in WAYS.values()}
    assert tried | {"frozen"} == set(PRICE_KEYS) == {str(key) for key in LEVER_SUBJECTS}


def test_the_table_has_the_default_prices() -> None:
    text = (ROOT / "docs/specification.md").read_text(encoding="utf-8")
    rows = [line.split("|") for line in text.split("## Ways out")[1].split("## Plan")[0].splitlines()]
    table: dict[str, set[int]] = {}
    for row in (row for row in rows if len(row) == 5 and "`" in row[2]):
        rules = re.findall(r"`([a-z.-]+)`", row[2])
        prices = [int(price) for price in row[3].split(",")]
        for number, rule in enumerate(rules):
            table.setdefault(rule, set()).add(prices[min(number, len(prices) - 1)])
    own: dict[str, set[int]] = {}
    for key, price in PRICE_KEYS.items():
        rule = Rule.FROZEN if key == Rule.FROZEN else Lever(key, ()).rule
        own.setdefault(rule.value, set()).add(price)
    assert own == table
