"""Each rule is held by the two towns' plan, and broken alone by one small edit of town or plan."""

from copy import deepcopy

import pytest

from meetsched.domain.report import Violation
from meetsched.rules import Rule
from meetsched.verify.checks import MEETING_CHECKS, PLAN_CHECKS
from tests.verify.towns import (
    EXPORT,
    LOANS,
    OBJECTIVE,
    PLAN,
    TRADE,
    Document,
    Edit,
    check,
    edited,
    entry,
    meeting,
    move,
    people,
    restate,
    rules_broken,
)


def put(kind: str, name: str, **values: object) -> Edit:
    """Return an edit that sets keys of an entry of the instance."""
    return lambda town, plan: entry(town, kind, name).update(values)


def on_duty(name: str, text: str) -> Edit:
    """Return an edit that puts other people on duty at a meeting."""
    return lambda town, plan: people(plan, name, text)


def moved(name: str, start: str, minutes: int, venue: str | None = None) -> Edit:
    """Return an edit that moves a meeting."""
    return lambda town, plan: move(plan, name, start, minutes, venue)


def pinned(**pin: object) -> Edit:
    """Return an edit that pins a meeting, that of Kielce on exports where not said."""
    return lambda town, plan: town.update(pins=[{"city": "kielce", "topic": "export", **pin}])


def both(*edits: Edit) -> Edit:
    """Return one edit that does several."""

    def edit(town: Document, plan: Document) -> None:
        for each in edits:
            each(town, plan)

    return edit


def trade_twice(town: Document, plan: Document) -> None:
    again = deepcopy(meeting(plan, TRADE))
    again |= {"venue": "oak", "start": "2027-04-14T09:00:00+02:00", "end": "2027-04-14T10:00:00+02:00"}
    again["people"] = [duty for duty in again["people"] if duty["role"] != "host"]
    plan["meetings"].append(again)
    town["cities"][0] |= {"min_days_between": 1, "pub_meetings": {}, "budget": None}
    entry(town, "people", "paul")["max_meetings"] = None


NO_HOST = "anna:representative bea:broker paul:presenter"


def on_sunday(start: str, minutes: int = 60) -> Edit:
    """Return an edit that moves Trade to a Sunday with its own hours, in the pub, for whoever comes."""
    return both(
        moved(TRADE, start, minutes, "oak"),
        on_duty(TRADE, NO_HOST),
        put("people", "anna", available=None, overtime_per_hour=None, max_overtime_minutes=None),
        put("topics", "trade", minutes=minutes, earliest=None, min_participants=0, walk_in=0),
        put("cities", "kielce", pub_meetings={}, min_days_between=1, budget=None),
        put("cities", "kielce", meetings_per_month={"max": None}),
        lambda town, plan: town["holidays"].update(remove=["2027-03-28"]),
        put("people", "paul", max_per_month=None),
    )


