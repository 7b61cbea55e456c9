"""Plans to choose from, side by side: as a page and as a table of text."""

from collections.abc import Iterator
from dataclasses import dataclass

from meetsched.domain import words
from meetsched.domain.alternatives import Alternative, Alternatives
from meetsched.domain.cells import CsvDialect
from meetsched.domain.entities import Role
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.plan import Meeting
from meetsched.domain.proof import tier_amount, tier_heading, tier_number
from meetsched.domain.words import clock, count, day, one_line, percent
from meetsched.export.tables import csv_table, text_cell, tier_cells
from meetsched.export.templating import template
from meetsched.rules import Tier


def alternatives_table(
    instance: Instance, found: Alternatives, dialect: CsvDialect = CsvDialect.RFC4180
) -> bytes:
    """Return alternatives.csv: a row a plan, with its distance from each plan before it."""
    others = [f"from_plan_{number}" for number in range(1, len(found.plans))]
    columns = ("plan", "result", "distance", *others, *found.tiers, "currency", "meetings")
    rows = (_row(instance, number, each, dialect) for number, each in enumerate(found.plans, start=1))
    return csv_table(rows, columns, dialect)


def _row(instance: Instance, number: int, found: Alternative, dialect: CsvDialect) -> dict[str, str]:
    far = {f"from_plan_{before}": str(points) for before, points in enumerate(found.distances, start=1)}
    return {
        "plan": str(number),
        "result": alternative_result(found),
        "distance": "" if found.distance is None else str(found.distance),
        **far,
        **tier_cells(found.values, dialect),
        "currency": instance.currency,
        "meetings": text_cell("; ".join(_in_short(instance, each) for each in found.plan.meetings)),
    }


def _in_short(instance: Instance, meeting: Meeting) -> str:
    start = meeting.start.astimezone(instance.zone)
    return f"{meeting.id} {start.date().isoformat()} {clock(start)} {meeting.venue}"


def alternative_result(found: Alternative) -> str:
    """Say how sure it is that a plan is what it is to be."""
    if found.bound is None:
        return "proven best" if found.proven else "best found"
    return "proven farthest" if found.proven else "farthest found"


@dataclass(frozen=True, slots=True)
class Line:
    """Something that is said of a meeting, and whether the best plan says something else."""

    text: str
    differs: bool


def alternatives_page(instance: Instance, found: Alternatives) -> bytes:
    """Return the plans side by side as a page of HTML: no scripts, no requests, nothing private."""
    text = template("alternatives.html").render(
        title=one_line(instance.name) or instance.id,
        instance=instance,
        found=found,
        least=tier_amount(Tier.POINTS, found.limits[Tier.POINTS], instance.currency),
        most=tier_amount(Tier.COST, found.limits[Tier.COST], instance.currency),
        give=percent(round(found.give * 1000)),
        results=[alternative_result(each) for each in found.plans],
        figures=list(alternative_figures(instance, found)),
        rows=list(alternative_meetings(instance, found)),
    )
    return text.encode()


def alternative_meetings(instance: Instance, found: Alternatives) -> Iterator[tuple[str, list[list[Line]]]]:
    """Yield each meeting that some plan holds, with what each of the plans says of it."""
    names = Names(instance)
    for row in found.meetings:
        yield _title(instance, names, row), [_lines(names, each, row[0]) for each in row]


def alternative_figures(instance: Instance, found: Alternatives) -> Iterator[tuple[str, list[str]]]:
    """Yield what the plans come to, each figure with its heading."""
    for tier in found.tiers:
        name = tier_heading(tier, instance.currency)
        yield name, [tier_number(tier, each.values[tier], instance.currency) for each in found.plans]
    for before in range(1, len(found.plans)):
        cells = [
            count(each.distances[before - 1], "point") if len(each.distances) >= before else ""
            for each in found.plans
        ]
        yield f"Differs from plan {before} by", cells


def _title(instance: Instance, names: Names, row: tuple[Meeting | None, ...]) -> str:
    meeting = next(each for each in row if each is not None)
    return names.meeting(meeting) if len(instance.cities) > 1 else one_line(meeting.title)


def _lines(names: Names, meeting: Meeting | None, best: Meeting | None) -> list[Line]:
    """Return when and where a meeting is and who speaks there; nothing where it is not held."""
    if meeting is None:
        return []
    now, then = _facts(names, meeting), [] if best is None else _facts(names, best)
    return [Line(fact, fact not in then) for fact in now if fact]


def _facts(names: Names, meeting: Meeting) -> list[str]:
    start, end = names.local(meeting.start), names.local(meeting.end)
    experts = (names.person(duty.person) for duty in meeting.people if duty.role is Role.EXPERT)
    return [
        day(start.date()),
        words.hours(start, end),
        names.venue(meeting.venue),
        ", ".join(experts),
    ]
