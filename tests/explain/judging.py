"""What is wrong with an explanation, by exhaustive search.

``python -m tests.explain.judging 0 2000`` judges those of many seeds and tells how many it judged.
"""

import sys
from collections import Counter
from collections.abc import Mapping
from random import Random
from time import monotonic

from meetsched.domain.baseline import Baseline
from meetsched.domain.explanation import Conflict, Explanation, Fix
from meetsched.domain.ways_out import MOST_CHANGES, Change, total_price
from meetsched.explain import ExplainOptions, explain_instance
from meetsched.explain.scope import Handle, handle
from meetsched.rules import PRICE_KEYS, Tier
from meetsched.solve import SolveOptions
from meetsched.verify import verify
from tests.explain.every_way import Case, cheaper_pair, feasible, levers, ways_at
from tests.explain.lifting import held_by_some_plan
from tests.oracle.editions import edition
from tests.oracle.search import TooManyPlansError, search
from tests.oracle.tiny import tiny

DEAREST = 10**6
MOST = 3
ALL = 200


def priced(seed: int) -> Case:
    """Return the tiny instance of a seed, every other one with prices of its own."""
    instance, random = tiny(seed), Random(seed)
    if seed % 2:
        return Case(instance)
    return Case(instance.replaced(prices={key: random.randint(0, 9) for key in PRICE_KEYS}))


def republished(seed: int) -> Case:
    """Return the tiny instance of a seed with a published plan to go on from."""
    published = edition(seed)
    return Case(published.instance, published)


def explained(case: Case, most: int = MOST) -> Explanation:
    """Explain a tiny case."""
    published = case.published
    zone = case.instance.zone
    return explain_instance(
        case.instance,
        "0" * 64,
        ExplainOptions(SolveOptions(time_limit=600, workers=1, deterministic=True), most),
        baseline=None if published is None else Baseline(published.plan, published.repair, zone),
    )


def faults(case: Case, explanation: Explanation) -> list[str]:
    """Return in words all that an explanation says and that exhaustive search does not.

    Raises
    ------
    TooManyPlansError
        There are too many plans to look at.
    """
    if feasible(case):
        return [] if explanation.feasible else ["there is a plan"]
    if explanation.feasible is not False:
        return ["there is no plan"]
    found = []
    for conflict in explanation.conflicts:
        found += _faults_of_conflict(case, conflict)
    found += _faults_of_conflicts(case, explanation)
    for fix in explanation.fixes:
        found += _faults_of_fix(case, fix)
    found += _faults_of_fixes(case, explanation)
    return found


def _odd(case: Case) -> bool:
    """Whether to lift a crew by its value asks for something else: a pin may want the very people."""
    return any(pin.people for pin in case.instance.pins)


def _faults_of_conflict(case: Case, conflict: Conflict) -> list[str]:
    if not conflict.demands or not conflict.minimal:
        return [f"not minimal: {conflict}"]
    if _odd(case):
        return []
    demands = set(conflict.demands)
    found = [] if not held_by_some_plan(case, demands.__contains__) else [f"no conflict: {demands}"]
    for each in conflict.demands:
        if not held_by_some_plan(case, (demands - {each}).__contains__):
            found.append(f"{each} is not needed in {demands}")
    return found


def _faults_of_conflicts(case: Case, explanation: Explanation) -> list[str]:
    if not explanation.conflicts or not explanation.all_conflicts:
        return ["conflicts are missing"]
    told = [demand for conflict in explanation.conflicts for demand in conflict.demands]
    if len(told) != len(set(told)):
        return ["conflicts share a demand"]
    if _odd(case):
        return []
    return [] if held_by_some_plan(case, lambda demand: demand not in told) else ["there is another conflict"]


def _faults_of_fix(case: Case, fix: Fix) -> list[str]:
    subject = case.changed(fix.changes)
    published = None if subject.published is None else subject.published.plan
    report = verify(subject.instance, fix.plan, baseline=published)
    found = [str(violation) for violation in report.violations]
    if len(fix.changes) > MOST_CHANGES or total_price(case.instance, fix.changes) != fix.price:
        found.append(f"wrong price or number: {fix.changes}")
    truth = search(subject.instance, most=3000, published=subject.published)
    if not truth.feasible:
        found.append(f"no fix: {fix.changes}")
    elif truth.best != {tier.name: tier.best for tier in fix.plan.tiers}:
        found.append(f"{fix.changes} makes {truth.best}, but {fix.plan.tiers} is told")
    for left_out in fix.changes:
        fewer = [each for each in fix.changes if each is not left_out]
        if feasible(case.changed(fewer)):
            found.append(f"{left_out} is not needed in {fix.changes}")
    return found


def _faults_of_fixes(case: Case, explanation: Explanation) -> list[str]:
    prices = [fix.price for fix in explanation.fixes]
    if prices != sorted(prices):
        return [f"not ranked: {prices}"]
    if not prices and not explanation.all_fixes:
        return ["no fix, and no proof that there is none"]
    least = prices[0] if prices else DEAREST
    if cheaper_pair(case, least):
        return [f"something is cheaper than {least}"]
    return _faults_of_order(case, explanation) if prices else []


