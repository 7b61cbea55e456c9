"""The tiers as expressions."""

from collections.abc import Callable, Iterable, Mapping

from meetsched.model.linear import LinearModel, Terms, Values, plus, total
from meetsched.model.money import net_cost
from meetsched.model.variables import MeetingColumns, Variables
from meetsched.rules import Tier

FULL_SHARE = 1000
"""The balance at which every city gets its ideal."""


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


def add_balance(model: LinearModel, variables: Variables, ideal: Mapping[str, int]) -> Terms:
    """Add a column that no city's share of its ideal, in thousandths, falls short of; return it.

    ``1000 * points >= ideal * balance`` holds exactly where the floor of the share is at least the
    balance; a city with ideal 0 counts 1000. The points of a city have a column of their own, for
    solvers to branch on.
    """
    least_share = model.add_column(upper=FULL_SHARE)
    for city, meetings in variables.of_city.items():
        if ideal[city]:
            gained = points(meetings)
            sum_of_points = model.add_column(upper=_most(points, meetings))
            model.equal(None, city, [*gained, (sum_of_points, -1)])
            share = [(sum_of_points, FULL_SHARE), (least_share, -ideal[city])]
            model.at_least(None, city, share, 0)
    return plus([least_share])


def balance(variables: Variables, ideal: Mapping[str, int], values: Values) -> int:
    """Return the smallest share of its ideal that a city gets, in thousandths, at most 1000.

    The column of `add_balance` may stand below it once later tiers have been given some of it.
    """
    shares = [
        FULL_SHARE * total(points(meetings), values) // ideal[city]
        for city, meetings in variables.of_city.items()
        if ideal[city]
    ]
    return min([FULL_SHARE, *shares])


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
