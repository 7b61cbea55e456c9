"""Plans as values."""

from tests.export.examples import example


def test_a_copy_looks_up_what_it_holds_itself():
    plan = example("town")[1]
    assert plan.meeting_by_id.keys() and plan.tier_by_name
    copy = plan.model_copy(update={"meetings": plan.meetings[:1], "tiers": ()})
    assert list(copy.meeting_by_id) == [plan.meetings[0].id]
    assert not copy.tier_by_name