BREAKS = [
    (Rule.SLOT, moved(LOANS, "2027-03-17T10:00:00+01:00", 90)),
    (Rule.SLOT, moved(LOANS, "2027-03-17T09:00:30+01:00", 90)),
    (Rule.SLOT, lambda town, plan: town["holidays"].update(add=["2027-03-17"])),
    (Rule.SLOT, lambda town, plan: town.update(exclude_dates=[{"start": "2027-03-17", "end": "2027-03-17"}])),
    (Rule.SLOT, lambda town, plan: town["horizon"].update(end="2027-04-07")),
    (Rule.SLOT, on_sunday("2027-04-11T22:30:00+02:00", 91)),
    (Rule.CADENCE, put("cities", "kielce", meetings_per_month={"min": 1, "max": 1})),
    (Rule.CADENCE, put("cities", "radom", meetings_per_month={"min": 2, "max": 3})),
    (Rule.CADENCE_OPEN, put("cities", "kielce", open_meetings_per_month=2)),
    (Rule.SPACING, put("cities", "kielce", min_days_between=16)),
    (Rule.TOPIC_ONCE, trade_twice),
    (Rule.TOPIC_WINDOW, put("topics", "export", cities=["kielce"])),
    (Rule.TOPIC_WINDOW, put("topics", "trade", earliest="2027-04-09")),
    (Rule.TOPIC_WINDOW, put("topics", "loans", latest="2027-03-16")),
    (Rule.TOPIC_ORDER, put("topics", "loans", after=["export", "trade"])),
    (Rule.TOPIC_ORDER, put("topics", "loans", after=["loans"])),
    (Rule.TOPIC_ORDER, put("cities", "radom", held_before=[])),
    (Rule.TOPIC_REQUIRED, put("topics", "trade", required=True, cities=["kielce", "radom"])),
    (Rule.TOPIC_TURNOUT, put("topics", "trade", min_participants=4)),
    (
        Rule.TOPIC_TURNOUT,
        both(put("venues", "reading-room", capacity=7), put("cities", "kielce", budget=None)),
    ),
    (Rule.TOPIC_FORMAT, put("cities", "kielce", formats={"discussion": 2})),
    (Rule.VENUE_ACCESS, put("venues", "hall", open_to=["kielce"])),
    (Rule.VENUE_AWAY, put("venues", "reading-room", city="radom", open_to=["kielce"])),
    (Rule.VENUE_HOURS, put("venues", "reading-room", hours={"tue": "08:00-19:29", "thu": "08:00-20:00"})),
    (
        Rule.VENUE_HOURS,
        put(
            "venues",
            "reading-room",
            hours={"tue": ["08:00-18:00", "18:01-20:00"], "thu": "08:00-20:00"},
        ),
    ),
    (Rule.VENUE_HOURS, put("venues", "oak", hours={"tue": "08:00-24:00"})),
    (
        Rule.VENUE_HOURS,
        put("venues", "oak", closed=[{"start": "2027-03-17T10:29", "end": "2027-03-18T00:00"}]),
    ),
    (
        Rule.VENUE_HOURS,
        put("venues", "oak", closed=[{"start": "2027-03-17T05:00", "end": "2027-03-17T08:01Z"}]),
    ),
    (Rule.VENUE_EQUIPMENT, put("venues", "hall", equipment=["flipchart"])),
    (Rule.VENUE_CLASH, put("venues", "reading-room", turnaround_minutes=37 * 24 * 60 - 60 - 119)),
    (Rule.VENUE_USES, put("venues", "reading-room", max_uses=1)),
    (Rule.VENUE_QUOTA, put("venues", "reading-room", quota={"kielce": 1})),
    (Rule.VENUE_ROTATION, put("cities", "kielce", max_uses_per_venue=1)),
    (Rule.VENUE_HOSTS, put("cities", "kielce", min_host_institutions=2)),
    (Rule.VENUE_PUBS, put("cities", "kielce", pub_meetings={"min": 2})),
    (Rule.VENUE_PUBS, put("cities", "kielce", pub_meetings={"max": 0})),
    (Rule.EXPERTISE, on_duty(LOANS, "anna:expert ben:representative bea:broker paul:presenter")),
    (
        Rule.EXPERT_MATCH,
        on_duty(EXPORT, "anna:expert ben:expert cara:representative hugo:host bea:broker paul:presenter"),
    ),
    (Rule.EXPERT_MATCH, on_duty(TRADE, "anna:expert hugo:host bea:broker paul:presenter")),
    (Rule.EXPERT_OUTSIDE, put("cities", "kielce", max_outside_experts=0)),
    (Rule.CREW, on_duty(TRADE, "anna:representative hugo:host bea:broker")),
    (Rule.CREW, put("cities", "radom", crew={"broker": 0})),
    (Rule.HOST, on_duty(TRADE, NO_HOST)),
    (Rule.HOST, put("venues", "reading-room", host_required=False)),
    (Rule.HOST_INSTITUTION, put("people", "hugo", institution="hub")),
    (Rule.PRESENTER_INSTITUTION, put("institutions", "office-k", type="other")),
    (Rule.COVERAGE_MEETING, on_duty(TRADE, "hugo:host bea:broker paul:presenter")),
    (Rule.COVERAGE_HORIZON, put("cities", "kielce", coverage={"at_least": {"private": 2}})),
    (Rule.PERSON_ROLE, put("people", "bea", roles=["representative"])),
    (Rule.PERSON_CITY, put("people", "bea", cities=["radom"])),
    (
        Rule.PERSON_ONE_ROLE,
        on_duty(
            LOANS, "anna:expert anna:representative olga:expert ben:representative bea:broker paul:presenter"
        ),
    ),
    (
        Rule.PERSON_ONE_ROLE,
        on_duty(LOANS, "anna:expert olga:expert ben:representative bea:broker bea:broker paul:presenter"),
    ),
    (Rule.PERSON_AVAILABLE, put("people", "cara", available={"mon": "00:00-24:00"})),
    (Rule.PERSON_AVAILABLE, put("people", "cara", available={"tue": "08:00-19:29"})),
    (
        Rule.PERSON_AVAILABLE,
        put("people", "cara", busy=[{"start": "2027-03-02T19:29", "end": "2027-03-02T20:00"}]),
    ),
    (
        Rule.PERSON_AVAILABLE,
        put("people", "anna", overtime_hours={"tue": "17:30-19:29", "thu": "17:30-18:30"}),
    ),
    (Rule.PERSON_CLASH, lambda town, plan: town.update(person_gap_minutes=8 * 24 * 60 - 119)),
    (Rule.PERSON_LOAD, put("people", "paul", max_meetings=2)),
    (Rule.PERSON_LOAD, put("people", "paul", max_per_month=1)),
    (Rule.PERSON_OVERTIME, put("people", "anna", max_overtime_minutes=179)),
    (Rule.BUDGET, put("cities", "kielce", budget="303.49")),
    (Rule.PIN, pinned(held=False)),
    (Rule.PIN, pinned(topic="basics")),
    (Rule.PIN, pinned(date="2027-03-03")),
    (Rule.PIN, pinned(start="17:00")),
    (Rule.PIN, pinned(venue="oak")),
    (Rule.PIN, pinned(people=[{"person": "olga"}])),
    (Rule.PIN, pinned(people=[{"person": "anna", "role": "representative"}])),
    (Rule.PIN, lambda town, plan: plan.update(pins=[{"city": "kielce", "topic": "export", "venue": "oak"}])),
]

