"""Questions of the benchmark, and what it makes of the answers."""

from random import Random
from typing import Any

import pytest

from meetsched.candidates import find_candidates
from meetsched.loading import load_instance, load_plan
from questions import KINDS, Asked, questions, table, verdict
from tests.cli.conftest import TOWN, TOWN_PLAN


def words(kind: str, seed: int = 0) -> list[tuple[str, ...]]:
    instance = load_instance(TOWN).instance
    plan, candidates = load_plan(TOWN_PLAN, instance), find_candidates(instance)
    return [tuple(each) for each in questions(kind, plan, candidates, Random(seed), 5)]


@pytest.mark.parametrize("kind", KINDS)
def test_questions_are_of_their_kind_and_the_same_for_a_seed(kind: str) -> None:
    drawn = words(kind)
    assert drawn == words(kind)
    assert len(drawn) == 5
    options = {"date": 1, "venue": 1, "person": 1, "date and venue": 2}
    assert {len(each) for each in drawn} == {1 + 2 * options.get(kind, 0)}
    assert {each[0] == "olszyna/owners" for each in drawn} == {kind == "topic not held"}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ({"complete": True}, "told"),
        ({"complete": False}, "open"),
        ({"standing": "so"}, "told"),
        ({"standing": "forbidden"}, "forbidden"),
        ({"standing": "unknown"}, "open"),
        ({"standing": "possible", "nearest": {"proven": True}, "best": {"proven": True}}, "possible"),
        ({"standing": "possible", "nearest": {"proven": True}, "best": {"proven": False}}, "open"),
        ({"standing": "possible", "nearest": {"proven": True}, "best": None}, "open"),
    ],
)
def test_what_came_of_a_question(answer: dict[str, Any], said: str) -> None:
    assert verdict(answer) == said


def test_the_table_counts_each_kind_and_all() -> None:
    asked = [Asked(kind, "possible", float(number)) for number, kind in enumerate(KINDS)]
    lines = table(asked).splitlines()
    assert len(lines) == len(KINDS) + 3
    assert lines[-1] == "| all | 6 | 6 | 0 | 0 | 0 | 2.5 | 5.0 |"
