"""Plans made from a published one: history, what is frozen, changes, disruption, sequences."""

from collections.abc import Callable
from copy import deepcopy

import pytest

from meetsched.domain.report import Report
from tests.verify.towns import (
    EXPORT,
    LOANS,
    PLAN,
    RADOM,
    TRADE,
    Document,
    Edit,
    check,
    duties,
    edited,
    entry,
    meeting,
    move,
    people,
    restate,
    rules_broken,
)

BASICS = "kielce/basics"
"""A meeting that was cancelled before the published plan."""


def _published() -> Document:
    """Return a plan in which Trade was a day earlier, in the pub, with Ben and without a host."""
    published = deepcopy(PLAN)
    move(published, TRADE, "2027-04-07T09:00:00+02:00", 60, "oak")
    people(published, TRADE, "anna:representative ben:representative bea:broker paul:presenter")
    meeting(published, LOANS)["sequence"] = 2
    cancelled = {**deepcopy(meeting(published, LOANS)), "id": BASICS, "topic": "basics", "title": "Basics"}
    published["cancelled"] = [cancelled | {"sequence": 5}]
    return published


def _repaired() -> Document:
    """Return the two towns' plan as a repair of the published one.

    As of 5 March, Kielce's Export is history and Radom's is frozen until 12 March.
    """
    plan = deepcopy(PLAN)
    plan["repair"] = {"baseline_sha256": "def", "as_of": "2027-03-05", "freeze_days": 7, "max_changes": 1}
    meeting(plan, TRADE)["sequence"] = 1
    meeting(plan, LOANS)["sequence"] = 2
    plan["cancelled"] = deepcopy(PUBLISHED["cancelled"])
    disruption = 30 + 1 + 15 + 5  # a day later, another venue, one duty lost
    first = {**plan["tiers"][0], "name": "disruption"} | dict.fromkeys(("value", "best", "bound"), disruption)
    plan["tiers"].insert(0, first)
    return plan


PUBLISHED = _published()
REPAIRED = _repaired()


def repair(edit: Edit | None = None, edit_baseline: Callable[[Document], object] | None = None) -> Report:
    """Verify the repaired plan with right figures, all but sequences, after some edits."""
    town, plan = edited(edit, REPAIRED)
    baseline = deepcopy(PUBLISHED)
    if edit_baseline:
        edit_baseline(baseline)
    restate(town, plan, baseline)
    return check(town, plan, baseline)


def drop(plan: Document, name: str) -> Document:
    dropped = meeting(plan, name)
    plan["meetings"].remove(dropped)
    return dropped


def frozen_messages(report: Report) -> list[str]:
    return [violation.message for violation in report.violations if violation.rule == "frozen"]


def test_a_repaired_plan_holds_every_rule_and_its_figures_are_right() -> None:
    report = check(*edited(plan=REPAIRED), PUBLISHED)
    assert report.violations == ()
    assert report.objective["disruption"] == 51
    assert report.warnings == ()


@pytest.mark.parametrize(
    ("weight", "value"), [("date", 51 - 30), ("venue", 51 - 15), ("person", 51 - 5), ("time", 51)]
)
def test_disruption_is_weighted_as_the_instance_says(weight: str, value: int) -> None:
    report = repair(lambda town, plan: town.update(disruption={weight: 0}))
    assert report.objective["disruption"] == value


@pytest.mark.parametrize(
    "edit",
    [
        lambda town, plan: move(plan, EXPORT, "2027-03-02T09:00:00+01:00", 120),
        lambda town, plan: meeting(plan, EXPORT).update(venue="hall"),
        lambda town, plan: people(plan, EXPORT, "anna:expert"),
        lambda town, plan: meeting(plan, EXPORT)["people"].pop(),
        lambda town, plan: drop(plan, EXPORT),
        lambda town, plan: move(plan, RADOM, "2027-03-09T17:30:00+01:00", 120),
        lambda town, plan: move(plan, RADOM, "2027-03-23T17:30:00+01:00", 120),
        lambda town, plan: meeting(plan, RADOM).update(venue="oak"),
        lambda town, plan: drop(plan, RADOM),
    ],
)
def test_history_and_frozen_meetings_stay(edit: Edit) -> None:
    (message, *_) = frozen_messages(repair(edit))
    assert "must stay" in message


