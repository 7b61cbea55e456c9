"""An answer to "why?", for people and as JSON."""

from typing import Any

from meetsched.cli.accounts import account_document
from meetsched.cli.changes import difference_document
from meetsched.cli.exits import json_bytes
from meetsched.cli.explanations import conflict_document
from meetsched.cli.reasoning import obstacle_document
from meetsched.cli.sections import section_parts
from meetsched.cli.streams import show_bytes, show_table
from meetsched.domain.answer import Account, Answer, Way
from meetsched.domain.wording.accounts import account_sections
from meetsched.domain.wording.answers import answer_sections
from meetsched.service.asking import Questioned

_ADVICE = "A longer --time-limit may help."


def show_account(question: Questioned, account: Account, *, as_json: bool) -> None:
    """Print why a meeting is as it is, on standard output."""
    if as_json:
        show_bytes(json_bytes(account_document(account)))
    else:
        show_table(*section_parts(account_sections(question.loaded.instance, account)))


def show_answer(question: Questioned, answer: Answer, seconds: float, *, as_json: bool) -> None:
    """Print an answer on standard output."""
    if as_json:
        show_bytes(json_bytes(_document(question, answer)))
    else:
        sections = answer_sections(
            question.loaded.instance, question.instance_asked, answer, seconds, _ADVICE
        )
        show_table(*section_parts(sections))


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
