"""Questions to the solvers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from meetsched.backends.messages import Backend, End, Ended, Improved, Search
from meetsched.backends.problem import Ints, Problem
from meetsched.errors import SolverError
from meetsched.solve.asking import answers
from meetsched.solve.compile import compile_rows
from meetsched.solve.control import Control, OutOfTime
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.tier import Separator, TierSearch


@dataclass(frozen=True, slots=True)
class Effort:
    """What may be spent on a question: until when, how many threads, and the solvers' seed."""

    control: Control
    threads: int
    seed: int


def solved(problem: Problem, separators: Sequence[Separator], effort: Effort) -> tuple[Ints | None, Problem]:
    """Return some solution of a problem, or None as a proof that it has none.

    HiGHS alone is asked, which is done before two solvers would be under way; where it cannot tell,
    CP-SAT is. The problem comes back with the rows of the separators that were broken meanwhile.

    Raises
    ------
    OutOfTime
        The search must end before that.
    """
    while True:
        values = _solution(problem, Backend.HIGHS, effort)
        if values is None:
            return None, problem
        broken = [row for separator in separators for row in separator(values)]
        if not broken:
            return values, problem
        problem = problem.with_more(compile_rows(broken))


def _solution(problem: Problem, backend: Backend, effort: Effort) -> Ints | None:
    threads = effort.threads if backend is Backend.CP_SAT else 1
    for answer in answers(Search(problem, backend, threads, effort.seed), backend, effort.control):
        if isinstance(answer, Improved) and problem.is_solved_by(answer.values):
            return answer.values
        if isinstance(answer, Ended) and answer.end is End.INFEASIBLE:
            return None
    if backend is Backend.CP_SAT:
        raise SolverError("the solver could neither solve a problem nor refute it")
    return _solution(problem, Backend.CP_SAT, effort)


def minimised(
    problem: Problem,
    separators: Sequence[Separator],
    effort: Effort,
    *,
    bound: int = 0,
) -> TierOutcome:
    """Return the proven best solution of a problem, or that it has none.

    Raises
    ------
    OutOfTime
        The search must end before that.
    """
    search = TierSearch(
        problem, separators, known=None, bound=bound, threads=effort.threads, seed=effort.seed
    )
    outcome = search.run(effort.control, lambda _: None)
    if not (outcome.proven or outcome.infeasible):
        raise OutOfTime
    return outcome


def fixed(problem: Problem, columns: Ints, values: Ints) -> Problem:
    """Return the problem with columns fixed."""
    lower, upper = problem.lower.copy(), problem.upper.copy()
    lower[columns] = upper[columns] = values
    return replace(problem, lower=lower, upper=upper)
