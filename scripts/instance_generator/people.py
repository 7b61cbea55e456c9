"""People on duty: staff, hosts, experts and representatives."""

from collections.abc import Iterator
from itertools import cycle

from instance_generator.draw import WEEKDAYS, Draw, Record
from instance_generator.frame import Frame
from instance_generator.places import OUTSIDE
from instance_generator.topics import words_of
from instance_generator.vocabulary import ABSENCES

_OFFICE_HOURS = {day: ["07:30-15:30"] for day in WEEKDAYS}
_SHORT_FRIDAY = {**_OFFICE_HOURS, "fri": ["07:30-13:30"]}
_DAYS = (("08:00-20:00",), ("08:00-14:00",), ("13:00-21:00",))
_OVERTIME_EVENINGS = {day: ["07:00-21:30"] for day in WEEKDAYS[:4]}
_TYPES_TO_COVER = ("university", "business_support", "vocational_school", "private")
_STAFF_MIX = (["broker", "presenter"], ["presenter", "host"], ["host"])


class Staffing:
    """The people of one city, made one after the other.

    Parameters
    ----------
    frame : Frame
    city : str
        Its id; the people work for its `institutions`.
    cities : list of str
        Ids of all cities, among which shared experts have a second one.
    institutions, venues, topics : list of dict
        The city's institutions and venues, and all topics.
    """

    def __init__(
        self,
        frame: Frame,
        city: str,
        *,
        cities: list[str],
        institutions: list[Record],
        venues: list[Record],
        topics: list[Record],
    ) -> None:
        self._frame = frame
        self._city = city
        self._others = [other for other in cities if other != city]
        self._institutions = institutions
        self._venues = venues
        self._tags = words_of(topics, "expertise")
        self._used_names: set[str] = set()

    def people(self) -> list[Record]:
        """Return the people: those whom duties cannot do without, and a mix of all roles."""
        result = [*self._hosts()]
        if self._frame.recipe.spare_staff:
            result += [*self._staff(), *self._representatives()]
        mixed = max(9, self._frame.recipe.people - len(result))
        result = [self._mixed_person(index) for index in range(mixed)] + result
        self._spread_expertise(result)
        return result

    def _draw(self, identifier: str) -> Draw:
        return self._frame.draw("person", self._city, identifier)

    def _person(self, identifier: str, institution: str, roles: list[str], draw: Draw) -> Record:
        given, family = self._frame.locale.given_names, self._frame.locale.family_names
        for _ in range(len(given) * len(family)):
            name = f"{draw.choice(given)} {draw.choice(family)}"
            if name not in self._used_names:
                break
        self._used_names.add(name)
        return {
            "id": f"{self._city}-{identifier}",
            "name": name,
            "institution": institution,
            "roles": roles,
            "busy": draw.intervals(
                draw.choice((0, 1, 1, 2, 2, 3)), 5, self._frame.first, self._frame.last, ABSENCES
            ),
        }

    def _of_type(self, *types: str) -> list[str]:
        return [entry["id"] for entry in self._institutions if entry["type"] in types and "city" in entry]

    def _hosts(self) -> Iterator[Record]:
        for venue in self._venues:
            if venue.get("host_required"):
                identifier = venue["id"].removeprefix(f"{self._city}-") + "-host"
                draw = self._draw(identifier)
                host = self._person(identifier, venue["institution"], ["host"], draw)
                host["available"] = draw.choice((_OFFICE_HOURS, _SHORT_FRIDAY))
                yield host | {
                    "overtime_per_hour": 12,
                    "max_overtime_minutes": self._frame.recipe.for_horizon(600),
                }

    def _staff(self) -> Iterator[Record]:
        office = self._of_type("local_administration")[0]
        for index, roles in enumerate((["broker", "presenter"], ["broker"], ["presenter", "host"])):
            draw = self._draw(f"s{index}")
            person = self._person(f"s{index}", office, roles, draw)
            person["available"] = dict(_OFFICE_HOURS)
            person["overtime_per_hour"] = draw.choice((14, 18.5))
            person["max_overtime_minutes"] = self._frame.recipe.for_horizon(900)
            if draw.chance(0.3):
                person["overtime_hours"] = dict(_OVERTIME_EVENINGS)
            yield person

    def _representatives(self) -> Iterator[Record]:
        for kind in _TYPES_TO_COVER:
            homes = self._of_type(kind)
            for index, home in zip(range(2), cycle(homes)):
                identifier = f"r-{kind.replace('_', '-')}{index}"
                person = self._person(identifier, home, ["representative"], self._draw(identifier))
                yield person | {"max_per_month": 2}

    def _mixed_person(self, index: int) -> Record:
        identifier = f"p{index:02}"
        draw = self._draw(identifier)
        make = (self._expert, self._representative, self._office_worker)[index % 3]
        person = make(identifier, index // 3, draw)
        domain = person["institution"].replace("_", "-")
        person["email"] = f"{identifier}@{domain}.example"
        return person

    def _expert(self, identifier: str, _: int, draw: Draw) -> Record:
        roles = ["expert", "representative"] if draw.chance(0.4) else ["expert"]
        is_outside = draw.chance(0.1)
        homes = [entry["id"] for entry in self._institutions if "city" in entry]
        home = f"{self._city}-{OUTSIDE}" if is_outside else draw.choice(homes)
        person = self._person(identifier, home, roles, draw)
        person["expertise"] = draw.some(self._tags, 0, 2)
        if draw.chance(0.6):
            person["available"] = draw.weekly(_DAYS, draw.some(WEEKDAYS, 3, 5))
        person["max_meetings"] = self._frame.recipe.for_horizon(draw.randint(1, 3))
        if draw.chance(0.12):
            person["fee"] = draw.choice((20, 35))
        if is_outside:
            person["cities"] = [self._city]
            person["travel"] = {self._city: draw.choice((40, 80))}
        elif self._others and draw.chance(self._frame.recipe.sharing):
            second = draw.choice(self._others)
            person["cities"] = [self._city, second]
            person["travel"] = {second: draw.choice((15, 30))}
        return person

    def _representative(self, identifier: str, turn: int, draw: Draw) -> Record:
        types = _TYPES_TO_COVER[turn : turn + 1] or {entry["type"] for entry in self._institutions}
        home = draw.choice(self._of_type(*types))
        person = self._person(identifier, home, ["representative"], draw)
        if draw.chance(0.5):
            person["available"] = draw.weekly(_DAYS, draw.some(WEEKDAYS, 3, 5))
        person["max_per_month"] = draw.choice((1, 2))
        return person

    def _office_worker(self, identifier: str, turn: int, draw: Draw) -> Record:
        roles = _STAFF_MIX[turn % len(_STAFF_MIX)]
        homes = self._of_type("local_administration")
        if roles == ["host"]:
            guarded = [venue["institution"] for venue in self._venues if venue.get("host_required")]
            roles, homes = (roles, guarded) if guarded else (["presenter"], homes)
        person = self._person(identifier, draw.choice(homes), list(roles), draw)
        person["available"] = dict(draw.choice((_OFFICE_HOURS, _SHORT_FRIDAY)))
        if draw.chance(0.85):
            person["overtime_per_hour"] = draw.choice((10, 12, 14, 18.5))
            person["max_overtime_minutes"] = self._frame.recipe.for_horizon(draw.choice((240, 480)))
        return person

    def _spread_expertise(self, people: list[Record]) -> None:
        """Give every tag to one expert at least, and every expert a tag."""
        experts = [person for person in people if "expert" in person["roles"]]
        draw = self._draw("expertise")
        draw.shuffle(experts)
        known = {tag for person in experts for tag in person["expertise"]}
        missing = [tag for tag in self._tags if tag not in known]
        for person, tag in zip(cycle(sorted(experts, key=lambda one: len(one["expertise"]))), missing):
            person["expertise"].append(tag)
        for person in experts:
            if not person["expertise"]:
                person["expertise"] = draw.some(self._tags, 1, 1)
