"""Each fault of an instance is told with its place, its value and what was expected."""

# ruff: noqa: E501 - a message stands on one line, as people see it.

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetsched.errors import DataError
from meetsched.loading import load_instance
from tests.loading.conftest import TOWN, put

Load = Callable[[dict[str, Any] | str], list[str]]

BARE = "expected a date with a time, for example 2027-02-10T00:00 for the start of that day"
TYPES = "expected one of university, business_support, vocational_school, private, local_administration, eu_funds, other"

SINGLE = [
    # scalars
    ("schema", "meetsched/2", "schema: meetsched/2, expected meetsched/1 (did you mean meetsched/1?)"),
    ("id", "a b", "id: a b, expected an id of letters, digits, '-', '_' and '.'"),
    ("id", "", "id: \"\", expected an id of letters, digits, '-', '_' and '.'"),
    ("id", None, "id, a required key is missing"),
    ("horizon", None, "horizon, a required key is missing"),
    ("slots", None, "slots, a required key is missing"),
    ("people", None, "people, a required key is missing"),
    ("cities[0].name", None, "cities[0].name, a required key is missing"),
    ("topics[1].title", None, "topics[1].title, a required key is missing"),
    ("companies[0].id", "x y", "companies[0].id: x y, expected an id of letters, digits, '-', '_' and '.'"),
    ("cities[0].budget", "-5", "cities[0].budget: -5, expected 0.00 or more"),
    ("cities[0].budget", "12,50", "cities[0].budget: 12,50, expected an amount such as 12.50"),
    ("cities[0].budget", "0.005", "cities[0].budget: 0.005, expected an amount with at most two decimals"),
    (
        "cities[0].budget",
        "1e-999999",
        "cities[0].budget: 1e-999999, expected an amount with at most two decimals",
    ),
    (
        "cities[0].budget",
        "1e999999999",
        "cities[0].budget: 1e999999999, expected an amount below ten thousand million",
    ),
    ("cities[0].budget", "NaN", "cities[0].budget: NaN, expected an amount such as 12.50"),
    ("cities[0].budget", "1_000", "cities[0].budget: 1_000, expected an amount such as 12.50"),
    ("cities[0].reserved_seats", "-1", "cities[0].reserved_seats: -1, expected a whole number, 0 or more"),
    ("cities[0].min_days_between", "0", "cities[0].min_days_between: 0, expected a whole number, 1 or more"),
    ("topics[0].minutes", "1.5", "topics[0].minutes: 1.5, expected a whole number"),
    (
        "topics[0].minutes",
        "9" * 30,
        f"topics[0].minutes: {'9' * 30}, expected a whole number, 1000000000 at most",
    ),
    ("topics[0].open", "yes", "topics[0].open: yes, expected true or false"),
    (
        "timezone",
        "Europe/Warschau",
        "timezone: Europe/Warschau, expected a time zone name such as Europe/Warsaw (did you mean Europe/Warsaw?)",
    ),
    ("timezone", "Factory", "timezone: Factory, expected a time zone name such as Europe/Warsaw"),
    (
        "timezone",
        "right/Europe/Warsaw",
        "timezone: right/Europe/Warsaw, expected a time zone name such as Europe/Warsaw (did you mean Europe/Warsaw?)",
    ),
    ("topics[0].title", "", 'topics[0].title: "", expected a text that is not blank'),
    ("currency", "euro", "currency: euro, expected a currency code such as EUR"),
    ("slots[0].starts[0]", "24:00", "slots[0].starts[0]: 24:00, expected a time of day such as 17:30"),
    (
        "slots[0].weekdays[1]",
        "Tuesday",
        "slots[0].weekdays[1]: Tuesday, expected one of mon, tue, wed, thu, fri, sat, sun (did you mean tue?)",
    ),
    ("slots[0].weekdays", "mon", "slots[0].weekdays: mon, expected a list"),
    (
        "cities[0].company_hours.mon",
        "9-12",
        "cities[0].company_hours.mon: 9-12, expected a window such as 08:00-16:00",
    ),
    (
        "cities[0].company_hours.tue[1]",
        "16:00-15:00",
        "cities[0].company_hours.tue[1]: 16:00-15:00, expected a window that ends after it starts",
    ),
    (
        "topics[1].earliest",
        "2027-02-30",
        "topics[1].earliest: 2027-02-30, expected a date such as 2027-01-31",
    ),
    ("venues[0].closed[0].start", "2027-02-10", f"venues[0].closed[0].start: 2027-02-10, {BARE}"),
    (
        "people[0].busy[0].end",
        "20270220",
        "people[0].busy[0].end: 20270220, expected a date with a time, for example 2027-01-31T17:30",
    ),
    ("companies[0].interests.export", "4", "companies[0].interests.export: 4, expected 1, 2 or 3"),
    ("objectives[2].give", "1.5", "objectives[2].give: 1.5, expected a share from 0 to 1, for example 0.02"),
    # names to choose from
    (
        "people[0].roles[0]",
        "expertt",
        "people[0].roles[0]: expertt, expected one of expert, representative, host, broker, presenter (did you mean expert?)",
    ),
    ("institutions[0].type", "Hochschule", f"institutions[0].type: Hochschule, {TYPES}"),
    (
        "cities[0].formats.talkk",
        "1",
        "cities[0].formats.talkk: 1, unknown key, expected one of talk, discussion, group_work, club (did you mean talk?)",
    ),
    (
        "cities[0].company_hours.monday",
        "08:00-09:00",
        "cities[0].company_hours.monday: 08:00-09:00, unknown key, expected one of mon, tue, wed, thu, fri, sat, sun (did you mean mon?)",
    ),
    (
        "objectives[0]",
        "ponts",
        "objectives[0]: ponts, expected one of disruption, balance, points, cost, appeal, effort (did you mean points?)",
    ),
    # shapes
    ("venues", {"a": "b"}, "venues: {a: b}, expected a list"),
    ("venues[1]", "pub", "venues[1]: pub, expected keys with values"),
    ("companies[0].interests", ["export"], "companies[0].interests: [export], expected keys with values"),
    ("topics[1].cities", "kielce", "topics[1].cities: kielce, expected a list of ids, or all"),
    ("topics[1].cities", {"kielce": "1"}, "topics[1].cities: {kielce: 1}, expected a list of ids, or all"),
    (
        "topics[1].cities[0]",
        "k k",
        "topics[1].cities[0]: k k, expected an id of letters, digits, '-', '_' and '.'",
    ),
    # unknown keys
    ("cities[0].budgett", "5", "cities[0].budgett: 5, unknown key (did you mean budget?)"),
    ("horizon.x", "5", "horizon.x: 5, unknown key (known keys are start, end, why)"),
    ("venues[0].events[0].form", "5", "venues[0].events[0].form: 5, unknown key (did you mean from?)"),
    ("cities[0].two words", "5", 'cities[0]["two words"]: 5, unknown key'),
    ("cities[0].crew.expert", "1", "cities[0].crew.expert: 1, unknown key"),
    # several keys of one entry
    (
        "cities[0].meetings_per_month.max",
        "0",
        "cities[0].meetings_per_month: {min: 1, max: 0}, expected a max that is not below min",
    ),
    (
        "exclude_dates[0].end",
        "2027-01-31",
        "exclude_dates[0]: {start: 2027-02-01, end: 2027-01-31, why: winter break}, expected an end that is not before its start",
    ),
    (
        "horizon.end",
        "2026-12-31",
        "horizon: {start: 2027-01-01, end: 2026-12-31}, expected an end that is not before its start",
    ),
    ("venues[0].institution", None, "venues[0], expected an institution, since the venue is public"),
    (
        "venues[1].host_required",
        "true",
        "venues[1], expected an institution, since the venue requires a host",
    ),
    ("people[0].available", None, "people[0], expected an `available` table, since overtime has a price"),
    (
        "people[0].overtime_per_hour",
        None,
        "people[0], expected an `overtime_per_hour`, since overtime minutes are limited",
    ),
]


