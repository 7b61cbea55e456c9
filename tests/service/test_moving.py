"""Meetings that may be put elsewhere: what is tried in a part of the plan is so in the whole."""

import pytest

from meetsched.domain.plan import Plan
from meetsched.errors import RequestError
from meetsched.service.documents import instance_text, plan_text, published_of
from meetsched.service.moving import Moving, Place, Room, moving, unpinned
from meetsched.verify import verify
from tests.export.examples import example


def every_meeting(name):
    instance, plan = example(name)
    texts = instance_text(instance), plan_text(plan)
    return [moving(*texts, meeting.city, meeting.topic) for meeting in plan.meetings]


def places(moved: Moving):
    """Return some of the places that the meeting alone could have."""
    starts = moved._candidates.starts
    for venue, index in moved._pairs[::5]:
        yield Place(moved._candidates.clock.local(starts[index].instant), venue)


@pytest.mark.parametrize("name", ["town", "region"])
def test_a_part_of_the_plan_tells_what_the_whole_does(name):
    verdicts = set()
    for moved in every_meeting(name):
        for place in places(moved):
            breaks = moved._nearby.breaks(moved._moved(place))
            trial = moved.trial(place)
            assert breaks == bool(trial.obstacles), (moved.meeting.id, place)
            assert not trial.hopeless
            verdicts.add(breaks)
    assert verdicts == {True, False}


@pytest.mark.parametrize("name", ["town", "region"])
def test_a_date_that_is_free_can_be_taken(name):
    instance, plan = example(name)
    taken = 0
    for moved in every_meeting(name):
        free = [place for room, place in moved.rooms.values() if room is Room.FREE]
        for place in free[:2]:
            after = moved.taken(place)
            assert verify(instance, after, baseline=plan).holds
            assert after.meeting_by_id[moved.meeting.id].start == place.start
            taken += 1
    assert taken


def test_what_breaks_a_rule_cannot_be_taken():
    moved = every_meeting("town")[0]
    perhaps = next(place for room, place in moved.rooms.values() if room is Room.PERHAPS)
    with pytest.raises(RequestError, match="This meeting"):
        moved.taken(perhaps)


def test_only_pins_of_the_meeting_are_lifted():
    _, plan = example("town")
    pins = [{"city": "olszyna", "topic": topic} for topic in ("tax", "grants")]
    pinned = plan_text(Plan.model_validate(plan.document() | {"pins": pins}))
    assert [pin.topic for pin in unpinned(published_of(pinned), "olszyna", "tax").plan.pins] == ["grants"]


def test_what_is_over_stays():
    instance, plan = example("town")
    repair = {"baseline_sha256": "0", "as_of": "2027-02-01"}
    later = plan_text(Plan.model_validate(plan.document() | {"repair": repair}))
    texts = instance_text(instance), later
    assert moving(*texts, "olszyna", "tax").is_over
    assert not moving(*texts, "olszyna", "export").is_over
