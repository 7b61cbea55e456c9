"""What each key of an instance means, in a sentence for whoever fills in a table.

In brackets: what counts where nothing is given. A key's text stands under the model that declares it.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel

_NIGHTS = "A weekday without a window, while others have one: not at all. Never at all: the word never."

EXPLANATIONS: Mapping[str, Mapping[str, str]] = {
    "Instance": {
        "schema": "The kind of this file; leave it as it is.",
        "id": "Short name of this plan.",
        "name": "Its title.",
        "timezone": "All times are local times here, for example Europe/Warsaw.",
        "currency": "Of all amounts, as three capital letters (EUR).",
        "person_gap_minutes": "At least so many minutes between two duties of one person (60).",
        "balance": "With several cities: maximin lifts the smallest share that a city gets of what it could "
        "have alone; leximin then also the second smallest, and so on (maximin).",
        "prices": "When no plan exists: how painful the way out is that relaxes this rule.",
    },
    "Horizon": {
        "start": "The first date to plan.",
        "end": "The last date to plan.",
        "why": "A private note; no export or calendar feed ever shows it.",
    },
    "DateRange": {
        "start": "The first date.",
        "end": "The last date; it belongs to the range.",
        "why": "A private note; no export or calendar feed ever shows it.",
    },
    "Interval": {
        "start": "The first moment, local time.",
        "end": "Up to, and not including, this moment. A whole day ends at 00:00 of the next.",
        "why": "A private note, such as leave; no export or calendar feed ever shows it.",
    },
    "Holidays": {
        "country": "No meetings on the public holidays of this country, as two letters (none).",
        "subdivision": "Its region, for countries whose regions have holidays of their own (none).",
        "add": "More days off (none).",
        "remove": "Public holidays on which you do meet (none).",
    },
    "SlotRule": {
        "weekdays": "On these weekdays meetings may start.",
        "starts": "At these times of day.",
        "bonus": "Appeal of these hours, for those that suit most (0).",
    },
    "DisruptionWeights": {
        "cancel": "When re-planning, how bad it is to drop a meeting (100).",
        "add": "When re-planning, how bad a new meeting is (50).",
        "date": "When re-planning, how bad another date is, plus 1 for each day moved (30).",
        "time": "When re-planning, how bad another time on the same date is (10).",
        "venue": "When re-planning, how bad another venue is (15).",
        "person": "When re-planning, how bad a duty is that somebody loses (5).",
    },
    "Objective": {
        "tier": "What counts, the most important first; what is left out is not optimised.",
        "give": "The share of it that later rows may give up, for example 0.02 of the points (0).",
    },
    "Pin": {
        "city": "A meeting that is settled: its city.",
        "topic": "Its topic.",
        "held": "false: this meeting must not be held (true).",
        "date": "On this date (any).",
        "start": "At this time of day (any).",
        "venue": "In this venue (any).",
        "people": "At least these people; without a role, in any role (anybody).",
    },
    "City": {
        "id": "Short name by which other sheets refer to the city.",
        "name": "Its name.",
        "open_meetings_per_month": "Meetings a month that are open to people who do not run a firm yet (0).",
        "min_days_between": "From one meeting to the next at least so many days (14).",
        "budget": "Net cost of all meetings together at most (no limit).",
        "held_before": "Topics of earlier quarters, which count for the topics' column after (none).",
        "max_outside_experts": "Duties of experts from institutions without a city at most (no limit).",
        "max_uses_per_venue": "Meetings in one and the same venue at most (no limit).",
        "min_host_institutions": "Different institutions that lend their rooms, at least (0).",
        "formats": "At least so many meetings of this format (0).",
        "max_away_meetings": "Meetings in other cities' venues at most (no limit).",
        "reserved_seats": "Seats kept for the people on duty (5).",
        "company_hours": f"When firms that say nothing themselves can come (always). {_NIGHTS}",
    },
    "MonthlyMeetings": {
        "min": "Meetings in each month at least (1).",
        "max": "Meetings in each month at most (1).",
    },
    "PubMeetings": {
        "min": "Meetings in pubs at least (0).",
        "max": "Meetings in pubs at most (no limit).",
    },
    "Coverage": {
        "each_meeting": "Kinds of institutions that are at every meeting (none).",
        "at_least": "At how many meetings in all this kind of institution is, at least (where all columns "
        "of coverage are empty: 1 for university, business_support, vocational_school and private; else 0).",
    },
    "Crew": {
        "broker": "Cooperation brokers that every meeting has (1).",
        "presenter": "Presenters that every meeting has (1).",
    },
    "Institution": {
        "id": "Short name by which other sheets refer to the institution.",
        "name": "Its name.",
        "type": "What kind of institution it is.",
        "city": "Where it belongs (none: it is from outside).",
    },
    "Topic": {
        "id": "Short name by which other sheets refer to the topic.",
        "title": "What firms read.",
        "minutes": "How long a meeting on it takes.",
        "format": "How it is treated (talk).",
        "expertise": "Words, each of which must be one of some assigned expert's (none: no experts).",
        "equipment": "What the venue must have (none).",
        "open": "Whether people who do not run a firm yet may come (true).",
        "min_participants": "Not held for fewer (1; write 0 where only the demand is known).",
        "max_participants": "Participants at most (no limit).",
        "walk_in": "Guests expected besides the firms listed, open topics only (0).",
        "demand": "Points for holding it at all, such as the number of firms that gave no name (0).",
        "fee": "What each participant pays (0).",
        "earliest": "Not before this date (no limit).",
        "latest": "Not after this date (no limit).",
        "after": "Only if these topics were held before it (none).",
        "required": "Whether every city of the topic must hold it (false).",
        "cities": "Which cities may hold it (all).",
    },
    "Venue": {
        "id": "Short name by which other sheets refer to the venue.",
        "name": "Its name.",
        "kind": "Whose house it is.",
        "institution": "Which institution's it is; needed for public ones and with host_required (none).",
        "city": "Where it stands.",
        "open_to": "Cities that may use it, its own included if it may (its own).",
        "capacity": "Seats.",
        "equipment": "What it has (none).",
        "hours": f"When it is open (always). {_NIGHTS}",
        "fee": "Rent for a meeting (0).",
        "minimum_spend": "What the house wants to earn on a meeting; the city pays what is missing (0).",
        "spend_per_head": "What a participant spends there on average (0).",
        "catering_per_head": "What the city pays for each participant's refreshments (0).",
        "turnaround_minutes": "At least so many minutes between two meetings in it (0).",
        "max_uses": "Meetings in it in all at most (no limit).",
        "quota": "Meetings of this city in this venue at most.",
        "host_required": "Whether somebody of the house has to be there (false).",
    },
    "VenueEvent": {
        "date": "Something that makes an evening there more appealing, such as a match: its date.",
        "from": "It counts for meetings that start at this time of day or later (00:00).",
        "title": "What is on.",
        "bonus": "How much more appealing.",
    },
    "Person": {
        "id": "Short name by which other sheets refer to the person.",
        "name": "Name, as it appears in the plan.",
        "institution": "For whom the person works.",
        "roles": "What the person can do at a meeting; one of these in any one meeting.",
        "email": "For invitations (none).",
        "expertise": "What an expert speaks on, in the words of the topics (none).",
        "available": f"The work schedule (always). {_NIGHTS}",
        "busy_calendars": "Calendar files (.ics) beside this file, or in the folder of CSV files (none).",
        "cities": "Where on duty (the institution's city; all where it has none).",
        "max_meetings": "Duties in all at most (no limit).",
        "max_per_month": "Duties in a calendar month at most (no limit).",
        "fee": "For each meeting (0).",
        "travel": "For each meeting in this city.",
        "overtime_per_hour": "Cost of an hour outside the schedule (none: no such duties).",
        "overtime_hours": f"When overtime may fall (07:00-21:00 on the days of work). {_NIGHTS}",
        "max_overtime_minutes": "Overtime in all at most, in minutes (no limit).",
    },
    "Company": {
        "id": "Short name by which other sheets refer to the firm.",
        "name": "Its name.",
        "city": "Where it is.",
        "cities": "Whose meetings it attends (its own city's).",
        "interests": "How much it wants this topic: 1 (would come) to 3 (needs it).",
        "available": f"When it can come (the city's company_hours). {_NIGHTS}",
        "candidate": "true: somebody who does not run a firm yet, and comes to open topics only (false).",
        "offers": "Words for introductions by the broker; they bear on no rule (none).",
        "needs": "Likewise: what it looks for (none).",
    },
}


def explanation(model: type[BaseModel], key: str) -> str:
    """Return what a key of a model means.

    Raises
    ------
    KeyError
        Nothing is said about it yet: a line above is missing.
    """
    for base in model.__mro__:
        text = EXPLANATIONS.get(base.__name__, {}).get(key)
        if text:
            return text
    raise KeyError(f"{model.__name__}.{key} has no explanation")