@pytest.mark.parametrize(("path", "value", "message"), SINGLE, ids=lambda value: str(value)[:40])
def test_single_fault(path: str, value: Any, message: str, town: dict[str, Any], faults_of: Load) -> None:
    steps = path.rpartition(".")
    if " " in steps[2]:
        town["cities"][0][steps[2]] = value
    else:
        put(town, path, value)
    told = faults_of(town)
    assert len(told) == 1
    assert told[0].startswith(message) if "unknown key" in message else told[0] == message


REFERENCES = [
    ("cities[0].held_before[0]", "basic", "unknown topic (did you mean basics?)"),
    ("institutions[0].city", "Kielce", "unknown city (did you mean kielce?)"),
    ("topics[1].after[0]", "zzz", "unknown topic"),
    ("topics[1].cities[0]", "0102", "unknown city (did you mean 0101?)"),
    ("venues[0].institution", "hall-3", "unknown institution (did you mean hall-2?)"),
    ("venues[0].city", "zzz", "unknown city"),
    ("people[0].institution", "unii", "unknown institution (did you mean uni?)"),
    ("companies[0].city", "zzz", "unknown city"),
    ("pins[0].city", "zzz", "unknown city"),
    ("pins[0].topic", "exports", "unknown topic (did you mean export?)"),
    ("pins[0].venue", "zzz", "unknown venue"),
    ("pins[0].people[0].person", "anna_k", "unknown person (did you mean anna-k?)"),
]


