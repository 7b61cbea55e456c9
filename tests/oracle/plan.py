"""The search's plan as a plan of the product, with the search's own figures."""

from meetsched.domain.instance import Instance
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import InstanceReference, Meeting, Plan, PlanStatus, TierResult
from meetsched.rules import Tier
from tests.oracle.figures import appeal, figured, public_holidays, share
from tests.oracle.search import Truth


def values(instance: Instance, meetings: list[Meeting], ideal: dict[str, int]) -> dict[Tier, int]:
    """Return what meetings come to in every tier that can be told without a published plan."""
    points = {city.id: 0 for city in instance.cities}
    for meeting in meetings:
        points[meeting.city] += meeting.points
    return {
        Tier.BALANCE: min(share(points[city], ideal[city]) for city in points),
        Tier.POINTS: sum(points.values()),
        Tier.COST: sum(meeting.cost.total for meeting in meetings),
        Tier.APPEAL: sum(_appeal(instance, meeting) for meeting in meetings),
        Tier.EFFORT: sum(len({duty.person for duty in meeting.people}) for meeting in meetings),
    }


def _appeal(instance: Instance, meeting: Meeting) -> int:
    venue, start = instance.venue_by_id[meeting.venue], meeting.start.astimezone(instance.zone)
    return appeal(instance, venue, start.date(), start.hour * 60 + start.minute, public_holidays(instance))


def plan_of(instance: Instance, truth: Truth) -> Plan:
    """Return the plan that the search found; the instance has one."""
    meetings = [figured(instance, planned) for planned in truth.meetings]
    found = values(instance, meetings, dict(truth.ideal))
    assert truth.best is not None
    tiers = tuple(
        TierResult(
            name=objective.tier,
            value=found[objective.tier],
            best=truth.best[objective.tier],
            bound=truth.best[objective.tier],
            proven=True,
            give=objective.give,
            seconds=0,
        )
        for objective in instance.active_objectives()
    )
    return Plan(
        instance=InstanceReference(id=instance.id, sha256="0" * 64),
        status=PlanStatus.OPTIMAL,
        tiers=tiers,
        ideal=dict(truth.ideal) if Tier.BALANCE in truth.best else None,
        meetings=tuple(meetings),
    )


def decisions(plan: Plan) -> list[PlannedMeeting]:
    """Return what a plan decides, without the figures that it states."""
    return [
        PlannedMeeting(meeting.city, meeting.topic, meeting.start, meeting.venue, meeting.people)
        for meeting in plan.meetings
    ]
