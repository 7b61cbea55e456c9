"""Bounds and fixings hold for whatever duals they are made from."""

from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from meetsched.backends.problem import UNBOUNDED, Problem, Rows
from meetsched.model import Row
from meetsched.solve.compile import compile_cost, compile_rows
from meetsched.solve.relaxation import relaxation, round_up

COLUMNS = 5
coefficients = st.lists(st.integers(-4, 4), min_size=COLUMNS, max_size=COLUMNS)


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    rows = []
    for _ in range(draw(st.integers(1, 4))):
        lower, upper = sorted((draw(st.integers(-6, 6)), draw(st.integers(-6, 6))))
        open_side = draw(st.sampled_from(("none", "lower", "upper")))
        rows.append(
            Row(
                None,
                "",
                list(enumerate(draw(coefficients))),
                -UNBOUNDED if open_side == "lower" else lower,
                UNBOUNDED if open_side == "upper" else upper,
            )
        )
    upper = np.array(draw(st.lists(st.integers(1, 2), min_size=COLUMNS, max_size=COLUMNS)))
    cost = np.array(draw(coefficients), dtype=np.int64)
    return Problem(np.zeros(COLUMNS, dtype=np.int64), upper, compile_rows(rows), cost)


@given(problems(), st.lists(st.floats(-5, 5), min_size=4, max_size=4), st.integers(-10, 10))
def test_no_solution_beats_the_bound_or_breaks_a_fixing(
    problem: Problem, duals: list[float], limit: int
) -> None:
    proof = relaxation(problem, np.array(duals[: len(problem.rows)]))
    lower, upper = proof.fixings(problem.lower, problem.upper, limit)
    for choice in product(*(range(most + 1) for most in problem.upper)):
        values = np.array(choice, dtype=np.int64)
        if problem.is_solved_by(values):
            assert problem.value(values) >= proof.whole_bound
            if problem.value(values) <= limit:
                assert np.all(lower <= values)
                assert np.all(values <= upper)


def test_reduced_costs_fix_what_is_too_dear() -> None:
    rows = compile_rows([Row(None, "", [(0, 1), (1, 1)], 1, UNBOUNDED)])
    problem = Problem(np.zeros(2, int), np.ones(2, int), rows, np.array([2, 7]))
    proof = relaxation(problem, np.array([2.0]))
    assert proof.bound == 2
    assert proof.fixings(problem.lower, problem.upper, 6)[1].tolist() == [1, 0]
    assert proof.fixings(problem.lower, problem.upper, 7)[1].tolist() == [1, 1]


def test_bounds_are_rounded_up_but_for_rounding_errors() -> None:
    assert [round_up(bound) for bound in (2.0, 2.0000000001, 2.1, -2.9)] == [2, 2, 3, -2]


def test_rows_are_divided_and_their_bounds_rounded_inwards() -> None:
    rows = compile_rows([Row(None, "", [(0, 4), (1, 2), (0, 2)], 3, 11), Row(None, "", [], 1, 1)])
    assert (rows.lower.tolist(), rows.upper.tolist()) == ([2, 1], [5, 1])
    assert rows.coefficient.tolist() == [3, 1]
    assert isinstance(rows, Rows)


def test_an_objective_to_be_maximised_is_negated() -> None:
    cost, unit = compile_cost([(0, 30), (2, 20)], 3, -1)
    assert (cost.tolist(), unit) == ([-3, 0, -2], 10)
