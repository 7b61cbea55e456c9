"""Problems taken apart and put together again."""

from collections.abc import Callable
from random import Random

import numpy as np
import pytest

from meetsched.backends.problem import UNBOUNDED, Ints, Problem, objective_row
from meetsched.model import Row
from meetsched.solve.compile import compile_rows
from meetsched.solve.control import Control
from meetsched.solve.options import SolveOptions
from meetsched.solve.outcome import TierOutcome
from meetsched.solve.regions.apart import NOBODY, OPEN, find_owners, settles, take_apart
from meetsched.solve.regions.blocks import Blocks
from meetsched.solve.regions.memory import Memory
from meetsched.solve.regions.parts import Parts, forgiving
from meetsched.solve.regions.proof import RegionProof
from meetsched.solve.regions.quotes import Quoting, scale_of
from meetsched.solve.regions.search import RegionSearch
from meetsched.solve.regions.standing import Standing

CONTROL = Control.of(SolveOptions(time_limit=600), None, None)
OWNER = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2])
SEEDS = range(25)


def problem(seed: int) -> Problem:
    """Return a random problem of three blocks of three columns, with rows of their own and linking ones."""
    random = Random(seed)
    rows = []
    for block in range(3):
        terms = [(3 * block + place, random.randint(-2, 3)) for place in range(3)]
        rows.append(Row(None, "", terms, random.randint(-2, 1), random.randint(2, 4)))
    for _ in range(3):
        columns = random.sample(range(9), random.randint(3, 9))
        terms = [(column, random.choice([-1, 1, 1, 2])) for column in columns]
        low = random.choice([-UNBOUNDED, -UNBOUNDED, 0])
        rows.append(Row(None, "", terms, low, random.choice([1, 2, 3, UNBOUNDED])))
    cost = np.array([random.randint(-9, 9) for _ in range(9)])
    return Problem(
        np.zeros(9, int), np.array([random.choice([1, 1, 2]) for _ in range(9)]), compile_rows(rows), cost
    )


def solutions(whole: Problem) -> list[Ints]:
    """Return all solutions of a small problem."""
    each = [np.array(place) for place in np.ndindex(*(whole.upper - whole.lower + 1))]
    return [values for values in each if whole.is_solved_by(values)]


def searched(
    whole: Problem,
    *separators: Callable[[Ints], list[Row]],
    threads: int = 1,
    control: Control = CONTROL,
    known: Ints | None = None,
) -> TierOutcome:
    memory = Memory(3)
    standing = Standing(whole, OWNER, separators, memory, known=known, bound=-999)
    search = RegionSearch(standing, separators, memory, threads=threads, seed=0)
    return search.run(control, lambda _: None)


def holds(blocks: Blocks, values: Ints) -> bool:
    """Whether the parts of a solution hold, each in its block, and together in the linking rows."""
    used = np.zeros(len(blocks.lower), int)
    for block, part in zip(blocks.each, blocks.cut(values), strict=True):
        used[block.links.rows] += block.links.used(part)
        if not block.problem.is_solved_by(part):
            return False
    return bool(np.all(blocks.lower <= used) and np.all(used <= blocks.upper))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_parts_say_the_same_as_the_whole(seed: int) -> None:
    whole = problem(seed)
    blocks = take_apart(whole, OWNER)
    for place in np.ndindex(*(whole.upper + 1)):
        values = np.array(place)
        assert holds(blocks, values) == whole.is_solved_by(values)
        assert (blocks.join(blocks.cut(values)) == values).all()


@pytest.mark.parametrize("seed", SEEDS)
def test_blocks_around_the_others_are_the_rest_of_the_whole(seed: int) -> None:
    whole = problem(seed)
    blocks = take_apart(whole, OWNER)
    for values in solutions(whole)[:5]:
        parts = blocks.cut(values)
        for members in ((1,), (0, 2)):
            rest = blocks.around(parts, members)
            for place in np.ndindex(*(rest.upper + 1)):
                joined = blocks.join(blocks.put(parts, members, np.array(place)))
                assert rest.is_solved_by(np.array(place)) == whole.is_solved_by(joined)