def test_a_message_tells_what_of_a_frozen_meeting_is_lost() -> None:
    report = repair(lambda town, plan: move(plan, RADOM, "2027-03-23T17:30:00+01:00", 120, "oak"))
    assert frozen_messages(report) == [
        "Export (Radom) must stay as published, but does not keep its start (Tue 9 March 09:00) "
        "and its venue (Town Hall)."
    ]


def test_frozen_says_nothing_of_people() -> None:
    def edit(town: Document, plan: Document) -> None:
        entry(town, "people", "bea")["cities"] = "all"
        people(plan, RADOM, "olga:expert bea:broker rolf:presenter")
        meeting(plan, RADOM)["sequence"] = 1
        plan["repair"]["max_changes"] = 2

    report = repair(edit)
    assert report.violations == ()
    assert report.objective["disruption"] == 51 + 5


def test_a_thawed_meeting_may_move_within_the_frozen_days() -> None:
    def edit(town: Document, plan: Document) -> None:
        move(plan, RADOM, "2027-03-09T17:30:00+01:00", 120)
        meeting(plan, RADOM)["sequence"] = 1
        plan["repair"] |= {"max_changes": 2, "thawed": [RADOM]}

    report = repair(edit)
    assert report.violations == ()
    assert report.objective["disruption"] == 51 + 10


@pytest.mark.parametrize(("freeze_days", "holds"), [(34, True), (35, False)])
def test_a_moved_meeting_starts_after_the_frozen_days(freeze_days: int, holds: bool) -> None:
    # From 5 March, 34 days reach up to 8 April. Published for 7 April, Trade is frozen too unless thawed.
    def edit(town: Document, plan: Document) -> None:
        plan["repair"]["freeze_days"] = freeze_days

    def publish_later(baseline: Document) -> None:
        move(baseline, TRADE, "2027-04-12T09:00:00+02:00", 60)

    report = repair(edit, publish_later)
    assert rules_broken(report) == (set() if holds else {"frozen"})
    if not holds:
        assert frozen_messages(report) == [
            "Trade (Kielce) is moved and starts on Thu 8 April 17:30, but new and moved meetings may "
            "start from Fri 9 April on."
        ]


@pytest.mark.parametrize(("freeze_days", "holds"), [(33, True), (34, False)])
def test_what_was_published_for_the_end_of_the_frozen_days_may_move(freeze_days: int, holds: bool) -> None:
    report = repair(lambda town, plan: plan["repair"].update(freeze_days=freeze_days))
    assert rules_broken(report) == (set() if holds else {"frozen"})


def test_a_new_meeting_starts_after_the_frozen_days() -> None:
    report = repair(edit_baseline=lambda baseline: drop(baseline, RADOM))
    assert frozen_messages(report) == [
        "Export (Radom) is new and starts on Tue 9 March 09:00, but new and moved meetings may start "
        "from Fri 12 March on."
    ]


def test_what_starts_on_the_date_itself_is_frozen_but_no_history() -> None:
    def edit(town: Document, plan: Document) -> None:
        plan["repair"]["as_of"] = "2027-03-02"
        entry(town, "people", "cara")["roles"] = ["broker"]
        people(plan, EXPORT, "anna:expert ben:representative cara:representative hugo:host bea:broker")

    assert rules_broken(repair(edit)) == {"crew", "person.role", "changes", "figures"}


def test_without_a_date_nothing_is_history_or_frozen() -> None:
    def edit(town: Document, plan: Document) -> None:
        del plan["repair"]["as_of"]
        entry(town, "venues", "oak")["closed"] = [{"start": "2027-03-17T09:00", "end": "2027-03-17T10:00"}]
        entry(town, "people", "cara")["roles"] = ["broker"]

    report = repair(edit, lambda baseline: drop(baseline, RADOM))
    assert rules_broken(report) == {"venue.hours", "person.role", "changes"}


EXPORT_DAY = [{"start": "2027-03-02T00:00", "end": "2027-03-03T00:00"}]


def nobody_comes(town: Document, plan: Document) -> None:
    for company in town["companies"]:
        company["busy"] = EXPORT_DAY
    entry(town, "cities", "kielce")["budget"] = None


EXEMPT: list[Edit] = [
    lambda town, plan: town.update(exclude_dates=[{"start": "2027-03-02", "end": "2027-03-02"}]),
    lambda town, plan: entry(town, "topics", "export").update(earliest="2027-03-09"),
    nobody_comes,
    lambda town, plan: entry(town, "venues", "reading-room").update(closed=EXPORT_DAY),
    lambda town, plan: entry(town, "people", "cara").update(busy=EXPORT_DAY),
    lambda town, plan: entry(town, "people", "cara").update(cities=["radom"]),
    lambda town, plan: entry(town, "people", "cara").update(roles=["broker"]),
]


