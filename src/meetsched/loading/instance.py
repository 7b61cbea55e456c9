"""Instances from files."""

from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from meetsched.domain.instance import Instance
from meetsched.domain.references import INSTANCE_REFERENCES
from meetsched.errors import DataError, Fault
from meetsched.loading.busy_calendars import Diary, read_diaries, with_busy_times
from meetsched.loading.oddities import warnings_about
from meetsched.loading.references import known_ids, repeated_ids, unknown_ids
from meetsched.loading.semantics import contradictions
from meetsched.loading.sources import read_source
from meetsched.loading.structure import in_order, validate


@dataclass(frozen=True, slots=True)
class Loaded:
    """An instance as it was loaded.

    Attributes
    ----------
    instance : Instance
        With the busy times of the calendars that it names.
    sha256 : str
        Of the file's bytes, hexadecimal; of a folder of CSV files, of their names and their sums.
    warnings : tuple of Fault
        What is odd but not wrong.
    written : Instance or None
        The instance as it is written: without the times of calendars.
    diaries : tuple of Diary
        The calendars that people have beside the instance, with what was read from them.
    """

    instance: Instance
    sha256: str
    warnings: tuple[Fault, ...] = ()
    written: Instance | None = None
    diaries: tuple[Diary, ...] = ()


def load_instance(path: Path) -> Loaded:
    """Load an instance from a .yaml, .json or .xlsx file, or from a folder of CSV files.

    Raises
    ------
    DataError
        With every fault of the file.
    """
    source = read_source(path)
    document = source.document
    written, misfits = validate(document, Instance)
    diaries = read_diaries(document, source.folder)
    faults = in_order(
        document,
        chain(
            contradictions(document),
            misfits,
            unknown_ids(document, INSTANCE_REFERENCES, known_ids(document)),
            repeated_ids(document),
            diaries.faults,
        ),
    )
    if written is None or faults:
        raise DataError(faults)
    # Before anything is looked up in the instance: what is looked up is kept, and a copy would keep it, too.
    instance = with_busy_times(written, diaries.read)
    warnings = (*document.warnings, *warnings_about(document, instance), *diaries.oddities)
    return Loaded(instance, source.sha256, warnings, written, tuple(diaries.read))
