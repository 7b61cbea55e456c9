"""What the sentences about an instance have in common."""

from collections.abc import Callable, Sequence

from meetsched.domain.calendar import DateRange, Month
from meetsched.domain.entities import Person, Role
from meetsched.domain.explanation import Demand
from meetsched.domain.instance import Instance
from meetsched.domain.names import Names
from meetsched.domain.words import count, listing, one_line


def month_of(name: str) -> Month:
    """Return the month that is written ``2027-02``."""
    year, number = name.split("-")
    return Month(int(year), int(number))


def times(most: int) -> str:
    """Say how often at most."""
    return f"at most {count(most, 'time')}" if most else "not at all"


class Words:
    """Says what an instance names.

    Attributes
    ----------
    instance : Instance
    dates : sequence of DateRange
        Those that matter, where somebody's time is said.
    names : Names
    """

    def __init__(self, instance: Instance, dates: Sequence[DateRange]) -> None:
        self.instance = instance
        self.dates = dates
        self.names = Names(instance)

    def city(self, name: str) -> str:
        """Say a city."""
        return self.names.city(name)

    def topic(self, name: str) -> str:
        """Say a topic by its title."""
        known = self.instance.topic_by_id.get(name)
        return one_line(known.title) if known else name

    def meeting(self, name: str) -> str:
        """Say a meeting by its id: by its topic, and its city where there are several."""
        city, topic = name.split("/")
        several = len(self.instance.cities) > 1
        return f"{self.topic(topic)} ({self.city(city)})" if several else self.topic(topic)

    def venue(self, name: str) -> str:
        """Say a venue."""
        return self.names.venue(name)

    def people(self, who: Callable[[Person], bool]) -> str:
        """Name people in brackets: `` (Anna Lis and Jan Kowalski)``, `` (there is nobody)``."""
        names = [one_line(person.name) for person in self.instance.people if who(person)]
        return f" ({listing(names) or 'there is nobody'})"

    def serving(self, city: str, role: Role) -> Callable[[Person], bool]:
        """Return whether a person can serve a city in a role."""
        return lambda person: role in person.roles and city in self.instance.cities_of_person(person)


Sentence = Callable[[Words, Demand], str]
"""Says a demand of a rule."""
