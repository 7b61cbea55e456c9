from collections.abc import Callable
from typing import Any

import pytest

from meetsched.candidates import Clock, MeetingCandidates, find_candidates
from meetsched.candidates.people import Diary, overtime_cost
from meetsched.candidates.starts import find_starts
from meetsched.candidates.turnout import room_cost
from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.rules import Rule
from tests.small import Document, setting, small, top

STARTS = 18  # nine Tuesdays and Thursdays in March 2027, two starts each


def meeting(instance: Instance, name: str = "kielce/export") -> MeetingCandidates:
    return next(m for m in find_candidates(instance).meetings if m.id == name)


def test_everything_is_possible_in_the_small_city() -> None:
    found = meeting(small())
    assert found.pair_count == 2 * STARTS
    assert not found.dropped
    assert [(d.person.id, d.roles) for d in found.duties] == [
        ("bea", (Role.BROKER,)),
        ("paul", (Role.PRESENTER,)),
        ("anna", (Role.EXPERT,)),
        ("olga", (Role.EXPERT,)),
    ]


Edit = Callable[[Document], object]


@pytest.mark.parametrize(
    ("edit", "rule", "pairs"),
    [
        (setting("topics", "export", minutes=6 * 60 + 31), Rule.SLOT, 2 * 9),
        (setting("topics", "export", earliest="2027-03-11"), Rule.TOPIC_WINDOW, 2 * 2 * 3),
        (setting("topics", "export", latest="2027-03-11"), Rule.TOPIC_WINDOW, 2 * 2 * 5),
        (setting("topics", "export", min_participants=4), Rule.TOPIC_TURNOUT, STARTS),
        (setting("venues", "oak", open_to=[]), Rule.VENUE_ACCESS, STARTS),
        (setting("venues", "oak", hours={"tue": "17:30-19:30"}), Rule.VENUE_HOURS, STARTS - 5),
        (
            setting("venues", "oak", closed=[{"start": "2027-03-02T11:00", "end": "2027-03-02T17:31"}]),
            Rule.VENUE_HOURS,
            1,
        ),
        (setting("topics", "export", equipment=["projector"]), Rule.VENUE_EQUIPMENT, 2 * STARTS),
        (setting("venues", "oak", max_uses=0), Rule.VENUE_USES, STARTS),
        (setting("venues", "oak", quota={"kielce": 0}), Rule.VENUE_QUOTA, STARTS),
        (setting("cities", "kielce", max_uses_per_venue=0), Rule.VENUE_ROTATION, 2 * STARTS),
        (setting("topics", "export", expertise=["export", "law"]), Rule.EXPERTISE, 2 * STARTS),
        (setting("people", "bea", available={"tue": "08:00-20:00"}), Rule.CREW, 2 * 8),
        (setting("cities", "kielce", crew={"presenter": 2}), Rule.CREW, 2 * STARTS),
        (setting("people", "paul", institution="uni"), Rule.CREW, 2 * STARTS),
        (setting("people", "paul", cities=[]), Rule.CREW, 2 * STARTS),
        (setting("venues", "hall", host_required=True), Rule.HOST, STARTS),
        (
            setting("cities", "kielce", coverage={"each_meeting": ["eu_funds"]}),
            Rule.COVERAGE_MEETING,
            2 * STARTS,
        ),
    ],
)
def test_each_filter_drops_its_pairs_under_its_rule(edit: Edit, rule: Rule, pairs: int) -> None:
    found = meeting(small(edit))
    assert found.dropped == {rule: pairs}
    assert found.pair_count == 2 * STARTS - pairs


def pinned(**pin: Any) -> Edit:
    return top(pins=[{"city": "kielce", "topic": "export", **pin}])


@pytest.mark.parametrize(
    ("pin", "left"),
    [
        ({"held": "false"}, 0),
        ({"date": "2027-03-02"}, 4),
        ({"start": "09:00"}, STARTS),
        ({"venue": "oak"}, STARTS),
        ({"date": "2027-03-02", "start": "17:30", "venue": "oak"}, 1),
        ({"date": "2027-03-03"}, 0),
        ({"people": [{"person": "anna", "role": "expert"}]}, 2 * STARTS),
        ({"people": [{"person": "anna"}]}, 2 * STARTS),
        ({"people": [{"person": "anna", "role": "broker"}]}, 0),
    ],
)
def test_pins_leave_what_they_name(pin: dict[str, Any], left: int) -> None:
    found = meeting(small(pinned(**pin)))
    assert found.pair_count == left
    assert sum(found.dropped.values()) == found.dropped[Rule.PIN] == 2 * STARTS - left


def test_turnout_fills_the_seats_with_the_most_interested() -> None:
    places = {p.venue.id: p for p in meeting(small(setting("topics", "export", walk_in=1, demand=5))).places}
    assert (places["hall"].heads[0], places["hall"].points[0]) == (5, 3 + 2 + 2 + 1 + 5)
    assert (places["oak"].heads[0], places["oak"].points[0]) == (3, 3 + 2 + 2 + 5)  # 8 seats, 5 reserved


def test_a_candidate_comes_only_to_open_topics() -> None:
    candidate = setting("companies", "firm-0", candidate=True)
    shut = setting("topics", "export", open=False)
    assert meeting(small(candidate)).places[0].points[0] == 8
    assert meeting(small(candidate, shut)).places[0].points[0] == 5


def test_a_firm_is_there_for_the_whole_length_or_not_at_all() -> None:
    busy = setting("companies", "firm-0", busy=[{"start": "2027-03-02T10:59", "end": "2027-03-02T12:00"}])
    points = meeting(small(busy)).places[0].points
    assert points[:3].tolist() == [5, 8, 8]


