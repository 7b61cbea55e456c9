"""Which ids of an instance name what."""

from collections.abc import Mapping
from typing import NamedTuple


class Reference(NamedTuple):
    """Where ids stand (``[]``: each entry of a list, ``{}``: each key of a table), and what they name."""

    where: str
    names: str


INSTANCE_REFERENCES = (
    Reference("cities[].held_before[]", "topics"),
    Reference("institutions[].city", "cities"),
    Reference("topics[].after[]", "topics"),
    Reference("topics[].cities[]", "cities"),
    Reference("venues[].institution", "institutions"),
    Reference("venues[].city", "cities"),
    Reference("venues[].open_to[]", "cities"),
    Reference("venues[].quota{}", "cities"),
    Reference("people[].institution", "institutions"),
    Reference("people[].cities[]", "cities"),
    Reference("people[].travel{}", "cities"),
    Reference("companies[].city", "cities"),
    Reference("companies[].cities[]", "cities"),
    Reference("companies[].interests{}", "topics"),
    Reference("pins[].city", "cities"),
    Reference("pins[].topic", "topics"),
    Reference("pins[].venue", "venues"),
    Reference("pins[].people[].person", "people"),
)

SINGULAR: Mapping[str, str] = {
    "cities": "city",
    "institutions": "institution",
    "topics": "topic",
    "venues": "venue",
    "people": "person",
    "companies": "company",
}
"""What one entry is called, for each list whose entries have ids."""
