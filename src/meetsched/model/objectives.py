"""The tiers as expressions."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from meetsched.domain.shares import FULL_SHARE, share_of
from meetsched.model.linear import LinearModel, Terms, Values, plus, total
from meetsched.model.money import net_cost
from meetsched.model.variables import MeetingColumns, Variables
from meetsched.rules import Tier


def points(meetings: Iterable[MeetingColumns]) -> Terms:
    """Return the points of meetings: the interest that they serve, and their topics' demand."""
    return [
        (pair.column, gained)
        for meeting in meetings
        for pair in meeting.pairs
        if (gained := int(pair.place.points[pair.position]))
    ]


def appeal(meetings: Iterable[MeetingColumns]) -> Terms:
    """Return the bonuses of the meetings' starts and of their venues' events."""
    return [
        (pair.column, bonus)
        for meeting in meetings
        for pair in meeting.pairs
        if (bonus := int(pair.place.appeal[pair.position]))
    ]


def effort(meetings: Iterable[MeetingColumns]) -> Terms:
    """Return the number of duties."""
    return [term for meeting in meetings for duty in meeting.duties for term in duty.presence]


@dataclass(frozen=True, slots=True)
class Balance:
    """The smallest share of its ideal that a city gets, in thousandths.

    Attributes
    ----------
    terms : Terms
        The column of the smallest share.
    points : mapping of str to int
        For each city with an ideal the column of its points.
    """

    terms: Terms
    points: Mapping[str, int]


def add_balance(model: LinearModel, variables: Variables, ideal: Mapping[str, int]) -> Balance:
    """Add a column that no city's share of its ideal, in thousandths, falls short of.

    ``1000 * points >= ideal * balance`` holds exactly where the floor of the share is at least the
    balance; a city with ideal 0 counts 1000. The points of a city have a column of their own, for
    solvers to branch on.
    """
    least_share = model.add_column(upper=FULL_SHARE)
    sums: dict[str, int] = {}
    for city, meetings in variables.of_city.items():
        if ideal[city]:
            gained = points(meetings)
            sums[city] = model.add_column(upper=_most(points, meetings))
            model.equal(None, city, [*gained, (sums[city], -1)])
            share = [(sums[city], FULL_SHARE), (least_share, -ideal[city])]
            model.at_least(None, city, share, 0)
    return Balance(plus([least_share]), sums)


def shares(variables: Variables, ideal: Mapping[str, int], values: Values) -> dict[str, int]:
    """Return each city's share of its ideal, in thousandths, at most 1000.

    The columns of shares may stand below these once later tiers have been given some of them.
    """
    return {
        city: share_of(total(points(meetings), values), ideal[city])
        for city, meetings in variables.of_city.items()
    }


SUMS: Mapping[Tier, Callable[[Iterable[MeetingColumns]], Terms]] = {
    Tier.POINTS: points,
    Tier.COST: net_cost,
    Tier.APPEAL: appeal,
    Tier.EFFORT: effort,
}
"""The tiers that are sums over the meetings."""


def quick_bound(tier: Tier, variables: Variables) -> int:
    """Return what no plan can beat in a tier, as far as a glance tells: each meeting at its best."""
    if tier is Tier.BALANCE:
        return FULL_SHARE
    return _most(SUMS[tier], variables.meetings) if tier.maximise else 0


def _most(gain: Callable[[Iterable[MeetingColumns]], Terms], meetings: Iterable[MeetingColumns]) -> int:
    """Return the sum over the meetings of what their best pair gains."""
    return sum(max((coefficient for _, coefficient in gain([one])), default=0) for one in meetings)
