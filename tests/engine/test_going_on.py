"""What is kept while parts are planned, and what a later run makes of it."""

import json
from collections.abc import Callable
from dataclasses import replace
from threading import Event

import pytest

from meetsched.domain.instance import Instance
from meetsched.domain.outcome import Verdict
from meetsched.domain.plan import PlanStatus
from meetsched.engine.jobs import Job, Result, Stage, perform
from meetsched.engine.parts import Parts
from meetsched.engine.planning import plan_parts
from meetsched.rules import Tier
from meetsched.solve import SolveOptions
from meetsched.verify import verify
from tests.engine.countries import country, country_document
from tests.engine.inline import Inline, Memory
from tests.engine.test_against_whole import SHA256, apart, figures

OPTIONS = SolveOptions(time_limit=100, workers=1, deterministic=True)
SEED = 60
"""A country of three regions with `balance` first, so that two stages follow on each other."""


def jobs_left(instance: Instance, shelf: Memory, options: SolveOptions = OPTIONS) -> list[Job]:
    """Return the jobs that are done although what is on the shelf is known."""
    workforce = Inline()
    plan_parts(instance, SHA256, options, workforce, shelf)
    return [Job.model_validate_json(document) for document in workforce.jobs]


@pytest.fixture
def instance() -> Instance:
    return country(SEED, regions=3)


@pytest.fixture
def shelf(instance: Instance) -> Memory:
    shelf = Memory()
    assert len(jobs_left(instance, shelf)) == len(shelf) == 6
    return shelf


def test_what_is_finished_is_not_done_again(instance: Instance, shelf: Memory) -> None:
    assert jobs_left(instance, shelf) == []
    found = plan_parts(instance, SHA256, OPTIONS, Inline(), shelf)
    assert figures(found.outcome) == figures(apart(instance))


def test_what_is_missing_is_done_again(instance: Instance, shelf: Memory) -> None:
    for key in list(shelf)[2:4]:
        del shelf[key]
    assert [job.stage for job in jobs_left(instance, shelf)] == [Stage.SHARES, Stage.REST]


def test_a_change_in_one_city_concerns_its_part_only(shelf: Memory) -> None:
    document = country_document(SEED, regions=3)
    document["venues"][-1]["fee"] = 3
    changed = Instance.model_validate(document)
    (region,) = {city.id for city in Parts(changed).all[-1].cities} & {document["venues"][-1]["city"]}
    done = jobs_left(changed, shelf)
    assert done
    assert all(region in {city.id for city in job.instance.cities} for job in done)


def test_reasons_and_addresses_neither_count_nor_travel(shelf: Memory) -> None:
    document = country_document(SEED, regions=3)
    document["people"][0] |= {"email": "secret@home.example"}
    day = document["horizon"]["start"]
    busy = {"start": f"{day}T00:00", "end": f"{day}T00:01", "why": "secret illness"}
    document["exclude_dates"] = [{**each, "why": "secret"} for each in document.get("exclude_dates", [])]
    assert jobs_left(Instance.model_validate(document), shelf) == []
    document["people"][0]["busy"] = [busy]
    workforce = Inline()
    plan_parts(Instance.model_validate(document), SHA256, OPTIONS, workforce, Memory())
    assert workforce.jobs
    assert not [job for job in workforce.jobs if b"secret" in job]


@pytest.mark.parametrize("content", [b"", b"{}", b'{"verdict": "opt', b"\xff"])
def test_what_somebody_spoilt_is_done_again(content: bytes, instance: Instance, shelf: Memory) -> None:
    shelf[next(iter(shelf))] = content
    assert len(jobs_left(instance, shelf)) == 1


@pytest.mark.parametrize("change", [{"seed": 1}, {"deterministic": False}])
def test_other_options_find_nothing(change: dict[str, object], instance: Instance, shelf: Memory) -> None:
    assert len(jobs_left(instance, shelf, replace(OPTIONS, **change))) == 6


def test_only_more_time_takes_up_what_is_not_proven(instance: Instance, shelf: Memory) -> None:
    for key, content in shelf.items():
        result = Result.model_validate_json(content)
        assert result.plan is not None
        worse = result.plan.tiers[-1].model_copy(update={"bound": result.plan.tiers[-1].bound - 1})
        plan = result.plan.model_copy(update={"tiers": (*result.plan.tiers[:-1], worse)})
        if plan.tiers[-1].name is Tier.EFFORT:
            shelf[key] = result.model_copy(update={"plan": plan}).document()
    assert jobs_left(instance, shelf) == []
    assert jobs_left(instance, shelf, replace(OPTIONS, time_limit=50)) == []
    assert {job.stage for job in jobs_left(instance, shelf, replace(OPTIONS, time_limit=200))} == {Stage.REST}


