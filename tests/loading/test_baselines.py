"""Published plans from files: what may be gone on from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetsched.errors import DataError
from meetsched.loading import load_baseline, load_instance, load_whole_plan
from tests.cli.conftest import TOWN, TOWN_PLAN

Document = dict[str, Any]
INSTANCE = load_instance(TOWN).instance


def write(folder: Path, change: Callable[[Document], object]) -> Path:
    document = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
    change(document)
    path = folder / "published.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_a_plan_comes_with_the_checksum_of_its_file() -> None:
    from hashlib import sha256

    loaded = load_baseline(TOWN_PLAN, INSTANCE)
    assert loaded.sha256 == sha256(TOWN_PLAN.read_bytes()).hexdigest()
    assert len(loaded.plan.meetings) == len(json.loads(TOWN_PLAN.read_text())["meetings"])


def test_it_may_name_what_the_instance_no_longer_has(tmp_path: Path) -> None:
    def forget(plan: Document) -> None:
        plan["meetings"][0] |= {"city": "gone", "topic": "gone", "venue": "gone"}
        plan["meetings"][1]["people"][0]["person"] = "gone"
        plan["pins"] = [{"city": "gone", "topic": "gone"}]

    assert load_baseline(write(tmp_path, forget), INSTANCE).plan.meetings[0].city == "gone"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda plan: plan["instance"].update(id="elsewhere"), "instance.id: elsewhere, expected a plan of"),
        (lambda plan: plan["meetings"].append(plan["meetings"][0]), "this city has a meeting on this topic"),
        (
            lambda plan: plan["meetings"][0].update(end=plan["meetings"][0]["start"]),
            "meetings[0].end: ",
        ),
        (lambda plan: plan["meetings"][0].update(end="2028-01-01T00:00:00+01:00"), "a day later at most"),
        (
            lambda plan: plan["meetings"][0].update(start="2027-01-05T17:30:30+01:00"),
            "meetings[0].start: 2027-01-05T17:30:30+01:00, expected whole minutes",
        ),
        (
            lambda plan: plan["meetings"][0]["people"].append(
                plan["meetings"][0]["people"][0] | {"role": "host"}
            ),
            "stands here 2 times",
        ),
        (lambda plan: plan.update(meetings="none"), "expected a list"),
    ],
)
def test_what_no_plan_can_be_is_told(
    tmp_path: Path, change: Callable[[Document], object], fault: str
) -> None:
    with pytest.raises(DataError, match=r".") as error:
        load_baseline(write(tmp_path, change), INSTANCE)
    assert fault in str(error.value)
    assert str(error.value).startswith(str(tmp_path / "published.json"))


def test_a_plan_of_the_instance_as_it_is_now_is_told_all_its_faults_at_once(tmp_path: Path) -> None:
    def spoil(plan: Document) -> None:
        plan["meetings"][0]["venue"] = "gone"
        plan["meetings"][1].update(end=plan["meetings"][1]["start"])

    with pytest.raises(DataError, match=r".") as error:
        load_whole_plan(write(tmp_path, spoil), INSTANCE)
    venue, end = str(error.value).splitlines()
    assert "meetings[0].venue: gone, " in venue
    assert "meetings[1].end: " in end
