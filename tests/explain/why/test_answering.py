"""Why not otherwise: what rules forbid, in words; what cannot be told in time; what the plan has already."""

from threading import Event
from typing import Any

import pytest

from meetsched.domain.answer import Answer, Standing
from meetsched.domain.baseline import Baseline
from meetsched.domain.explanation import Demand
from meetsched.domain.instance import Instance, Pin
from meetsched.domain.plan import Repair
from meetsched.explain.why import Subject, answer
from meetsched.rules import Rule, Tier
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance
from tests.small import setting, small, top

OPTIONS = SolveOptions(time_limit=600, workers=1, deterministic=True)
SHA256 = "0" * 64
AWAY = [{"start": "2027-03-01T00:00", "end": "2027-04-01T00:00"}]


def ask(instance: Instance, topic: str, options: SolveOptions = OPTIONS, **asked: Any) -> Answer:
    """Ask of the best plan, of which every meeting but those pinned may be anywhere."""
    plan = plan_instance(instance, SHA256, OPTIONS).plan
    assert plan is not None
    baseline = Baseline(plan, Repair(baseline_sha256=SHA256), instance.zone)
    pin = Pin.model_validate({"city": "kielce", "topic": topic, **asked})
    return answer(Subject(instance, SHA256, baseline, "kielce", topic), pin, options)


def person(name: str, role: str | None = None) -> dict[str, Any]:
    return {"people": [{"person": name, "role": role}]}


@pytest.mark.parametrize(
    ("instance", "asked", "rule", "words"),
    [
        (small(), {"date": "2027-03-03"}, Rule.SLOT, "no day and hour"),
        (small(top(holidays={"add": ["2027-03-02"]})), {"date": "2027-03-02"}, Rule.SLOT, "a holiday"),
        (
            small(setting("topics", "export", earliest="2027-03-10")),
            {"date": "2027-03-02"},
            Rule.TOPIC_WINDOW,
            "not before Wed 10 March",
        ),
        (
            small(
                setting("topics", "export", equipment=["projector"]),
                setting("venues", "hall", equipment=["projector"]),
            ),
            {"venue": "oak"},
            Rule.VENUE_EQUIPMENT,
            "projector",
        ),
        (
            small(setting("venues", "oak", hours={"tue": "08:00-10:00"})),
            {"venue": "oak"},
            Rule.VENUE_HOURS,
            "is open",
        ),
        (
            small(setting("topics", "export", min_participants=4)),
            {"venue": "oak"},
            Rule.TOPIC_TURNOUT,
            "participants",
        ),
        (small(), person("bea", "expert"), Rule.PERSON_ROLE, "none of their roles"),
        (
            small(setting("people", "olga", expertise=["tax"])),
            person("olga"),
            Rule.EXPERT_MATCH,
            "in nothing",
        ),
        (small(setting("people", "olga", busy=AWAY)), person("olga"), Rule.PERSON_AVAILABLE, "Olga"),
        (
            small(setting("people", "bea", roles=["broker", "host"])),
            {**person("bea", "host"), "venue": "hall"},
            Rule.HOST,
            "0 hosts in Hall, not 1",
        ),
        (
            small(setting("cities", "kielce", crew={"broker": 0})),
            person("bea", "broker"),
            Rule.CREW,
            "0 cooperation brokers, not 1",
        ),
        (
            small(top(pins=[{"city": "kielce", "topic": "export", "held": False}])),
            {},
            Rule.PIN,
            "a pin forbids it",
        ),
        (
            small(setting("people", "anna", busy=AWAY), setting("people", "olga", busy=AWAY)),
            {},
            Rule.EXPERTISE,
            "no expert in export who is free then: Anna",
        ),
    ],
)
def test_rules_on_the_meeting_alone(
    instance: Instance, asked: dict[str, Any], rule: Rule, words: str
) -> None:
    found = ask(instance, "export", **asked)
    assert (found.standing, found.conflict) == (Standing.FORBIDDEN, None)
    (told,) = (each for each in found.obstacles if each.rule is rule)
    assert words in told.message
    assert told.cases == found.cases
    assert found.all_cases


def test_a_role_that_somebody_could_have_is_meant() -> None:
    """Anna is no broker, but an expert in what it is about: asked for by name alone, she can be there."""
    found = ask(small(setting("people", "anna", roles=["broker", "expert"])), "export", **person("anna"))
    assert found.standing in {Standing.SO, Standing.POSSIBLE}


def test_where_no_rule_forbids_every_case_each_is_counted() -> None:
    instance = small(
        setting("venues", "hall", hours={"tue": "08:00-20:00"}),
        setting("venues", "oak", hours={"thu": "08:00-12:00"}),
        setting("topics", "export", min_participants=4),
    )
    found = ask(instance, "export", date="2027-03-04")
    counts = {each.rule: (each.cases, each.varies) for each in found.obstacles}
    assert found.standing is Standing.FORBIDDEN
    assert found.cases == 4
    assert counts[Rule.VENUE_HOURS] == (3, True)
    assert counts[Rule.TOPIC_TURNOUT][0] == 2


