"""Random tiny instances with a plan that was published for an earlier edition of them.

The published plan is the best of the instance, or none, and then much of it is changed: it need hold no
rule, and names people, venues, topics and cities that the instance does not have.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from meetsched.domain.instance import Instance
from meetsched.domain.plan import InstanceReference, Meeting, Plan, PlanStatus, Repair
from tests.oracle.figures import figured
from tests.oracle.published import Published
from tests.oracle.search import search
from tests.oracle.sessions import Start, World
from tests.oracle.tiny import document, tiny

Table = dict[str, Any]
ROLES = ["expert", "representative", "host", "broker", "presenter"]
GONE = "gone"
"""An id that no instance has."""
STEP = 1_000_003
"""From the seed of an instance without a plan to the next one to try."""


def edition(seed: int) -> Published:
    """Return the random instance of a seed with the plan published before, and how to go on from it."""
    return _Maker(seed).edition()


class _Maker:
    def __init__(self, seed: int) -> None:
        self._random = Random(f"edition {seed}")
        truth = search(tiny(seed))
        while not truth.feasible:
            seed += STEP
            truth = search(tiny(seed))
        self._before = tiny(seed)
        self._was = [figured(self._before, planned) for planned in truth.meetings]
        self._wild = self._random.choice([0, 0.05, 0.05, 0.4])
        """How likely it is that something in the plan never was so."""
        self._instance = Instance.model_validate(self._changed(document(seed)))
        self._starts = list(World(self._before, None).starts())

    def _chance(self, share: float) -> bool:
        return self._random.random() < share

    def edition(self) -> Published:
        """Make all of it."""
        meetings = [self._touched(meeting) for meeting in self._was]
        if self._starts:
            meetings += self._strangers({meeting.id for meeting in meetings})
        once = list({meeting.id: meeting for meeting in meetings}.values())
        held = [meeting for meeting in once if not self._chance(self._wild / 3)]
        cancelled = [meeting for meeting in once if meeting not in held]
        plan = Plan(
            instance=InstanceReference(id=self._before.id, sha256="0" * 64),
            status=PlanStatus.FEASIBLE,
            tiers=(),
            meetings=tuple(held),
            cancelled=tuple(cancelled),
        )
        return Published(self._instance, plan, self._repair([meeting.id for meeting in once]))

    def _repair(self, names: list[str]) -> Repair:
        horizon = self._before.horizon
        days = (horizon.end - horizon.start).days
        as_of = horizon.start + timedelta(days=self._random.randint(0, days))
        if self._was and self._chance(0.5):  # Just before or after a meeting.
            near = self._random.choice(self._was).start.date() + timedelta(
                days=self._random.choice([-6, 0, 1])
            )
            as_of = min(max(near, horizon.start), horizon.end)
        return Repair(
            baseline_sha256="0" * 64,
            as_of=as_of if self._chance(0.75) else None,
            freeze_days=self._random.choice([0, 3, 7, 7, 14, 40]),
            thawed=tuple(name for name in names if self._chance(0.2)),
            max_changes=self._random.choice([0, 1, 1, 2, 3]) if self._chance(0.4) else None,
        )

    # The instance, changed since ------------------------------------------------------------------

    def _changed(self, whole: Table) -> Table:
        """Return the instance after up to two things have happened, most often to what was planned."""
        events = [self._ill, self._ill, self._closed, self._poor, self._holiday, self._longer]
        events += [self._demanding, self._lenient]
        for _ in range(self._random.choice([0, 1, 1, 2, 2])):
            self._random.choice(events)(whole)
        if self._chance(0.3):
            whole["disruption"] = {
                key: self._random.choice([0, 1, 7, 40])
                for key in self._random.sample(["cancel", "add", "date", "time", "venue", "person"], 3)
            }
        return whole

    def _ill(self, whole: Table) -> None:
        planned = [duty.person for meeting in self._was for duty in meeting.people]
        name = self._random.choice(planned or [person["id"] for person in whole["people"]])
        person = next(person for person in whole["people"] if person["id"] == name)
        first = self._random.choice(["2026-01-01", self._day(whole).isoformat()])
        person["busy"] = [*person.get("busy", []), {"start": f"{first}T00:00", "end": "2028-01-01T00:00"}]

    def _closed(self, whole: Table) -> None:
        day = self._day(whole)
        venue = self._random.choice(whole["venues"])
        end = day + timedelta(days=self._random.choice([1, 3, 30]))
        venue["closed"] = [*venue.get("closed", []), {"start": f"{day}T00:00", "end": f"{end}T00:00"}]

    def _poor(self, whole: Table) -> None:
        city = self._random.choice(whole["cities"])
        cost = sum(meeting.cost.total for meeting in self._was if meeting.city == city["id"])
        city["budget"] = max(0, self._random.choice([cost // 200, cost // 100 - 1]))

    def _holiday(self, whole: Table) -> None:
        holidays = whole.setdefault("holidays", {})
        holidays["add"] = [*holidays.get("add", []), self._day(whole).isoformat()]

    def _longer(self, whole: Table) -> None:
        self._random.choice(whole["topics"])["minutes"] += 30

    def _demanding(self, whole: Table) -> None:
        """Let every meeting, or every one on a topic, need somebody more."""
        if self._chance(0.5):
            topic = self._random.choice(whole["topics"])
            topic["expertise"] = sorted({*topic.get("expertise", []), self._random.choice(["law", "tax"])})
        else:
            kind = self._random.choice(whole["institutions"])["type"]
            coverage = {"each_meeting": [kind], "at_least": {kind: self._random.choice([1, 2])}}
            self._random.choice(whole["cities"])["coverage"] = coverage

    def _lenient(self, whole: Table) -> None:
        """Let no city count types of institutions any more, so that nobody need stand for one."""
        for city in whole["cities"]:
            city["coverage"] = {}

    def _day(self, whole: Table) -> date:
        """Return a date, most often one of those planned."""
        planned = [meeting.start.date() for meeting in self._was]
        if planned and self._chance(0.7):
            return self._random.choice(planned)
        start, end = (date.fromisoformat(whole["horizon"][key]) for key in ("start", "end"))
        return start + timedelta(days=self._random.randint(0, (end - start).days))

    # The plan, as it never was --------------------------------------------------------------------

    def _touched(self, meeting: Meeting) -> Meeting:
        """Return a meeting of which each thing may be another."""
        document, wild = meeting.model_dump(), self._wild
        document["sequence"] = self._random.randint(0, 2)
        if self._chance(wild / 2):
            document["start"] = self._moment(self._random.choice(self._starts))
            if self._chance(0.3):
                document["start"] += timedelta(minutes=self._random.choice([-30, 30, 1440]))
        minutes = self._before.topic_by_id[meeting.topic].minutes
        document["end"] = document["start"] + timedelta(minutes=minutes + 30 * self._chance(wild / 3))
        if self._chance(wild):
            document["venue"] = self._random.choice([GONE, *(venue.id for venue in self._before.venues)])
        if self._chance(2 * wild):
            document["people"] = list(self._people(document["people"]))
        if self._chance(wild / 3):
            document["topic"] = GONE
        if self._chance(wild / 5):
            document["city"] = GONE
        return self._renamed(meeting, document)

    def _renamed(self, meeting: Meeting, document: Table) -> Meeting:
        document["id"] = f"{document['city']}/{document['topic']}"
        parts = {key: value for key, value in document.items() if key not in ("people", "cost", "types")}
        people = [{"person": one["person"], "role": one["role"]} for one in document["people"]]
        whole = Meeting.model_validate({**meeting.model_dump(mode="json"), "people": people})
        return whole.model_copy(update=parts)

    def _people(self, people: list[Table]) -> Iterator[Table]:
        """Yield some of the people, perhaps in other roles, and perhaps somebody else."""
        there = set()
        for one in people:
            if self._chance(0.8):
                role = self._random.choice(ROLES) if self._chance(0.15) else one["role"]
                name = GONE if self._chance(0.1) and GONE not in there else one["person"]
                there.add(name)
                yield {"person": name, "role": role}
        others = [person for person in self._before.people if person.id not in there]
        if others and self._chance(0.5):
            person = self._random.choice(others)
            yield {"person": person.id, "role": self._random.choice(list(person.roles))}

    def _strangers(self, known: set[str]) -> Iterator[Meeting]:
        """Yield meetings that no search would have found."""
        for city in self._before.cities:
            for topic in self._before.topics:
                if f"{city.id}/{topic.id}" not in known and self._chance(self._wild / 3):
                    start = self._moment(self._random.choice(self._starts))
                    yield Meeting.model_validate(
                        {
                            "id": f"{city.id}/{topic.id}",
                            "city": city.id,
                            "topic": topic.id,
                            "title": topic.title,
                            "venue": self._random.choice(self._before.venues).id,
                            "start": start,
                            "end": start + timedelta(minutes=topic.minutes),
                            "people": list(self._people([])),
                            "heads": 0,
                            "points": 0,
                            "types": [],
                            "cost": dict.fromkeys(
                                ("venue", "catering", "fees", "travel", "overtime", "income", "total"), "0"
                            ),
                        }
                    )

    def _moment(self, start: Start) -> datetime:
        return datetime.fromtimestamp(start.absolute, self._before.zone)