def _faults_of_order(case: Case, explanation: Explanation) -> list[str]:
    """Compare the fixes of the least price with all single changes and pairs of that price."""
    if explanation.ranked != len(explanation.fixes):
        return ["the order is not proven"]
    told = [(_rank(case, fix.changes), fix) for fix in explanation.fixes]
    if [rank for rank, _ in told] != sorted(rank for rank, _ in told):
        return [f"not ranked by their plans: {told}"]
    first = explanation.fixes[0].price
    ranks = {way: _rank(case, way) for way in ways_at(case, first)}
    best: dict[frozenset[Handle], tuple[int, ...]] = {}
    for way, rank in ranks.items():
        handles = frozenset(handle(each.lever) for each in way)
        best[handles] = min(rank, best.get(handles, rank))
    known = {frozenset(handle(each.lever) for each in fix.changes) for _, fix in told}
    last = told[-1][0] if len(told) == MOST else (first + 1,)
    return [
        f"{sorted(one)} is better placed" for one, rank in best.items() if rank < last and one not in known
    ]


def faults_of_gains(case: Case, explanation: Explanation) -> list[str]:
    """Compare what binds a plan hardest with every single change of one step, at every date.

    Raises
    ------
    TooManyPlansError
        There are too many plans to look at.
    """
    if not explanation.feasible or not explanation.all_gains:
        return ["a plan exists, and all gains can be told"]
    before = _rank(case, ())[1:]
    truth: dict[Handle, tuple[int, ...]] = {}
    for lever in (each for each, most in levers(case).items() if most):
        after = _rank(case, (Change(lever),))[1:]
        if after and after < before:
            truth[handle(lever)] = min(after, truth.get(handle(lever), after))
    told = {handle(each.change.lever): _in_order(each.after) for each in explanation.gains}
    wrong = [f"{each.change} makes {each.after}" for each in explanation.gains if each.change.steps != 1]
    if sorted(told.values()) != list(told.values()):
        wrong.append(f"not ranked: {told}")
    if told != truth:
        wrong.append(f"told {told}, but is {truth}")
    return wrong


def _rank(case: Case, changes: tuple[Change, ...]) -> tuple[int, ...]:
    subject = case.changed(changes)
    best = search(subject.instance, most=3000, published=subject.published).best or {}
    return (total_price(case.instance, changes), *_in_order(best))


def _in_order(best: Mapping[Tier, int]) -> tuple[int, ...]:
    """Return the values of tiers, which stand in their order, so that less is better."""
    return tuple(-value if tier.maximise else value for tier, value in best.items())


def main(first: int, end: int, kind: str = "") -> None:
    """Judge the explanations of seeds, and print what came of it.

    The kind is `published` for those with a published plan, `gains` for those that have a plan.
    """
    count: Counter[str] = Counter()
    began = monotonic()
    for seed in range(first, end):
        for fault in _KINDS[kind](seed, count):
            count["faults"] += 1
            print(f"seed {seed}: {fault}", flush=True)
        if not seed % 50:
            print(seed, dict(count), f"{monotonic() - began:.0f} s", flush=True)
    print(dict(count), f"{monotonic() - began:.0f} s")


def _judge(case: Case, count: Counter[str]) -> list[str]:
    try:
        if feasible(case):
            count["feasible"] += 1
            return []
        explanation = _timed(case, count, MOST)
        wrong = faults(case, explanation)
    except TooManyPlansError:
        count["too many plans"] += 1
        return []
    except AssertionError as error:
        return [f"{error}"]
    count["judged"] += 1
    count[f"{len(explanation.conflicts)} conflicts"] += 1
    first = explanation.fixes[0].changes if explanation.fixes else ()
    count[f"{len(first)} changes at least" if first else "no fix"] += 1
    count["fixes"] += len(explanation.fixes)
    return wrong


def _judge_gains(case: Case, count: Counter[str]) -> list[str]:
    try:
        if not feasible(case):
            count["no plan"] += 1
            return []
        explanation = _timed(case, count, ALL)
        wrong = faults_of_gains(case, explanation)
    except TooManyPlansError:
        count["too many plans"] += 1
        return []
    count["judged"] += 1
    count["gains"] += len(explanation.gains)
    return wrong


def _timed(case: Case, count: Counter[str], most: int) -> Explanation:
    began = monotonic()
    explanation = explained(case, most)
    count["ms explaining"] += int(1000 * (monotonic() - began))
    return explanation


_KINDS = {
    "": lambda seed, count: _judge(priced(seed), count),
    "published": lambda seed, count: _judge(republished(seed), count),
    "gains": lambda seed, count: _judge_gains(priced(seed), count),
    "gains published": lambda seed, count: _judge_gains(republished(seed), count),
}


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:4])
