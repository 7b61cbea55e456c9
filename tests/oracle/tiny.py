"""Random tiny instances, the same for the same seed, in which every rule has something to say.

The numbers are small enough for exhaustive search and the chances are tuned so that most instances
have a plan and yet each rule decides the outcome of some of them.
"""

from datetime import timedelta
from random import Random
from typing import Any

from meetsched.domain.instance import Instance
from tests.oracle.draw import WEEKDAYS, Draw, Table

TYPES = [
    "university",
    "business_support",
    "vocational_school",
    "private",
    "local_administration",
    "eu_funds",
    "other",
]
TAGS = ["law", "tax"]
ITEMS = ["projector", "flipchart"]
TIERS = ["disruption", "balance", "points", "cost", "appeal", "effort"]
MOST_STARTS = {1: 7, 2: 5, 3: 4}
"""How many starts are left, by the number of venues: enough to choose from, few enough to try all."""


def tiny(seed: int) -> Instance:
    """Return the random instance of a seed."""
    return Instance.model_validate(document(seed))


def document(seed: int) -> Table:
    """Return the random instance of a seed as a document of schema ``meetsched/1``."""
    return _Maker(Random(seed)).document(seed)


class _Maker(Draw):
    """Makes one instance."""

    def document(self, seed: int) -> Table:
        whole: Table = {
            "schema": "meetsched/1",
            "id": f"tiny-{seed}",
            "horizon": {"start": self._start.isoformat(), "end": self._end.isoformat()},
            "timezone": "Europe/Warsaw",
            "slots": self._draw_slots(),
        }
        self._calendar(whole)
        self._some(whole, "person_gap_minutes", 0.5, 0, 30, 300)
        if self._focus == "person_gap_minutes":
            whole["person_gap_minutes"] = self._random.choice([300, 60 * 24 * 5, 60 * 24 * 10])
        self._some(whole, "objectives", 0.4, self._objectives())
        whole["institutions"] = self._draw_institutions()
        whole["cities"] = [self._city(city) for city in self._cities]
        whole["topics"] = [self._topic(topic) for topic in self._topics]
        whole["venues"] = [self._venue(number) for number in range(self._number_of_venues)]
        whole["people"] = self._people()
        whole["companies"] = [self._company(number) for number in range(self._random.randint(2, 6))]
        if self._chance(0.5 * self._harshness):
            whole["pins"] = [self._pin(whole) for _ in range(self._random.randint(1, 2))]
        return whole

    def _draw_slots(self) -> list[Table]:
        weekdays = self._random.sample(WEEKDAYS[:5], 2)
        if self._start.month in (3, 10) and self._chance(0.5):
            weekdays = ["sun", self._random.choice(WEEKDAYS[:6])]
        starts = self._random.choice([["17:30"], ["09:00", "17:30"], ["18:00"], ["10:00"], ["22:30"]])
        self._slots = [{"weekdays": weekdays[:1], "starts": starts}]
        if self._chance(0.6):
            late = self._random.choice(["17:30", "16:00", "14:00"])
            self._slots.append({"weekdays": weekdays, "starts": [late], "bonus": self._random.randint(0, 2)})
        if "sun" in weekdays and self._chance(0.4):
            early = self._random.choice(["01:00", "02:30", "01:30"])
            self._slots.append({"weekdays": ["sun"], "starts": [early], "bonus": 1})
        return self._slots

    def _calendar(self, whole: Table) -> None:
        """Take dates out until few starts are left."""
        if self._chance(0.3):
            whole["holidays"] = {"country": self._random.choice(["PL", "DE"])}
            self._some(whole["holidays"], "remove", 0.3, ["2027-03-28"], ["2027-01-01", "2027-04-05"])
            self._some(whole["holidays"], "add", 0.5, [self._day()])
        per_day = {
            weekday: sum(len(rule["starts"]) for rule in self._slots if weekday in rule["weekdays"])
            for weekday in WEEKDAYS
        }
        days = [self._start + timedelta(days=offset) for offset in range((self._end - self._start).days + 1)]
        left = {day: per_day[WEEKDAYS[day.weekday()]] for day in days}
        excluded = []
        most = self._random.choice([2, 3, 3]) if self._contest else MOST_STARTS[self._number_of_venues]
        while sum(left.values()) > most:
            first = self._random.choice([day for day, number in left.items() if number])
            last = min(first + timedelta(days=self._random.choice([0, 0, 2])), self._end)
            excluded.append({"start": first.isoformat(), "end": last.isoformat()})
            for day in left:
                if first <= day <= last:
                    left[day] = 0
        if excluded:
            whole["exclude_dates"] = excluded

    def _objectives(self) -> list[Any]:
        tiers: list[Any] = self._random.sample(TIERS, self._random.randint(1, len(TIERS)))
        return [
            {"tier": tier, "give": self._random.choice([0.05, 0.1, 0.3])} if self._chance(0.4) else tier
            for tier in tiers
        ]

    # The lists ------------------------------------------------------------------------------------

    def _city(self, city: str) -> Table:
        random = self._random
        entry: Table = {
            "id": city,
            "name": city.upper(),
            "meetings_per_month": random.choice(self._cadences()),
            "min_days_between": 1
            if self._focus == "max_uses_per_venue"
            else random.choice([1, 1, 5, 7, 10, 14]),
            "coverage": self._coverage(),
            "reserved_seats": random.choice([0, 1, 2, 3]),
        }
        self._limit(entry, "open_meetings_per_month", 0.25, 1)
        self._limit(entry, "budget", 0.35, 5, 20, "45.50", 80)
        self._some(
            entry,
            "crew",
            0.7,
            {"broker": 0},
            {"presenter": 0},
            {"broker": 0, "presenter": 0},
            {"broker": 0},
            {"presenter": 0},
            {"broker": 2},
        )
        self._some(entry, "held_before", 0.3, [random.choice(self._topics)])
        self._limit(entry, "max_outside_experts", 0.35, 0, 0, 0, 1)
        self._limit(entry, "max_uses_per_venue", 0.25, 1)
        self._limit(entry, "min_host_institutions", 0.25, 1, 1, 2)
        self._limit(entry, "pub_meetings", 0.3, {"min": 1}, {"max": 0}, {"max": 1})
        self._limit(entry, "formats", 0.2, {"talk": 1}, {"club": 1}, {"discussion": 1})
        self._limit(entry, "max_away_meetings", 0.3, 0, 1)
        self._limit(entry, "company_hours", 0.3, self._table("00:00-24:00", "08:00-18:00", "15:00-24:00"))
        return entry

    def _cadences(self) -> list[Table]:
        few = [{}, {"min": 0}]
        many = [{"max": 2}, {"min": 0, "max": 2}, {"min": 0, "max": 9 if len(self._topics) < 4 else 2}]
        if self._focus == "max_uses_per_venue":
            return many
        return few if len(self._cities) == 2 and len(self._topics) > 2 else few + many

    def _coverage(self) -> Table:
        entry: Table = {}
        kinds = [institution["type"] for institution in self._institutions[1:]]
        self._limit(entry, "each_meeting", 0.25, [self._random.choice(kinds)])
        if self._chance(0.5 * self._harshness):
            entry["at_least"] = dict.fromkeys(self._random.sample(kinds, self._random.choice([1, 1, 2])), 1)
        return entry

    def _draw_institutions(self) -> list[Table]:
        """Return a town hall, local ones, and one from outside."""
        kinds = ["local_administration", *self._random.sample(TYPES[:4], 2), "university"]
        self._institutions = [
            {"id": f"i{number}", "name": kind, "type": kind, "city": self._random.choice(self._cities)}
            for number, kind in enumerate(kinds)
        ]
        del self._institutions[-1]["city"]
        return self._institutions

    def _topic(self, topic: str) -> Table:
        random = self._random
        entry: Table = {"id": topic, "title": topic, "minutes": random.choice([60, 90, 120, 150])}
        self._some(entry, "format", 0.5, "talk", "discussion", "club")
        self._some(
            entry,
            "expertise",
            0.9 if self._focus == "max_outside_experts" else 0.5,
            ["law"],
            ["tax"],
            ["law"],
            ["tax"],
            ["law", "tax"],
        )
        self._limit(entry, "equipment", 0.25, ["projector"], ["flipchart"], ITEMS)
        self._some(entry, "open", 0.4, False)
        self._limit(entry, "min_participants", 0.35, 0, 2, 3)
        self._limit(entry, "max_participants", 0.25, 1, 2, 4)
        if "max_participants" in entry:
            entry["min_participants"] = min(entry.get("min_participants", 1), entry["max_participants"])
        self._some(entry, "walk_in", 0.6, 1, 3)
        self._some(entry, "demand", 0.3, 1, 4)
        self._some(entry, "fee", 0.4, 1, "2.50", 10)
        self._limit(entry, "earliest", 0.15, self._day())
        self._limit(entry, "latest", 0.15, self._day())
        if "latest" in entry and entry["latest"] < entry.get("earliest", ""):
            del entry["earliest"]
        self._limit(entry, "required", 0.12, True)
        self._some(entry, "cities", 0.2, self._subset(self._cities))
        if topic != "t0":
            self._limit(entry, "after", 0.25, ["t0"], [f"t{int(topic[1:]) - 1}"])
        return entry

    def _venue(self, number: int) -> Table:
        random = self._random
        kind = random.choice(["public", "pub", "pub", "private"])
        entry: Table = {
            "id": f"v{number}",
            "name": f"Venue {number}",
            "kind": kind,
            "city": random.choice(self._cities),
            "capacity": random.choice([3, 4, 6, 10]),
            "open_to": random.choice(["all", "all", "all", self._subset(self._cities)]),
        }
        if kind == "public" or self._chance(0.6):
            entry["institution"] = random.choice(self._institutions)["id"]
            self._limit(entry, "host_required", 0.3, True)
        if self._contest:
            entry["open_to"] = "all"
            self._some(entry, "turnaround_minutes", 0.9, 600, 60 * 24 * 5, 60 * 24 * 8)
        elif self._chance(0.5 if self._focus == "open_to" else 0.1):
            del entry["open_to"]
        self._some(entry, "equipment", 0.8, ITEMS, ["projector"], ["flipchart"])
        self._limit(entry, "hours", 0.3, self._table("08:00-19:00", "12:00-17:00", "18:00-24:00"))
        self._limit(entry, "closed", 0.3, [self._interval()])
        self._some(entry, "fee", 0.6, 20, "12.35", 50)
        self._some(entry, "minimum_spend", 0.3, 15, 30)
        self._some(entry, "spend_per_head", 0.5, 5, "2.20")
        self._some(entry, "catering_per_head", 0.4, 3, "1.15")
        self._limit(entry, "turnaround_minutes", 0.4, 30, 600, 60 * 24 * 8)
        self._limit(entry, "max_uses", 0.3, 1, 1, 2)
        self._limit(entry, "quota", 0.3, {random.choice(self._cities): random.choice([0, 0, 1])})
        if self._chance(0.3):
            entry["events"] = [{"date": self._day(), "title": "Match", "bonus": random.choice([1, 2])}]
            self._some(entry["events"][0], "from", 0.5, "12:00", "17:30", "20:00")
        return entry

    def _people(self) -> list[Table]:
        """Return a broker, a presenter, an expert, and others as chance has it."""
        sure = [["broker"], ["presenter"], ["expert"]]
        number = self._random.choice([3, 4, 5, 5, 6, 6, 7, 7])
        people = [self._person(place, sure[place] if place < 3 else []) for place in range(number)]
        people[1]["institution"] = "i0"
        return people

    def _person(self, number: int, roles: list[str]) -> Table:
        random = self._random
        others = ["expert", "representative", "host", "broker", "presenter"]
        entry: Table = {
            "id": f"p{number}",
            "name": f"Person {number}",
            "institution": "i3"
            if self._focus == "max_outside_experts" and self._chance(0.55)
            else random.choice(self._institutions)["id"],
            "roles": sorted({*roles, *random.sample(others, random.randint(1, 3))}),
            "cities": random.choice(["all", "all", "all", "all", self._subset(self._cities)]),
        }
        if self._focus == "host_required" and self._chance(0.5):
            entry["roles"] = sorted({*entry["roles"], "host"})
        if self._chance(0.1):
            del entry["cities"]
        self._some(entry, "expertise", 0.6 if self._focus == "each_meeting" else 0.9, TAGS, ["law"], ["tax"])
        if self._chance(0.8 if self._focus == "max_overtime_minutes" else 0.6 * self._harshness):
            entry["available"] = self._table("08:00-18:00", "08:00-18:00", "12:00-20:00", "09:00-11:15")
            self._overtime(entry)
        self._limit(entry, "busy", 0.25, [self._interval()], [self._interval(), self._interval()])
        self._limit(entry, "max_meetings", 0.25, 1, 2)
        self._limit(entry, "max_per_month", 0.2, 1)
        self._some(entry, "fee", 0.3, 10, "7.77", 40)
        self._some(entry, "travel", 0.3, {city: random.choice([5, "12.50"]) for city in self._cities})
        return entry

    def _overtime(self, person: Table) -> None:
        if self._focus == "max_overtime_minutes" or self._chance(0.6):
            person["overtime_per_hour"] = self._random.choice([10, "8.33"])
            self._some(person, "overtime_hours", 0.5, self._table("00:00-24:00", "08:00-22:00"))
            self._limit(person, "max_overtime_minutes", 0.5, 0, 0, 15, 60)

    def _company(self, number: int) -> Table:
        random = self._random
        wanted = self._subset(self._topics, 2)
        entry: Table = {
            "id": f"f{number}",
            "name": f"Firm {number}",
            "city": random.choice(self._cities),
            "interests": {topic: random.randint(1, 3) for topic in wanted},
        }
        self._some(entry, "cities", 0.4, self._cities, self._subset(self._cities))
        self._some(
            entry, "available", 0.7 if self._contest else 0.15, self._table("09:00-18:30", "16:00-24:00")
        )
        self._limit(entry, "busy", 0.25, [self._interval()])
        self._some(entry, "candidate", 0.2, True)
        return entry

    def _pin(self, whole: Table) -> Table:
        """Return a pin that has a fair chance to be possible."""
        random = self._random
        pin: Table = {"city": random.choice(self._cities), "topic": random.choice(self._topics)}
        if self._chance(0.3):
            return pin | {"held": False}
        rule = random.choice(self._slots)
        self._some(pin, "date", 0.2, self._day())
        self._some(pin, "start", 0.2, random.choice(rule["starts"]))
        self._some(pin, "venue", 0.25, random.choice(whole["venues"])["id"])
        if self._chance(0.4):
            person = random.choice(whole["people"])
            pin["people"] = [{"person": person["id"]}]
            self._some(pin["people"][0], "role", 0.6, random.choice(person["roles"]))
        return pin
