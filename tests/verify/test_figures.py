"""A plan whose figures are not those of the instance is told under the rule `figures`."""

from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meetsched.domain.plan import CostBreakdown
from meetsched.verify import verify
from tests.verify.towns import (
    EXPORT,
    OBJECTIVE,
    PLAN,
    RADOM,
    TRADE,
    Document,
    Edit,
    check,
    edited,
    entry,
    meeting,
    parsed,
    people,
    rules_broken,
)

FIGURES = {"figures"}


def tier(plan: Document, name: str) -> Document:
    found: Document = next(each for each in plan["tiers"] if each["name"] == name)
    return found


def messages(edit: Edit) -> list[str]:
    report = check(*edited(edit))
    assert rules_broken(report) <= FIGURES
    return [violation.message for violation in report.violations]


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("id", "kielce/exports", "its id is 'kielce/exports', but should be 'kielce/export'"),
        ("title", "Exports", "its title is 'Exports', but should be 'Export'"),
        (
            "end",
            "2027-03-02T19:00:00+01:00",
            "it ends on Tue 2 March 19:00 by the plan, but on Tue 2 March 19:30 by its length",
        ),
        ("heads", 5, "heads are 5, but should be 4"),
        ("points", 9, "points are 9, but should be 12"),
        (
            "types",
            ["university", "private"],
            "types are private institution and university, but should be business support, "
            "private institution and university",
        ),
    ],
)
def test_a_wrong_figure_of_a_meeting_is_told(key: str, value: object, message: str) -> None:
    told = messages(lambda town, plan: meeting(plan, EXPORT).update({key: value}))
    assert told == [f"Export (Kielce): {message}."]


@pytest.mark.parametrize("part", CostBreakdown.model_fields)
def test_a_wrong_part_of_the_cost_is_told(part: str) -> None:
    told = messages(lambda town, plan: meeting(plan, EXPORT)["cost"].update({part: "1.23"}))
    assert len(told) == 1
    assert told[0].startswith(f"Export (Kielce): the cost part {part} is 1.23, but should be ")


def test_the_order_of_types_does_not_matter_but_a_repeated_one_does() -> None:
    types = ["private", "business_support", "university"]
    assert messages(lambda town, plan: meeting(plan, EXPORT).update(types=types)) == []
    types += ["private"]
    assert len(messages(lambda town, plan: meeting(plan, EXPORT).update(types=types))) == 1


@pytest.mark.parametrize("name", OBJECTIVE)
@pytest.mark.parametrize("step", [-1, 1])
def test_a_wrong_tier_value_is_told(name: str, step: int) -> None:
    wrong = OBJECTIVE[name] + step
    told = messages(
        lambda town, plan: tier(plan, name).update(dict.fromkeys(("value", "best", "bound"), wrong))
    )
    assert told == [f"Tier {name}: its value is {wrong}, but should be {OBJECTIVE[name]}."]


def test_optimal_needs_every_tier_proven() -> None:
    told = messages(lambda town, plan: tier(plan, "effort").update(proven=False))
    assert told == ["The plan is called optimal, but its tier effort is not proven."]
    assert messages(feasible(lambda plan: tier(plan, "effort").update(proven=False))) == []


def feasible(edit_plan: object) -> Edit:
    """Return an edit of a plan that is not called optimal."""

    def edit(town: Document, plan: Document) -> None:
        plan["status"] = "feasible"
        edit_plan(plan)  # type: ignore[operator]

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        lambda plan: plan["tiers"].pop(),
        lambda plan: plan["tiers"].reverse(),
        lambda plan: tier(plan, "cost").update(give=0.5),
    ],
)
def test_optimal_needs_the_tiers_of_the_instance(edit: object) -> None:
    (told,) = messages(lambda town, plan: edit(plan))  # type: ignore[operator]
    assert told.startswith(
        "The plan is called optimal, but its tiers are not those of the instance: balance, "
    )


def test_no_tier_is_proven_after_one_that_is_not() -> None:
    (told,) = messages(
        feasible(
            lambda plan: [tier(plan, name).update(proven=False) for name in ("points", "cost", "appeal")]
        )
    )
    assert told == "Tier effort: it is called proven, though points before it is not."


@pytest.mark.parametrize(
    ("name", "figures", "message"),
    [
        ("points", {"bound": 25, "best": 25}, "its value 26 is better than its bound 25"),
        ("cost", {"bound": 31400, "best": 31400}, "its value 31350 is better than its bound 31400"),
        ("points", {"best": 27}, "its best 27 is better than its bound 26"),
        ("points", {"bound": 30}, "it is called proven, but its best is 26 and its bound 30"),
        ("points", {"best": 27, "bound": 27}, "its value 26 gives up more of its best 27 than 0 of it"),
        ("cost", {"best": 31349, "bound": 31349}, "its value 31350 gives up more of its best 31349 than 0"),
    ],
)
def test_value_best_and_bound_must_fit(name: str, figures: Document, message: str) -> None:
    told = messages(lambda town, plan: tier(plan, name).update(figures))
    assert any(message in each for each in told)


