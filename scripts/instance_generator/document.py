"""A whole instance, put together from its parts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from instance_generator.calendars import make_calendars
from instance_generator.companies import make_companies
from instance_generator.draw import Record
from instance_generator.frame import Frame, head, make_frame
from instance_generator.people import Staffing
from instance_generator.places import make_city, make_institutions, make_venues
from instance_generator.recipe import Recipe
from instance_generator.settled import settle
from instance_generator.topics import make_topics, words_of


@dataclass(frozen=True, slots=True)
class Generated:
    """An instance, and the calendar files that it names.

    Attributes
    ----------
    document : dict
        The instance, every scalar as plain data.
    calendars : mapping of str to str
        Texts of .ics files by the names under which they belong beside the instance.
    """

    document: Record
    calendars: Mapping[str, str]

    def yaml(self) -> str:
        """Return the instance as YAML; entries without structure of their own on one line."""
        import yaml

        dump = partial(yaml.dump, Dumper=_plain_dumper(), sort_keys=False, allow_unicode=True, width=110)
        return str(dump(self.document, default_flow_style=None))


def generate(recipe: Recipe, name: str = "gen") -> Generated:
    """Make the instance of a recipe; its id begins with `name`.

    Raises
    ------
    ValueError
        Where there are fewer topics than months: a topic is held once at most, a month needs one.
    """
    if recipe.topics < recipe.months:
        raise ValueError(f"{recipe.months} months need at least as many topics, not {recipe.topics}")
    frame = make_frame(recipe)
    identifier = f"{name}-{recipe.seed}"
    towns = _towns(frame)
    document = head(frame, next(iter(towns.values())), identifier)
    cities = list(towns)
    near = _regions(frame, cities)
    document["cities"] = [make_city(frame, city, town) for city, town in towns.items()]
    institutions = {city: make_institutions(frame, city, town) for city, town in towns.items()}
    document["institutions"] = [entry for city in cities for entry in institutions[city]]
    topics = document["topics"] = make_topics(frame, cities)
    venues = {city: make_venues(frame, city, near[city], institutions[city]) for city in cities}
    document["venues"] = [venue for city in cities for venue in venues[city]]
    document["people"] = [
        person
        for city in cities
        for person in Staffing(
            frame,
            city,
            cities=near[city],
            institutions=institutions[city],
            venues=venues[city],
            topics=topics,
        ).people()
    ]
    document["companies"] = make_companies(frame, near, topics)
    _drop_idle_equipment(document)
    if recipe.settled:
        settle(frame, document)
    return Generated(document, make_calendars(frame, identifier, document["people"]))


def _towns(frame: Frame) -> dict[str, str]:
    """Return ids and names of the cities; names repeat, numbered, where a country's run out."""
    names = list(frame.locale.towns)
    frame.draw("towns").shuffle(names)
    width = max(2, len(str(frame.recipe.cities - 1)))
    result = {}
    for index in range(frame.recipe.cities):
        round_, place = divmod(index, len(names))
        result[f"c{index:0{width}}"] = names[place] + (f" {round_ + 1}" if round_ else "")
    return result


def _regions(frame: Frame, cities: list[str]) -> dict[str, list[str]]:
    """Return for each city those of its region, itself among them."""
    most = frame.recipe.together
    if most is None:
        return dict.fromkeys(cities, cities)
    draw = frame.draw("regions")
    near: dict[str, list[str]] = {}
    while len(near) < len(cities):
        region = cities[len(near) : len(near) + draw.randint(1, most)]
        near |= dict.fromkeys(region, region)
    return near


def _drop_idle_equipment(document: Record) -> None:
    """Leave out what no topic asks for: a word on one side only would look like a slip."""
    wanted = words_of(document["topics"], "equipment")
    for venue in document["venues"]:
        venue["equipment"] = [word for word in venue["equipment"] if word in wanted]


def _plain_dumper() -> type:
    """Return a dumper without anchors: tables that are the same are written out."""
    import yaml

    class PlainDumper(yaml.SafeDumper):
        def ignore_aliases(self, data: object) -> bool:
            return True

    return PlainDumper
