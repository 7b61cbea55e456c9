"""What cities could have beside the others: as many points as all their plans that go with those allow."""

from datetime import date

import pytest

from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import Plan, Repair
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from meetsched.solve.sharing import most_points, questions
from tests.oracle.region import beside, region

OPTIONS = SolveOptions(time_limit=7200, workers=1, deterministic=True)
CHUNK = 6


def planned(seed: int) -> Plan:
    outcome = plan_instance(region(seed), "0" * 64, OPTIONS)
    assert outcome.verdict is Verdict.OPTIMAL
    assert outcome.plan is not None
    return outcome.plan


@pytest.mark.parametrize("first", range(0, 4 * CHUNK, CHUNK))
def test_each_answer_is_what_a_search_of_all_plans_finds(first: int) -> None:
    differing = 0
    for seed in range(first, first + CHUNK):
        instance, plan = region(seed), planned(seed)
        answers = list(most_points(instance, plan, OPTIONS))
        assert [answer.question for answer in answers] == list(questions(instance))
        for answer in answers:
            asked = answer.question
            absent = {city.id for city in instance.cities if asked.alone or city.id == asked.without} - {
                asked.city
            }
            truth = beside(instance, plan, asked.city, absent)
            assert answer.most.proven, (seed, asked)
            assert answer.most.points == truth, (seed, asked)
            assert sum(meeting.points for meeting in answer.meetings) == truth
            got = sum(meeting.points for meeting in plan.meetings if meeting.city == asked.city)
            differing += truth > got
    assert differing > 0, "somebody gives up something"


def test_what_is_over_stays() -> None:
    """Alone, too, a city has its own past."""
    as_of = date(2027, 2, 3)
    for seed in range(2 * CHUNK):
        instance, plan = region(seed), planned(seed)
        repaired = plan.model_copy(update={"repair": Repair(baseline_sha256="0", as_of=as_of)})
        for answer in most_points(instance, repaired, OPTIONS):
            asked = answer.question
            absent = {city.id for city in instance.cities if asked.alone or city.id == asked.without}
            truth = beside(instance, plan, asked.city, absent - {asked.city}, as_of)
            assert (answer.most.points, answer.most.proven) == (truth, True), (seed, asked)
