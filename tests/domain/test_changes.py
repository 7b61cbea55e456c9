"""Changes in words, and who has to be told of them."""

from typing import Any

import pytest

from meetsched.domain.changes import Change, ChangeKind, changes
from meetsched.domain.difference import difference
from meetsched.domain.instance import DisruptionWeights
from meetsched.domain.names import Names
from meetsched.domain.plan import Meeting
from tests.domain.test_difference import held, plan

TEAM = "anna:expert ben:representative bea:broker"


def only_change(old: Meeting | None, new: Meeting | None) -> Change:
    before, after = (plan(*([meeting] if meeting else [])) for meeting in (old, new))
    (change,) = changes(difference(before, after, DisruptionWeights()))
    return change


def export(start: str = "2027-03-02T17:30:00+01:00", people: str = TEAM, **keys: Any) -> Meeting:
    return held("kielce/export", start, people, **keys)


@pytest.mark.parametrize(
    ("new", "words", "told"),
    [
        (
            export("2027-03-09T17:30:00+01:00"),
            "moved from Tue 2 March 2027, 17:30 to Tue 9 March 2027, 17:30, same venue",
            "anna ben bea",
        ),
        (
            export("2027-03-02T18:00:00+01:00", venue="oak"),
            "moved from 17:30 to 18:00 on Tue 2 March 2027, in oak instead of library",
            "anna ben bea",
        ),
        (
            export(venue="oak", people="olga:expert ben:representative bea:broker"),
            "Tue 2 March 2027, 17:30 as before, in oak instead of library; olga instead of anna (expert)",
            "olga ben bea anna",
        ),
        (
            export(people="olga:expert bea:broker rita:broker"),
            "Tue 2 March 2027, 17:30 as before, same venue; olga instead of anna (expert); "
            "without ben (representative); also rita (cooperation broker)",
            "olga rita anna ben",
        ),
        (
            export(people="anna:representative ben:expert bea:broker"),
            "Tue 2 March 2027, 17:30 as before, same venue; ben instead of anna (expert); "
            "anna instead of ben (representative)",
            "anna ben",
        ),
        (
            export(title="Exports", end="2027-03-02T20:00:00+01:00"),
            "Tue 2 March 2027, 17:30 as before, same venue; lasts 150 minutes instead of 120; "
            "its title was export",
            "anna ben bea",
        ),
    ],
)
def test_a_change_is_a_sentence_and_names_whom_to_tell(new: Meeting, words: str, told: str) -> None:
    change = only_change(export(), new)
    assert change.words(Names(None)) == words
    assert change.told == tuple(told.split())


def test_what_is_added_or_dropped_concerns_everybody_there() -> None:
    added, dropped = only_change(None, export()), only_change(export(), None)
    assert (added.kind, dropped.kind) == (ChangeKind.ADDED, ChangeKind.DROPPED)
    assert added.words(Names(None)) == "Tue 2 March 2027, 17:30–19:30, in library"
    assert dropped.words(Names(None)) == "was to be on Tue 2 March 2027, 17:30–19:30, in library"
    assert added.told == dropped.told == ("anna", "ben", "bea")
    assert (added.lost, added.gained) == ((), export().people)


def test_a_title_alone_is_announced_anew_and_no_change() -> None:
    found = difference(plan(export()), plan(export(title="Exports")), DisruptionWeights())
    assert (found.changes, found.disruption, len(found.restated)) == (0, 0, 1)
    (change,) = changes(found)
    assert change.kind is ChangeKind.RESTATED
    assert (change.start_changed, change.venue_changed) == (False, False)


def test_changes_come_in_order_of_time() -> None:
    late, early = held("kielce/a", "2027-03-20T09:00:00+01:00"), held("kielce/b")
    dropped = held("kielce/c", "2027-03-10T09:00:00+01:00")
    found = changes(difference(plan(dropped), plan(late, early), DisruptionWeights()))
    assert [change.meeting.id for change in found] == ["kielce/b", "kielce/c", "kielce/a"]
