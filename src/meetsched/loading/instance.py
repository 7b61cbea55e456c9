"""Instances from files."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import chain
from pathlib import Path

from meetsched.domain.instance import Instance
from meetsched.errors import DataError, Fault
from meetsched.loading.busy_calendars import read_calendars, with_busy_times
from meetsched.loading.files import decode, read_bytes
from meetsched.loading.json_reader import read_json
from meetsched.loading.oddities import warnings_about
from meetsched.loading.raw import Document, unreadable
from meetsched.loading.references import INSTANCE_REFERENCES, known_ids, repeated_ids, unknown_ids
from meetsched.loading.semantics import contradictions
from meetsched.loading.structure import in_order, validate
from meetsched.loading.yaml_reader import read_yaml

_READERS = {".yaml": read_yaml, ".yml": read_yaml, ".json": read_json}


@dataclass(frozen=True, slots=True)
class Loaded:
    """An instance as it was loaded.

    Attributes
    ----------
    instance : Instance
    sha256 : str
        Of the file's bytes, hexadecimal.
    warnings : tuple of Fault
        What is odd but not wrong.
    """

    instance: Instance
    sha256: str
    warnings: tuple[Fault, ...] = ()


def load_instance(path: Path) -> Loaded:
    """Load an instance from a .yaml or .json file.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    data = read_bytes(path)
    document = _read(path, data)
    instance, misfits = validate(document, Instance)
    busy, broken_calendars = read_calendars(document, path.parent)
    faults = in_order(
        document,
        chain(
            contradictions(document),
            misfits,
            unknown_ids(document, INSTANCE_REFERENCES, known_ids(document)),
            repeated_ids(document),
            broken_calendars,
        ),
    )
    if instance is None or faults:
        raise DataError(faults)
    # Before anything is looked up in the instance: what is looked up is kept, and a copy would keep it, too.
    instance = with_busy_times(instance, busy)
    return Loaded(instance, sha256(data).hexdigest(), warnings_about(document, instance))


def _read(path: Path, data: bytes) -> Document:
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise unreadable(str(path), f"expected a file whose name ends in {' or '.join(_READERS)}")
    return reader(str(path), decode(str(path), data))
