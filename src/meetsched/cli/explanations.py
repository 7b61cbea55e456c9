"""An explanation, for people and as JSON."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from meetsched.cli.streams import make_console, show_table, tell
from meetsched.cli.tables import make_table
from meetsched.domain.explanation import Conflict, Explanation, Fix, Gain
from meetsched.domain.instance import Instance
from meetsched.domain.scalars import format_cents
from meetsched.domain.ways_out import rules_relaxed
from meetsched.domain.wording import change_text, reasons
from meetsched.domain.wording.reasons import how_sure
from meetsched.domain.words import count, percent
from meetsched.rules import Tier
from meetsched.service.explaining import News, Stage

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

LINE_EVERY = 5.0
"""Seconds at least between two lines on one stage, where no terminal shows a changing one."""


@contextmanager
def news_display(*, quiet: bool) -> Iterator[Callable[[News], None] | None]:
    """Show the news given to the listener while the body runs; None where nobody wants them."""
    import sys

    if quiet:
        yield None
    elif sys.stderr.isatty():
        with make_console(sys.stderr).status(news_text(News(Stage.PLAN, 0.0))) as status:
            yield lambda news: status.update(f"{news.seconds:6.1f} s  {news_text(news)}")
    else:
        yield _Lines()


class _Lines:
    """Says in a line when something is found, and now and then in between."""

    def __init__(self) -> None:
        self._said: tuple[Stage, int] | None = None
        self._when = 0.0

    def __call__(self, news: News) -> None:
        step = news.stage, news.found
        if step != self._said or news.seconds >= self._when + LINE_EVERY:
            self._said, self._when = step, news.seconds
            tell(f"{news.seconds:6.1f} s  {news_text(news)}")


def news_text(news: News) -> str:
    """Say what an explanation is at."""
    match news.stage:
        case Stage.PLAN:
            return "Planning"
        case Stage.CONFLICT:
            return f"Looking for a smallest conflict: {count(news.open, 'demand')} not confirmed yet"
        case Stage.FIX:
            return f"Looking for ways out: {news.found} found"
        case Stage.GAIN:
            return f"Looking for what binds hardest: {news.found} found"


def show_explanation(instance: Instance, explanation: Explanation, seconds: float, most: int) -> None:
    """Print an explanation on standard output."""
    parts: list[RenderableType]
    if explanation.feasible is None:
        parts = [f"Neither a plan nor a proof that there is none was found in {seconds:g} seconds."]
    elif explanation.feasible:
        parts = list(_of_a_plan(instance, explanation))
    else:
        parts = [*_conflicts(instance, explanation), *_ways_out(instance, explanation, most)]
    show_table(*parts)


def _conflicts(instance: Instance, explanation: Explanation) -> "Iterator[RenderableType]":
    yield "It is proven that no plan holds every rule.\n"
    for number, conflict in enumerate(explanation.conflicts):
        yield "What cannot be had together:" if not number else "\nNor can, apart from that:"
        for text, demand in zip(reasons(instance, conflict), conflict.demands, strict=True):
            open_one = "" if demand in conflict.confirmed else " (perhaps not needed)"
            yield bullet(f"{text}{open_one}")
        yield how_sure(conflict)
    if not explanation.all_conflicts:
        yield "\nTime ran out before it was told whether there are more conflicts."


def bullet(text: str) -> "RenderableType":
    """Return a text as an item of a list, its further lines indented."""
    from rich.table import Table

    item = Table.grid(padding=(0, 1))
    item.add_row(" -", text)
    return item


def _ways_out(instance: Instance, explanation: Explanation, most: int) -> "Iterator[RenderableType]":
    if explanation.fixes:
        yield "\nWays out, the least painful first; each was planned and verified:"
        yield _fixes(instance, explanation)
    elif explanation.all_fixes:
        yield "\nNo three changes that meetsched knows of make a plan possible."
    else:
        yield "\nTime ran out before a way out was found."
    if explanation.ranked < len(explanation.fixes):
        yield _how_ranked(explanation)
    if explanation.fixes and explanation.all_fixes:
        yield "There are no others of up to three changes."
    elif 0 < len(explanation.fixes) < most:
        yield "Time ran out before others were found; a longer --time-limit may find some."


def _how_ranked(explanation: Explanation) -> str:
    """Say of which ways out it is not proven that they are in their places."""
    price = count(explanation.fixes[explanation.ranked].price, "point")
    return (
        f"Time ran out: of those with {price} of pain or more, there may be others that make a better plan."
    )


def _fixes(instance: Instance, explanation: Explanation) -> "Table":
    tiers = list(explanation.fixes[0].objective)
    table = make_table(
        "What to change", right=("Pain", *(_heading(tier, instance.currency) for tier in tiers))
    )
    for fix in explanation.fixes:
        amounts = (_amount(tier, fix.objective[tier]) for tier in tiers)
        table.add_row(_changes(instance, fix), str(fix.price), *amounts)
    return table


def _changes(instance: Instance, fix: Fix) -> str:
    return _capital("\nand ".join(change_text(instance, change) for change in fix.changes))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _of_a_plan(instance: Instance, explanation: Explanation) -> "Iterator[RenderableType]":
    yield "There is a plan: nothing has to change.\n"
    if explanation.gains:
        yield "What binds it hardest, and what the plan would gain; each change was planned and verified:"
        yield _gains(instance, explanation)
    if explanation.all_gains:
        more = "other " if explanation.gains else ""
        yield f"No {more}change of one step improves it; that is proven."
    elif explanation.gains:
        yield "There may be others; --most shows more."
    else:
        yield "Time ran out before it was told what binds it hardest."


def _gains(instance: Instance, explanation: Explanation) -> "Table":
    tiers = list(explanation.gains[0].before)
    table = make_table(
        "If it were changed", right=("Pain", *(_heading(tier, instance.currency) for tier in tiers))
    )
    for gain in explanation.gains:
        cells = (_gained(gain, tier) for tier in tiers)
        table.add_row(_capital(change_text(instance, gain.change)), str(gain.price), *cells)
    return table


def _gained(gain: Gain, tier: Tier) -> str:
    before, after = (_amount(tier, each[tier]) for each in (gain.before, gain.after))
    return before if before == after else f"{before} → {after}"


def _heading(tier: Tier, currency: str) -> str:
    return f"{tier.value.capitalize()} ({currency})" if tier is Tier.COST else tier.value.capitalize()


def _amount(tier: Tier, value: int) -> str:
    if tier is Tier.COST:
        return format_cents(value)
    return percent(value) if tier is Tier.BALANCE else str(value)


def explanation_document(instance: Instance, explanation: Explanation) -> dict[str, Any]:
    """Return an explanation as JSON-ready data."""
    conflicts = [conflict_document(instance, conflict) for conflict in explanation.conflicts]
    return {
        "feasible": explanation.feasible,
        "conflict": conflicts[0] if conflicts else [],
        "other_conflicts": conflicts[1:],
        "all_conflicts": explanation.all_conflicts,
        "fixes": [_fix_document(instance, fix) for fix in explanation.fixes],
        "ranked": explanation.ranked,
        "all_fixes": explanation.all_fixes,
        "gains": [_gain_document(instance, gain) for gain in explanation.gains],
        "all_gains": explanation.all_gains,
    }


def conflict_document(instance: Instance, conflict: Conflict) -> list[dict[str, Any]]:
    """Return the demands of a conflict as JSON-ready data."""
    return [
        {
            "rule": demand.rule.value,
            "subject": " ".join(demand.subject),
            "message": text,
            "confirmed": demand in conflict.confirmed,
        }
        for demand, text in zip(conflict.demands, reasons(instance, conflict), strict=True)
    ]


def _fix_document(instance: Instance, fix: Fix) -> dict[str, Any]:
    texts = [change_text(instance, change) for change in fix.changes]
    return {
        "change": "; ".join(texts),
        "relaxes": [rule.value for rule in rules_relaxed(fix.changes)],
        "price": fix.price,
        "objective": _objective(fix.objective),
        "changes": [
            {
                "change": text,
                "key": str(change.lever.key),
                "subject": " ".join(change.lever.subject),
                "steps": change.steps,
                "price": change.price(instance),
            }
            for change, text in zip(fix.changes, texts, strict=True)
        ],
    }


def _gain_document(instance: Instance, gain: Gain) -> dict[str, Any]:
    return {
        "change": change_text(instance, gain.change),
        "relaxes": [gain.change.lever.rule.value],
        "price": gain.price,
        "before": _objective(gain.before),
        "after": _objective(gain.after),
    }


def _objective(objective: Mapping[Tier, int]) -> dict[str, int]:
    return {tier.value: value for tier, value in objective.items()}
