"""Tell everybody on duty what is new for them: messages, ready to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from meetsched.delivery.messages import write_message
from meetsched.delivery.notices import Notice, find_notices, sequence_faults
from meetsched.delivery.report import NEWS_NAMES, reached, report
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.errors import DataError, Fault, OutputError
from meetsched.export.file_names import file_names
from meetsched.loading import load_plan
from meetsched.service.reviewing import Reviewed, review
from meetsched.service.writing import write_files

__all__ = [
    "NEWS_NAMES",
    "Invitations",
    "Invited",
    "Letters",
    "Notice",
    "find_invitations",
    "letters_of",
    "prepare_invitations",
    "write_invitations",
]

_REPORT = "report.txt"


@dataclass(frozen=True, slots=True)
class Invitations:
    """What has to be told, before it is written down; nothing where the plan has faults."""

    reviewed: Reviewed
    notices: tuple[Notice, ...]

    @property
    def cities(self) -> Mapping[str, str]:
        """The cities that have something to tell by e-mail: names by id."""
        return {
            notice.item.meeting.city: notice.item.city for notice in self.notices if notice.recipient.address
        }


@dataclass(frozen=True, slots=True)
class Invited:
    """What was written: each notice with the name of its e-mail, those without one, and all files."""

    sent: tuple[tuple[Notice, str], ...]
    unreachable: tuple[Notice, ...]
    files: tuple[Path, ...]


def prepare_invitations(instance: Path, plan: Path, baseline: Path | None = None) -> Invitations:
    """Read and verify a plan, and find who has to be told what.

    Parameters
    ----------
    baseline : Path, optional
        The plan of which everybody has been told; only what is new since then is.

    Raises
    ------
    DataError
        A file cannot be used, or the plan's sequences do not go on from the baseline's.
    """
    told = None if baseline is None else load_plan(baseline)
    made_from_it = baseline is not None and _is_made_from(load_plan(plan), baseline)
    reviewed = review(instance, plan, baseline if made_from_it else None)
    return find_invitations(reviewed, told, str(plan))


def find_invitations(reviewed: Reviewed, told: Plan | None, source: str) -> Invitations:
    """Find who has to be told what of a plan.

    Parameters
    ----------
    told : Plan or None
        The plan of which everybody has been told.
    source : str
        Where the plan comes from, as faults name it.

    Raises
    ------
    DataError
        The plan's sequences do not go on from those of the plan that was told.
    """
    if not reviewed.report.holds:
        return Invitations(reviewed, ())
    if told is not None:
        faults = tuple(
            Fault(source, None, path, value or None, wanted, "calendars would not heed the change")
            for path, value, wanted in sequence_faults(reviewed.plan, told)
        )
        if faults:
            raise DataError(faults)
    return Invitations(reviewed, find_notices(reviewed.instance, reviewed.plan, told))


def write_invitations(invitations: Invitations, senders: Mapping[str, str], folder: Path) -> Invited:
    """Write an e-mail, and its calendar alone, for each notice, and a report: all files or none.

    Parameters
    ----------
    senders : mapping of str to str
        The e-mail address of each of the invitations' cities, by id.

    Raises
    ------
    OutputError
        Nothing was changed; also where the folder holds messages of another run.
    """
    letters = letters_of(invitations, senders)
    _check_leftovers(folder, letters.files)
    return Invited(letters.sent, letters.unreachable, write_files(folder, letters.files))


@dataclass(frozen=True, slots=True)
class Letters:
    """Invitations as files by their names; each notice with that of its e-mail, and those without one."""

    files: Mapping[str, bytes]
    sent: tuple[tuple[Notice, str], ...]
    unreachable: tuple[Notice, ...]


def letters_of(invitations: Invitations, senders: Mapping[str, str]) -> Letters:
    """Return the files that `write_invitations` writes."""
    instance: Instance = invitations.reviewed.instance
    now = datetime.now(UTC).replace(microsecond=0)
    with_address, unreachable = reached(invitations.notices)
    stems = file_names(map(_stem, with_address))
    contents: dict[str, bytes] = {}
    sent = []
    for notice in with_address:
        message = write_message(instance, notice, senders[notice.item.meeting.city], now)
        stem = stems[_stem(notice)]
        contents |= {f"{stem}.eml": message.mail, f"{stem}.ics": message.calendar}
        sent.append((notice, f"{stem}.eml"))
    contents[_REPORT] = report(sent, unreachable).encode()
    return Letters(contents, tuple(sent), unreachable)


def _is_made_from(plan: Plan, baseline: Path) -> bool:
    """Whether a plan says that it was made from a file, so that the rules about that can be checked."""
    return (
        plan.repair is not None and plan.repair.baseline_sha256 == sha256(baseline.read_bytes()).hexdigest()
    )


def _stem(notice: Notice) -> str:
    # No id holds the sign between the ids, so that no two notices have one name.
    meeting, person = notice.item.meeting, notice.recipient.people[0].person
    verb = "invite" if notice.news.method == "REQUEST" else "cancel"
    return f"{verb}-{person}+{meeting.city}+{meeting.topic}"


def _check_leftovers(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Refuse a folder with messages that this run does not write: they would be sent a second time."""
    try:
        old = sorted(path.name for path in folder.glob("*.eml") if path.name not in contents)
    except OSError:
        return  # Writing tells what is wrong with the folder.
    if old:
        raise OutputError(
            f"{folder} holds messages of another run, such as {old[0]}, which would be sent again; "
            "choose a new folder"
        )
