"""How much possibilities disturb at least."""

from datetime import date
from typing import Any

from meetsched.candidates import Candidates, Nearness, find_candidates
from meetsched.domain.baseline import Baseline
from meetsched.domain.instance import Instance
from meetsched.domain.plan import InstanceReference, Plan, PlanStatus, Repair
from tests.domain.test_difference import held
from tests.small import setting, small

START = "2027-03-16T17:30:00+01:00"
TEAM = "anna:expert bea:broker paul:presenter"


def near(instance: Instance, *meetings: Any, **repair: Any) -> tuple[Candidates, Nearness]:
    plan = Plan(
        instance=InstanceReference(id="small", sha256="0"),
        status=PlanStatus.FEASIBLE,
        tiers=(),
        meetings=meetings,
    )
    baseline = Baseline(plan, Repair(baseline_sha256="0", **repair), instance.zone)
    candidates = find_candidates(instance, baseline=baseline)
    return candidates, Nearness(candidates, baseline)


def pairs(candidates: Candidates) -> set[tuple[str, str, str]]:
    return {
        (meeting.id, f"{candidates.starts[start].day} {candidates.starts[start].minute}", place.venue.id)
        for meeting in candidates.meetings
        for place in meeting.places
        for start in place.starts.tolist()
    }


def test_the_published_start_and_venue_come_first_then_what_disturbs_little() -> None:
    candidates, nearness = near(small(), held("kielce/export", START, TEAM, venue="hall"))
    same = ("kielce/export", "2027-03-16 1050", "hall")
    pub = ("kielce/export", "2027-03-16 1050", "oak")
    morning = ("kielce/export", "2027-03-16 540", "hall")
    assert nearness.least == 0
    assert pairs(nearness.within(0)) == {same}
    assert pairs(nearness.within(10)) == {same, morning}
    assert pairs(nearness.within(15)) == {same, morning, pub}
    assert nearness.extra(1) == 0
    assert nearness.extra(2) == 10
    farthest = nearness.extra(10**6)
    assert nearness.is_whole(farthest)
    assert not nearness.is_whole(farthest - 1)
    assert pairs(nearness.within(farthest)) == pairs(candidates)


def test_a_duty_that_is_lost_at_a_start_counts_there() -> None:
    ill = [{"start": "2027-03-16T00:00", "end": "2027-03-17T00:00"}]
    _, nearness = near(
        small(setting("people", "anna", busy=ill)), held("kielce/export", START, TEAM, venue="hall")
    )
    assert nearness.least == 5
    _, strangers = near(small(), held("kielce/export", START, f"{TEAM} gone:expert", venue="gone"))
    assert strangers.least == 5 + 15


def test_what_cannot_be_held_is_cancelled_and_a_new_meeting_counts() -> None:
    _, nearness = near(small(), held("kielce/fairs", START, TEAM))
    assert nearness.least == 100
    assert pairs(nearness.within(49)) == set()
    assert {name for name, _, _ in pairs(nearness.within(50))} == {"kielce/export", "kielce/loans"}


def test_what_is_over_is_always_near() -> None:
    over = held("kielce/export", "2027-03-04T12:15:00+01:00", TEAM, venue="hall")
    candidates, nearness = near(small(), over, as_of=date(2027, 3, 10))
    assert pairs(nearness.within(0)) == {("kielce/export", "2027-03-04 735", "hall")}
    assert nearness.least == 0
    meeting = next(each for each in candidates.meetings if each.id == "kielce/export")
    assert meeting.past == over
    assert [duty.person.id for duty in meeting.duties] == ["anna", "bea", "paul"]
