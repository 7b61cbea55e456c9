"""What is wrong with answers to questions about plans of tiny instances, by exhaustive search.

``python -m tests.explain.why.judging 0 2000`` judges those of many seeds and tells how many it judged.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from meetsched.candidates import find_candidates
from meetsched.domain.answer import Answer, Standing, Way
from meetsched.domain.baseline import Baseline
from meetsched.domain.entities import Role
from meetsched.domain.explanation import Conflict, Demand
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Repair, meeting_id
from meetsched.explain.why import Subject, answer
from meetsched.explain.why.ways import disruption_first
from meetsched.rules import Rule
from meetsched.solve import SolveOptions
from meetsched.solve.frontier import disruption_last
from meetsched.verify import verify
from tests.explain.every_way import Case
from tests.explain.lifting import held_by_some_plan
from tests.oracle.plan import plan_of
from tests.oracle.published import Published
from tests.oracle.search import Truth, search
from tests.oracle.tiny import tiny

OPTIONS = SolveOptions(time_limit=600, workers=1, deterministic=True)
SHA256 = "0" * 64
Question = tuple[Subject, Pin]


def drawn(seed: int) -> Question | None:
    """Return a question about the best plan of a tiny instance, if it has one."""
    instance, random = tiny(seed), Random(seed)
    truth = search(instance)
    if not truth.feasible or not find_candidates(instance).starts:
        return None
    repair = Repair(baseline_sha256=SHA256)
    if random.random() < 0.25:
        days = (instance.horizon.end - instance.horizon.start).days
        as_of = instance.horizon.start + timedelta(days=random.randint(0, days))
        repair = Repair(baseline_sha256=SHA256, as_of=as_of, freeze_days=random.choice([0, 3, 14]))
    baseline = Baseline(plan_of(instance, truth), repair, instance.zone)
    asked = _asked(instance, baseline, random)
    return Subject(instance, SHA256, baseline, asked.city, asked.topic), asked


def _asked(instance: Instance, baseline: Baseline, random: Random) -> Pin:
    """Return something to ask; mostly what no rule on the meeting alone forbids."""
    all_topics = [(city, topic.id) for topic in instance.topics for city in instance.cities_of_topic(topic)]
    held = [(meeting.city, meeting.topic) for meeting in baseline.plan.meetings]
    city, topic = random.choice(held if held and random.random() < 0.6 else all_topics)
    pin: dict[str, Any] = {"city": city, "topic": topic}
    if (city, topic) in held and random.random() < 0.1:
        return Pin.model_validate({**pin, "held": False})
    candidates = find_candidates(instance)
    own = next(each for each in candidates.meetings if (each.city.id, each.topic.id) == (city, topic))
    sensible = bool(own.places and own.duties) and random.random() < 0.8
    place = random.choice(own.places) if sensible else None
    start = candidates.starts[
        random.choice(place.starts) if place else random.randrange(len(candidates.starts))
    ]
    venue = place.venue if place else random.choice(instance.venues)
    duty = random.choice(own.duties) if sensible else None
    person = duty.person if duty else random.choice(instance.people)
    role = random.choice([*(duty.roles if duty else person.roles), None])
    parts: dict[str, Any] = {
        "date": start.day,
        "start": start.minute,
        "venue": venue.id,
        "people": [{"person": person.id, "role": role}],
    }
    wanted = random.sample(list(parts), random.choice([1, 1, 2]))
    return Pin.model_validate(pin | {part: parts[part] for part in wanted})


def answered(question: Question) -> Answer:
    """Answer a question."""
    return answer(*question, OPTIONS)


def faults(question: Question, found: Answer) -> Iterator[str]:
    """Yield in words all that an answer says and that exhaustive search does not."""
    subject, asked = question
    asking = subject.asking(asked)
    near, best = (
        search(
            ordered(asking),
            published=Published(asking, subject.plan, subject.baseline.repair),
            ideal=subject.ideal,
        )
        for ordered in (disruption_first, disruption_last)
    )
    standing = Standing.POSSIBLE if near.feasible else Standing.FORBIDDEN
    if found.standing is Standing.SO:
        standing = Standing.SO if _has(subject, asked) else standing
    if found.standing is not standing:
        yield f"{found.standing} instead of {standing}"
        return
    if standing is Standing.POSSIBLE:
        yield from _faults_of_way(subject, asked, found.nearest, near)
        yield from _faults_of_way(subject, asked, found.best, best)
    if standing is Standing.FORBIDDEN:
        yield from _faults_of_reasons(subject, asked, found)


def _has(subject: Subject, asked: Pin) -> bool:
    """Whether the plan has what is asked for, as the verifier reads pins."""
    pinned = subject.instance.replaced(pins=(asked,))
    plan = subject.plan.model_copy(update={"tiers": ()})
    return all(each.rule != Rule.PIN for each in verify(pinned, plan).violations)


def _faults_of_way(subject: Subject, asked: Pin, way: Way | None, truth: Truth) -> Iterator[str]:
    if way is None or not way.proven:
        yield "there is a way that was not found, or not proven"
        return
    told = {tier.name: tier.best for tier in way.plan.tiers}
    if told != truth.best:
        yield f"a way of {told} instead of {truth.best}"
    if not _has(Subject(subject.instance, SHA256, _baseline(subject, way), asked.city, asked.topic), asked):
        yield "a way without what was asked for"


def _baseline(subject: Subject, way: Way) -> Baseline:
    return Baseline(way.plan, subject.baseline.repair, subject.instance.zone)


def _faults_of_reasons(subject: Subject, asked: Pin, found: Answer) -> Iterator[str]:
    if found.conflict is None:
        if not found.obstacles or not all(each.message for each in found.obstacles):
            yield "nothing is told of why not"
        return
    if not found.conflict.minimal:
        yield "the conflict is not minimal"
    if _can_be_judged(subject, asked):
        yield from _faults_of_conflict(subject, asked, found.conflict)


def _can_be_judged(subject: Subject, asked: Pin) -> bool:
    """Whether demands can be lifted one by one.

    Where somebody is pinned whom a lifted crew or venue would not have at all, a crew of none is no less to
    ask for.
    """
    people = [person for pin in (*subject.pinned.pins, asked) for person in pin.people]
    return all(each.role in (Role.EXPERT, Role.REPRESENTATIVE) for each in people)


def _faults_of_conflict(subject: Subject, asked: Pin, conflict: Conflict) -> Iterator[str]:
    demands = set(conflict.demands)
    if _holds(subject, asked, demands):
        yield f"no conflict: {demands}"
    for each in conflict.demands:
        if not _holds(subject, asked, demands - {each}):
            yield f"{each} is not needed in {demands}"


def _holds(subject: Subject, asked: Pin, demands: set[Demand]) -> bool:
    """Whether a plan that has what was asked for holds some demands."""
    asking = subject.asking(asked)
    question = Demand(Rule.PIN, (meeting_id(asked.city, asked.topic), str(len(asking.pins) - 1)))
    case = Case(asking, Published(asking, subject.plan, subject.baseline.repair))
    return held_by_some_plan(case, (demands | {question}).__contains__)


def main(seeds: Sequence[int]) -> None:
    """Judge the questions of seeds."""
    count: Counter[str] = Counter()
    for seed in seeds:
        question = drawn(seed)
        if question is None:
            continue
        found = answered(question)
        told = "conflict" if found.conflict else "obstacles" if found.obstacles else ""
        count[f"{found.standing} {told}".strip()] += 1
        for fault in faults(question, found):
            print(f"{seed}: {question[1]}: {fault}", flush=True)
    print(dict(count))


if __name__ == "__main__":
    main(range(int(sys.argv[1]), int(sys.argv[2])))