@pytest.mark.parametrize(("path", "value", "expected"), REFERENCES)
def test_unknown_id(path: str, value: str, expected: str, town: dict[str, Any], faults_of: Load) -> None:
    put(town, path, value)
    assert f"{path}: {value}, {expected}" in faults_of(town)


@pytest.mark.parametrize("table", ["venues[0].quota", "people[0].travel", "companies[0].interests"])
def test_unknown_id_as_a_key(table: str, town: dict[str, Any], faults_of: Load) -> None:
    put(town, f"{table}.zzz", "1")
    name = "topic" if "interests" in table else "city"
    assert faults_of(town) == [f"{table}.zzz: 1, unknown {name}"]


@pytest.mark.parametrize("where", ["people[0].cities", "companies[0].cities", "venues[0].open_to"])
def test_unknown_id_in_a_list(where: str, town: dict[str, Any], faults_of: Load) -> None:
    put(town, where, ["kielce", "zzz"])
    assert faults_of(town) == [f"{where}[1]: zzz, unknown city"]


@pytest.mark.parametrize("name", ["cities", "institutions", "topics", "venues", "people", "companies"])
def test_id_twice(name: str, town: dict[str, Any], faults_of: Load) -> None:
    town[name].append(dict(town[name][0]))
    last = len(town[name]) - 1
    identity = town[name][0]["id"]
    told = faults_of(town)
    assert len(told) == 1
    assert told[0].startswith(
        f"{name}[{last}].id: {identity}, this id stands here twice, first at {name}[0].id on line "
    )


def test_id_twice_in_a_list_of_ids(town: dict[str, Any], faults_of: Load) -> None:
    put(town, "venues[0].open_to", ["kielce", "kielce"])
    told = faults_of(town)
    assert len(told) == 1
    assert told[0].startswith(
        "venues[0].open_to[1]: kielce, this id stands here twice, first at venues[0].open_to[0]"
    )


TOGETHER = [
    (
        {"topics[1].latest": "2027-01-09"},
        "topics[1].latest: 2027-01-09, expected a date that is not before earliest, 2027-01-10",
    ),
    (
        {"topics[1].max_participants": "1"},
        "topics[1].max_participants: 1, expected no less than min_participants, 2",
    ),
    (
        {"topics[0].max_participants": "0"},
        "topics[0].max_participants: 0, expected no less than min_participants, 1",
    ),
    (
        {"topics[0].after": ["export"]},
        "topics[0].after: [export], expected no circle, each of these comes after the next: basics → export → basics",
    ),
    (
        {"topics[0].after": ["basics"]},
        "topics[0].after: [basics], expected no circle, each of these comes after the next: basics → basics",
    ),
    ({"objectives[1]": "points"}, "objectives[2].tier: points, this tier is named twice"),
    ({"horizon.end": "2030-02-01"}, "horizon.end: 2030-02-01, expected a horizon of at most three years"),
    ({"horizon.start": "0001-01-01"}, "horizon.start: 0001-01-01, expected a year from 1970 to 2199"),
    ({"horizon.end": "9999-12-31"}, "horizon.end: 9999-12-31, expected a year from 1970 to 2199"),
    (
        {"people[0].busy[0].end": "9999-12-31T00:00"},
        "people[0].busy[0].end: 9999-12-31T00:00, expected a year from 1970 to 2199",
    ),
    (
        {"people[0].busy[0].end": "2027-02-15T00:00"},
        "people[0].busy[0].end: 2027-02-15T00:00, expected an end after the start, 2027-02-15T00:00",
    ),
    (
        {"venues[0].closed[0].end": "2027-02-10T07:00Z"},
        "venues[0].closed[0].end: 2027-02-10T07:00Z, expected an end after the start, 2027-02-10T08:00",
    ),
    (
        {"companies[0].busy[0].end": "2027-01-11T08:59"},
        "companies[0].busy[0].end: 2027-01-11T08:59, expected an end after the start, 2027-01-11T09:00",
    ),
    (
        {"holidays.country": "PLX"},
        "holidays.country: PLX, expected a country code such as PL (did you mean PL?)",
    ),
    (
        {"holidays.country": None, "holidays.subdivision": "26"},
        "holidays.subdivision: 26, expected a country, too",
    ),
    (
        {"holidays.country": "DE", "holidays.subdivision": "Bavern"},
        "holidays.subdivision: Bavern, expected one of BB, BE, BW, BY, HB, HE, HH, MV, NI, NW, RP, SH, SL, SN, ST, TH, Augsburg (did you mean Bayern?)",
    ),
    (
        {"holidays.country": "HolidayBase"},
        "holidays.country: HolidayBase, expected a country code such as PL",
    ),
]


