"""In which rounds the parts of an instance are planned, and why the whole is planned best then.

Let the parts share nothing (`parts.py`): a plan of the whole is any choice of one plan for each part. The
tiers are optimised one after the other over these choices, each held at its optimum before the next.

**Sums** (points, cost, appeal, effort). The optimum of a sum over such choices is the sum of the parts'
optima. A choice reaches it if and only if every part reaches its own: so the choices that hold it are again
all choices of one plan for each part, out of those that hold the part's optimum, and the argument repeats
for the next tier. Parts can go on apart, without waiting for each other.

**Balance** is the smallest share of its ideal that any city gets, so its optimum is the smallest of the
parts' optima. It is held where *every city* gets that share (less what the tier may give up): again all
choices, out of the plans of each part that give its cities *that* share. A part whose own cities could all
have more must not be held to more: later tiers may use that. So a part is planned up to `balance`; once all
are, the smallest optimum is known, and each part goes on from there. A city's ideal is what it gets alone,
and lies within its part. A part of one city need not wait where `balance` comes first and points next: its
ideal is its optimum in points, which gives it its full share, whatever the others get.

**Balance as leximin** compares the cities' shares in rising order. What is better for one part, the others
staying as they are, is better for the whole. So the optimum is each part's own, held as such, and no part
waits.

**What a tier gives up** is where parts do meet: a share of the *sum* of all points, say, that later tiers
may spend on whichever part saves the most money for it. The choices that hold such a tier are not all
choices out of sets of each part's own. Planned apart, every part would have to be given a share of it in
advance, and the plan of the whole would in general not be the best. So an instance whose sums give
something up before another tier comes is not `separable`; it is where only `balance` gives, since that is
held city by city, or where nothing comes after.

**Dealt out.** Too many cities cannot be planned as one. Then each part may give up that share of its own
optimum (rounded down, so that all parts together give up no more than the whole may): the plan holds all
that the whole has to hold. But no part's bound of a later tier says anything of the whole, in which that
part might give up more; only what no plan of the part can beat whatever else it has does.

**Without proof.** Where the search for a part's tier ends early, its best plan is held as it is. A bound of
a later tier must hold for all plans of the whole that are as good in the tiers before. Those could have one
part better than was found, and another worse by as much. So a part's bound of a later tier is taken over
only if no *other* part may be better than found; otherwise, what no plan of the part can beat whatever else
it has. `balance` is held city by city, proven or not, and opens no such way.
"""

from collections.abc import Iterable, Sequence

from meetsched.domain.entities import City
from meetsched.domain.instance import Fairness, Instance, Objective
from meetsched.engine.jobs import Stage
from meetsched.rules import Tier
from meetsched.solve.lexicographic import allowance


def separable(instance: Instance) -> bool:
    """Whether the parts' best plans make the best plan of the whole."""
    fair_to_the_least = instance.balance is Fairness.MAXIMIN
    return not any(
        objective.give and not (objective.tier is Tier.BALANCE and fair_to_the_least)
        for objective in instance.active_objectives()[:-1]
    )


def dealable(instance: Instance) -> bool:
    """Whether a share that later tiers may have can be dealt out to parts: not that of a leximin."""
    return instance.balance is Fairness.MAXIMIN or not any(
        objective.give for objective in instance.active_objectives()[:-1] if objective.tier is Tier.BALANCE
    )


def stages(instance: Instance, cities: Sequence[City]) -> tuple[Stage, ...]:
    """Return the stages of a part with some cities, in order."""
    objectives = instance.active_objectives()
    waits = any(objective.tier is Tier.BALANCE for objective in objectives[:-1])
    if not waits or instance.balance is Fairness.LEXIMIN or has_full_share(objectives, cities):
        return (Stage.ALL,)
    return (Stage.SHARES, Stage.REST)


def tiers(instance: Instance, cities: Sequence[City], stage: Stage) -> tuple[Objective, ...]:
    """Return the tiers that a part with some cities optimises in a stage."""
    objectives = instance.active_objectives()
    if stage is Stage.ALL:
        return objectives[1:] if has_full_share(objectives, cities) else objectives
    after = 1 + [objective.tier for objective in objectives].index(Tier.BALANCE)
    return objectives[:after] if stage is Stage.SHARES else objectives[after:]


def least_share(instance: Instance, balances: Iterable[int]) -> int:
    """Return what every city gets of its ideal at least, in thousandths, once `balance` is held.

    Parameters
    ----------
    instance : Instance
    balances : iterable of int
        The best balance of each part that was planned up to it; the others have their full share.
    """
    best = min(balances)
    objectives = instance.active_objectives()
    give = next(objective.give for objective in objectives if objective.tier is Tier.BALANCE)
    return best - allowance(best, give)


def has_full_share(objectives: Sequence[Objective], cities: Sequence[City]) -> bool:
    """Whether a part has its full share by its points alone: one city, `balance` first and points next.

    Not where it may lose points again.
    """
    first = [objective.tier for objective in objectives[:2]]
    loses = any(objective.give for objective in objectives[1:2] if len(objectives) > 2)
    return len(cities) == 1 and first == [Tier.BALANCE, Tier.POINTS] and not loses