@pytest.mark.parametrize("seed", SEEDS)
def test_no_prices_prove_more_than_is_true(seed: int) -> None:
    """Whatever the prices, the bound, the fixings and the rows hold for all solutions up to a limit."""
    whole = problem(seed)
    every = solutions(whole)
    blocks = take_apart(whole, OWNER)
    random = Random(seed)
    scale = scale_of(whole.cost)
    prices = np.array([random.randint(-3000, 0) for _ in blocks.lower])
    prices[blocks.upper >= UNBOUNDED] = 0
    asked = Quoting(scale, threads=2, seed=0)
    known: list[list[Ints]] = [[] for _ in blocks.each]
    found = asked.ask(blocks, prices, CONTROL, known=known, before=None, beat=lambda: None)
    if found.infeasible:
        assert not every
        return
    proof = RegionProof.of(blocks, found)
    for values in every:
        value = whole.value(values)
        assert found.bound <= value
        assert proof.whole_bound <= value
        lower, upper = proof.fixings(whole.lower, whole.upper, value)
        assert np.all(lower <= values) and np.all(values <= upper)
        assert whole.restricted(lower, upper, proof.rows(value)).is_solved_by(values)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("threads", [1, 2])
def test_the_search_finds_the_optimum_and_proves_it(seed: int, threads: int) -> None:
    whole = problem(seed)
    every = solutions(whole)
    outcome = searched(whole, threads=threads)
    if not every:
        assert outcome.infeasible
        return
    assert outcome.value == outcome.bound == min(map(whole.value, every))
    assert outcome.values is not None and whole.is_solved_by(outcome.values)


def test_without_time_nothing_is_claimed() -> None:
    whole = problem(0)
    over = Control.of(SolveOptions(time_limit=0), None, None)
    outcome = searched(whole, threads=2, control=over)
    assert (outcome.value, outcome.bound, outcome.infeasible) == (None, -999, False)


def test_a_known_solution_is_kept_where_the_time_is_over() -> None:
    whole = problem(0)
    known = solutions(whole)[0]
    over = Control.of(SolveOptions(time_limit=0), None, None)
    assert searched(whole, threads=2, control=over, known=known).values is known


def test_rows_that_a_solution_breaks_are_added() -> None:
    """A separator forbids any two of the first columns of the blocks, pair by pair."""
    free = Problem(np.zeros(9, int), np.ones(9, int), compile_rows([]), np.array([-1, 0, 0] * 3))

    def separator(values: Ints) -> list[Row]:
        taken = [column for column in (0, 3, 6) if values[column]]
        return [Row(None, "", [(taken[0], 1), (taken[1], 1)], -UNBOUNDED, 1)] if len(taken) > 1 else []

    outcome = searched(free, separator)
    assert (outcome.value, outcome.bound) == (-1, -1)
    assert len(outcome.problem.rows) == 3


def test_a_sum_belongs_to_whose_columns_it_adds_up() -> None:
    rows = compile_rows(
        [
            Row(None, "", [(0, 1), (1, -1)], 0, 0),
            Row(None, "", [(1, 1), (2, -1)], 0, 0),
            Row(None, "", [(2, 1), (3, 1)], 0, 1),
            Row(None, "", [(3, 1), (4, 1)], 0, 1),
        ]
    )
    owner = np.array([0, OPEN, OPEN, 1, NOBODY])
    assert find_owners(rows, owner).tolist() == [0, 0, 0, 1, NOBODY]


def test_nobodys_columns_stand_as_low_as_what_is_held_of_them_lets_them() -> None:
    share = Row(None, "", [(0, 1000), (1, -40)], 0, UNBOUNDED)
    whole = Problem(np.zeros(2, int), np.array([40, 1000]), compile_rows([share]), np.array([1, 0]))
    owner = np.array([0, NOBODY])
    held = whole.restricted(whole.lower, whole.upper, objective_row(np.array([0, -1]), -1000, -900))
    assert settles(held, owner)
    blocks = take_apart(held, owner)
    assert blocks.settled.tolist() == [0, 900]
    assert [block.problem.is_solved_by(np.array([36])) for block in blocks.each] == [True]
    assert [block.problem.is_solved_by(np.array([35])) for block in blocks.each] == [False]
    tied = Row(None, "", [(1, 1)], 0, 100)
    assert not settles(held.restricted(held.lower, held.upper, compile_rows([tied])), owner)


def test_a_choice_takes_one_part_of_each_block() -> None:
    whole = problem(1)
    blocks = take_apart(whole, OWNER)
    every = solutions(whole)
    parts = Parts(blocks, [[part] for part in blocks.cut(every[0])])
    parts.take(blocks.cut(every[-1]))
    choice = parts.choice()
    for values in (every[0], every[-1]):
        chosen = parts.choice_of(values)
        assert chosen is not None and choice.is_solved_by(chosen)
        assert (parts.chosen(chosen) == values).all()
        assert choice.value(chosen) == whole.value(values)
    nothing = np.zeros(len(choice.cost), int)
    assert not choice.is_solved_by(nothing)
    assert len(forgiving(choice, len(blocks.lower), 7).cost) > len(choice.cost)
