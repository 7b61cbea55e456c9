"""One small check per rule, by family. A new rule's check goes into its family's file and, with its id,
into one of the two tables here: into the first where one meeting alone can break the rule and meetings
of the past are exempt, else into the second.
"""

from collections.abc import Mapping
from types import MappingProxyType

from meetsched.rules import Rule
from meetsched.verify.checks import budget, commitments, dates, people, staffing, topics, venues
from meetsched.verify.checks.finding import Finding, MeetingCheck, PlanCheck, about

MEETING_CHECKS: Mapping[Rule, MeetingCheck] = MappingProxyType(
    {
        Rule.SLOT: dates.slot,
        Rule.TOPIC_WINDOW: topics.window,
        Rule.TOPIC_TURNOUT: topics.turnout,
        Rule.VENUE_ACCESS: venues.access,
        Rule.VENUE_HOURS: venues.hours,
        Rule.VENUE_EQUIPMENT: venues.equipment,
        Rule.EXPERTISE: staffing.expertise,
        Rule.EXPERT_MATCH: staffing.expert_match,
        Rule.CREW: staffing.crew,
        Rule.HOST: staffing.host,
        Rule.HOST_INSTITUTION: staffing.host_institution,
        Rule.PRESENTER_INSTITUTION: staffing.presenter_institution,
        Rule.COVERAGE_MEETING: staffing.coverage_meeting,
        Rule.PERSON_ROLE: people.role,
        Rule.PERSON_CITY: people.city,
        Rule.PERSON_AVAILABLE: people.available,
    }
)
"""Rules on one meeting alone, from which meetings of the past are exempt."""

PLAN_CHECKS: Mapping[Rule, PlanCheck] = MappingProxyType(
    {
        Rule.CADENCE: dates.cadence,
        Rule.CADENCE_OPEN: dates.cadence_open,
        Rule.SPACING: dates.spacing,
        Rule.TOPIC_ONCE: topics.once,
        Rule.TOPIC_ORDER: topics.order,
        Rule.TOPIC_REQUIRED: topics.required,
        Rule.TOPIC_FORMAT: topics.formats,
        Rule.VENUE_AWAY: venues.away,
        Rule.VENUE_CLASH: venues.clash,
        Rule.VENUE_USES: venues.uses,
        Rule.VENUE_QUOTA: venues.quota,
        Rule.VENUE_ROTATION: venues.rotation,
        Rule.VENUE_HOSTS: venues.hosts,
        Rule.VENUE_PUBS: venues.pubs,
        Rule.EXPERT_OUTSIDE: staffing.expert_outside,
        Rule.COVERAGE_HORIZON: staffing.coverage_horizon,
        Rule.PERSON_ONE_ROLE: people.one_role,
        Rule.PERSON_CLASH: people.clash,
        Rule.PERSON_LOAD: people.load,
        Rule.PERSON_OVERTIME: people.overtime_limit,
        Rule.BUDGET: budget.budget,
        Rule.PIN: commitments.pin,
        Rule.FROZEN: commitments.frozen,
        Rule.CHANGES: commitments.changes,
    }
)
"""Rules that count all meetings, those of the past too."""

__all__ = ["MEETING_CHECKS", "PLAN_CHECKS", "Finding", "MeetingCheck", "PlanCheck", "about"]
