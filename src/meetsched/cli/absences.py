"""What becomes of a plan where somebody drops out, on the terminal and as JSON."""

from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

from meetsched.cli.changes import difference_document
from meetsched.cli.exits import json_bytes
from meetsched.cli.streams import show_table, tell
from meetsched.cli.tables import make_table
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.outcome import Verdict
from meetsched.domain.proof import tier_number
from meetsched.domain.resilience import Consequence, Resilience
from meetsched.domain.wording.absences import LOSS_NAMES, absent_name, consequence_text, stand_ins_in_short
from meetsched.domain.words import count, day
from meetsched.rules import Tier
from meetsched.service.resilience import Examined

if TYPE_CHECKING:
    from rich.table import Table


def consequence_teller(instance: Instance, started: float, *, quiet: bool) -> Callable[[Examined], None]:
    """Return what tells each consequence on standard error when it is found."""
    names = Names(instance)

    def tell_consequence(found: Examined) -> None:
        each = found.consequence
        result = consequence_text(each)
        if each.difference is not None:
            result = f"{count(each.difference.disruption, 'point')} of disruption, {result}"
        if not quiet:
            place = f"{found.known} of {found.of}"
            tell(f"{monotonic() - started:6.1f} s  {place}  {absent_name(names, each.drop_out)}: {result}")

    return tell_consequence


def show_resilience(instance: Instance, found: Resilience, files: Iterable[Path]) -> None:
    """Print what becomes of a plan on standard output."""
    show_table(_table(instance, found), _end(found), *(f"Wrote {path}" for path in files))


def _table(instance: Instance, found: Resilience) -> "Table":
    tiers = _telling(found)
    table = make_table("Without", "Repair", right=[LOSS_NAMES[tier] for tier in tiers], last="Who stands in")
    table.columns[1].no_wrap = True
    names = Names(instance)
    for each in found.consequences:
        losses = each.losses or {}
        cells = [_loss(tier, losses[tier], instance.currency) if tier in losses else "" for tier in tiers]
        table.add_row(
            absent_name(names, each.drop_out),
            _repair(each),
            *cells,
            stand_ins_in_short(names, each),
        )
    return table


def _loss(tier: Tier, loss: int, currency: str) -> str:
    return ("-" if loss < 0 else "") + tier_number(tier, abs(loss), currency)


def _repair(found: Consequence) -> str:
    """Say how much the repair disturbs, and how sure it is that none disturbs less."""
    if found.difference is None:
        return consequence_text(found)
    sure = "proven" if found.verdict is Verdict.OPTIMAL else "best found"
    return f"{count(found.difference.disruption, 'point')}, {sure}"


def _telling(found: Resilience) -> list[Tier]:
    """Return the tiers in which some repair loses or gains."""
    losses = [each.losses or {} for each in found.consequences]
    return [tier for tier in LOSS_NAMES if any(each.get(tier) for each in losses)]


def _end(found: Resilience) -> str:
    """Say in a sentence or two how the plan stands."""
    total = len(found.consequences)
    if not total:
        return "The plan uses nobody and no venue from that day on."
    lost = sum(each.verdict is Verdict.INFEASIBLE for each in found.consequences)
    known = sum(each.plan is not None for each in found.consequences)
    subject = count(total, "person or venue", "people and venues")
    told = (
        f"Each is away from {day(found.as_of)} on. Of {subject}, {known} can be done without; "
        f"for {lost} it is proven that there is no repair."
    )
    return told if found.complete else f"{told} The time ended before all was settled."


def resilience_bytes(found: Resilience) -> bytes:
    """Return what becomes of a plan as JSON."""
    consequences = [_document(each) for each in found.consequences]
    return json_bytes(
        {"as_of": found.as_of.isoformat(), "consequences": consequences, "complete": found.complete}
    )


def _document(found: Consequence) -> dict[str, Any]:
    document: dict[str, Any] = {
        "kind": found.drop_out.kind.value,
        "id": found.drop_out.id,
        "meetings": list(found.drop_out.meetings),
        "verdict": found.verdict.value,
        "repair": found.plan is not None,
    }
    if found.difference is None or found.plan is None:
        return document
    return document | {
        "disruption": found.difference.disruption,
        "losses": dict(found.losses or {}),
        "stand_ins": [
            {"meeting": each.meeting.id, "held": each.held, "by": list(each.by)} for each in found.stand_ins
        ],
        "changes": difference_document(found.difference),
        "objective": {tier.name: tier.value for tier in found.plan.tiers},
    }
