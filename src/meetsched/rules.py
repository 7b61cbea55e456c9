"""The public names: rule ids, tiers, kinds of change. Reports, explanations and tests use them."""

from enum import StrEnum


class Rule(StrEnum):
    """A hard rule that every plan holds; the value is its public id."""

    SLOT = "slot"
    CADENCE = "cadence"
    CADENCE_OPEN = "cadence.open"
    SPACING = "spacing"
    TOPIC_ONCE = "topic.once"
    TOPIC_WINDOW = "topic.window"
    TOPIC_ORDER = "topic.order"
    TOPIC_REQUIRED = "topic.required"
    TOPIC_TURNOUT = "topic.turnout"
    TOPIC_FORMAT = "topic.format"
    VENUE_ACCESS = "venue.access"
    VENUE_AWAY = "venue.away"
    VENUE_HOURS = "venue.hours"
    VENUE_EQUIPMENT = "venue.equipment"
    VENUE_CLASH = "venue.clash"
    VENUE_USES = "venue.uses"
    VENUE_QUOTA = "venue.quota"
    VENUE_ROTATION = "venue.rotation"
    VENUE_HOSTS = "venue.hosts"
    VENUE_PUBS = "venue.pubs"
    EXPERTISE = "expertise"
    EXPERT_MATCH = "expert.match"
    EXPERT_OUTSIDE = "expert.outside"
    CREW = "crew"
    HOST = "host"
    HOST_INSTITUTION = "host.institution"
    PRESENTER_INSTITUTION = "presenter.institution"
    COVERAGE_MEETING = "coverage.meeting"
    COVERAGE_HORIZON = "coverage.horizon"
    PERSON_ROLE = "person.role"
    PERSON_CITY = "person.city"
    PERSON_ONE_ROLE = "person.one-role"
    PERSON_AVAILABLE = "person.available"
    PERSON_CLASH = "person.clash"
    PERSON_LOAD = "person.load"
    PERSON_OVERTIME = "person.overtime"
    BUDGET = "budget"
    PIN = "pin"
    FROZEN = "frozen"
    CHANGES = "changes"


class Tier(StrEnum):
    """An objective; a plan's objectives count lexicographically."""

    DISRUPTION = "disruption"
    BALANCE = "balance"
    POINTS = "points"
    COST = "cost"
    APPEAL = "appeal"
    EFFORT = "effort"

    @property
    def maximise(self) -> bool:
        """Whether more of it is better."""
        return self in (Tier.BALANCE, Tier.POINTS, Tier.APPEAL)


DEFAULT_ORDER: tuple[Tier, ...] = tuple(Tier)
"""The order in which tiers count where an instance names none."""

FIGURES = "figures"
"""The pseudo-rule under which `verify` tells wrong figures in a plan."""

PRICE_KEYS: dict[str, int] = {
    Rule.BUDGET: 1,
    Rule.PERSON_AVAILABLE: 10,
    Rule.PERSON_OVERTIME: 2,
    Rule.PERSON_LOAD: 3,
    Rule.VENUE_HOURS: 10,
    Rule.VENUE_ACCESS: 10,
    Rule.VENUE_USES: 3,
    Rule.VENUE_QUOTA: 3,
    Rule.VENUE_ROTATION: 3,
    Rule.VENUE_AWAY: 3,
    Rule.VENUE_HOSTS: 5,
    Rule.VENUE_PUBS: 5,
    Rule.TOPIC_FORMAT: 5,
    Rule.VENUE_EQUIPMENT: 5,
    Rule.TOPIC_TURNOUT: 1,
    Rule.TOPIC_WINDOW: 5,
    Rule.TOPIC_ORDER: 10,
    Rule.TOPIC_REQUIRED: 10,
    Rule.SPACING: 1,
    "cadence.more": 10,
    "cadence.fewer": 40,
    Rule.CADENCE_OPEN: 10,
    Rule.EXPERTISE: 20,
    Rule.EXPERT_OUTSIDE: 4,
    Rule.COVERAGE_HORIZON: 15,
    Rule.COVERAGE_MEETING: 15,
    Rule.CREW: 30,
    Rule.HOST: 10,
    Rule.PIN: 5,
    Rule.FROZEN: 20,
}
"""Keys of an instance's `prices` with their defaults: the rule that a change relaxes; for a month's
number of meetings the direction too."""
