"""What becomes of a plan without somebody, in words."""

from types import MappingProxyType

from meetsched.domain.names import Names
from meetsched.domain.outcome import Verdict
from meetsched.domain.resilience import Consequence, DropOut, Kind, StandIn
from meetsched.domain.words import listing, one_line
from meetsched.rules import Tier

LOSS_NAMES = MappingProxyType(
    {
        Tier.BALANCE: "Fairness lost",
        Tier.POINTS: "Points lost",
        Tier.COST: "Dearer by",
        Tier.APPEAL: "Appeal lost",
        Tier.EFFORT: "More duties",
    }
)
"""What a plan that goes on without somebody loses in each tier, as a heading."""


def absent_name(names: Names, drop_out: DropOut) -> str:
    """Say who or what drops out."""
    return names.person(drop_out.id) if drop_out.kind is Kind.PERSON else names.venue(drop_out.id)


def consequence_text(found: Consequence) -> str:
    """Say whether there is a repair, and how sure that is."""
    if found.verdict is Verdict.INFEASIBLE:
        return "no repair"
    if found.plan is None:
        return "not settled"
    return "proven best" if found.verdict is Verdict.OPTIMAL else "best found"


def stand_ins_text(names: Names, found: Consequence) -> str:
    """Say who stands in, meeting by meeting."""
    return "; ".join(
        f"{one_line(each.meeting.title)}: {_instead(names, found.drop_out.kind, each)}"
        for each in found.stand_ins
    )


def stand_ins_in_short(names: Names, found: Consequence) -> str:
    """Say who stands in, each once, and which meetings are not held."""
    said = (
        _instead(names, found.drop_out.kind, each) if each.held else f"without {one_line(each.meeting.title)}"
        for each in found.stand_ins
    )
    return "; ".join(dict.fromkeys(said))


def _instead(names: Names, kind: Kind, stand_in: StandIn) -> str:
    if not stand_in.held:
        return "not held"
    say = names.person if kind is Kind.PERSON else names.venue
    return listing([say(each) for each in stand_in.by]) or "nobody"
