"""Two towns and a plan that holds every rule, small enough to work out by hand.

Kielce meets three times, Radom once. Nearly every limit is met exactly, so that one step further
breaks its rule and no other. March 2027 is wholly in the horizon, April is not.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import datetime, timedelta
from typing import Any

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.report import Report
from meetsched.domain.scalars import format_cents
from meetsched.verify import verify
from meetsched.verify.case import Case, identity
from meetsched.verify.objectives import objectives

Document = dict[str, Any]
Edit = Callable[[Document, Document], object]
"""Changes an instance and a plan, both as documents, in place."""

WORKDAYS = ("mon", "tue", "wed", "thu")
EXPORT, LOANS, TRADE, RADOM = "kielce/export", "kielce/loans", "kielce/trade", "radom/export"

INSTANCE: Document = {
    "schema": "meetsched/1",
    "id": "two-towns",
    "horizon": {"start": "2027-03-01", "end": "2027-04-15"},
    "timezone": "Europe/Warsaw",
    "holidays": {"country": "PL", "add": ["2027-03-19"], "remove": ["2027-03-29"]},
    "exclude_dates": [{"start": "2027-04-05", "end": "2027-04-06"}],
    "slots": [
        {"weekdays": WORKDAYS, "starts": ["09:00", "17:30"]},
        {"weekdays": ["tue"], "starts": ["17:30"], "bonus": 1},
        {"weekdays": ["sun"], "starts": ["01:30", "22:30"]},
    ],
    "person_gap_minutes": 60,
    "cities": [
        {
            "id": "kielce",
            "name": "Kielce",
            "meetings_per_month": {"min": 2, "max": 2},
            "open_meetings_per_month": 1,
            "min_days_between": 15,
            "budget": "303.50",
            "coverage": {"each_meeting": ["university"], "at_least": {"private": 1, "business_support": 2}},
            "held_before": ["basics"],
            "max_outside_experts": 1,
            "max_uses_per_venue": 2,
            "min_host_institutions": 1,
            "pub_meetings": {"min": 1, "max": 1},
            "formats": {"discussion": 1},
            "max_away_meetings": 0,
            "company_hours": dict.fromkeys((*WORKDAYS, "sun"), "08:00-22:00"),
        },
        {"id": "radom", "name": "Radom", "coverage": {}, "held_before": ["basics"]},
    ],
    "institutions": [
        {"id": "uni", "name": "University of Kielce", "type": "university", "city": "kielce"},
        {"id": "hub", "name": "Business Hub", "type": "business_support", "city": "kielce"},
        {"id": "firm", "name": "Firm", "type": "private", "city": "kielce"},
        {"id": "office-k", "name": "Town Hall Kielce", "type": "local_administration", "city": "kielce"},
        {"id": "office-r", "name": "Town Hall Radom", "type": "local_administration", "city": "radom"},
        {"id": "library", "name": "Library", "type": "other", "city": "kielce"},
        {"id": "far-uni", "name": "Far University", "type": "university"},
    ],
    "topics": [
        {"id": "basics", "title": "Basics", "minutes": 60},
        {
            "id": "export",
            "title": "Export",
            "minutes": 120,
            "expertise": ["export"],
            "equipment": ["projector"],
            "min_participants": 2,
            "demand": 3,
            "fee": 5,
            "after": ["basics"],
            "required": True,
        },
        {
            "id": "loans",
            "title": "Loans",
            "minutes": 90,
            "format": "discussion",
            "expertise": ["finance", "law"],
            "open": False,
            "min_participants": 2,
            "max_participants": 2,
            "after": ["export"],
            "latest": "2027-03-17",
        },
        {
            "id": "trade",
            "title": "Trade",
            "minutes": 60,
            "walk_in": 2,
            "min_participants": 3,
            "cities": ["kielce"],
            "earliest": "2027-04-08",
        },
    ],
    "venues": [
        {
            "id": "reading-room",
            "name": "Reading Room",
            "kind": "public",
            "institution": "library",
            "city": "kielce",
            "capacity": 12,
            "equipment": ["projector"],
            "hours": {"tue": ["08:00-18:00", "18:00-19:30"], "thu": "08:00-20:00"},
            "closed": [{"start": "2027-04-08T18:30", "end": "2027-04-09T00:00"}],
            "fee": 20,
            "catering_per_head": "1.50",
            "turnaround_minutes": 30,
            "max_uses": 2,
            "quota": {"kielce": 2},
            "host_required": True,
            "events": [
                {"date": "2027-03-02", "from": "17:00", "title": "Concert", "bonus": 2},
                {"date": "2027-03-02", "from": "17:30", "title": "Fair", "bonus": 1},
                {"date": "2027-03-02", "from": "17:31", "title": "Match", "bonus": 5},
                {"date": "2027-03-03", "title": "Reading", "bonus": 7},
            ],
        },
        {
            "id": "oak",
            "name": "The Oak",
            "kind": "pub",
            "city": "kielce",
            "capacity": 20,
            "minimum_spend": 50,
            "spend_per_head": 6,
        },
        {
            "id": "hall",
            "name": "Town Hall",
            "kind": "public",
            "institution": "office-r",
            "city": "radom",
            "capacity": 30,
            "equipment": ["projector", "flipchart"],
        },
    ],
    "people": [
        {
            "id": "anna",
            "name": "Anna",
            "institution": "uni",
            "roles": ["expert", "representative"],
            "expertise": ["export", "law"],
            "available": dict.fromkeys(("tue", "wed", "thu"), "08:00-16:00"),
            "busy": [{"start": "2027-03-02T16:00", "end": "2027-03-02T17:30"}],
            "fee": 40,
            "overtime_per_hour": 30,
            "max_overtime_minutes": 180,
        },
        {
            "id": "olga",
            "name": "Olga",
            "institution": "far-uni",
            "roles": ["expert"],
            "expertise": ["finance", "export"],
            "travel": {"kielce": 25, "radom": 10},
        },
        {
            "id": "ben",
            "name": "Ben",
            "institution": "hub",
            "roles": ["representative", "expert"],
            "expertise": ["finance"],
        },
        {"id": "cara", "name": "Cara", "institution": "firm", "roles": ["representative"]},
        {"id": "hugo", "name": "Hugo", "institution": "library", "roles": ["host"]},
        {"id": "bea", "name": "Bea", "institution": "hub", "roles": ["broker", "representative"]},
        {
            "id": "paul",
            "name": "Paul",
            "institution": "office-k",
            "roles": ["presenter"],
            "max_meetings": 3,
            "max_per_month": 2,
        },
        {"id": "rita", "name": "Rita", "institution": "office-r", "roles": ["broker"]},
        {"id": "rolf", "name": "Rolf", "institution": "office-r", "roles": ["presenter"]},
    ],
    "companies": [
        {"id": "acme", "name": "Acme", "city": "kielce", "interests": {"export": 3, "loans": 3}},
        {"id": "brod", "name": "Brod", "city": "kielce", "interests": {"export": 2, "loans": 1, "trade": 1}},
        {
            "id": "coop",
            "name": "Coop",
            "city": "kielce",
            "candidate": True,
            "interests": {"export": 1, "loans": 3},
        },
        {
            "id": "dom",
            "name": "Dom",
            "city": "radom",
            "cities": ["kielce", "radom"],
            "interests": {"export": 3},
        },
        {
            "id": "elm",
            "name": "Elm",
            "city": "kielce",
            "interests": {"export": 2, "loans": 2},
            "busy": [{"start": "2027-03-02T19:29", "end": "2027-03-02T20:00"}],
        },
        {"id": "fox", "name": "Fox", "city": "radom", "interests": {"export": 2}},
    ],
}


def duties(text: str) -> list[Document]:
    """Return people on duty, given as ``anna:expert ben:representative``."""
    return [dict(zip(("person", "role"), duty.split(":"), strict=True)) for duty in text.split()]


def _meeting(name: str, title: str, venue: str, *, start: str, end: str, **rest: Any) -> Document:
    city, topic = name.split("/")
    return {
        "id": name,
        "city": city,
        "topic": topic,
        "title": title,
        "venue": venue,
        "start": start,
        "end": end,
        "sequence": 0,
        **rest,
    }


def _cost(
    total: str,
    *,
    venue: str = "0.00",
    catering: str = "0.00",
    fees: str = "0.00",
    travel: str = "0.00",
    overtime: str = "0.00",
    income: str = "0.00",
) -> Document:
    return {
        "venue": venue,
        "catering": catering,
        "fees": fees,
        "travel": travel,
        "overtime": overtime,
        "income": income,
        "total": total,
    }


def _tier(name: str, value: int) -> Document:
    return {
        "name": name,
        "value": value,
        "best": value,
        "bound": value,
        "proven": True,
        "give": 0,
        "seconds": 0.1,
    }


PLAN: Document = {
    "schema": "meetsched-plan/1",
    "instance": {"id": "two-towns", "sha256": "abc"},
    "status": "optimal",
    "tiers": [
        _tier("balance", 888),
        _tier("points", 26),
        _tier("cost", 31350),
        _tier("appeal", 4),
        _tier("effort", 18),
    ],
    "ideal": {"kielce": 20, "radom": 9},
    "meetings": [
        _meeting(
            EXPORT,
            "Export",
            "reading-room",
            start="2027-03-02T17:30:00+01:00",
            end="2027-03-02T19:30:00+01:00",
            people=duties(
                "anna:expert ben:representative cara:representative hugo:host bea:broker paul:presenter"
            ),
            heads=4,  # Acme 3, Dom 3, Brod 2, Coop 1; Elm is busy for the last minute
            points=12,  # 9, and the topic's demand of 3
            types=["university", "business_support", "private"],
            cost=_cost(
                "106.00", venue="20.00", catering="6.00", fees="40.00", overtime="60.00", income="20.00"
            ),
        ),
        _meeting(
            RADOM,
            "Export",
            "hall",
            start="2027-03-09T09:00:00+01:00",
            end="2027-03-09T11:00:00+01:00",
            people=duties("olga:expert rita:broker rolf:presenter"),
            heads=2,
            points=8,
            types=["university"],
            cost=_cost("10.00", travel="10.00"),  # nothing to pay for, so no income from fees
        ),
        _meeting(
            LOANS,
            "Loans",
            "oak",
            start="2027-03-17T09:00:00+01:00",
            end="2027-03-17T10:30:00+01:00",
            people=duties("anna:expert olga:expert ben:representative bea:broker paul:presenter"),
            heads=2,  # Acme 3, Elm 2, and no seat for Brod; Coop is a candidate
            points=5,
            types=["university", "business_support"],
            cost=_cost("103.00", venue="38.00", fees="40.00", travel="25.00"),
        ),
        _meeting(
            TRADE,
            "Trade",
            "reading-room",
            start="2027-04-08T17:30:00+02:00",
            end="2027-04-08T18:30:00+02:00",
            people=duties("anna:representative hugo:host bea:broker paul:presenter"),
            heads=3,
            points=1,
            types=["university"],
            cost=_cost("94.50", venue="20.00", catering="4.50", fees="40.00", overtime="30.00"),
        ),
    ],
    "cancelled": [],
}
OBJECTIVE = {"points": 26, "cost": 31350, "appeal": 4, "effort": 18, "balance": 888}


def meeting(plan: Document, name: str) -> Document:
    """Return the meeting of that id."""
    found: Document = next(each for each in plan["meetings"] if each["id"] == name)
    return found


def entry(instance: Document, kind: str, name: str) -> Document:
    """Return the entry of one of the instance's lists by its id."""
    found: Document = next(each for each in instance[kind] if each["id"] == name)
    return found


