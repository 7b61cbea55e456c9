"""Busy times of people whose calendars lie beside the instance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

from meetsched.domain.calendar import Interval
from meetsched.domain.instance import Instance
from meetsched.loading.calendar_reader import CalendarError, Span, read_busy_times
from meetsched.loading.raw import Document, Located
from meetsched.loading.references import walk
from meetsched.loading.semantics import horizon_of, instance_zone

BusyByPerson = Mapping[int, Sequence[Interval]]
"""Busy times by a person's position in the instance's list."""


def read_calendars(document: Document, folder: Path) -> tuple[BusyByPerson, list[Located]]:
    """Read every calendar that an instance names, each once.

    Parameters
    ----------
    folder : Path
        The instance's; no file outside it is touched.

    Returns
    -------
    busy : mapping of int to list of Interval
        Within the horizon; each with the calendar's file name as its (private) reason.
    faults : list of (path, Fault)
        One for each mention of a calendar that cannot be used.
    """
    busy: dict[int, list[Interval]] = {}
    faults: list[Located] = []
    horizon = _horizon(document)
    read: dict[Path, tuple[Interval, ...] | CalendarError] = {}
    for path, name in walk(document.tree, "people[].busy_calendars[]"):
        if not isinstance(name, str) or not isinstance(path[1], int):
            continue
        try:
            file = _resolve(folder, name)
        except CalendarError as error:
            faults.append(document.tell(path, str(error)))
            continue
        if horizon and file not in read:
            read[file] = _read(file, horizon)
        found = read.get(file, ())
        if isinstance(found, CalendarError):
            faults.append(document.tell(path, str(found)))
        else:
            busy.setdefault(path[1], []).extend(found)
    return busy, faults


def with_busy_times(instance: Instance, busy: BusyByPerson) -> Instance:
    """Return the instance with calendars' times added to people's `busy`."""
    if not busy:
        return instance
    people = tuple(
        person.model_copy(update={"busy": (*person.busy, *busy.get(index, ()))})
        for index, person in enumerate(instance.people)
    )
    return instance.model_copy(update={"people": people})


def _horizon(document: Document) -> Span | None:
    """Return the horizon from its first midnight to its last, or None where it is not known."""
    zone, dates = instance_zone(document), horizon_of(document)
    if zone is None or dates is None:
        return None
    midnight = partial(datetime.combine, time=time.min, tzinfo=zone)
    return Span(midnight(dates[0]), midnight(dates[1] + timedelta(days=1)))


def _resolve(folder: Path, name: str) -> Path:
    """Return the file that a name means, links followed, if it lies inside the folder."""
    try:
        home = folder.resolve()
        file = (home / name.replace("\\", "/")).resolve()
        exists = file.is_file()
    except (OSError, ValueError, RuntimeError):  # No path at all, too long, or links in a circle.
        raise CalendarError("expected the name of a file beside the instance") from None
    if not file.is_relative_to(home) or file.suffix.lower() != ".ics":
        raise CalendarError("expected the name of an .ics file inside the instance's folder")
    if not exists:
        raise CalendarError("there is no such file beside the instance")
    return file


def _read(file: Path, horizon: Span) -> tuple[Interval, ...] | CalendarError:
    try:
        spans = read_busy_times(file, horizon)
    except CalendarError as error:
        return error
    return tuple(Interval(start=span.start, end=span.end, why=file.name) for span in spans)
