"""The shares that a plan states in rising order are those of its cities, and fit what is said of them."""

from collections.abc import Callable
from typing import Any

import pytest

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.oracle.region import region

SEED, SHARES = 29, [500, 875, 1000]
"""A region of three cities, and the fairest shares."""

Edit = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def planned() -> tuple[Instance, Plan]:
    instance = region(SEED)
    plan = plan_instance(instance, "0" * 64, SolveOptions(time_limit=7200, workers=1)).plan
    assert plan is not None
    return instance, plan


def told(planned: tuple[Instance, Plan], edit: Edit) -> list[str]:
    """Return what verification tells of the plan once its document is edited."""
    instance, plan = planned
    document = plan.document()
    edit(document)
    return [violation.message for violation in verify(instance, Plan.model_validate(document)).violations]


def level(place: int, **values: Any) -> Edit:
    return lambda document: document["tiers"][0]["levels"][place].update(values)


def test_a_plan_as_it_was_made_is_right(planned: tuple[Instance, Plan]) -> None:
    levels = planned[1].document()["tiers"][0]["levels"]
    assert levels == [{"value": share, "best": share, "bound": share, "proven": True} for share in SHARES]
    assert told(planned, lambda document: None) == []


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (level(1, value=874), "its levels are 500, 874, 1000, but should be 500, 875, 1000"),
        (level(0, best=499, bound=499), "its first level does not say what it says itself"),
        (level(2, best=1001), "level 3: its best 1001 is better than its bound 1000"),
        (level(1, bound=900), "level 2: it is called proven, but its bound is 900, not 875"),
        (level(1, best=900, bound=900), "the first 2 levels give up more than 0 of their sum 1400"),
        (
            level(1, best=800, bound=800),
            "its levels 500, 875, 1000 are better than what is called their best",
        ),
        (level(1, proven=False), "a level is called proven, though one before it is not"),
        (level(2, proven=False), "The plan is called optimal, but its tier balance is not proven."),
        (level(2, proven=False), "Tier points: it is called proven, though balance before it is not."),
        (
            lambda document: document["tiers"][0].pop("levels"),
            "says nothing of the shares after the smallest",
        ),
        (lambda document: document["tiers"][0]["levels"].pop(), "but should be 500, 875, 1000"),
        (
            lambda document: document["tiers"][1].update(levels=document["tiers"][0]["levels"]),
            "Tier points: only balance has levels.",
        ),
    ],
)
def test_what_does_not_fit_is_told(planned: tuple[Instance, Plan], edit: Edit, message: str) -> None:
    assert any(message in each for each in told(planned, edit))


def test_what_may_be_given_up_is_given_up_of_sums(planned: tuple[Instance, Plan]) -> None:
    """A tenth of 1400 may be lost by two cities together, and no more."""

    def gives(best: int) -> Edit:
        def edit(document: dict[str, Any]) -> None:
            document["status"] = "feasible"
            document["tiers"][0]["give"] = 0.1
            level(1, best=best, bound=best)(document)

        return edit

    assert told(planned, gives(1027)) == []
    assert any("the first 2 levels give up more than 0.1" in each for each in told(planned, gives(1028)))


def test_an_instance_that_does_not_ask_for_levels_needs_none(planned: tuple[Instance, Plan]) -> None:
    _, plan = planned
    document = plan.document()
    del document["tiers"][0]["levels"]
    report = verify(region(SEED, balance="maximin"), Plan.model_validate(document))
    assert report.violations == ()
