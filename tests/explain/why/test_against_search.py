"""Answers agree with exhaustive search: a sample. `tests.explain.why.judging` judges any number."""

import pytest

from meetsched.domain.answer import Answer, Standing
from tests.explain.why.judging import answered, drawn, faults

SEEDS = 200
CHUNK = 25


def judged(seed: int) -> tuple[Answer, list[str]] | None:
    question = drawn(seed)
    if question is None:
        return None
    found = answered(question)
    return found, list(faults(question, found))


@pytest.mark.parametrize("first", range(0, SEEDS, CHUNK))
def test_every_verdict_conflict_and_tier_is_that_of_exhaustive_search(first: int) -> None:
    found = [(seed, told) for seed in range(first, first + CHUNK) if (told := judged(seed)) is not None]
    assert not {seed: told[1] for seed, told in found if told[1]}
    standings = [told[0].standing for _, told in found]
    assert len(found) >= CHUNK // 3
    assert {Standing.POSSIBLE, Standing.FORBIDDEN} <= set(standings)