@pytest.mark.parametrize("edit", EXEMPT)
def test_history_is_exempt_from_rules_on_one_meeting_alone(edit: Edit) -> None:
    assert repair(edit).violations == ()


COUNTED: list[tuple[str, Edit]] = [
    ("venue.uses", lambda town, plan: entry(town, "venues", "reading-room").update(max_uses=1)),
    ("person.load", lambda town, plan: entry(town, "people", "paul").update(max_meetings=2)),
    ("budget", lambda town, plan: entry(town, "cities", "kielce").update(budget=300)),
    ("topic.order", lambda town, plan: entry(town, "cities", "kielce").update(held_before=[])),
    ("cadence", lambda town, plan: entry(town, "cities", "kielce").update(meetings_per_month={"max": 1})),
    (
        "pin",
        lambda town, plan: town.update(pins=[{"city": "kielce", "topic": "export", "venue": "oak"}]),
    ),
]


@pytest.mark.parametrize(("rule", "edit"), COUNTED)
def test_history_is_counted_by_all_other_rules(rule: str, edit: Edit) -> None:
    assert rules_broken(repair(edit)) == {rule}


def test_at_most_so_many_meetings_change() -> None:
    report = repair(lambda town, plan: plan["repair"].update(max_changes=0))
    assert [(violation.rule, violation.meetings) for violation in report.violations] == [
        ("changes", (TRADE,))
    ]
    assert report.violations[0].message == (
        "The plan differs from the published one in 1 meeting, but may in at most 0."
    )


def _forget(town: Document, kind: str, name: str) -> None:
    town[kind] = [each for each in town[kind] if each["id"] != name]


def test_history_counts_as_far_as_it_is_known() -> None:
    def rename(plan: Document) -> None:
        past = meeting(plan, EXPORT)
        past |= {"venue": "old-house", "people": [*past["people"], *duties("gone:host")]}

    def edit(town: Document, plan: Document) -> None:
        rename(plan)
        _forget(town, "people", "cara")
        entry(town, "cities", "kielce").update(coverage={"at_least": {"private": 1}}, budget=None)

    report = repair(edit, rename)
    assert rules_broken(report) == {"coverage.horizon"}
    assert report.objective["effort"] == 18 - 1
    assert report.objective["cost"] == 31350 - 600  # catering and rent, no income: 26.00 less, 20.00 more


def test_history_on_a_topic_that_is_no_more_has_no_turnout() -> None:
    def rename(plan: Document) -> None:
        meeting(plan, EXPORT).update(id="kielce/fairs", topic="fairs", title="Fairs")

    def edit(town: Document, plan: Document) -> None:
        rename(plan)
        entry(town, "cities", "kielce").update(open_meetings_per_month=0, budget=None)
        entry(town, "topics", "export").update(required=False)
        entry(town, "topics", "loans").update(after=[])

    report = repair(edit, rename)
    assert report.violations == ()
    assert report.objective["points"] == 26 - 12


def test_history_keeps_its_title_and_its_length() -> None:
    def edit(town: Document, plan: Document) -> None:
        entry(town, "topics", "export").update(title="Exports", minutes=121)
        meeting(plan, RADOM).update(title="Exports", end="2027-03-09T11:01:00+01:00", sequence=1)

    assert repair(edit).violations == ()


def test_a_past_without_end_lasts_a_day_at_most() -> None:
    for topic in ("export", "fairs"):
        past = {"topic": topic, "id": f"kielce/{topic}", "end": "9999-12-30T00:00:00+01:00"}

        def edit(town: Document, plan: Document, past: Document = past) -> None:
            meeting(plan, EXPORT).update(past)

        report = repair(edit, lambda baseline, past=past: meeting(baseline, EXPORT).update(past))
        assert any("on Wed 3 March 17:30 by its length" in found.message for found in report.violations)


def test_frozen_for_good() -> None:
    report = repair(lambda town, plan: plan["repair"].update(freeze_days=10**9))
    assert rules_broken(report) == {"frozen"}


def test_frozen_meetings_that_cannot_be_kept_are_free() -> None:
    def forget_hall(town: Document, plan: Document) -> None:
        _forget(town, "venues", "hall")
        meeting(plan, RADOM).update(venue="oak", sequence=1)
        entry(town, "venues", "oak").update(open_to="all", equipment=["projector"])
        plan["repair"]["max_changes"] = 2

    assert repair(forget_hall).violations == ()


