"""What can be taken home of a version: files made of its plan, its instance, and messages to people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from meetsched.domain.addresses import is_mail_address
from meetsched.domain.cells import CsvDialect
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.domain.words import listing
from meetsched.errors import RequestError, UnknownError
from meetsched.export import (
    calendar_file,
    duties_table,
    meetings_table,
    plan_document,
    plan_page,
    plan_workbook,
)
from meetsched.export.calendar import FeedFor, feed_files
from meetsched.export.file_names import file_names
from meetsched.saving import InstanceForm, instance_files
from meetsched.service.documents import loaded_of, plan_of
from meetsched.service.inviting import find_invitations, letters_of
from meetsched.service.projects import Edition, Version
from meetsched.service.releasing import judged
from meetsched.service.reviewing import Reviewed

if TYPE_CHECKING:
    from meetsched.store.store import Store

__all__ = ["INSTANCE_FILES", "PLAN_FILES", "Download", "Offer", "download", "letters"]

_MADE = (1980, 1, 1, 0, 0, 0)
"""When the files of an archive are said to have been written: the same archive each time."""
_KEPT = 16
"""How many files stay at hand."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file that can be taken home.

    Attributes
    ----------
    name : str
        As it is asked for.
    what : str
        What it is, in words.
    media : str
        Its media type.
    """

    name: str
    what: str
    media: str


@dataclass(frozen=True, slots=True)
class Download:
    """A file as it is sent; its name is safe on every file system."""

    name: str
    media: str
    content: bytes


_ICS, _CSV, _ZIP = "text/calendar; charset=utf-8", "text/csv; charset=utf-8", "application/zip"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_JSON, _YAML = "application/json", "application/yaml"

PLAN_FILES: tuple[Offer, ...] = (
    Offer("plan.html", "The plan as a page, to be printed or put on a site", "text/html; charset=utf-8"),
    Offer("plan.xlsx", "The plan as a workbook", _XLSX),
    Offer("plan.ics", "The plan as a calendar", _ICS),
    Offer("meetings.csv", "The meetings as a table", _CSV),
    Offer("duties.csv", "Who is on duty, as a table", _CSV),
    Offer("meetings-eu.csv", "The meetings as a table, with semicolons and decimal commas", _CSV),
    Offer("duties-eu.csv", "Who is on duty, as a table with semicolons", _CSV),
    Offer("calendars-by-person.zip", "A calendar for each person", _ZIP),
    Offer("calendars-by-venue.zip", "A calendar for each venue", _ZIP),
    Offer("calendars-by-city.zip", "A calendar for each city", _ZIP),
    Offer("plan.json", "The plan for other programs", _JSON),
)
INSTANCE_FILES: tuple[Offer, ...] = (
    Offer("instance.xlsx", "What was planned with, as a workbook", _XLSX),
    Offer("instance.yaml", "What was planned with, as a text file", _YAML),
)


def download(store: Store, version: Version, name: str) -> Download:
    """Return a file of a version.

    Raises
    ------
    UnknownError
        There is no such file, or it is of a plan and the version has none.
    """
    sha256 = version.plan_sha256
    offers = {offer.name: offer for offer in (*INSTANCE_FILES, *(PLAN_FILES if sha256 else ()))}
    if name not in offers:
        raise UnknownError(f"there is no file {name} of version {version.number}")
    plan = None if sha256 is None else store.versions.text(sha256)
    content = _content(store.versions.text(version.instance_sha256), plan, name)
    return Download(_file_name(version, name), offers[name].media, content)


@lru_cache(_KEPT)
def _content(instance: str, plan: str | None, name: str) -> bytes:
    """Return a file of an instance and a plan that were kept as texts."""
    loaded = loaded_of(instance).instance
    if name.startswith("instance."):
        form = InstanceForm.XLSX if name.endswith(".xlsx") else InstanceForm.YAML
        return instance_files(loaded, form, name)[name]
    assert plan is not None
    return _MAKERS[name](loaded, plan_of(plan))


def _calendars(by: FeedFor, instance: Instance, plan: Plan) -> bytes:
    return _archive(feed_files(instance, plan, by))


def _in_eu(table: Callable[[Instance, Plan, CsvDialect], bytes]) -> Callable[[Instance, Plan], bytes]:
    return lambda instance, plan: table(instance, plan, CsvDialect.EXCEL_EU)


_MAKERS: Mapping[str, Callable[[Instance, Plan], bytes]] = {
    "plan.html": plan_page,
    "plan.xlsx": plan_workbook,
    "plan.ics": calendar_file,
    "meetings.csv": meetings_table,
    "duties.csv": duties_table,
    "meetings-eu.csv": _in_eu(meetings_table),
    "duties-eu.csv": _in_eu(duties_table),
    "calendars-by-person.zip": partial(_calendars, FeedFor.PERSON),
    "calendars-by-venue.zip": partial(_calendars, FeedFor.VENUE),
    "calendars-by-city.zip": partial(_calendars, FeedFor.CITY),
    "plan.json": lambda _, plan: plan_document(plan),
}


def letters(shown: Edition, told: Edition | None, senders: Mapping[str, str]) -> Download:
    """Return an archive with a message to everybody for whom a published version has news.

    Parameters
    ----------
    told : Edition or None
        What everybody has been told; None where nobody has been told anything.
    senders : mapping of str to str
        The address from which those of a city come, and to which answers go; that of no city for all that
        have none of their own.

    Raises
    ------
    RequestError
        An address is missing or cannot be used, or the version has no plan that holds every rule.
    DataError
        The version's sequences do not go on from what was told.
    """
    given = {city: address for city, address in senders.items() if address}
    for address in given.values():
        if not is_mail_address(address):
            raise RequestError("expected an e-mail address such as meetings@town.example")
    if shown.plan is None:
        raise RequestError(f"version {shown.version.number} has no plan")
    report = judged(shown, told)
    if not report.holds:
        raise RequestError(f"the plan of version {shown.version.number} breaks a rule; nobody is invited")
    reviewed = Reviewed(shown.instance, shown.plan, report, report.warnings)
    source = f"version {shown.version.number}"
    found = find_invitations(reviewed, None if told is None else told.plan, source)
    missing = [name for city, name in found.cities.items() if city not in given and "" not in given]
    if missing:
        raise RequestError(f"no address is given for {listing(missing)}")
    addresses = {city: given.get(city) or given[""] for city in found.cities}
    return Download(
        _file_name(shown.version, "messages.zip"), _ZIP, _archive(letters_of(found, addresses).files)
    )


def _archive(files: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = ZipInfo(name, _MADE)
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            archive.writestr(entry, content)
    return made.getvalue()


def _file_name(version: Version, name: str) -> str:
    return f"{file_names([version.project])[version.project]}-{version.number}-{name}"
