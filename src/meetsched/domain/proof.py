"""What was proven about a plan, in words: one statement per tier, in the order in which they count."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import MappingProxyType

from meetsched.domain.plan import TierResult
from meetsched.domain.words import count, listing, money, percent
from meetsched.rules import Tier

TIER_NAMES = MappingProxyType(
    {
        Tier.DISRUPTION: "As few changes as possible",
        Tier.BALANCE: "Fair to every city",
        Tier.POINTS: "What firms asked for",
        Tier.COST: "Little money",
        Tier.APPEAL: "Hours and events people like",
        Tier.EFFORT: "Few duties",
    }
)
"""What each tier is for, as a heading."""

_ACHIEVES = MappingProxyType(
    {
        Tier.DISRUPTION: ("changes the published plan by {}", "changes the published plan by less than {}"),
        Tier.BALANCE: (
            "gives the least favoured city {} of what it could have alone",
            "gives the least favoured city more than {} of what it could have alone",
        ),
        Tier.POINTS: ("serves {}", "serves more than {}"),
        Tier.COST: ("costs {}", "costs less than {}"),
        Tier.APPEAL: ("has {}", "has more than {}"),
        Tier.EFFORT: ("needs {}", "needs fewer than {}"),
    }
)
"""What a plan does with a tier's amount, and what a better plan would do."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What is known about one tier.

    Attributes
    ----------
    tier : Tier
        The tier spoken of.
    proven : bool
        Whether the plan's best of it is proven.
    clause : str
        The finding, as a clause without capital or full stop that follows on the one before it.
    remark : str
        What later tiers gave up of it, as a sentence; empty where nothing may be given up.
    levels : str
        What was found of the cities' shares after the smallest one, as a sentence; empty where these do
        not count one after the other.
    """

    tier: Tier
    proven: bool
    clause: str
    remark: str
    levels: str = ""

    @property
    def sentence(self) -> str:
        """The finding, the levels and the remark, as sentences."""
        return " ".join(part for part in (_as_sentence(self.clause), self.levels, self.remark) if part)


def tier_amount(tier: Tier, value: int, currency: str) -> str:
    """Say a tier's value with its unit: ``103 points``, ``239.00 EUR``, ``93.6%``."""
    match tier:
        case Tier.COST:
            return money(value, currency)
        case Tier.BALANCE:
            return percent(value)
        case Tier.POINTS:
            return count(value, "point")
        case Tier.APPEAL:
            return f"{count(value, 'point')} of appeal"
        case Tier.EFFORT:
            return count(value, "duty", "duties")
        case Tier.DISRUPTION:
            return f"{count(value, 'point')} of disruption"


def tier_heading(tier: Tier, currency: str) -> str:
    """Say what a column or row of a tier's figures is about: the aim, of money with the currency."""
    return f"{TIER_NAMES[tier]} ({currency})" if tier is Tier.COST else TIER_NAMES[tier]


def tier_number(tier: Tier, value: int, currency: str) -> str:
    """Say a tier's value without its unit, for tables and charts: ``103``, ``239.00``, ``93.6%``."""
    return tier_amount(tier, value, currency).split(" ")[0]


def statements(tiers: Sequence[TierResult], currency: str) -> tuple[Statement, ...]:
    """Say for each tier what was proven, or what could still be possible.

    A bound counts under the values that the tiers before it hold, so every statement but the first
    speaks of the plans that those before it leave.
    """
    return tuple(
        Statement(
            tier=tier.name,
            proven=tier.proven,
            clause=_clause(tier, tiers[:index], currency),
            remark=_remark(tier, currency),
            levels=_levels(tier),
        )
        for index, tier in enumerate(tiers)
    )


def paragraph(tiers: Sequence[TierResult], currency: str) -> str:
    """Say what was proven in one paragraph, for a terminal or the head of a page."""
    sentences: list[str] = []
    clauses: list[str] = []
    for statement in statements(tiers, currency):
        clauses.append(statement.clause)
        if statement.levels or statement.remark or not statement.proven:
            sentences += [_as_sentence("; ".join(clauses)), statement.levels, statement.remark]
            clauses = []
    return " ".join(filter(None, [*sentences, _as_sentence("; ".join(clauses))]))


def _clause(tier: TierResult, before: Sequence[TierResult], currency: str) -> str:
    does, does_better = _ACHIEVES[tier.name]
    best, bound = (tier_amount(tier.name, value, currency) for value in (tier.best, tier.bound))
    if tier.proven:
        return f"{'of those, none' if before else 'no plan'} {does_better.format(best)}"
    if tier.best == tier.bound:
        return f"as long as that is held, no plan {does_better.format(best)}"
    opening = "with that held, " if before else ""
    found = f"{opening}the best plan found {does.format(best)}"
    if tier.name.maximise:
        return f"{found}, which is not proven to be the most: at most {bound} could be possible"
    return f"{found}, which is not proven to be the least: no plan {does_better.format(bound)}"


def _remark(tier: TierResult, currency: str) -> str:
    if not tier.give:
        return ""
    share = percent(round(tier.give * 1000))
    if tier.value == tier.best:
        return f"What comes later was free to give up {share} of it, and gave up nothing."
    value = tier_amount(tier.name, tier.value, currency)
    return f"What comes later was free to give up {share} of it; in this plan it comes to {value}."


def _levels(tier: TierResult) -> str:
    """Say how far the other cities' shares were lifted, one after the other."""
    rest = (tier.levels or ())[1:]
    if not rest:
        return ""
    shares = listing([percent(level.best) for level in rest])
    proven = sum(level.proven for level in rest)
    if proven == len(rest):
        sure = "no plan that holds those before it gives any of them more"
    else:
        open_one = rest[proven]
        before = f"the first {proven} of these proven; " if proven else ""
        best, bound = percent(open_one.best), percent(open_one.bound)
        sure = f"{before}{best} is not proven to be the most: at most {bound} could be possible"
    return f"Lifted one after the other, the other cities' shares come to {shares}; {sure}."


def _as_sentence(clause: str) -> str:
    return f"{clause[:1].upper()}{clause[1:]}." if clause else ""
