"""Repairs of a published plan: what stays, what may change, and what is told of it."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from threading import Event
from typing import Any

import pytest

from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Outcome, Verdict
from meetsched.domain.plan import Meeting, Plan, Repair
from meetsched.rules import Tier
from meetsched.solve import Progress, SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.verify import verify
from tests.small import Document, setting, small, top

Edit = Callable[[Document], object]
TWO_MONTHS = top(horizon={"start": "2027-03-01", "end": "2027-04-30"})
ALWAYS_ILL = [{"start": "2027-01-01T00:00", "end": "2028-01-01T00:00"}]


def options() -> SolveOptions:
    return SolveOptions(workers=1, deterministic=True)


def published(*edits: Edit) -> Plan:
    plan = plan_instance(small(*edits), "0" * 64, options()).plan
    assert plan is not None
    return plan


def outcome_of(instance: Instance, before: Plan, **repair: Any) -> Outcome:
    baseline = Baseline(before, Repair(baseline_sha256="0" * 64, **repair), instance.zone)
    outcome = plan_instance(instance, "0" * 64, options(), baseline=baseline)
    if outcome.plan is not None:
        assert verify(instance, outcome.plan, baseline=before).violations == ()
    return outcome


def repaired(instance: Instance, before: Plan, **repair: Any) -> Plan:
    outcome = outcome_of(instance, before, **repair)
    assert outcome.verdict is Verdict.OPTIMAL
    assert outcome.plan is not None
    return outcome.plan


def changed(plan: Plan, name: str, **values: Any) -> Plan:
    meetings = tuple(each.model_copy(update=values) if each.id == name else each for each in plan.meetings)
    return plan.model_copy(update={"meetings": meetings})


def moved(meeting: Meeting, days: int) -> dict[str, datetime]:
    step = timedelta(days=days)
    return {"start": meeting.start + step, "end": meeting.end + step}


def people(meeting: Meeting) -> set[tuple[str, str]]:
    return {(duty.person, duty.role.value) for duty in meeting.people}


def test_nothing_changes_where_nothing_has_to() -> None:
    before = published(TWO_MONTHS)
    for repair in ({}, {"as_of": date(2027, 4, 1)}, {"max_changes": 0}):
        after = repaired(small(TWO_MONTHS), before, **repair)
        assert [each.model_dump_json() for each in after.meetings] == [
            each.model_dump_json() for each in before.meetings
        ]
        assert after.tier_by_name[Tier.DISRUPTION].value == 0
        assert after.cancelled == ()
        assert after.repair == Repair(baseline_sha256="0" * 64, **repair)


def test_a_worse_plan_stays_as_it_is_too() -> None:
    before = published(TWO_MONTHS, top(objectives=[{"tier": "cost"}]))
    after = repaired(small(TWO_MONTHS), before)
    assert after.meetings == before.meetings


def test_nobody_is_added_without_need_where_effort_does_not_count() -> None:
    before = published(TWO_MONTHS, top(objectives=["points"]))
    after = repaired(small(TWO_MONTHS, top(objectives=["disruption", "points"])), before)
    assert after.meetings == before.meetings


def test_who_falls_ill_is_replaced_and_the_meeting_stays() -> None:
    before = published()
    (meeting,) = before.meetings
    assert ("anna", "expert") in people(meeting) or ("olga", "expert") in people(meeting)
    ill = next(duty.person for duty in meeting.people if duty.role.value == "expert")
    after = repaired(small(setting("people", ill, busy=ALWAYS_ILL)), before)
    (replaced,) = after.meetings
    assert (replaced.start, replaced.venue) == (meeting.start, meeting.venue)
    assert people(meeting) - people(replaced) == {(ill, "expert")}
    assert after.tier_by_name[Tier.DISRUPTION].value == 5
    assert replaced.sequence == 1


def test_a_frozen_meeting_stays_and_a_thawed_one_may_go() -> None:
    before = published(top(pins=[{"city": "kielce", "topic": "export", "date": "2027-03-16"}]))
    (meeting,) = before.meetings
    closed = [{"start": "2027-03-16T00:00", "end": "2027-03-17T00:00"}]
    instance = small(setting("venues", "hall", closed=closed), setting("venues", "oak", closed=closed))
    as_of = date(2027, 3, 13)
    assert outcome_of(instance, before, as_of=as_of).verdict is Verdict.INFEASIBLE
    assert repaired(instance, before, as_of=as_of, thawed=(meeting.id,)).meetings[0].start != meeting.start
    free = repaired(instance, before, as_of=as_of, freeze_days=3)
    assert free.meetings[0].start.date() == date(2027, 3, 18)


def test_what_is_new_or_moved_waits_until_the_frozen_days_are_over() -> None:
    before = published()
    (meeting,) = before.meetings
    none = before.model_copy(update={"meetings": ()})
    as_of = date(2027, 3, 10)
    after = repaired(small(), none, as_of=as_of, freeze_days=10)
    assert all(each.start.date() >= date(2027, 3, 20) for each in after.meetings)
    thawed = repaired(small(), none, as_of=as_of, freeze_days=30, thawed=(meeting.id,))
    assert [each.id for each in thawed.meetings] == [meeting.id]
    assert outcome_of(small(), none, as_of=as_of, freeze_days=30).verdict is Verdict.INFEASIBLE


def test_history_stays_whatever_has_become_of_its_rules() -> None:
    before = published(TWO_MONTHS)
    first, second = before.meetings
    instance = small(
        TWO_MONTHS,
        top(exclude_dates=[{"start": "2027-03-01", "end": "2027-03-31"}]),
        *(setting("venues", venue, closed=ALWAYS_ILL[:0]) for venue in ("hall", "oak")),
        *(setting("people", duty.person, roles=["host"]) for duty in first.people if duty.role == "expert"),
    )
    after = repaired(instance, before, as_of=date(2027, 4, 1))
    assert after.meetings[0].model_dump(exclude={"cost", "types"}) == first.model_dump(
        exclude={"cost", "types"}
    )
    assert after.meetings[0].sequence == 0
    assert after.meetings[1].start == second.start


def test_history_keeps_what_is_no_more() -> None:
    before = published(TWO_MONTHS)
    first, _ = before.meetings
    gone = [{"person": "gone", "role": "expert"}, {"person": "paul", "role": "presenter"}]
    strange = Meeting.model_validate(
        first.model_dump(mode="json")
        | {"id": "kielce/fairs", "topic": "fairs", "title": " ", "venue": "attic", "people": gone}
    )
    elsewhere = strange.model_copy(update={"city": "radom", "id": "radom/fairs"})
    known = before.model_copy(update={"meetings": (strange, elsewhere, *before.meetings[1:])})
    after = repaired(small(TWO_MONTHS), known, as_of=date(2027, 4, 1))
    kept = after.meeting_by_id["kielce/fairs"]
    assert (kept.people, kept.venue, kept.title) == (strange.people, "attic", " ")
    assert (kept.heads, kept.points, kept.cost.total, kept.sequence) == (0, 0, 0, 0)
    assert after.meeting_by_id["radom/fairs"] == elsewhere
    assert after.cancelled == ()


def test_history_counts_for_the_rules_on_many_meetings() -> None:
    before = published(TWO_MONTHS)
    first, _ = before.meetings
    used = setting("venues", first.venue, max_uses=0)
    assert outcome_of(small(TWO_MONTHS, used), before, as_of=date(2027, 4, 1)).verdict is Verdict.INFEASIBLE
    against = top(pins=[{"city": "kielce", "topic": first.topic, "held": False}])
    assert (
        outcome_of(small(TWO_MONTHS, against), before, as_of=date(2027, 4, 1)).verdict is Verdict.INFEASIBLE
    )


def test_a_meeting_on_what_is_no_more_is_cancelled_and_one_that_comes_back_goes_on() -> None:
    before = published(TWO_MONTHS)
    first, second = before.meetings
    other = "loans" if first.topic == "export" else "export"
    fairs = first.model_copy(
        update={"id": "kielce/fairs", "topic": "fairs", "sequence": 4, **moved(first, 1)}
    )
    old = second.model_copy(update={"sequence": 7})
    known = before.model_copy(update={"meetings": (first, fairs), "cancelled": (old,)})
    after = repaired(small(TWO_MONTHS), known)
    assert {(each.id, each.sequence) for each in after.cancelled} == {("kielce/fairs", 5)}
    assert after.meeting_by_id[f"kielce/{other}"].sequence == 8
    assert after.tier_by_name[Tier.DISRUPTION].value == 100 + 50


def test_what_is_cancelled_stays_listed() -> None:
    before = published()
    (meeting,) = before.meetings
    ghost = meeting.model_copy(update={"id": "kielce/fairs", "topic": "fairs", "sequence": 3})
    after = repaired(small(), before.model_copy(update={"cancelled": (ghost,)}))
    assert after.cancelled == (ghost,)


def test_a_limit_on_changes_may_leave_no_plan() -> None:
    before = published()
    (meeting,) = before.meetings
    instance = small(
        setting("people", "paul", busy=[{"start": "2027-03-01T00:00", "end": "2027-03-12T00:00"}])
    )
    early = changed(before, meeting.id, **moved(meeting, (date(2027, 3, 2) - meeting.start.date()).days))
    assert outcome_of(instance, early, max_changes=0).verdict is Verdict.INFEASIBLE
    assert repaired(instance, early, max_changes=1).tier_by_name[Tier.DISRUPTION].value > 0


def test_somebody_more_is_a_change_though_it_disturbs_nothing() -> None:
    before = published(setting("people", "olga", fee=10))
    (meeting,) = before.meetings
    assert "olga" not in {duty.person for duty in meeting.people}
    demanding = small(setting("cities", "kielce", coverage={"each_meeting": ["private"]}))
    assert outcome_of(demanding, before, max_changes=0).verdict is Verdict.INFEASIBLE
    after = repaired(demanding, before, max_changes=1)
    assert people(after.meetings[0]) - people(meeting) == {("olga", "expert")}
    assert after.tier_by_name[Tier.DISRUPTION].value == 0


def test_a_longer_meeting_is_told_anew_though_nothing_is_disrupted() -> None:
    before = published()
    (meeting,) = before.meetings
    minutes = {"export": 150, "loans": 120}[meeting.topic]
    after = repaired(small(setting("topics", meeting.topic, minutes=minutes)), before)
    assert after.meetings[0].end == meeting.end + timedelta(minutes=30)
    assert after.meetings[0].sequence == 1
    assert after.tier_by_name[Tier.DISRUPTION].value == 0


def test_disruption_may_give_way_to_the_tiers_after_it() -> None:
    before = published(TWO_MONTHS, top(objectives=["cost"]))
    ill = {duty.person for meeting in before.meetings for duty in meeting.people} & {"anna", "olga"}
    hurt = setting("people", ill.pop(), busy=ALWAYS_ILL)
    strict = repaired(small(TWO_MONTHS, hurt), before)
    giving = [{"tier": "disruption", "give": 1}, "points"]
    lax = repaired(small(TWO_MONTHS, hurt, top(objectives=giving)), before)
    tier = lax.tier_by_name[Tier.DISRUPTION]
    assert tier.best == strict.tier_by_name[Tier.DISRUPTION].best
    assert tier.value <= 2 * tier.best
    assert lax.tier_by_name[Tier.POINTS].value >= strict.tier_by_name[Tier.POINTS].value


@pytest.mark.parametrize("objectives", [["points", "disruption"], ["points"], []])
def test_disruption_counts_where_the_instance_has_it(objectives: list[str]) -> None:
    before = published(TWO_MONTHS)
    instance = small(TWO_MONTHS, top(objectives=objectives))
    after = repaired(instance, before)
    assert [tier.name for tier in after.tiers] == objectives
    assert after.meetings == before.meetings


@pytest.mark.parametrize("pairs", [1, 3, 10_000])
def test_how_far_it_looks_at_first_is_of_no_account(pairs: int, monkeypatch: pytest.MonkeyPatch) -> None:
    before = published(TWO_MONTHS)
    ill = setting("people", "paul", busy=[{"start": "2027-03-01T00:00", "end": "2027-03-20T00:00"}])
    right = repaired(small(TWO_MONTHS, ill), before)
    monkeypatch.setattr("meetsched.solve.nearby._PAIRS", pairs)
    found = repaired(small(TWO_MONTHS, ill), before)
    assert [(tier.name, tier.best) for tier in found.tiers] == [
        (tier.name, tier.best) for tier in right.tiers
    ]


def test_a_stop_after_the_first_tier_keeps_its_plan() -> None:
    before = published(TWO_MONTHS)
    instance = small(TWO_MONTHS, setting("people", "anna", busy=ALWAYS_ILL))
    stop = Event()

    def listen(news: Progress) -> None:
        if news.tier is Tier.DISRUPTION and news.finished:
            stop.set()

    baseline = Baseline(before, Repair(baseline_sha256="0" * 64), instance.zone)
    outcome = plan_instance(instance, "0" * 64, options(), listen, stop, baseline=baseline)
    assert outcome.interrupted
    assert outcome.plan is not None
    assert outcome.plan.tier_by_name[Tier.DISRUPTION].proven
    assert verify(instance, outcome.plan, baseline=before).violations == ()


def test_a_city_that_could_plan_nothing_alone_goes_on_from_what_is_over() -> None:
    def second_city(document: Document) -> None:
        document["cities"].append({"id": "radom", "name": "Radom", "coverage": {}, "min_days_between": 7})
        for person in document["people"]:
            person["cities"] = "all"
        for venue in document["venues"]:
            venue["open_to"] = "all"
        for topic in document["topics"]:
            topic["min_participants"] = 0

    before = published(second_city)
    over = max(each.start.date() for each in before.meetings) + timedelta(days=1)
    shut = [setting("venues", venue, closed=ALWAYS_ILL) for venue in ("hall", "oak")]
    instance = small(second_city, *shut)
    assert outcome_of(instance, before).verdict is Verdict.INFEASIBLE
    after = repaired(instance, before, as_of=over)
    assert after.ideal == {"kielce": 0, "radom": 0}
    assert after.tier_by_name[Tier.BALANCE].value == 1000
