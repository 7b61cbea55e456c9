"""What an instance asks for and nobody or no room can give, and people who can give nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from meetsched.domain.entities import City, InstitutionType, Person, Role, Topic, Venue
from meetsched.domain.instance import Instance
from meetsched.domain.reach import Reach
from meetsched.loading.raw import Document, Located, Path


def shortages(document: Document, instance: Instance) -> Iterator[Located]:
    """Yield a warning for each topic, city or person that something is missing for."""
    yield from _unwanted_topics(document, instance)
    yield from _rooms(document, instance)
    people = Reach(instance).people
    for index, city in enumerate(instance.cities):
        yield from _crew(document, instance, ("cities", index), city, people[city.id])
        yield from _coverage(document, instance, ("cities", index), city, people[city.id])
    yield from _experts(document, instance, people)
    yield from _idle_people(document, instance)


def _unwanted_topics(document: Document, instance: Instance) -> Iterator[Located]:
    """Tell of topics that nobody asks for, and of those that fewer ask for than they need."""
    asking = _asking(instance)
    for index, topic in enumerate(instance.topics):
        walk_in = topic.walk_in if topic.open else 0
        most = walk_in + max((asking[topic.id, city] for city in instance.cities_of_topic(topic)), default=0)
        if most == 0 and topic.demand == 0:
            required = ", yet it is required" if topic.required else ""
            yield document.tell(("topics", index, "id"), f"nobody asks for this topic{required}")
        elif most < topic.min_participants:
            path = ("topics", index, "min_participants")
            yield document.tell(path, f"too few ask for {topic.id}: in no city more than {most}")


def _asking(instance: Instance) -> Counter[tuple[str, str]]:
    """Count the companies that ask for a topic, by topic and city."""
    return Counter(
        (topic, city)
        for company in instance.companies
        for topic in company.interests
        if instance.topic_by_id[topic].open or not company.candidate
        for city in instance.cities_of_company(company)
    )


def _rooms(document: Document, instance: Instance) -> Iterator[Located]:
    """Tell of cities without venues, and of topics for which a city has no room."""
    venues = Reach(instance).venues
    for index, city in enumerate(instance.cities):
        if not venues[city.id]:
            yield document.tell(("cities", index, "id"), "no venue is open to this city")
    known = {word for venue in instance.venues for word in venue.equipment}
    for index, topic in enumerate(instance.topics):
        cities = [instance.city_by_id[city] for city in instance.cities_of_topic(topic) if venues[city]]
        crowded = [city.id for city in cities if not _has_seats(topic, city, venues[city.id])]
        if crowded:
            path = ("topics", index, "min_participants")
            yield document.tell(path, f"no venue has so many seats for {topic.id} in {', '.join(crowded)}")
        needed = known.intersection(topic.equipment)
        bare = [city.id for city in cities if not any(needed <= {*v.equipment} for v in venues[city.id])]
        if bare:
            path = ("topics", index, "equipment")
            yield document.tell(path, f"no venue has all of this for {topic.id} in {', '.join(bare)}")


def _has_seats(topic: Topic, city: City, venues: Collection[Venue]) -> bool:
    """Whether a venue seats the least number of participants besides the people on duty."""
    least = topic.min_participants
    return least == 0 or any(venue.capacity - city.reserved_seats >= least for venue in venues)


def _crew(
    document: Document, instance: Instance, path: Path, city: City, people: Sequence[Person]
) -> Iterator[Located]:
    counts = {
        Role.BROKER: sum(Role.BROKER in person.roles for person in people),
        Role.PRESENTER: sum(_may_present(instance, person) for person in people),
    }
    for role, count in counts.items():
        needed = getattr(city.crew, role)
        if count < needed:
            where = " from a local_administration" if role is Role.PRESENTER else ""
            text = f"{city.id} needs {needed} at each meeting, but has {count}{where}"
            yield document.tell((*path, "crew", role.value), text)


def _may_present(instance: Instance, person: Person) -> bool:
    kind = instance.institution_by_id[person.institution].type
    return Role.PRESENTER in person.roles and kind is InstitutionType.LOCAL_ADMINISTRATION


def _coverage(
    document: Document, instance: Instance, path: Path, city: City, people: Sequence[Person]
) -> Iterator[Located]:
    """Tell of institution types that a city needs and nobody represents."""
    present = {
        instance.institution_by_id[person.institution].type
        for person in people
        if Role.REPRESENTATIVE in person.roles or Role.EXPERT in person.roles
    }
    text = f"no expert or representative of this type is on duty in {city.id}"
    for place, kind in enumerate(city.coverage.each_meeting):
        if kind not in present:
            yield document.tell((*path, "coverage", "each_meeting", place), text)
    for kind, count in city.coverage.at_least.items():
        if count > 0 and kind not in present:
            yield document.tell((*path, "coverage", "at_least", kind.value), text)


def _experts(
    document: Document, instance: Instance, people: Mapping[str, Sequence[Person]]
) -> Iterator[Located]:
    """Tell of expertise that somebody has, but nobody who is on duty in a city that may hold the topic."""
    known = _expertise(instance.people)
    local = {city: _expertise(persons) for city, persons in people.items()}
    named = {tag for person in instance.people for tag in person.expertise}
    for index, topic in enumerate(instance.topics):
        for place, tag in enumerate(topic.expertise):
            cities = [city for city in instance.cities_of_topic(topic) if tag not in local[city]]
            if cities and tag in named:
                where = ", ".join(cities) if tag in known else "any city"
                text = f"no expert with this tag is on duty in {where}"
                yield document.tell(("topics", index, "expertise", place), text)


def _expertise(people: Collection[Person]) -> set[str]:
    return {tag for person in people if Role.EXPERT in person.roles for tag in person.expertise}


def _idle_people(document: Document, instance: Instance) -> Iterator[Located]:
    """Tell of people who can be given none of their roles, and of presenters who work elsewhere."""
    asked = {tag for topic in instance.topics for tag in topic.expertise}
    hosted = {venue.institution for venue in instance.venues if venue.host_required}
    for index, person in enumerate(instance.people):
        path = ("people", index, "roles")
        presents = _may_present(instance, person)
        idle = {
            Role.EXPERT: "no topic asks for their expertise" * asked.isdisjoint(person.expertise),
            Role.HOST: "no venue of their institution requires a host" * (person.institution not in hosted),
            Role.PRESENTER: "presenters work for a local_administration" * (not presents),
        }
        reasons = [idle.get(role, "") for role in person.roles]
        if all(reasons):
            text = "; ".join(reasons) or "they have no role"
            yield document.tell(path, f"{person.id} can never be on duty: {text}")
        elif Role.PRESENTER in person.roles and not presents:
            yield document.tell(path, f"{person.id} can never present: {idle[Role.PRESENTER]}")
