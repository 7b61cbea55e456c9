"""What is odd but not wrong is told as a warning, and nothing else is."""

# ruff: noqa: E501 - a message stands on one line, as people see it.

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.loading.conftest import put

Load = Callable[[dict[str, Any]], list[str]]


def test_nothing_is_odd_in_the_town(town: dict[str, Any], faults_of: Load) -> None:
    assert faults_of(town) == []


@pytest.mark.parametrize(
    ("changes", "warnings"),
    [
        # words of one side
        ({"people[0].expertise[1]": "EU funds"}, [
            "topics[1].expertise[1]: eu-funds, nobody has this expertise, so the topic cannot be held (did you mean EU funds?)",
            "people[0].expertise[1]: EU funds, no topic asks for this expertise (did you mean eu-funds?)",
        ]),
        ({"venues[1].equipment": ["piano"]}, ["venues[1].equipment[0]: piano, no topic needs this equipment"]),
        ({"topics[0].equipment": ["Projektor"]}, ["topics[0].equipment[0]: Projektor, no venue has this equipment, so the topic cannot be held (did you mean projector?)"]),
        ({"companies[0].needs": ["Bread", "salt"]}, ["companies[0].needs[0]: Bread, no company offers this (did you mean bread?)"]),
        # topics
        ({"topics[0].demand": None, "companies[0].interests.basics": None}, ["topics[0].id: basics, nobody asks for this topic"]),
        ({"topics[0].demand": None, "companies[0].interests.basics": None, "topics[0].required": "true"}, ["topics[0].id: basics, nobody asks for this topic, yet it is required"]),
        ({"topics[1].min_participants": "5"}, ["topics[1].min_participants: 5, too few ask for export: in no city more than 4"]),
        ({"topics[1].open": "false", "companies[0].candidate": "true"}, ["topics[1].id: export, nobody asks for this topic"]),
        ({"topics[1].latest": None, "topics[1].earliest": "2027-04-01"}, ["topics[1].earliest: 2027-04-01, after the horizon, so it cannot be held"]),
        ({"topics[1].earliest": None, "topics[1].latest": "2026-12-31"}, ["topics[1].latest: 2026-12-31, before the horizon, so it cannot be held"]),
        # rooms
        ({"topics[1].min_participants": "36", "topics[1].max_participants": "50", "topics[1].walk_in": "50"}, ["topics[1].min_participants: 36, no venue has so many seats for export in kielce"]),
        ({"topics[1].min_participants": "35", "topics[1].max_participants": "50", "topics[1].walk_in": "50"}, []),
        ({"cities[0].reserved_seats": "39", "topics[0].min_participants": "0"}, ["topics[1].min_participants: 2, no venue has so many seats for export in kielce"]),
        ({"venues[0].open_to": ["kielce"]}, ["cities[1].id: 0101, no venue is open to this city"]),
        ({"topics[0].equipment": ["projector", "screen"], "venues[1].equipment": ["screen"]}, ["topics[0].equipment: [projector, screen], no venue has all of this for basics in kielce, 0101"]),
        # people
        ({"cities[1].crew": {"broker": "3"}}, ["cities[1].crew.broker: 3, 0101 needs 3 at each meeting, but has 1"]),
        ({"people[2].roles": ["broker"]}, ["cities[1].crew.presenter, 0101 needs 1 at each meeting, but has 0 from a local_administration"]),
        ({"people[5].roles": ["host"], "venues[1].institution": "school", "venues[1].host_required": "true"}, ["cities[1].coverage.at_least.vocational_school, no expert or representative of this type is on duty in 0101"]),
        ({"cities[0].coverage.each_meeting": ["eu_funds"]}, ["cities[0].coverage.each_meeting[0]: eu_funds, no expert or representative of this type is on duty in kielce"]),
        ({"cities[0].coverage.at_least": {"eu_funds": "0"}}, []),
        ({"people[0].roles": ["representative"]}, [
            "pins[0].people[0].role: expert, this is not one of anna-k's roles",
            "topics[1].expertise[0]: trade, no expert with this tag is on duty in any city",
            "topics[1].expertise[1]: eu-funds, no expert with this tag is on duty in any city",
        ]),
        ({"topics[1].cities": "all"}, [
            "topics[1].expertise[0]: trade, no expert with this tag is on duty in 0101",
            "topics[1].expertise[1]: eu-funds, no expert with this tag is on duty in 0101",
        ]),
        ({"people[7].roles": []}, ["cities[1].coverage.at_least.university, no expert or representative of this type is on duty in 0101", "people[7].roles: [], ha can never be on duty: they have no role"]),
        ({"people[3].roles": ["host"], "people[3].institution": "hub"}, ["people[3].roles: [host], di can never be on duty: no venue of their institution requires a host"]),
        ({"people[6].roles": ["representative", "presenter"]}, ["people[6].roles: [representative, presenter], gi can never present: presenters work for a local_administration"]),
        # dates and times
        ({"exclude_dates[0].start": "2026-02-01", "exclude_dates[0].end": "2026-02-06"}, ["exclude_dates[0]: {start: 2026-02-01, end: 2026-02-06, why: winter break}, these dates lie outside the horizon"]),
        ({"venues[0].events[0].date": "2028-03-02"}, ["venues[0].events[0].date: 2028-03-02, this date lies outside the horizon"]),
        ({"slots[1].starts[0]": "02:30"}, ["slots[1].starts[0]: 02:30, the change of clocks skips this start on 2027-03-28"]),
        ({"slots[0].starts[0]": "02:30"}, []),
        ({"slots[1].starts[0]": "01:59"}, []),
        ({"people[0].available": {}}, ["people[0].available: {}, an empty table means never; leave it out for always"]),
        ({"venues[1].hours": {"mon": []}}, ["venues[1].hours, an empty table means never; leave it out for always"]),
        ({"slots": []}, ["slots: [], an empty list, so no meeting can be held"]),
        # pins
        ({"pins[0].date": "2027-04-02"}, ["pins[0].date: 2027-04-02, this date lies outside the horizon"]),
        ({"pins[0].city": "0101"}, ["pins[0].topic: export, this topic is not one of 0101's", "pins[0].people[0].person: anna-k, this person is not on duty in 0101"]),
        ({"pins[0].venue": "pub", "venues[1].open_to": ["0101"]}, ["pins[0].venue: pub, this venue is not open to kielce"]),
        ({"pins[0].people[0].role": "broker"}, ["pins[0].people[0].role: broker, this is not one of anna-k's roles"]),
        ({"pins[0].held": "false"}, ["pins[0], with held: false only city and topic count"]),
        ({"pins": [{"city": "kielce", "topic": "export", "held": "false"}]}, []),
    ],
    ids=lambda value: str(value)[:60],
)  # fmt: skip
def test_warning(changes: dict[str, Any], warnings: list[str], town: dict[str, Any], faults_of: Load) -> None:
    for path, value in changes.items():
        put(town, path, value)
    assert faults_of(town) == warnings
