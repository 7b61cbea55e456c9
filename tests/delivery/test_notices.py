"""Who is told what: one notice for each recipient and change."""

import pytest

from meetsched.delivery.notices import News, find_notices, sequence_faults
from tests.delivery.editions import (
    as_of,
    cancelled,
    changed,
    edited,
    joined,
    meeting,
    moved,
    replaced,
    town,
)


def told(instance, plan, baseline=None):
    """Return the notices as tuples of person, topic and news."""
    return {
        ("/".join(one.person for one in notice.recipient.people), notice.item.meeting.topic, notice.news)
        for notice in find_notices(instance, plan, baseline)
    }


def everybody(plan, topic, news):
    return {(duty.person, topic, news) for duty in meeting(plan, topic).people}


class TestFirstTime:
    def test_everybody_on_duty_is_invited_and_told_what_is_cancelled(self):
        instance, plan = town()
        expected = set().union(*(everybody(plan, one.topic, News.NEW) for one in plan.meetings))
        expected |= everybody(plan, "owners", News.CANCELLED)
        assert told(instance, plan) == expected

    def test_what_is_over_is_not_told(self):
        instance, plan = town()
        later = told(instance, as_of(plan, "2027-03-01"))
        assert {topic for _, topic, _ in later} == {"grants", "export"}
        assert "grants" in {topic for _, topic, _ in told(instance, as_of(plan, "2027-03-10"))}

    def test_notices_are_in_the_order_of_names_then_of_time(self):
        notices = find_notices(*town())
        keys = [(notice.recipient.name, notice.item.start) for notice in notices]
        assert keys == sorted(keys)


class TestSinceTheBaseline:
    def test_nothing_new_is_told_to_nobody(self):
        instance, plan = town()
        assert find_notices(instance, plan, plan) == ()

    @pytest.mark.parametrize(
        "update", [{"days": 1}, {"minutes": 15}, {"days": 28}], ids=["a day", "a quarter", "four weeks"]
    )
    def test_a_moved_meeting_is_told_to_those_on_duty_and_no_other_meeting_is(self, update):
        instance, plan = town()
        assert told(instance, moved(plan, "tax", **update), plan) == everybody(plan, "tax", News.CHANGED)

    def test_another_venue_or_title_is_told(self):
        instance, plan = town()
        for update in ({"venue": "lab"}, {"title": "Taxes"}):
            assert told(instance, edited(plan, "tax", **update), plan) == everybody(plan, "tax", News.CHANGED)

    def test_other_figures_are_not(self):
        instance, plan = town()
        assert find_notices(instance, edited(plan, "tax", heads=3, points=4), plan) == ()

    def test_who_is_taken_off_and_who_comes_in_are_told_so(self):
        instance, plan = town()
        news = told(instance, replaced(plan, "tax", "ewa", "marek"), plan)
        assert news == {
            ("ewa", "tax", News.WITHDRAWN),
            ("marek", "tax", News.NEW),
            ("jan", "tax", News.CHANGED),
            ("piotr", "tax", News.CHANGED),
            ("zofia", "tax", News.CHANGED),
        }

    def test_who_is_taken_off_gets_the_meeting_as_it_was_with_the_new_sequence(self):
        instance, plan = town()
        new = moved(replaced(plan, "tax", "ewa", "marek"), "tax")
        (notice,) = (one for one in find_notices(instance, new, plan) if one.news is News.WITHDRAWN)
        assert notice.item.meeting.start == meeting(plan, "tax").start
        assert notice.item.meeting.sequence == 2

    def test_another_role_is_a_change(self):
        instance, plan = town()
        people = tuple(
            duty.model_copy(update={"role": "representative"}) if duty.person == "ewa" else duty
            for duty in meeting(plan, "tax").people
        )
        assert ("ewa", "tax", News.CHANGED) in told(instance, edited(plan, "tax", people=people), plan)

    def test_a_cancelled_meeting_is_told_to_those_who_were_on_duty(self):
        instance, plan = town()
        new = cancelled(plan, "tax")
        assert told(instance, new, plan) == everybody(plan, "tax", News.CANCELLED)
        assert find_notices(instance, new, new) == ()

    def test_a_meeting_that_was_never_told_is_not_cancelled(self):
        instance, plan = town()
        before = changed(plan, meetings=plan.meetings[1:])
        assert find_notices(instance, cancelled(plan, "tax"), before) == ()

    def test_a_new_meeting_and_one_that_comes_back_are_new(self):
        instance, plan = town()
        before = changed(plan, meetings=plan.meetings[1:])
        assert told(instance, plan, before) == everybody(plan, "tax", News.NEW)
        again = edited(plan, "tax", raised=2)
        assert told(instance, again, cancelled(plan, "tax")) == everybody(plan, "tax", News.NEW)

    def test_a_meeting_moved_and_moved_back_is_not_told(self):
        instance, plan = town()
        assert find_notices(instance, edited(plan, "tax", raised=2), plan) == ()

    def test_the_changes_are_said(self):
        instance, plan = town()
        new = edited(replaced(moved(plan, "tax"), "tax", "ewa", "marek"), "tax", venue="lab", title="Taxes")
        notices = {one.recipient.name: one for one in find_notices(instance, new, plan)}
        assert notices["Jan Kowalski"].changes == (
            "Was on Tue 19 January 2027, 17:30–19:30",
            "Was at Library, reading room, Olszyna",
            "Was called What changes in taxes in 2027",
            "New: Marek Duda (expert)",
            "No longer there: Ewa Zielińska (expert)",
        )
        assert notices["Marek Duda"].changes == notices["Ewa Zielińska"].changes == ()


