"""Busy times of people whose calendars lie beside the instance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta, tzinfo
from functools import partial
from pathlib import Path

from meetsched.domain.calendar import Horizon, Interval
from meetsched.domain.instance import Instance
from meetsched.errors import DataError, Fault
from meetsched.loading.calendars import Reading, Span, read_calendar
from meetsched.loading.raw import Document, Located
from meetsched.loading.references import walk
from meetsched.loading.semantics import horizon_of, instance_zone


@dataclass(frozen=True, slots=True)
class Diary:
    """A calendar of a person, and what it tells of the horizon.

    Attributes
    ----------
    person : int
        The person's position in the instance's list.
    file : str
        The calendar as a path that the user can open.
    reading : Reading
    """

    person: int
    file: str
    reading: Reading

    @property
    def busy(self) -> Iterator[Interval]:
        """The busy times, each with the file's name as its (private) reason, and no more than that."""
        name = Path(self.file).name
        return (Interval(start=span.start, end=span.end, why=name) for span in self.reading.spans)


@dataclass(frozen=True, slots=True)
class Diaries:
    """The calendars that an instance names.

    Attributes
    ----------
    read : list of Diary
        One for each mention of a calendar that can be used.
    faults : list of (path, Fault)
        What keeps a calendar from being used: in the instance, or in the calendar itself, there with the
        path of its first mention.
    """

    read: list[Diary] = field(default_factory=list)
    faults: list[Located] = field(default_factory=list)

    @property
    def oddities(self) -> tuple[Fault, ...]:
        """What is odd in the calendars, each told once."""
        return tuple(dict.fromkeys(fault for diary in self.read for fault in diary.reading.oddities))


def read_diaries(document: Document, folder: Path) -> Diaries:
    """Read every calendar that an instance names.

    Parameters
    ----------
    folder : Path
        The instance's; no file outside it is touched.
    """
    horizon = _horizon(document)
    diaries = Diaries()
    known: dict[tuple[Path, str], Reading] = {}
    broken: set[Path] = set()
    for path, name in walk(document.tree, "people[].busy_calendars[]"):
        if not isinstance(name, str) or not isinstance(person := path[1], int):
            continue
        try:
            file = _resolve(folder, name)
        except _PlaceError as error:
            diaries.faults.append(document.tell(path, str(error)))
            continue
        if horizon is None or file in broken:
            continue
        shown = str(folder / name.replace("\\", "/"))
        address = _address(document, person)
        shared = known.get((file, ""))
        # A calendar of several people is read once for all who have declined nothing in it.
        key = (file, address if shared is None or address.lower() in shared.decliners else "")
        try:
            known[key] = known.get(key) or read_calendar(file, horizon, shown, (address,))
            if address.lower() not in known[key].decliners:
                known.setdefault((file, ""), known[key])
        except DataError as error:
            broken.add(file)
            diaries.faults.extend(((*path, number), fault) for number, fault in enumerate(error.faults))
        else:
            diaries.read.append(Diary(person, shown, known[key]))
    return diaries


def with_busy_times(instance: Instance, diaries: Sequence[Diary]) -> Instance:
    """Return the instance with calendars' times added to people's `busy`."""
    if not diaries:
        return instance
    people = list(instance.people)
    for diary in diaries:
        person = people[diary.person]
        people[diary.person] = person.model_copy(update={"busy": (*person.busy, *diary.busy)})
    return instance.model_copy(update={"people": tuple(people)})


def span_of(horizon: Horizon, zone: tzinfo) -> Span:
    """Return the horizon from its first midnight to its last."""
    midnight = partial(datetime.combine, time=time.min, tzinfo=zone)
    return Span(midnight(horizon.start), midnight(horizon.end + timedelta(days=1)))


def _horizon(document: Document) -> Span | None:
    """Return the horizon, or None where it is not known."""
    zone, dates = instance_zone(document), horizon_of(document)
    if zone is None or dates is None:
        return None
    return span_of(Horizon(start=dates[0], end=dates[1]), zone)


def _address(document: Document, person: int) -> str:
    address = document.find(("people", person, "email"))
    return address.strip() if isinstance(address, str) else ""


def _resolve(folder: Path, name: str) -> Path:
    """Return the file that a name means, links followed, if it lies inside the folder."""
    try:
        home = folder.resolve()
        file = (home / name.replace("\\", "/")).resolve()
        if not file.is_relative_to(home) or file.suffix.lower() != ".ics":
            raise _PlaceError("expected the name of an .ics file inside the instance's folder")
        if not file.is_file():
            raise _PlaceError("there is no such file beside the instance")
    except (OSError, ValueError, RuntimeError):  # No path at all, too long, or links in a circle.
        raise _PlaceError("expected the name of a file beside the instance") from None
    return file


class _PlaceError(Exception):
    """A calendar that may not be read where it is said to be; the message says what was expected."""
