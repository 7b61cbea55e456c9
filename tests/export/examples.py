"""Instances and plans worked out by hand, and ways to spoil them."""

from functools import cache
from pathlib import Path

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Meeting, Plan
from meetsched.loading import load_instance, load_plan

DATA = Path(__file__).parent / "data"


@cache
def example(name: str) -> tuple[Instance, Plan]:
    """Return an instance of tests/export/data and its plan: `town` or `region`."""
    instance = load_instance(DATA / f"{name}.yaml").instance
    return instance, load_plan(DATA / f"{name}.plan.json", instance)


def hostile(name: str, text: str) -> tuple[Instance, Plan]:
    """Return an example whose every name and title is the text."""
    instance, plan = example(name)
    venues = [
        venue.model_copy(
            update={
                "name": text,
                "events": tuple(event.model_copy(update={"title": text}) for event in venue.events),
            }
        )
        for venue in instance.venues
    ]
    renamed = instance.model_copy(
        update={
            "name": text,
            "venues": tuple(venues),
            "cities": _renamed(instance.cities, "name", text),
            "institutions": _renamed(instance.institutions, "name", text),
            "topics": _renamed(instance.topics, "title", text),
            "people": _renamed(instance.people, "name", text),
            "companies": _renamed(instance.companies, "name", text),
        }
    )
    return Instance.model_construct(**dict(renamed)), plan.model_copy(
        update={part: _renamed(getattr(plan, part), "title", text) for part in ("meetings", "cancelled")}
    )


def forgetful(name: str) -> tuple[Instance, Plan]:
    """Return an example whose plan names a city, a topic, a venue and people that are unknown."""
    instance, plan = example(name)
    first = plan.meetings[0]
    unknown: dict[str, object] = {"id": "gone/gone", "city": "gone", "topic": "gone", "venue": "gone-venue"}
    people = tuple(duty.model_copy(update={"person": f"gone-{duty.person}"}) for duty in first.people)
    lost: Meeting = first.model_copy(update={**unknown, "people": people})
    return instance, plan.model_copy(update={"meetings": (lost, *plan.meetings[1:]), "cancelled": (lost,)})


def _renamed(values: tuple, field: str, text: str) -> tuple:
    return tuple(value.model_copy(update={field: text}) for value in values)
