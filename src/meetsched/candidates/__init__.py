"""What is possible at all before solving, and the rule that dropped the rest."""

from meetsched.candidates.clock import Clock
from meetsched.candidates.find import Candidates, find_candidates
from meetsched.candidates.meeting import DutyCandidate, MeetingCandidates, Places
from meetsched.candidates.starts import Start, holiday_dates

__all__ = [
    "Candidates",
    "Clock",
    "DutyCandidate",
    "MeetingCandidates",
    "Places",
    "Start",
    "find_candidates",
    "holiday_dates",
]
