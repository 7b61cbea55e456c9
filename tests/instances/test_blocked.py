"""The blocked quarter is blocked for the reasons that it tells, all of them together."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Verdict
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance

BLOCKED = Path(__file__).parents[2] / "instances" / "blocked.yaml"

Document = dict[str, Any]


def entry(document: Document, section: str, identifier: str) -> Document:
    return next(entry for entry in document[section] if entry["id"] == identifier)


def changed(change: Callable[[Document], object]) -> Verdict:
    document = yaml.load(BLOCKED.read_text(encoding="utf-8"), yaml.CBaseLoader)
    change(document)
    instance = Instance.model_validate(document)
    return plan_instance(instance, "", SolveOptions(time_limit=900, workers=1)).verdict


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda d: entry(d, "people", "petr-dvorak").pop("busy"), id="the broker is there"),
        pytest.param(
            lambda d: entry(d, "people", "lenka-mala").pop("busy"), id="Lenka Malá presents on the 25th"
        ),
        pytest.param(lambda d: entry(d, "venues", "library-hall").pop("closed"), id="no stocktaking"),
        pytest.param(
            lambda d: entry(d, "people", "ivana-nova")["available"].update(tue="08:00-20:00"),
            id="the lawyer comes on a Tuesday",
        ),
        pytest.param(lambda d: entry(d, "topics", "export").pop("after"), id="export before contracts"),
        pytest.param(lambda d: d.pop("pins"), id="January is free for contracts"),
        pytest.param(lambda d: entry(d, "topics", "grants").pop("earliest"), id="grants before the calls"),
        pytest.param(
            lambda d: entry(d, "topics", "apprentices").update(min_participants="3"),
            id="apprentices for three",
        ),
        pytest.param(
            lambda d: entry(d, "cities", "litomysl").update(open_meetings_per_month="0"), id="a closed club"
        ),
    ],
)
def test_each_reason_lifted_makes_a_plan(change: Callable[[Document], object]) -> None:
    assert changed(change) is Verdict.OPTIMAL


def test_the_presenter_on_leave_alone_is_not_the_reason() -> None:
    assert changed(lambda d: entry(d, "people", "karel-benes").pop("busy")) is Verdict.INFEASIBLE