HOLDS = [
    pinned(date="2027-03-02", start="17:30", venue="reading-room", people=[{"person": "anna"}]),
    lambda town, plan: town.update(
        pins=[
            {"city": "kielce", "topic": "export", "people": [{"person": "anna", "role": "expert"}]},
            {"city": "kielce", "topic": "export", "start": "17:30"},
            {"city": "radom", "topic": "loans", "held": False},
        ]
    ),
    put("cities", "radom", open_meetings_per_month=1),  # April is only partly in
    put("venues", "reading-room", turnaround_minutes=37 * 24 * 60 - 60 - 120),  # one hour lost in March
    lambda town, plan: town.update(person_gap_minutes=8 * 24 * 60 - 120),
    put("venues", "oak", hours={"wed": ["09:00-10:00", "10:00-10:30"]}),
    put("venues", "oak", closed=[{"start": "2027-03-17T10:30", "end": "2027-03-18T00:00"}]),
    put("venues", "oak", closed=[{"start": "2027-03-17T05:00", "end": "2027-03-17T08:00Z"}]),
    put("people", "cara", available={"tue": ["19:00-24:00", "08:00-19:00"]}),
    put("people", "cara", busy=[{"start": "2027-03-02T19:30", "end": "2027-03-02T20:00"}]),
    put("people", "anna", overtime_hours={"tue": "16:00-19:30", "thu": ["17:00-18:00", "18:00-18:30"]}),
    put("people", "bea", cities="all"),
    put("institutions", "hub", city=None),  # from outside: in every city
    put("venues", "oak", quota={"kielce": 1}, max_uses=1),
    on_sunday("2027-04-11T22:30:00+02:00", 90),  # until 24:00
    on_sunday("2027-03-28T01:30:00+01:00", 60),  # until 03:30 on the clock
    put("cities", "radom", crew={"broker": 1}, pub_meetings={}, budget="10.00"),
]