class TestRecipients:
    @pytest.mark.parametrize(
        ("address", "reason"),
        [
            (None, "no e-mail address"),
            (" ", "no e-mail address"),
            ("jan", "the e-mail address cannot be used"),
            ("jan@x.example, eve@y.example", "the e-mail address cannot be used"),
            ("jan@x.example\r\nBcc: eve@y.example", "the e-mail address cannot be used"),
            ("Jan <jan@x.example>", "the e-mail address cannot be used"),
        ],
    )
    def test_who_has_no_address_that_can_be_used_is_told_apart(self, address, reason):
        notices = find_notices(*town(jan=address))
        jans = [one for one in notices if one.recipient.people[0].person == "jan"]
        assert jans
        assert {one.recipient.address for one in jans} == {""}
        assert {one.recipient.hindrance for one in jans} == {reason}

    def test_whom_the_instance_no_longer_knows_is_told_apart(self):
        instance, plan = town()
        left = changed(instance, people=tuple(one for one in instance.people if one.id != "ewa"))
        (notice,) = (
            one
            for one in find_notices(left, replaced(plan, "tax", "ewa", "marek"), plan)
            if one.news is News.WITHDRAWN
        )
        assert notice.recipient.name == "ewa"
        assert notice.recipient.hindrance == "the instance no longer knows this person"

    def test_a_mailbox_that_two_share_gets_one_notice(self):
        instance, plan = town(ewa="office@olszyna.example", piotr="Office@olszyna.example")
        assert ("ewa/piotr", "tax", News.NEW) in told(instance, plan)

    def test_a_shared_mailbox_keeps_the_meeting_when_one_of_the_two_is_taken_off(self):
        instance, plan = town(ewa="office@olszyna.example", piotr="office@olszyna.example")
        news = told(instance, replaced(plan, "tax", "ewa", "marek"), plan)
        assert ("piotr", "tax", News.CHANGED) in news
        assert not [one for one in news if one[2] is News.WITHDRAWN]


class TestSequences:
    def test_a_plan_that_goes_on_has_no_fault(self):
        _, plan = town()
        for new in (plan, moved(plan, "tax"), cancelled(plan, "tax"), joined(plan, "tax", "iga")):
            assert list(sequence_faults(new, plan)) == []
        assert list(sequence_faults(edited(plan, "tax", raised=2), cancelled(plan, "tax"))) == []

    def test_a_change_whose_sequence_did_not_rise(self):
        _, plan = town()
        ((place, value, wanted),) = sequence_faults(moved(plan, "tax", raised=0, days=1), plan)
        assert (place, value) == ("meetings[0].sequence", "0")
        assert wanted == "expected 1 or more, since olszyna/tax differs from the baseline's"

    def test_a_cancellation_or_a_return_whose_sequence_did_not_rise(self):
        _, plan = town()
        gone = cancelled(plan, "tax")
        low = tuple(one.model_copy(update={"sequence": 0}) for one in gone.cancelled)
        assert [place for place, *_ in sequence_faults(changed(gone, cancelled=low), plan)] == [
            "cancelled[1].sequence"
        ]
        assert [place for place, *_ in sequence_faults(plan, gone)] == ["meetings[0].sequence"]

    def test_a_meeting_that_is_lost(self):
        _, plan = town()
        lost = changed(plan, meetings=plan.meetings[1:])
        ((place, _, wanted),) = sequence_faults(lost, plan)
        assert (place, wanted) == (
            "cancelled",
            "expected olszyna/tax, which the baseline holds and the plan does not",
        )
