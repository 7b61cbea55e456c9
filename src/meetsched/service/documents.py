"""Instances and plans as texts: as they are kept, uploaded and sent, beside those that lie in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.errors import DataError, Fault
from meetsched.export import plan_document
from meetsched.loading import Loaded, LoadedPlan, load_instance

__all__ = [
    "Loaded",
    "instance_text",
    "load_instance",
    "load_upload",
    "loaded_of",
    "plan_of",
    "plan_text",
    "published_of",
]

_KEPT = 32
"""How many instances and plans stay at hand, since pages ask for the same ones again and again."""


def instance_text(instance: Instance) -> str:
    """Return an instance as the text that is kept: JSON, with the times of calendars in place of them."""
    from meetsched.saving import InstanceForm, instance_files

    people = tuple(
        person.model_copy(update={"busy_calendars": ()}) if person.busy_calendars else person
        for person in instance.people
    )
    document = instance_files(instance.replaced(people=people), InstanceForm.JSON, "instance.json")
    return document["instance.json"].decode()


def plan_text(plan: Plan) -> str:
    """Return a plan as the text that is kept."""
    return plan_document(plan).decode()


@lru_cache(_KEPT)
def loaded_of(text: str) -> Loaded:
    """Return the instance that was kept as a text, with the text's hash.

    What was kept was free of faults, so that it is not searched for them again.
    """
    instance = Instance.model_validate_json(text)
    return Loaded(instance, sha256(text.encode()).hexdigest(), (), instance)


@lru_cache(_KEPT)
def plan_of(text: str) -> Plan:
    """Return the plan that was kept as a text."""
    return Plan.model_validate_json(text)


def published_of(text: str) -> LoadedPlan:
    """Return the plan that was kept as a text, with the text's hash."""
    return LoadedPlan(plan_of(text), sha256(text.encode()).hexdigest())


def load_upload(name: str, data: bytes, beside: Mapping[str, bytes] | None = None) -> Loaded:
    """Load an instance that came as bytes, for example from a form.

    Parameters
    ----------
    name : str
        Its file's name, whose ending tells the form; faults are told with it.
    beside : mapping of str to bytes, optional
        Calendars that it may name, by their names.

    Raises
    ------
    DataError
        With every fault.
    """
    with TemporaryDirectory(prefix="meetsched-") as made:
        folder = Path(made)
        path = folder / _plain(name)
        for each, content in {**(beside or {}), path.name: data}.items():
            (folder / _plain(each)).write_bytes(content)
        try:
            loaded = load_instance(path)
        except DataError as error:
            raise DataError(_renamed(error.faults, folder)) from None
    return replace(loaded, warnings=_renamed(loaded.warnings, folder))


def _plain(name: str) -> str:
    """Return the last part of a file's name, without what no file system takes."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    kept = "".join(char for char in last if char.isprintable()).strip(". ")
    return kept[-100:] or "instance"


def _renamed(faults: Sequence[Fault], folder: Path) -> tuple[Fault, ...]:
    """Return faults that name their files as the user does, not as they lay here."""
    return tuple(replace(fault, file=fault.file.removeprefix(f"{folder}/")) for fault in faults)
