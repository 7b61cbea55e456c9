"""Chance: what kind of tiny instance is made, and how its keys are drawn."""

from datetime import date, timedelta
from random import Random
from typing import Any

Table = dict[str, Any]

WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
FOCUSES = [
    *["max_outside_experts", "max_overtime_minutes", "max_uses", "equipment"] * 3,
    *["max_uses_per_venue", "max_away_meetings", "after", "max_meetings", "hours"] * 2,
    *["each_meeting", "person_gap_minutes", "host_required", "quota"] * 2,
    *["budget", "open_to", "turnaround_minutes", "pub_meetings", "open_meetings_per_month"],
]
"""Keys that bind seldom unless an instance has much of one."""
COMMON_FOCUSES = ["max_away_meetings", "person_gap_minutes", "open_to", "max_uses"]
"""Those that matter most where two cities have several rooms in common."""

HORIZONS = [
    ("2027-02-01", "2027-02-28"),  # one whole month
    ("2027-02-01", "2027-02-28"),
    ("2027-02-03", "2027-02-26"),  # a part of one
    ("2027-02-01", "2027-03-12"),  # one and a part
    ("2027-03-01", "2027-03-31"),  # one with Easter on the day of the change of clocks
    ("2027-02-01", "2027-03-31"),  # two
    ("2027-04-20", "2027-05-31"),  # a part and one with the May holidays
    ("2027-03-20", "2027-04-10"),  # two parts around Easter and the change of clocks
    ("2026-12-21", "2027-01-31"),  # a part and one around the turn of the year
    ("2027-10-01", "2027-10-31"),  # an hour that comes twice
]


class Draw:
    """The character of one instance, and the means to draw its keys."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._focus = random.choice(FOCUSES)
        self._cities = ["aa", "bb"][
            : 1
            + (self._focus in COMMON_FOCUSES or (self._focus != "max_uses_per_venue" and self._chance(0.5)))
        ]
        self._contest = len(self._cities) == 2 and self._focus not in COMMON_FOCUSES and self._chance(0.65)
        """Whether both cities want the same few rooms at the same few times."""
        self._harshness = 0.05 if self._contest else random.choice([0.1, 0.2, 0.45])
        self._number_of_venues = 1 if self._contest else random.choice([1, 2, 2, 3])
        self._topics = [
            f"t{number}"
            for number in range(random.choice([2, 3, 3] if len(self._cities) == 2 else [3, 3, 4]))
        ]
        self._institutions: list[Table] = []
        self._slots: list[Table] = []
        start, end = random.choice(HORIZONS)
        self._start, self._end = date.fromisoformat(start), date.fromisoformat(end)

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def _some(self, entry: Table, key: str, share: float, *values: Any) -> None:
        """Give the entry one of the values under the key, or leave it out."""
        if self._chance(share):
            entry[key] = self._random.choice(values)

    def _limit(self, entry: Table, key: str, share: float, *values: Any) -> None:
        """Do so with a demand or a limit: harsh instances have more of them, all have much of one."""
        self._some(entry, key, 0.7 if key == self._focus else share * self._harshness, *values)

    def _day(self) -> str:
        """Return a date, most often one on which a meeting may start."""
        weekdays = {weekday for rule in self._slots for weekday in rule["weekdays"]}
        days = [self._start + timedelta(days=offset) for offset in range((self._end - self._start).days + 1)]
        likely = [day for day in days if WEEKDAYS[day.weekday()] in weekdays]
        return self._random.choice(likely or days).isoformat()

    def _subset(self, values: list[str], least: int = 1) -> list[str]:
        chosen = self._random.sample(values, self._random.randint(min(least, len(values)), len(values)))
        return sorted(chosen)

    def _table(self, *windows: str) -> Table:
        """Return a weekly table, most often with the weekdays on which meetings start."""
        likely = {weekday for rule in self._slots for weekday in rule["weekdays"]}
        listed = [day for day in WEEKDAYS if self._chance(0.9 if day in likely else 0.3)] or ["mon"]
        return {day: [self._random.choice(windows)] for day in listed}

    def _interval(self) -> Table:
        """Return most of a day, in local time or with an offset."""
        day = self._day()
        start, end = self._random.choice([("00:00", "23:00"), ("08:00", "14:00"), ("16:00", "22:00")])
        offset = self._random.choice(["", "", "+01:00", "Z"])
        return {"start": f"{day}T{start}{offset}", "end": f"{day}T{end}{offset}", "why": "private"}