def move(plan: Document, name: str, start: str, minutes: int, venue: str | None = None) -> None:
    """Move a meeting to another start, given with its offset, and perhaps to another venue."""
    moved = meeting(plan, name)
    begin = datetime.fromisoformat(start)
    moved |= {"start": start, "end": (begin + timedelta(minutes=minutes)).isoformat()}
    moved["venue"] = venue or moved["venue"]


def people(plan: Document, name: str, text: str) -> None:
    """Put other people on duty, given as ``anna:expert ben:representative``."""
    meeting(plan, name)["people"] = duties(text)


def edited(edit: Edit | None = None, plan: Document = PLAN) -> tuple[Document, Document]:
    """Return copies of the two towns and of a plan, edited."""
    documents = deepcopy(INSTANCE), deepcopy(plan)
    if edit:
        edit(*documents)
    return documents


def parsed(instance: Document, plan: Document) -> tuple[Instance, Plan]:
    """Return both as values."""
    return Instance.model_validate(instance), Plan.model_validate(plan)


def restate(instance: Document, plan: Document, baseline: Document | None = None) -> None:
    """Let the plan state the figures that the verifier expects, so that only rules can be broken."""
    before = None if baseline is None else Plan.model_validate(baseline)
    case = Case(*parsed(instance, plan), before)
    figures = {id(held.record): right for held, right in case.figures.items()}
    for stated, record in zip(plan["meetings"], case.plan.meetings, strict=True):
        right = figures[id(record)]
        stated |= {"id": identity(record), "heads": right.heads, "points": right.points}
        stated["types"] = sorted(right.types)
        stated["cost"] = {part: format_cents(cents) for part, cents in right.cost}
    values = objectives(case)
    for tier in plan["tiers"]:
        tier.update(dict.fromkeys(("value", "best", "bound"), values[tier["name"]]))


def check(instance: Document, plan: Document, baseline: Document | None = None) -> Report:
    """Verify documents."""
    before = None if baseline is None else Plan.model_validate(baseline)
    return verify(*parsed(instance, plan), baseline=before)


def rules_broken(report: Report) -> set[str]:
    """Return the ids of the rules that are broken."""
    return {str(violation.rule) for violation in report.violations}
