"""Plans changed at random: what the verifier tells of them is what plain arithmetic on the day expects.

The two towns' meetings are moved in time and between rooms, and people are swapped. For the rules
that a few lines can decide, the expectation here is worked out from hours on the wall, without any
of the verifier's code; a plan that is told to be whole must be whole by each of them.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from meetsched.rules import Rule
from tests.verify.towns import (
    EXPORT,
    INSTANCE,
    LOANS,
    PLAN,
    RADOM,
    TRADE,
    Document,
    check,
    edited,
    entry,
    meeting,
    restate,
)

WARSAW = ZoneInfo("Europe/Warsaw")
MEETINGS = [EXPORT, RADOM, LOANS, TRADE]
MINUTES = {EXPORT: 120, RADOM: 120, LOANS: 90, TRADE: 60}
CLOCKS_CHANGE = date(2027, 3, 28)
HOLIDAYS = {date(2027, 3, 19), CLOCKS_CHANGE}
SLOT_HOURS = {0: (540, 1050), 1: (540, 1050), 2: (540, 1050), 3: (540, 1050), 6: (90, 1350)}
"""Minutes since midnight at which meetings may start, by weekday."""
DAYS = st.dates(date(2027, 2, 26), date(2027, 4, 18))
HOURS = st.one_of(st.sampled_from([90, 540, 1050, 1350]), st.integers(0, 47).map(lambda half: half * 30))


def broken(town: Document, plan: Document, name: str) -> set[str]:
    """Return the rules that a meeting is told to break."""
    report = check(town, plan)
    return {str(violation.rule) for violation in report.violations if name in violation.meetings}


def restated(mutate: object) -> tuple[Document, Document]:
    town, plan = edited()
    mutate(plan)  # type: ignore[operator]
    restate(town, plan)
    return town, plan


def start_at(plan: Document, name: str, day: date, minute: int) -> None:
    start = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=WARSAW)
    moved = meeting(plan, name)
    moved["start"] = start.isoformat()
    moved["end"] = (start.astimezone(ZoneInfo("UTC")) + timedelta(minutes=MINUTES[name])).isoformat()


def is_slot(day: date, minute: int, length: int) -> bool:
    excluded = day in HOLIDAYS or date(2027, 4, 5) <= day <= date(2027, 4, 6)
    planned = date(2027, 3, 1) <= day <= date(2027, 4, 15)
    hours = SLOT_HOURS.get(day.weekday(), ())
    return planned and not excluded and minute in hours and minute + length <= 1440


def is_open(day: date, minute: int, length: int) -> bool:
    """Whether the reading room is: Tuesdays 8:00-19:30, Thursdays 8:00-20:00, 8 April to 18:30."""
    closing = {1: 1170, 3: 1110 if day == date(2027, 4, 8) else 1200}.get(day.weekday(), 0)
    return minute >= 480 and minute + length <= closing


def anna_works(day: date, minute: int, length: int) -> bool:
    """Whether Anna can: Tuesday to Thursday 7:00-21:00 with overtime, but busy on 2 March from 16:00."""
    busy = day == date(2027, 3, 2) and minute < 1050 and minute + length > 960
    return day.weekday() in (1, 2, 3) and minute >= 420 and minute + length <= 1260 and not busy


def rules_of_start(name: str, day: date, minute: int) -> dict[Rule, bool]:
    """Tell for some rules whether a meeting's start breaks them, in the venue that it has."""
    length, city = MINUTES[name], meeting(PLAN, name)["city"]
    others = [each for each in PLAN["meetings"] if each["city"] == city and each["id"] != name]
    dates = [datetime.fromisoformat(each["start"]).date() for each in others]
    return {
        Rule.SLOT: not is_slot(day, minute, length),
        Rule.SPACING: any(abs((day - other).days) < 15 for other in dates),
        Rule.TOPIC_WINDOW: (name == TRADE and day < date(2027, 4, 8))
        or (name == LOANS and day > date(2027, 3, 17)),
        Rule.VENUE_HOURS: name in (EXPORT, TRADE) and not is_open(day, minute, length),
        Rule.PERSON_AVAILABLE: name != RADOM and not anna_works(day, minute, length),
    }


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(MEETINGS), DAYS, HOURS)
def test_another_start(name: str, day: date, minute: int) -> None:
    assume(day != CLOCKS_CHANGE)
    town, plan = restated(lambda plan: start_at(plan, name, day, minute))
    found, expected = broken(town, plan, name), rules_of_start(name, day, minute)
    assert {rule: rule in found for rule in expected} == expected


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(MEETINGS), DAYS, HOURS)
def test_a_start_that_is_not_told_is_harmless(name: str, day: date, minute: int) -> None:
    assume(day != CLOCKS_CHANGE)
    town, plan = edited()
    start_at(plan, name, day, minute)
    if check(town, plan).holds:
        assert not any(rules_of_start(name, day, minute).values())


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(MEETINGS), st.sampled_from(["reading-room", "oak", "hall"]))
def test_another_venue(name: str, venue: str) -> None:
    town, plan = restated(lambda plan: meeting(plan, name).update(venue=venue))
    found = broken(town, plan, name)
    city = name.split("/", maxsplit=1)[0]
    day = datetime.fromisoformat(meeting(plan, name)["start"]).weekday()
    expected = {
        Rule.VENUE_ACCESS: entry(town, "venues", venue)["city"] != city,
        Rule.VENUE_EQUIPMENT: "export" in name and venue == "oak",
        Rule.VENUE_HOURS: venue == "reading-room" and day not in (1, 3),
        Rule.HOST: (venue == "reading-room") != (name in (EXPORT, TRADE)),
    }
    assert {rule: rule in found for rule in expected} == expected


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(MEETINGS), st.data())
def test_a_person_dropped(name: str, data: st.DataObject) -> None:
    listed = meeting(PLAN, name)["people"]
    dropped = data.draw(st.sampled_from(listed))
    town, plan = restated(lambda plan: meeting(plan, name)["people"].remove(dropped))
    expected = {
        "expert": {Rule.EXPERTISE},
        "broker": {Rule.CREW},
        "presenter": {Rule.CREW},
        "host": {Rule.HOST},
        "representative": {Rule.COVERAGE_MEETING} if name == TRADE else {Rule.COVERAGE_HORIZON},
    }[dropped["role"]]
    report = check(town, plan)
    assert expected <= {violation.rule for violation in report.violations}


ROLES = ["expert", "representative", "host", "broker", "presenter"]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(MEETINGS), st.data())
def test_somebody_else_or_in_another_role(name: str, data: st.DataObject) -> None:
    listed = meeting(PLAN, name)["people"]
    index = data.draw(st.integers(0, len(listed) - 1))
    substitute = data.draw(st.sampled_from([each["id"] for each in INSTANCE["people"]]))
    role = data.draw(st.sampled_from(ROLES))
    assume(listed[index] != {"person": substitute, "role": role})

    def swap(plan: Document) -> None:
        meeting(plan, name)["people"][index] = {"person": substitute, "role": role}

    town, plan = restated(swap)
    report = check(town, plan)
    # Ben knows finance, so at Loans he may be an expert instead; nobody else can step in for anybody.
    assert report.holds == (
        (listed[index]["person"], substitute, role, name) == ("ben", "ben", "expert", LOANS)
    )
    found = broken(town, plan, name)
    assert (Rule.PERSON_ROLE in found) == (role not in entry(INSTANCE, "people", substitute)["roles"])
    others = [duty["person"] for place, duty in enumerate(listed) if place != index]
    assert (Rule.PERSON_ONE_ROLE in found) == (substitute in others)