def test_a_demand_of_the_city_is_a_conflict() -> None:
    instance = small(setting("people", "paul", roles=["presenter", "broker"]))
    found = ask(instance, "export", people=[{"person": name, "role": "broker"} for name in ("bea", "paul")])
    assert found.standing is Standing.FORBIDDEN
    assert found.conflict is not None and found.conflict.minimal
    assert found.conflict.demands == (Demand(Rule.CREW, ("kielce", "broker")),)


def test_demands_of_several_meetings_are_a_conflict() -> None:
    instance = small(top(pins=[{"city": "kielce", "topic": "loans", "date": "2027-03-09"}]))
    found = ask(instance, "export", date="2027-03-04")
    assert found.standing is Standing.FORBIDDEN
    assert found.conflict is not None and found.conflict.minimal
    assert set(found.conflict.demands) in (
        {Demand(Rule.PIN, ("kielce/loans", "0")), Demand(Rule.SPACING, ("kielce",))},
        {Demand(Rule.PIN, ("kielce/loans", "0")), Demand(Rule.CADENCE, ("kielce", "2027-03"), "most")},
    )


def test_a_demand_that_turns_out_not_to_be_needed_is_left_out() -> None:
    """Of two conflicts one demand each has to be set aside, but only one of them is told."""
    instance = small(
        setting("cities", "kielce", meetings_per_month={"min": 2, "max": 2}),
        setting("topics", "export", after=["loans"]),
        setting("topics", "loans", equipment=["projector"]),
        setting("venues", "hall", equipment=["projector"], max_uses=1),
    )
    found = ask(instance, "export", date="2027-03-02", start="09:00", venue="hall")
    assert found.conflict is not None and found.conflict.minimal
    assert set(found.conflict.demands) in (
        {Demand(Rule.TOPIC_ORDER, ("export",))},
        {
            Demand(Rule.CADENCE, ("kielce", "2027-03"), "least"),
            Demand(Rule.VENUE_USES, ("hall",)),
            Demand(Rule.VENUE_EQUIPMENT, ("loans", "projector")),
        },
    )


def test_the_nearest_and_the_best_way() -> None:
    found = ask(small(setting("people", "olga", fee=25)), "export", **person("olga"))
    assert found.standing is Standing.POSSIBLE
    assert found.nearest is not None and found.best is not None
    assert next(iter(found.nearest.after)) is Tier.DISRUPTION
    assert [*found.best.after][-1] is Tier.DISRUPTION
    assert found.nearest.after[Tier.COST] - found.nearest.before[Tier.COST] == 2500
    assert found.nearest.plan.pins[-1] == found.asked


def test_only_the_nearest_way() -> None:
    instance = small()
    plan = plan_instance(instance, SHA256, OPTIONS).plan
    assert plan is not None
    subject = Subject(
        instance, SHA256, Baseline(plan, Repair(baseline_sha256=SHA256), instance.zone), "kielce", "export"
    )
    asked = Pin.model_validate({"city": "kielce", "topic": "export", **person("olga")})
    found = answer(subject, asked, OPTIONS, near_only=True)
    assert found.best is None


def test_what_the_plan_has() -> None:
    pin = {"city": "kielce", "topic": "export", "date": "2027-03-09", "start": "17:30", "venue": "oak"}
    instance = small(top(pins=[{**pin, "people": [{"person": "anna"}]}]))
    for part in ({"date": "2027-03-09"}, {"start": "17:30"}, {"venue": "oak"}, person("anna", "expert"), {}):
        assert ask(instance, "export", **part).standing is Standing.SO
    for part in ({"start": "09:00"}, {"venue": "hall"}, {"held": False}):
        assert ask(instance, "export", **part).standing is Standing.FORBIDDEN


def test_not_to_hold_it() -> None:
    found = ask(small(top(pins=[{"city": "kielce", "topic": "export"}])), "export", held=False)
    assert found.standing is Standing.FORBIDDEN
    assert found.conflict is not None
    assert [each.rule for each in found.conflict.demands] == [Rule.PIN]
    assert ask(small(), "export", held=False).standing in {Standing.SO, Standing.POSSIBLE}


def test_what_could_not_be_told_in_time() -> None:
    found = ask(small(), "loans", SolveOptions(time_limit=0, workers=1), venue="hall", date="2027-03-30")
    assert (found.standing, found.nearest, found.best) == (Standing.UNKNOWN, None, None)
    assert not found.interrupted


def test_a_stop() -> None:
    instance = small()
    plan = plan_instance(instance, SHA256, OPTIONS).plan
    assert plan is not None
    baseline = Baseline(plan, Repair(baseline_sha256=SHA256), instance.zone)
    stop = Event()
    stop.set()
    asked = Pin.model_validate({"city": "kielce", "topic": "loans", "date": "2027-03-30", "venue": "hall"})
    found = answer(Subject(instance, SHA256, baseline, "kielce", "loans"), asked, OPTIONS, None, stop)
    assert found.interrupted
    assert found.standing is Standing.UNKNOWN
