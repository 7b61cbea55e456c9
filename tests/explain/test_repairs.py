"""Why a published plan cannot be gone on from, and what thawing would help."""

from datetime import date
from typing import Any

from meetsched.domain.baseline import Baseline
from meetsched.domain.explanation import EARLIEST, OVER, Demand, Explanation
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan, Repair
from meetsched.domain.ways_out import Change, Lever
from meetsched.domain.wording import change_text, reasons
from meetsched.explain import ExplainOptions, explain_instance
from meetsched.rules import PRICE_KEYS, Rule, Tier
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.small import Document, setting, small, top

OPTIONS = SolveOptions(time_limit=300, workers=1, deterministic=True)
PIN = top(
    pins=[{"city": "kielce", "topic": "export", "date": "2027-03-09", "start": "09:00", "venue": "hall"}]
)
CLOSED = setting("venues", "hall", closed=[{"start": "2027-03-08T00:00", "end": "2027-03-13T00:00"}])
ONLY_THAW = dict.fromkeys(PRICE_KEYS, 1000) | {str(Rule.FROZEN): 1}
EXPORT = ("kielce/export", "2027-03-09", "09:00", "hall")


def published() -> Plan:
    plan = plan_instance(small(PIN), "0" * 64, OPTIONS).plan
    assert plan is not None
    return plan


def explained(instance: Instance, plan: Plan, **repair: Any) -> Explanation:
    baseline = Baseline(plan, Repair(baseline_sha256="0" * 64, **repair), instance.zone)
    found = explain_instance(instance, "0" * 64, ExplainOptions(OPTIONS, 2), baseline=baseline)
    assert all(conflict.minimal for conflict in found.conflicts)
    return found


def demands(found: Explanation) -> set[Demand]:
    assert (found.feasible, found.all_conflicts) == (False, True)
    (conflict,) = found.conflicts
    return set(conflict.demands)


def test_a_frozen_meeting_is_thawed_where_its_venue_closes() -> None:
    instance, before = small(CLOSED).replaced(prices=ONLY_THAW), published()
    found = explained(instance, before, as_of=date(2027, 3, 5))
    assert demands(found) == {Demand(Rule.FROZEN, EXPORT), Demand(Rule.VENUE_HOURS, ("hall",))}
    assert "Export is frozen: it stays on Tue 9 March 2027 at 09:00 in Hall." in reasons(
        instance, found.conflicts[0]
    )
    first = found.fixes[0]
    assert first.changes == (Change(Lever(Rule.FROZEN, ("kielce/export",))),)
    assert change_text(instance, first.changes[0]) == "Export thawed, so that it may move"
    assert first.plan.repair is not None
    assert first.plan.repair.thawed == ("kielce/export",)
    assert first.objective[Tier.DISRUPTION] > 0
    assert verify(instance, first.plan, baseline=before).holds


def test_what_is_over_is_told_and_nothing_lets_it_not_have_been() -> None:
    instance = small(setting("topics", "loans", required=True))
    found = explained(instance, published(), as_of=date(2027, 3, 20))
    assert demands(found) == {
        Demand(Rule.FROZEN, EXPORT, OVER),
        Demand(Rule.CADENCE, ("kielce", "2027-03"), "most"),
        Demand(Rule.TOPIC_REQUIRED, ("loans",)),
    }
    assert "Export is over: it was on Tue 9 March 2027 at 09:00 in Hall." in reasons(
        instance, found.conflicts[0]
    )
    assert {fix.changes[0].lever.key for fix in found.fixes} == {Rule.TOPIC_REQUIRED, "cadence.more"}


def test_what_would_start_too_soon_is_told() -> None:
    instance = small()
    empty = published().model_copy(update={"meetings": ()})
    found = explained(instance, empty, as_of=date(2027, 3, 5), freeze_days=40)
    assert demands(found) == {
        Demand(Rule.FROZEN, ("2027-04-14",), EARLIEST),
        Demand(Rule.CADENCE, ("kielce", "2027-03"), "least"),
    }
    assert "What is new or moved starts on Wed 14 April 2027 or later." in reasons(
        instance, found.conflicts[0]
    )
    assert [fix.changes[0].lever.key for fix in found.fixes] == ["cadence.fewer"]


def test_a_limit_on_changes_is_told() -> None:
    instance = small(CLOSED)
    found = explained(instance, published(), max_changes=0)
    assert demands(found) == {Demand(Rule.CHANGES, ("0",)), Demand(Rule.VENUE_HOURS, ("hall",))}
    assert "No meeting may differ from the published plan." in reasons(instance, found.conflicts[0])
    assert found.fixes[0].changes == (Change(Lever(Rule.VENUE_HOURS, ("hall", "2027-03-09"))),)


def test_thawing_is_among_what_would_be_gained() -> None:
    """The room of a frozen meeting costs, and disruption counts last."""

    def cheaper_elsewhere(document: Document) -> None:
        document["objectives"] = ["cost", "points", "disruption"]

    found = explained(small(cheaper_elsewhere), published(), as_of=date(2027, 3, 5))
    assert found.feasible
    thawed = [gain for gain in found.gains if gain.change.lever.key == Rule.FROZEN]
    assert [gain.after[Tier.COST] < gain.before[Tier.COST] for gain in thawed] == [True]
