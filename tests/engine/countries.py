"""Tiny countries: copies of a random tiny region, each changed by chance, that share nothing."""

from copy import deepcopy
from random import Random
from typing import Any

from meetsched.domain.instance import Instance
from tests.oracle.draw import Table
from tests.oracle.tiny import document

ORDERS: list[list[Any]] = [
    ["balance", "points", "cost", "appeal", "effort"],
    ["balance", "points", "cost", "appeal", "effort"],
    [{"tier": "balance", "give": 0.1}, "points", "cost", "effort"],
    [{"tier": "balance", "give": 0.3}, "cost", "points"],
    ["points", "balance", "cost", "effort"],
    ["cost", "balance", "appeal", "points"],
    ["points", "cost", "balance"],
    ["points", "cost", {"tier": "appeal", "give": 0.3}],
    ["balance"],
    [],
]
"""Orders of tiers in which parts can be planned apart."""


def country(seed: int, *, regions: int, fairness: str = "maximin") -> Instance:
    """Return the random country of a seed."""
    return Instance.model_validate(country_document(seed, regions=regions, fairness=fairness))


def country_document(seed: int, *, regions: int, fairness: str = "maximin") -> Table:
    """Return the random country of a seed as a document of schema ``meetsched/1``."""
    random = Random(f"country {seed}")
    model = document(seed)
    whole = {key: deepcopy(value) for key, value in model.items() if key not in _LISTS}
    whole |= {"id": f"country-{seed}", "objectives": random.choice(ORDERS), "balance": fairness}
    whole |= {key: [] for key in _LISTS}
    whole["topics"] = deepcopy(model["topics"])
    for number in range(regions):
        region = _renamed(model, f"r{number}-")
        if number:
            _vary(region, random)
        for key in _LISTS - {"topics"}:
            whole[key] += region[key]
    for topic in whole["topics"]:
        if "cities" in topic:
            topic["cities"] = [f"r{number}-{city}" for number in range(regions) for city in topic["cities"]]
    return whole


_LISTS = {"cities", "institutions", "topics", "venues", "people", "companies", "pins"}


def _renamed(model: Table, prefix: str) -> Table:
    """Return the lists of an instance under other ids, open to nobody else."""
    region = {key: deepcopy(model.get(key, [])) for key in _LISTS - {"topics"}}
    cities = [prefix + city["id"] for city in region["cities"]]
    homes = {entry["id"]: entry.get("city") for entry in region["institutions"]}

    def every(entry: Table, *keys: str) -> None:
        for key in keys:
            if key in entry:
                value = entry[key]
                entry[key] = [prefix + each for each in value] if isinstance(value, list) else prefix + value

    for venue in region["venues"]:
        if venue.get("open_to") == "all":
            venue["open_to"] = [city.removeprefix(prefix) for city in cities]
        every(venue, "id", "city", "institution", "open_to")
        venue |= {"quota": {prefix + city: uses for city, uses in venue.get("quota", {}).items()}}
    for person in region["people"]:
        if person.get("cities", homes[person["institution"]] or "all") == "all":
            person["cities"] = [city.removeprefix(prefix) for city in cities]
        every(person, "id", "institution", "cities")
        person |= {"travel": {prefix + city: cost for city, cost in person.get("travel", {}).items()}}
    for company in region["companies"]:
        every(company, "id", "city", "cities")
    for entry in region["institutions"]:
        every(entry, "id", "city")
    for city in region["cities"]:
        every(city, "id")
    for pin in region["pins"]:
        every(pin, "city", "venue")
        for pinned in pin.get("people", ()):
            every(pinned, "person")
    return region


def _vary(region: Table, random: Random) -> None:
    """Change wishes, money and time, so that no two regions are alike."""
    for company in region["companies"]:
        company["interests"] = {topic: random.randint(1, 3) for topic in company["interests"]}
    for venue in region["venues"]:
        venue["capacity"] = max(2, venue["capacity"] + random.choice([-1, 0, 0, 2]))
        venue["fee"] = random.choice([0, 10, 35])
    for person in region["people"]:
        if random.random() < 0.3:
            person["fee"] = random.choice([0, 5, 20])
        if random.random() < 0.2:
            person["max_meetings"] = random.choice([1, 2])