def test_a_city_gives_its_firms_their_hours() -> None:
    hours = setting("cities", "kielce", company_hours={"tue": "17:00-20:00"})
    own = setting("companies", "firm-0", available={"thu": "09:00-11:00"})
    points = meeting(small(hours, own)).places[0].points
    assert points[:4].tolist() == [5, 3, 5, 3]  # Tuesday evening, Thursday morning, and again


def test_appeal_adds_the_slots_bonus_and_the_events() -> None:
    slots = [
        {"weekdays": ["tue", "thu"], "starts": ["09:00", "17:30"], "bonus": 1},
        {"weekdays": ["tue"], "starts": ["17:30"], "bonus": 4},
    ]
    events = [
        {"date": "2027-03-02", "title": "Match", "from": "17:30", "bonus": 2},
        {"date": "2027-03-02", "title": "Fair", "bonus": 8},
    ]
    hall = meeting(small(top(slots=slots), setting("venues", "hall", events=events))).places[0]
    assert hall.appeal[:4].tolist() == [1 + 8, 4 + 8 + 2, 1, 1]


def test_room_cost_is_what_participants_leave_unpaid() -> None:
    instance = small(
        setting("venues", "oak", minimum_spend=50, spend_per_head=6, catering_per_head="1.25"),
        setting("topics", "export", fee="2"),
    )
    venue, topic = instance.venue_by_id["oak"], instance.topic_by_id["export"]
    heads = meeting(instance).places[1].heads[:1]
    cost = room_cost(venue, topic, heads)
    assert (cost.venue[0], cost.catering[0], cost.income[0]) == (5000 - 1800, 375, 600)


def test_overtime_is_rounded_half_up() -> None:
    person = small(
        setting("people", "bea", available={"tue": "08:00-16:00"}, overtime_per_hour="10.03")
    ).person_by_id["bea"]
    assert [overtime_cost(person, minutes) for minutes in (0, 1, 30, 60)] == [0, 17, 502, 1003]


MORNING = {"tue": "08:00-10:00"}


@pytest.mark.parametrize(
    ("values", "possible", "overtime"),
    [
        ({"available": {"tue": "09:00-11:00"}}, [True, False], [0, 0]),
        ({"available": {"tue": "09:00-10:59"}}, [False, False], [0, 0]),
        ({"available": {"tue": ["08:00-10:00", "10:00-11:00"]}}, [True, False], [0, 0]),
        ({"available": MORNING, "overtime_per_hour": 10}, [True, True], [60, 120]),
        (
            {"available": MORNING, "overtime_per_hour": 10, "overtime_hours": {"tue": "10:00-11:00"}},
            [True, False],
            [60, 0],
        ),
        (
            {"available": MORNING, "overtime_per_hour": 10, "max_overtime_minutes": 60},
            [True, False],
            [60, 0],
        ),
        ({"busy": [{"start": "2027-03-02T10:59+01:00", "end": "2027-03-02T17:30"}]}, [False, True], [0, 0]),
    ],
)
def test_people_are_there_in_their_hours_or_for_overtime(
    values: dict[str, Any], possible: list[bool], overtime: list[int]
) -> None:
    instance = small(setting("people", "anna", **values))
    clock = Clock(instance.zone)
    starts = find_starts(instance, clock)[:2]
    diary = Diary(instance.person_by_id["anna"], instance.horizon, clock)
    presence = diary.presence(starts, [start.instant for start in starts], 120)
    assert presence.possible.tolist() == possible
    assert presence.overtime.tolist() == overtime


def test_a_representative_serves_only_where_the_type_is_wanted() -> None:
    extra = {"id": "ron", "name": "Ron", "institution": "uni", "roles": ["representative"]}

    def add(document: Document) -> None:
        document["people"].append(dict(extra))

    wanted = setting("cities", "kielce", coverage={"at_least": {"university": 1}})
    pin = pinned(people=[{"person": "ron"}])
    for edits, there in (((add,), False), ((add, wanted), True), ((add, pin), True)):
        assert ("ron" in {d.person.id for d in meeting(small(*edits)).duties}) is there


def test_holidays_are_no_starts_but_those_removed_are() -> None:
    easter_monday = top(
        slots=[{"weekdays": ["mon"], "starts": ["09:00"]}], holidays={"country": "PL", "add": ["2027-03-01"]}
    )
    days = {start.day.day for start in find_candidates(small(easter_monday)).starts}
    assert days == {8, 15, 22}
    removed = top(
        slots=[{"weekdays": ["mon"], "starts": ["09:00"]}],
        holidays={"country": "PL", "remove": ["2027-03-29"]},
        exclude_dates=[{"start": "2027-03-08", "end": "2027-03-15"}],
    )
    assert {start.day.day for start in find_candidates(small(removed)).starts} == {1, 22, 29}


def test_a_start_that_the_clocks_skip_is_none() -> None:
    night = top(slots=[{"weekdays": ["sun"], "starts": ["02:30", "03:00"]}])
    last = [s for s in find_candidates(small(night)).starts if s.day.day == 28]
    assert [s.minute for s in last] == [180]


def test_a_city_alone_keeps_its_own_meetings() -> None:
    def twin(document: Document) -> None:
        document["cities"].append({"id": "radom", "name": "Radom"})

    instance = small(twin)
    alone = find_candidates(instance).of(instance.cities[1:])
    assert [m.id for m in alone.meetings] == ["radom/export", "radom/loans"]
    assert alone.cities == (instance.cities[1],)
