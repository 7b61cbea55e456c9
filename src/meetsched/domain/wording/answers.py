"""Why a meeting is not otherwise, or what it would take, told."""

from collections.abc import Iterator

from meetsched.domain.answer import Answer, Obstacle, Standing, Way
from meetsched.domain.explanation import Conflict
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import meeting_id
from meetsched.domain.proof import TIER_NAMES, tier_number
from meetsched.domain.wording.base import Words
from meetsched.domain.wording.differences import change_texts
from meetsched.domain.wording.gains import gain_text
from meetsched.domain.wording.obstacles import OTHERWISE, PHRASES, said
from meetsched.domain.wording.people import pin_text
from meetsched.domain.wording.reasons import how_sure, reasons
from meetsched.domain.wording.telling import Block, Section, texts
from meetsched.domain.words import count
from meetsched.rules import Rule, Tier


def answer_sections(
    instance: Instance, asking: Instance, answer: Answer, seconds: float, advice: str
) -> tuple[Section, ...]:
    """Tell an answer.

    Parameters
    ----------
    asking : Instance
        The instance with the question as the last of its pins, which demands of a conflict count.
    seconds : float
        How long was looked for it.
    advice : str
        What may help where that was not enough, as a sentence.
    """
    return tuple(_sections(instance, asking, answer, f"in {seconds:g} seconds. {advice}"))


def asked_text(instance: Instance, asked: Pin) -> str:
    """Say what was asked for: ``Export fairs on Tue 19 January 2027``."""
    words = Words(instance, ())
    return f"{words.meeting(meeting_id(asked.city, asked.topic))}{pin_text(asked, words.names)}"


def _sections(instance: Instance, asking: Instance, answer: Answer, in_vain: str) -> Iterator[Section]:
    what = asked_text(instance, answer.asked)
    match answer.standing:
        case Standing.SO:
            yield Section("", texts(f"The plan has it already: {what}."))
        case Standing.UNKNOWN if answer.interrupted:
            yield Section("", texts(f"It was stopped before it could be told: {what}."))
        case Standing.UNKNOWN:
            yield Section(
                "",
                texts(
                    f"{what}: neither a plan that has it nor a proof that there is none was found {in_vain}"
                ),
            )
        case Standing.FORBIDDEN:
            yield Section("", texts(f"It is proven that this cannot be: {what}."))
            yield Section("", tuple(_forbidden(instance, asking, answer)))
        case Standing.POSSIBLE:
            yield Section("", texts(f"It can be: {what}."))
            yield from _possible(instance, answer)


def _forbidden(instance: Instance, asking: Instance, answer: Answer) -> Iterator[Block]:
    if answer.obstacles:
        yield Block(_headline(answer))
        yield Block(points=tuple(_obstacle_text(instance, answer, each) for each in answer.obstacles))
        if not answer.all_cases:
            yield Block("Time ran out: there are more starts and venues that it could mean.")
    elif answer.conflict is None:
        yield Block("Time ran out before it was told what stands in its way.")
    elif not answer.conflict.demands:
        yield Block("Nothing that could be given up makes room for it.")
    else:
        yield Block("It cannot be had together with:")
        yield Block(points=tuple(_demands(asking, answer.conflict)))
        yield Block(how_sure(answer.conflict))


def _demands(asking: Instance, conflict: Conflict) -> Iterator[str]:
    for text, demand in zip(reasons(asking, conflict), conflict.demands, strict=True):
        open_one = "" if demand in conflict.confirmed else " (perhaps not needed)"
        yield f"{text}{open_one}"


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


def _possible(instance: Instance, answer: Answer) -> Iterator[Section]:
    nearest, best = answer.nearest, answer.best
    if nearest is not None:
        found = "With as few changes as possible" + (
            ":" if nearest.proven else ", as far as was found in time:"
        )
        yield Section("", (Block(found), *_way(instance, nearest)))
    if best is None:
        return
    if nearest is not None and not is_better(nearest, best):
        found = "No plan that has it is better, whatever else may move" + (
            "; that is proven." if best.proven and nearest.proven else ", as far as was found in time."
        )
        yield Section("", texts(found))
        return
    found = "If everything may move, the best plan that has it" + (
        ":" if best.proven else ", as far as was found in time:"
    )
    yield Section("", (Block(found), *_way(instance, best)))


def is_better(nearest: Way, best: Way) -> bool:
    """Whether the best plan is another in what counts besides changes."""
    return any(
        nearest.after[tier] != value for tier, value in best.after.items() if tier is not Tier.DISRUPTION
    )


def _way(instance: Instance, way: Way) -> Iterator[Block]:
    yield _values(instance, way)
    yield from texts(*change_texts(way.difference, instance))
    if not way.proven:
        yield Block("Time ran out: there may be a better one of its kind.")


def _values(instance: Instance, way: Way) -> Block:
    rows = []
    for tier, after in way.after.items():
        before = way.before[tier]
        amounts = (tier_number(tier, value, instance.currency) for value in (before, after))
        difference = gain_text({tier: after - before}, instance.currency)
        rows.append((TIER_NAMES[tier], *amounts, difference or "none"))
    heads = ("What counts", "This plan", "With it", "Difference")
    return Block(heads=heads, rows=tuple(rows), figures=(1, 2))