@pytest.mark.parametrize(("changes", "message"), TOGETHER, ids=lambda value: str(value)[:50])
def test_values_that_do_not_go_together(
    changes: dict[str, Any], message: str, town: dict[str, Any], faults_of: Load
) -> None:
    for path, value in changes.items():
        put(town, path, value)
    assert faults_of(town) == [message]


def test_no_cities(town: dict[str, Any], faults_of: Load) -> None:
    put(town, "cities", [])
    assert "cities: [], expected at least one city" in faults_of(town)


def test_intervals_are_compared_in_absolute_time(town: dict[str, Any], faults_of: Load) -> None:
    """The clock goes back on 2026-10-25: from 02:30 summer time to 02:15 winter time is forward."""
    busy = {"start": "2026-10-25T02:30+02:00", "end": "2026-10-25T02:15+01:00"}
    put(town, "people[0].busy", [busy])
    assert faults_of(town) == []
    put(town, "people[0].busy", [{"start": busy["end"], "end": busy["start"]}])
    assert len(faults_of(town)) == 1


def test_a_key_is_misspelt_once(town: dict[str, Any], faults_of: Load) -> None:
    """Neither told as unknown and as missing, nor hiding another key that is missing."""
    topic = town["topics"][0]
    topic["titel"] = topic.pop("title")
    del topic["minutes"]
    assert faults_of(town) == [
        "topics[0].minutes, a required key is missing",
        "topics[0].titel: Basics, unknown key (did you mean title?)",
    ]


def test_all_faults_are_told_in_the_order_of_the_file(town: dict[str, Any], faults_of: Load) -> None:
    put(town, "companies[0].city", "zzz")
    put(town, "venues[0].capacity", "many")
    put(town, "topics[1].latest", "2026-01-01")
    put(town, "cities[0].budget", "-5")
    put(town, "topics[1].mintues", "5")
    put(town, "people[3].id", "anna-k")
    assert [fault.split(":")[0].split(",")[0] for fault in faults_of(town)] == [
        "cities[0].budget",
        "topics[1].latest",
        "topics[1].mintues",
        "venues[0].capacity",
        "people[3].id",
        "companies[0].city",
    ]


def test_a_missing_list_is_one_fault(town: dict[str, Any], faults_of: Load) -> None:
    """Ids that name its entries are not told as unknown, too."""
    del town["cities"]
    assert faults_of(town) == ["cities, a required key is missing"]


def test_exact_words_with_file_and_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("town.yaml").write_text(TOWN.replace("budget: 1200.50", "budget: -5"), encoding="utf-8")
    line = TOWN.split("budget: 1200.50")[0].count("\n") + 1
    with pytest.raises(DataError) as caught:
        load_instance(Path("town.yaml"))
    assert str(caught.value) == f"town.yaml:{line}: cities[0].budget: -5, expected 0.00 or more"


def test_long_values_are_cut(town: dict[str, Any], faults_of: Load) -> None:
    put(town, "cities[0].budget", "ten\nthousand" * 100)
    (fault,) = faults_of(town)
    assert "\n" not in fault
    assert len(fault) < 150


HIDDEN = [
    (
        {"venues[0].institution": None, "venues[0].capacity": "-1"},
        [
            "venues[0], expected an institution, since the venue is public",
            "venues[0].capacity: -1, expected a whole number, 0 or more",
        ],
    ),
    (
        {"venues[0].institution": None, "venues[0].capacity": None},
        [
            "venues[0], expected an institution, since the venue is public",
            "venues[0].capacity, a required key is missing",
        ],
    ),
    (
        {"venues[0].institution": None, "venues[0].closed[0].end": "x"},
        [
            "venues[0], expected an institution, since the venue is public",
            "venues[0].closed[0].end: x, expected a date with a time, for example 2027-01-31T17:30",
        ],
    ),
    (
        {"people[0].available": None, "people[0].fee": "x"},
        [
            "people[0], expected an `available` table, since overtime has a price",
            "people[0].fee: x, expected an amount such as 12.50",
        ],
    ),
    # The broken value itself may be what is missed.
    ({"people[0].available.mon": "x"}, ["people[0].available.mon: x, expected a window such as 08:00-16:00"]),
    (
        {"venues[0].institution": None, "venues[0].instituton": "hall"},
        ["venues[0].instituton: hall, unknown key (did you mean institution?)"],
    ),
    (
        {"venues[0].kind": "Public", "venues[0].institution": None, "venues[0].host_required": None},
        ["venues[0].kind: Public, expected one of public, pub, private (did you mean public?)"],
    ),
]


@pytest.mark.parametrize(("changes", "messages"), HIDDEN, ids=lambda value: str(value)[:60])
def test_one_fault_of_an_entry_does_not_hide_another(
    changes: dict[str, Any], messages: list[str], town: dict[str, Any], faults_of: Load
) -> None:
    for path, value in changes.items():
        put(town, path, value)
    assert faults_of(town) == messages