def opened(tier: Tier, region: str, by: int) -> Callable[[bytes, Event], bytes]:
    """Return work that leaves a tier of one region open."""

    def work(document: bytes, stop: Event) -> bytes:
        job, content = Job.model_validate_json(document), json.loads(perform(document, stop))
        for each in content["plan"]["tiers"] if content["plan"] else ():
            if each["name"] == tier and job.instance.cities[0].id.startswith(region):
                each["bound"] += by
                each["proven"] = False
        return json.dumps(content).encode()

    return work


def test_an_open_tier_leaves_no_bound_that_another_part_could_beat(instance: Instance) -> None:
    whole = apart(instance).plan
    ended = plan_parts(instance, SHA256, OPTIONS, Inline(opened(Tier.POINTS, "r1", 2)), Memory())
    plan = ended.outcome.plan
    assert whole is not None
    assert plan is not None
    assert ended.outcome.verdict is Verdict.FEASIBLE
    assert verify(instance, plan, sha256=SHA256).holds
    for tier, right in zip(plan.tiers, whole.tiers, strict=True):
        assert (tier.name, tier.best) == (right.name, right.best)
        assert tier.proven == (tier.name is Tier.BALANCE)
        if tier.name is Tier.POINTS:
            assert tier.bound == right.bound + 2
        elif tier.name is not Tier.BALANCE:
            # The other regions could now have fewer points, and cost less.
            assert tier.bound >= right.bound if tier.name.maximise else tier.bound <= right.bound
    assert plan.tier_by_name[Tier.COST].bound < whole.tier_by_name[Tier.COST].bound


def test_an_open_share_leaves_later_bounds_as_they_are(instance: Instance) -> None:
    whole = apart(instance).plan
    balance = whole.tier_by_name[Tier.BALANCE] if whole else None
    assert balance is not None
    assert balance.best < 1000
    workforce = Inline(opened(Tier.BALANCE, "r", 1))
    plan = plan_parts(instance, SHA256, OPTIONS, workforce, Memory()).outcome.plan
    assert plan is not None
    assert whole is not None
    assert not any(tier.proven for tier in plan.tiers)
    assert [tier.bound for tier in plan.tiers[1:]] == [tier.bound for tier in whole.tiers[1:]]
    assert plan.tiers[0].bound == balance.bound + 1


def test_stopped_between_two_stages_there_is_a_plan(instance: Instance) -> None:
    stop = Event()

    def work(document: bytes, halted: Event) -> bytes:
        content = perform(document, halted)
        if workforce.jobs[3:]:
            stop.set()
        return content

    workforce = Inline(work)
    ended = plan_parts(instance, SHA256, OPTIONS, workforce, Memory(), stop=stop)
    plan = ended.outcome.plan
    assert ended.outcome.interrupted
    assert (ended.done, ended.parts) == (1, 3)
    assert plan is not None
    assert plan.status is PlanStatus.FEASIBLE
    assert verify(instance, plan, sha256=SHA256).holds
    assert [tier.name for tier in plan.tiers] == [each.tier for each in instance.active_objectives()]


def test_stopped_before_all_have_a_plan_there_is_none(instance: Instance) -> None:
    stop = Event()
    stop.set()
    ended = plan_parts(instance, SHA256, OPTIONS, Inline(), Memory(), stop=stop)
    assert ended.outcome.verdict is Verdict.UNKNOWN
    assert ended.outcome.interrupted
    assert ended.done == 0


def test_memory_holds_few_jobs_at_a_time(instance: Instance) -> None:
    running: list[int] = []
    plan_parts(
        instance,
        SHA256,
        OPTIONS,
        Inline(),
        Memory(),
        on_progress=lambda news: running.append(news.running),
    )
    assert max(running) == 1


@pytest.mark.parametrize("width", [1, 2, 3])
def test_a_job_has_its_share_of_the_processors_by_its_cities(
    instance: Instance, width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Regions of the same size have an even share each."""
    monkeypatch.setattr(Inline, "width", width)
    options = replace(OPTIONS, workers=6, deterministic=False)
    threads = [job.threads for job in jobs_left(instance, Memory(), options)]
    assert threads[0] == 6 // width
