"""Scores what the systems hand in, by `meetsched.verify` alone."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from contest.answers import Claim
from meetsched.domain.instance import Instance
from meetsched.domain.outcome import PlannedMeeting
from meetsched.domain.plan import CostBreakdown, InstanceReference, Meeting, Plan, PlanStatus, meeting_id
from meetsched.rules import FIGURES, Tier
from meetsched.verify import verify

_NOTHING = CostBreakdown.of_cents(venue=0, catering=0, fees=0, travel=0, overtime=0, income=0)


@dataclass(frozen=True, slots=True)
class Score:
    """A plan's broken rules (their ids), and its objectives as the verifier recomputed them."""

    violations: tuple[str, ...]
    objective: Mapping[Tier, int]


def score(
    instance: Instance, meetings: Sequence[PlannedMeeting], ideal: Mapping[str, int] | None = None
) -> Score:
    """Verify decisions.

    The figures of a plan (heads, points, cost) follow from the instance: the verifier recomputes them,
    so that none are asked of the systems, and none that they may state count.
    """
    plan = Plan(
        instance=InstanceReference(id=instance.id, sha256=""),
        status=PlanStatus.FEASIBLE,
        tiers=(),
        ideal=dict(ideal) if ideal else None,
        meetings=tuple(_meeting(instance, meeting) for meeting in meetings),
    )
    report = verify(instance, plan)
    broken = dict.fromkeys(one.rule for one in report.violations if one.rule != FIGURES)
    return Score(tuple(broken), report.objective)


def _meeting(instance: Instance, planned: PlannedMeeting) -> Meeting:
    topic = instance.topic_by_id[planned.topic]
    return Meeting(
        id=meeting_id(planned.city, planned.topic),
        city=planned.city,
        topic=planned.topic,
        title=topic.title,
        venue=planned.venue,
        start=planned.start,
        end=(planned.start.astimezone(UTC) + timedelta(minutes=topic.minutes)).astimezone(instance.zone),
        people=planned.people,
        heads=0,
        points=0,
        types=(),
        cost=_NOTHING,
    )


def common_ideal(ideals: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """Return for each city the most points that any system found for it alone: one measure for all."""
    common: dict[str, int] = {}
    for ideal in ideals:
        for city, points in ideal.items():
            common[city] = max(points, common.get(city, 0))
    return common


def contradictions(claims: Mapping[str, Sequence[Claim]], scores: Mapping[str, Score]) -> Iterator[str]:
    """Yield each claim that a verified plan refutes: a bound that it beats, under the same values before.

    Parameters
    ----------
    claims : mapping of str to sequence of Claim
        By system; of tiers without `give` (where later tiers may give some up, values do not compare).
    scores : mapping of str to Score
        Of plans that break no rule, by system.
    """
    for claimant, tiers in claims.items():
        for other, found in scores.items():
            for claim in tiers:
                value = found.objective[claim.tier]
                sign = 1 if claim.tier.maximise else -1
                if claim.bound is not None and sign * value > sign * claim.bound:
                    yield f"{claimant} claims a bound of {claim.bound} on {claim.tier}, {other} has {value}"
                if value != claim.best:
                    break