def test_a_published_meeting_on_a_topic_that_is_no_more_is_cancelled() -> None:
    def publish_fairs(baseline: Document) -> None:
        fairs = {
            **deepcopy(meeting(baseline, RADOM)),
            "id": "radom/fairs",
            "topic": "fairs",
            "title": "Fairs",
        }
        baseline["meetings"].append(fairs)

    def cancel_fairs(town: Document, plan: Document) -> None:
        fairs = {**deepcopy(meeting(plan, RADOM)), "id": "radom/fairs", "topic": "fairs", "title": "Fairs"}
        plan["cancelled"].append(fairs | {"sequence": 1})
        plan["repair"]["max_changes"] = 2

    report = repair(cancel_fairs, publish_fairs)
    assert report.violations == ()
    assert report.objective["disruption"] == 51 + 100


def test_without_the_baseline_what_can_be_told_is() -> None:
    town, plan = edited(EXEMPT[3], REPAIRED)
    report = check(town, plan)
    assert report.violations == ()
    assert "disruption" not in report.objective
    assert len(report.warnings) == 1
    entry(town, "venues", "oak")["closed"] = [{"start": "2027-03-17T09:00", "end": "2027-03-17T10:00"}]
    assert rules_broken(check(town, plan)) == {"venue.hours"}


def test_a_plan_that_is_no_repair_is_compared_with_a_baseline_all_the_same() -> None:
    report = check(*edited(), PUBLISHED)
    assert report.violations == ()
    assert report.objective["disruption"] == 51
    assert len(report.warnings) == 1


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (
            lambda plan: meeting(plan, TRADE).update(sequence=0),
            "kielce/trade: its sequence is 0, but should be 1.",
        ),
        (
            lambda plan: meeting(plan, LOANS).update(sequence=0),
            "kielce/loans: its sequence is 0, but should be 2.",
        ),
        (
            lambda plan: plan["cancelled"][0].update(sequence=6),
            "kielce/basics: its sequence is 6, but should be 5.",
        ),
        (
            lambda plan: plan.update(cancelled=[]),
            "The meeting kielce/basics was published and is not held, but not listed as cancelled.",
        ),
        (
            lambda plan: plan["cancelled"].append({**meeting(plan, LOANS)}),
            "Loans is listed as cancelled, but is held.",
        ),
        (
            lambda plan: plan["cancelled"].append(
                {**meeting(plan, LOANS), "city": "radom", "id": "radom/loans"}
            ),
            "Loans is listed as cancelled, but was never published.",
        ),
    ],
)
def test_wrong_sequences_and_cancellations_are_told(edit: Callable[[Document], object], message: str) -> None:
    report = repair(lambda town, plan: edit(plan))
    assert [(violation.rule, violation.message) for violation in report.violations] == [("figures", message)]


@pytest.mark.parametrize(("sequence", "holds"), [(3, True), (0, False), (2, False)])
def test_a_meeting_that_comes_back_goes_on_from_its_old_sequence(sequence: int, holds: bool) -> None:
    def cancel_loans(baseline: Document) -> None:
        baseline["cancelled"].append(drop(baseline, LOANS))

    def edit(town: Document, plan: Document) -> None:
        meeting(plan, LOANS)["sequence"] = sequence
        plan["repair"]["max_changes"] = 2

    assert rules_broken(repair(edit, cancel_loans)) == (set() if holds else {"figures"})


@pytest.mark.parametrize(
    "change",
    [
        {"end": "2027-03-17T10:00:00+01:00"},
        {"title": "Credit"},
        {"venue": "hall"},
        {"people": duties("anna:expert")},
        {"people": duties("anna:expert olga:expert ben:expert bea:broker paul:presenter")},
    ],
)
def test_a_sequence_rises_with_any_difference(change: Document) -> None:
    report = repair(
        lambda town, plan: plan["repair"].pop("max_changes"),
        lambda baseline: meeting(baseline, LOANS).update(change),
    )
    assert [violation.message for violation in report.violations] == [
        "kielce/loans: its sequence is 2, but should be 3."
    ]


def test_the_order_of_people_is_no_difference() -> None:
    assert repair(edit_baseline=lambda baseline: meeting(baseline, LOANS)["people"].reverse()).holds
