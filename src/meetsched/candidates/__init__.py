"""What is possible at all before solving, and the rule that dropped the rest."""

from meetsched.candidates.clock import Clock
from meetsched.candidates.distance import Distance
from meetsched.candidates.find import Candidates, find_candidates
from meetsched.candidates.meeting import DutyCandidate, MeetingCandidates, Places
from meetsched.candidates.nearness import Nearness
from meetsched.candidates.starts import Start, holiday_dates
from meetsched.rules import Rule

RULES = (
    Rule.SLOT,
    Rule.TOPIC_WINDOW,
    Rule.TOPIC_TURNOUT,
    Rule.VENUE_ACCESS,
    Rule.VENUE_HOURS,
    Rule.VENUE_EQUIPMENT,
    Rule.EXPERT_MATCH,
    Rule.PRESENTER_INSTITUTION,
    Rule.PERSON_ROLE,
    Rule.PERSON_CITY,
)
"""The rules on one meeting alone that candidates hold, so that the model need not."""

__all__ = [
    "RULES",
    "Candidates",
    "Clock",
    "Distance",
    "DutyCandidate",
    "MeetingCandidates",
    "Nearness",
    "Places",
    "Start",
    "find_candidates",
    "holiday_dates",
]