def test_every_rule_has_one_check() -> None:
    assert MEETING_CHECKS.keys() | PLAN_CHECKS.keys() == set(Rule)
    assert not MEETING_CHECKS.keys() & PLAN_CHECKS.keys()


def test_meetings_of_the_past_are_exempt_from_the_rules_that_the_specification_lists() -> None:
    assert MEETING_CHECKS.keys() == {
        Rule.SLOT,
        Rule.TOPIC_WINDOW,
        Rule.TOPIC_TURNOUT,
        Rule.VENUE_ACCESS,
        Rule.VENUE_HOURS,
        Rule.VENUE_EQUIPMENT,
        Rule.EXPERTISE,
        Rule.EXPERT_MATCH,
        Rule.CREW,
        Rule.HOST,
        Rule.HOST_INSTITUTION,
        Rule.PRESENTER_INSTITUTION,
        Rule.COVERAGE_MEETING,
        Rule.PERSON_ROLE,
        Rule.PERSON_CITY,
        Rule.PERSON_AVAILABLE,
    }


def test_every_rule_is_broken_by_some_case() -> None:
    repaired = {Rule.FROZEN, Rule.CHANGES}  # tests/verify/test_repair.py
    assert {rule for rule, _ in BREAKS} | repaired == set(Rule)


def test_the_plan_holds_every_rule_and_its_figures_are_right() -> None:
    report = check(*edited())
    assert report.violations == ()
    assert report.holds
    assert report.objective == OBJECTIVE
    assert report.warnings == ()


@pytest.mark.parametrize(("rule", "edit"), BREAKS, ids=[f"{rule}-{n}" for n, (rule, _) in enumerate(BREAKS)])
def test_one_step_too_far_breaks_the_rule_and_no_other(rule: Rule, edit: Edit) -> None:
    town, plan = edited(edit)
    restate(town, plan)
    report = check(town, plan)
    assert rules_broken(report) == {rule}
    assert all(violation.message.endswith(".") for violation in report.violations)


@pytest.mark.parametrize("edit", HOLDS, ids=range(len(HOLDS)))
def test_up_to_the_limit_the_rules_hold(edit: Edit) -> None:
    town, plan = edited(edit)
    restate(town, plan)
    assert check(town, plan).violations == ()


def test_a_message_uses_names_and_local_times() -> None:
    town, plan = edited(put("venues", "reading-room", hours={"tue": "08:00-17:00", "thu": "08:00-20:00"}))
    (violation,) = check(town, plan).violations
    assert violation.meetings == (EXPORT,)
    assert violation.message == (
        "Export (Kielce) starts on Tue 2 March 17:30 and ends on Tue 2 March 19:30, "
        "but Reading Room is open 08:00-17:00 on Tue."
    )


@pytest.mark.parametrize(
    ("edit", "reason"),
    [
        (lambda town, plan: town["horizon"].update(end="2027-04-07"), "outside the planned dates"),
        (lambda town, plan: town["holidays"].update(add=["2027-04-08"]), "a holiday"),
        (lambda town, plan: town["exclude_dates"][0].update(end="2027-04-08"), "an excluded date"),
        (
            lambda town, plan: town["slots"][0].update(starts=["09:00"]),
            "no day and hour at which meetings may start (17:30)",
        ),
    ],
)
def test_a_message_tells_why_a_start_is_no_slot(edit: Edit, reason: str) -> None:
    found = check(*edited(edit)).violations
    assert [violation.message for violation in found if violation.rule == "slot"] == [
        f"Trade (Kielce) starts on Thu 8 April 17:30, which is {reason}."
    ]


def touching_in_the_pub(start: str) -> Edit:
    """Return an edit that moves Trade to the day of Loans, into the same pub and without a host."""
    return both(moved(TRADE, start, 60, "oak"), on_duty(TRADE, NO_HOST))


