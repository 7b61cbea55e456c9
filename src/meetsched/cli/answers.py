"""An answer to "why not?", for people and as JSON."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from meetsched.cli.accounts import account_document, account_parts
from meetsched.cli.changes import change_lines, difference_document
from meetsched.cli.exits import json_bytes
from meetsched.cli.explanations import bullet, conflict_document, how_sure
from meetsched.cli.reasoning import OTHERWISE, PHRASES, obstacle_document, said
from meetsched.cli.streams import show_bytes, show_table
from meetsched.cli.tables import make_table
from meetsched.domain.answer import Account, Answer, Obstacle, Standing, Way
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import meeting_id
from meetsched.domain.proof import TIER_NAMES, tier_number
from meetsched.domain.wording import reasons
from meetsched.domain.wording.base import Words
from meetsched.domain.wording.gains import gain_text
from meetsched.domain.wording.people import pin_text
from meetsched.domain.words import count
from meetsched.rules import Rule, Tier
from meetsched.service.asking import Questioned

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table


def show_account(question: Questioned, account: Account, *, as_json: bool) -> None:
    """Print why a meeting is as it is, on standard output."""
    if as_json:
        show_bytes(json_bytes(account_document(account)))
    else:
        show_table(*account_parts(question.loaded.instance, account))


def show_answer(question: Questioned, answer: Answer, seconds: float, *, as_json: bool) -> None:
    """Print an answer on standard output."""
    if as_json:
        show_bytes(json_bytes(_document(question, answer)))
    else:
        show_table(*_parts(question, answer, seconds))


def _parts(question: Questioned, answer: Answer, seconds: float) -> "Iterator[RenderableType]":
    instance = question.loaded.instance
    what = _asked_text(instance, answer.asked)
    match answer.standing:
        case Standing.SO:
            yield f"The plan has it already: {what}."
        case Standing.UNKNOWN:
            yield (
                f"{what}: neither a plan that has it nor a proof that there is none was found in "
                f"{seconds:g} seconds. A longer --time-limit may help."
            )
        case Standing.FORBIDDEN:
            yield f"It is proven that this cannot be: {what}.\n"
            yield from _forbidden(question, answer)
        case Standing.POSSIBLE:
            yield f"It can be: {what}.\n"
            yield from _possible(instance, answer)


def _asked_text(instance: Instance, asked: Pin) -> str:
    words = Words(instance, ())
    return f"{words.meeting(meeting_id(asked.city, asked.topic))}{pin_text(asked, words.names)}"


def _forbidden(question: Questioned, answer: Answer) -> "Iterator[RenderableType]":
    instance = question.loaded.instance
    if answer.obstacles:
        yield _headline(answer)
        yield from (bullet(_obstacle_text(instance, answer, each)) for each in answer.obstacles)
        if not answer.all_cases:
            yield "Time ran out: there are more starts and venues that it could mean."
    elif answer.conflict is None:
        yield "Time ran out before it was told what stands in its way."
    elif not answer.conflict.demands:
        yield "Nothing that could be given up makes room for it."
    else:
        yield "It cannot be had together with:"
        texts = reasons(question.instance_asked, answer.conflict)
        for text, demand in zip(texts, answer.conflict.demands, strict=True):
            open_one = "" if demand in answer.conflict.confirmed else " (perhaps not needed)"
            yield bullet(f"{text}{open_one}")
        yield how_sure(answer.conflict)


def _headline(answer: Answer) -> str:
    if all(each.cases == answer.cases and not each.varies for each in answer.obstacles):
        return "What forbids it:"
    cases = count(answer.cases, "start and venue", "starts and venues")
    return f"What forbids it at each of the {cases} that it could mean:"


def _obstacle_text(instance: Instance, answer: Answer, obstacle: Obstacle) -> str:
    text = said(instance, answer.asked, obstacle)
    if not obstacle.varies and obstacle.cases == answer.cases:
        return text
    phrase = "not free" if obstacle.rule is Rule.PERSON_AVAILABLE else PHRASES.get(obstacle.rule, OTHERWISE)
    number = "" if obstacle.cases == answer.cases else f" ({obstacle.cases} of {answer.cases})"
    return f"{phrase[:1].upper()}{phrase[1:]}{number}. For example: {text}"


def _possible(instance: Instance, answer: Answer) -> "Iterator[RenderableType]":
    nearest, best = answer.nearest, answer.best
    if nearest is not None:
        yield "With as few changes as possible" + (
            ":" if nearest.proven else ", as far as was found in time:"
        )
        yield from _way(instance, nearest)
    if best is None:
        return
    if nearest is not None and not _better(nearest, best):
        yield "\nNo plan that has it is better, whatever else may move" + (
            "; that is proven." if best.proven and nearest.proven else ", as far as was found in time."
        )
        return
    yield "\nIf everything may move, the best plan that has it" + (
        ":" if best.proven else ", as far as was found in time:"
    )
    yield from _way(instance, best)


def _better(nearest: Way, best: Way) -> bool:
    """Whether the best plan is another in what counts besides changes."""
    return any(
        nearest.after[tier] != value for tier, value in best.after.items() if tier is not Tier.DISRUPTION
    )


def _way(instance: Instance, way: Way) -> "Iterator[RenderableType]":
    yield _values(instance, way)
    yield from change_lines(way.difference, instance)
    if not way.proven:
        yield "Time ran out: there may be a better one of its kind."


def _values(instance: Instance, way: Way) -> "Table":
    table = make_table("What counts", right=("This plan", "With it"), last="Difference")
    for tier, after in way.after.items():
        before = way.before[tier]
        amounts = (tier_number(tier, value, instance.currency) for value in (before, after))
        difference = gain_text({tier: after - before}, instance.currency)
        table.add_row(TIER_NAMES[tier], *amounts, difference or "none")
    return table


def _document(question: Questioned, answer: Answer) -> dict[str, Any]:
    conflict = answer.conflict
    return {
        "asked": answer.asked.model_dump(mode="json", exclude_none=True),
        "standing": answer.standing.value,
        "cases": answer.cases,
        "all_cases": answer.all_cases,
        "obstacles": [obstacle_document(each) for each in answer.obstacles],
        "conflict": [] if conflict is None else conflict_document(question.instance_asked, conflict),
        "nearest": None if answer.nearest is None else _way_document(answer.nearest),
        "best": None if answer.best is None else _way_document(answer.best),
    }


def _way_document(way: Way) -> dict[str, Any]:
    return {
        "proven": way.proven,
        "before": {tier.value: value for tier, value in way.before.items()},
        "after": {tier.value: value for tier, value in way.after.items()},
        "changes": difference_document(way.difference),
    }