@pytest.mark.parametrize(("give", "holds"), [("0.29", True), ("0.28", False)])
def test_a_tier_gives_up_the_whole_part_of_its_share(give: str, holds: bool) -> None:
    def edit(town: Document, plan: Document) -> None:
        town["objectives"] = ["balance", {"tier": "points", "give": give}, "cost", "appeal", "effort"]
        entry(town, "topics", "export")["demand"] += 71 - 26 - 10  # Kielce 53, Radom 43
        entry(town, "topics", "loans")["demand"] = 0
        for name, points in ((EXPORT, 47), (RADOM, 43)):
            meeting(plan, name)["points"] = points
        plan["ideal"] = {"kielce": 200, "radom": 100}
        tier(plan, "balance").update(dict.fromkeys(("value", "best", "bound"), 265))
        tier(plan, "points").update(value=96, best=135, bound=135, give=float(give))  # 0.29 of 135: 39

    assert (messages(edit) == []) is holds


def test_balance_is_taken_from_the_plans_ideals() -> None:
    def objective(ideal: Document | None) -> Document:
        town, plan = edited(lambda town, plan: plan.update(ideal=ideal, tiers=[], status="feasible"))
        return dict(check(town, plan).objective)

    assert objective({"kielce": 20, "radom": 9})["balance"] == 888
    assert objective({"kielce": 20, "radom": 0})["balance"] == 900
    assert objective({"kielce": 0, "radom": 0})["balance"] == 1000
    assert objective({"kielce": 17, "radom": 7})["balance"] == 1000
    assert "balance" not in objective({"kielce": 20})
    assert "balance" not in objective(None)


def test_a_tier_balance_without_ideals_is_told() -> None:
    told = messages(lambda town, plan: plan.update(ideal=None))
    assert told == ["Tier balance: it needs two cities or more, and from the plan the ideal of each."]


def test_a_city_alone_has_no_balance() -> None:
    def alone(town: Document, plan: Document) -> None:
        town["cities"] = town["cities"][:1]
        town["companies"] = [each for each in town["companies"] if each["city"] == "kielce"]
        plan["meetings"].remove(meeting(plan, RADOM))

    town, plan = edited(alone)
    assert "balance" not in check(town, plan).objective
    assert any(
        violation.message.startswith("Tier balance: it needs two")
        for violation in check(town, plan).violations
    )


def test_what_is_held_cannot_be_cancelled() -> None:
    told = messages(lambda town, plan: plan["cancelled"].append(deepcopy(meeting(plan, EXPORT))))
    assert told == ["Export is listed as cancelled, but is held."]


def test_someone_listed_twice_counts_once() -> None:
    def edit(town: Document, plan: Document) -> None:
        people(plan, RADOM, "olga:expert olga:expert rita:broker rolf:presenter rolf:presenter")

    report = check(*edited(edit))
    assert rules_broken(report) == {"person.one-role"}
    assert report.objective["effort"] == OBJECTIVE["effort"]
    assert report.objective["cost"] == OBJECTIVE["cost"]


def test_a_repeated_meeting_breaks_topic_once_and_leaves_the_rest_undefined() -> None:
    report = check(*edited(lambda town, plan: plan["meetings"].append(deepcopy(meeting(plan, TRADE)))))
    assert "topic.once" in rules_broken(report)
    assert not any(violation.message.startswith("Tier") for violation in report.violations)


@pytest.mark.parametrize("key", ["topic", "venue", "city", "person"])
def test_an_id_unknown_to_the_instance_is_told(key: str) -> None:
    def edit(town: Document, plan: Document) -> None:
        changed = meeting(plan, TRADE)
        (changed["people"][0] if key == "person" else changed)[key] = "nobody"

    report = check(*edited(edit))
    assert any(f"the instance has no {key} 'nobody'" in violation.message for violation in report.violations)


def test_another_edition_of_the_instance_is_a_warning() -> None:
    assert verify(*parsed(*edited()), sha256="abc").warnings == ()
    report = verify(*parsed(*edited()), sha256="def")
    assert report.holds
    assert report.warnings == (
        "The plan was made for another edition of the instance (its SHA-256 differs).",
    )
    other = check(*edited(lambda town, plan: town.update(id="three-towns")))
    assert other.holds
    assert len(other.warnings) == 1


FIGURE_PATHS = [
    *((number, key) for number in range(4) for key in ("heads", "points")),
    *((number, "cost", part) for number in range(4) for part in CostBreakdown.model_fields),
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(FIGURE_PATHS), st.integers(-500, 500).filter(bool))
def test_figures_changed_at_random_are_told(path: tuple[int | str, ...], step: int) -> None:
    plan = deepcopy(PLAN)
    number, *keys, last = path
    target = plan["meetings"][number]
    for key in keys:
        target = target[key]
    target[last] = f"{float(target[last]) + step / 100:.2f}" if keys else target[last] + step
    assert rules_broken(check(edited()[0], plan)) == FIGURES