@pytest.mark.parametrize(
    ("edit", "rule", "meetings", "message"),
    [
        (
            put("people", "paul", max_per_month=1),
            Rule.PERSON_LOAD,
            (EXPORT, LOANS),
            "Paul is on duty 2 times in March 2027, but may be at most 1 time a month.",
        ),
        (
            put("people", "anna", max_overtime_minutes=100),
            Rule.PERSON_OVERTIME,
            (EXPORT, TRADE),
            "Anna has 180 minutes of overtime, but may have at most 100.",
        ),
        (
            trade_twice,
            Rule.TOPIC_ONCE,
            (TRADE,),
            "Trade (Kielce) is held 2 times, but may be held only once.",
        ),
        (
            put("people", "cara", available={"tue": "08:00-16:00"}),
            Rule.PERSON_AVAILABLE,
            (EXPORT,),
            "Export (Kielce) starts on Tue 2 March 17:30 and ends on Tue 2 March 19:30, but Cara works "
            "08:00-16:00 on Tue.",
        ),
        (
            put("people", "anna", overtime_hours={"thu": "16:00-20:00"}),
            Rule.PERSON_AVAILABLE,
            (EXPORT,),
            "Export (Kielce) starts on Tue 2 March 17:30 and ends on Tue 2 March 19:30, but Anna works "
            "08:00-16:00 on Tue, and overtime does not reach so far.",
        ),
        (
            touching_in_the_pub("2027-03-17T10:00:00+01:00"),
            Rule.VENUE_CLASH,
            (LOANS, TRADE),
            "Loans (Kielce) on Wed 17 March 09:00 and Trade (Kielce) on Wed 17 March 10:00, both at The Oak, "
            "overlap.",
        ),
        (
            both(
                touching_in_the_pub("2027-03-17T10:30:00+01:00"), put("venues", "oak", turnaround_minutes=1)
            ),
            Rule.VENUE_CLASH,
            (LOANS, TRADE),
            "Loans (Kielce) on Wed 17 March 09:00 and Trade (Kielce) on Wed 17 March 10:30, both at The Oak, "
            "leave less than 1 minute between them.",
        ),
        (
            put("cities", "kielce", max_uses_per_venue=1),
            Rule.VENUE_ROTATION,
            (EXPORT, TRADE),
            "Kielce uses Reading Room 2 times, but may use a venue at most 1 time.",
        ),
        (
            put("cities", "kielce", budget="303.49"),
            Rule.BUDGET,
            (EXPORT, LOANS, TRADE),
            "The meetings of Kielce cost 303.50 EUR, but its budget is 303.49 EUR.",
        ),
        (
            pinned(date="2027-03-03", people=[{"person": "olga", "role": "expert"}]),
            Rule.PIN,
            (EXPORT,),
            "Export (Kielce) is pinned to Wed 3 March and with Olga as expert, which the plan does not hold.",
        ),
    ],
)
def test_a_violation_names_its_meetings_and_what_is_wrong(
    edit: Edit, rule: Rule, meetings: tuple[str, ...], message: str
) -> None:
    assert Violation(rule, meetings, message) in check(*edited(edit)).violations


def test_meetings_at_a_venue_may_touch_where_it_needs_no_time_between() -> None:
    report = check(*edited(touching_in_the_pub("2027-03-17T10:30:00+01:00")))
    assert Rule.VENUE_CLASH not in rules_broken(report)


def test_why_somebody_is_busy_stays_private() -> None:
    busy = [{"start": "2027-03-02T18:00", "end": "2027-03-02T20:00", "why": "hospital"}]
    report = check(
        *edited(both(put("people", "cara", busy=busy), put("venues", "reading-room", closed=busy)))
    )
    assert rules_broken(report) == {"person.available", "venue.hours"}
    assert "hospital" not in repr(report)


def test_a_start_may_be_written_with_any_offset() -> None:
    town, plan = edited(moved(EXPORT, "2027-03-02T16:30:00Z", 120))
    assert check(town, plan).violations == ()


def test_a_plan_without_meetings_breaks_what_needs_some() -> None:
    town, plan = edited(lambda town, plan: plan.update(meetings=[], tiers=[], status="feasible"))
    assert rules_broken(check(town, plan)) == {
        "cadence",
        "cadence.open",
        "topic.required",
        "topic.format",
        "venue.hosts",
        "venue.pubs",
        "coverage.horizon",
    }
    assert PLAN["meetings"]
