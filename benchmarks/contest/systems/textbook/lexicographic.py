"""Tier by tier: optimise, hold, and go on with the next one."""

from collections.abc import Callable, Sequence
from math import floor
from time import monotonic

from contest.answers import Answer, Claim
from contest.systems.textbook.model import Textbook
from contest.systems.textbook.rows import Rows
from contest.systems.textbook.solver import Solver
from contest.task import Task
from meetsched.candidates import Candidates, find_candidates
from meetsched.domain.instance import Objective
from meetsched.domain.outcome import PlannedMeeting, Verdict
from meetsched.loading import load_instance
from meetsched.rules import Tier

MakeSolver = Callable[[Rows], Solver]


def plan_with_cp_sat(task: Task) -> Answer:
    """Plan with OR-Tools' CP-SAT: 8 workers, all other parameters as they are."""
    from contest.systems.textbook.cp_sat import CpSat

    return plan_candidates(find_candidates(load_instance(task.path).instance), CpSat, task)


def plan_with_highs(task: Task) -> Answer:
    """Plan with HiGHS, all options as they are but for the gap: none."""
    from contest.systems.textbook.highs import Highs

    return plan_candidates(find_candidates(load_instance(task.path).instance), Highs, task)


def plan_candidates(candidates: Candidates, make_solver: MakeSolver, task: Task) -> Answer:
    """Seek the ideals where balance counts, in half of the time, then the plan."""
    objectives = candidates.instance.active_objectives()
    ideal: dict[str, int] = {}
    certain = True
    if any(objective.tier is Tier.BALANCE for objective in objectives):
        share = task.left() / 2 / len(candidates.cities)
        for city in candidates.cities:
            search = _Search(candidates.of([city]), None, make_solver, task, city.id)
            verdict = search.run([Objective(tier=Tier.POINTS)], monotonic() + share)
            if verdict is Verdict.INFEASIBLE:
                return Answer(verdict)
            certain &= verdict is Verdict.OPTIMAL
            ideal[city.id] = search.claims[0].best if search.claims else 0
    search = _Search(candidates, ideal, make_solver, task)
    verdict = search.run(objectives, task.deadline())
    if verdict is Verdict.OPTIMAL and not certain:
        verdict = Verdict.FEASIBLE
    claims = [Claim(one.tier, one.best, one.bound, one.proven and certain) for one in search.claims]
    return Answer(verdict, search.meetings(), claims, ideal)


class _Search:
    """The tiers of one model."""

    def __init__(
        self,
        candidates: Candidates,
        ideal: dict[str, int] | None,
        make_solver: MakeSolver,
        task: Task,
        city: str | None = None,
    ) -> None:
        self._model = Textbook(candidates, ideal)
        self._solver = make_solver(self._model.rows)
        self._journal = task.journal
        self._city = city
        self._values: list[int] | None = None
        self.claims: list[Claim] = []

    def run(self, objectives: Sequence[Objective], until: float) -> Verdict:
        """Optimise the tiers in turn; stop at the first that is not proven in time."""
        for objective in objectives:
            tier, terms = objective.tier, self._model.tier(objective.tier)

            def tell(value: int | None, bound: int | None, tier: Tier = tier) -> None:
                self._journal.note(tier, value, bound, city=self._city)

            seconds = max(0.01, until - monotonic())
            found = self._solver.optimise(terms, maximise=tier.maximise, seconds=seconds, tell=tell)
            if found.infeasible and self._values is None:
                return Verdict.INFEASIBLE
            if found.values is None:
                break
            self._values = found.values
            best = sum(coefficient * found.values[column] for column, coefficient in terms)
            self.claims.append(Claim(tier, best, found.bound, found.proven))
            self._journal.note(tier, best, found.bound, proven=found.proven, city=self._city)
            if not found.proven:
                break
            slack = floor(objective.give * abs(best))
            low, high = (best - slack, None) if tier.maximise else (None, best + slack)
            self._solver.hold(terms, low, high)
        else:
            return Verdict.OPTIMAL
        return Verdict.UNKNOWN if self._values is None else Verdict.FEASIBLE

    def meetings(self) -> list[PlannedMeeting]:
        """Return the meetings of the last solution."""
        return [] if self._values is None else self._model.decode(self._values)
