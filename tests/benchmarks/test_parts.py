"""What the benchmark of countries says of its runs."""

import json
from pathlib import Path

from parts import Planned, figures, tables

SAME = '[["points", 10, 10, 10, true]]'


def test_says_how_fast_and_whether_all_came_to_the_same() -> None:
    runs = [
        Planned(10, "local", 2, 0, 20.0, 200, SAME),
        Planned(40, "local", 2, 0, 80.0, 200, SAME),
        Planned(40, "dask", 1, 0, 160.0, 300, SAME),
        Planned(40, "local", 2, 20, 120.0, 0, "[]"),
        Planned(40, "dask", 2, 0, 1.0, 5, ""),
    ]
    by_size, growth, by_way = tables(runs, sizes=2)
    assert "| 40 | 80 | 30.0 | 200 |" in by_size
    assert growth == "Time grows with the power 1.00 of the number of cities, memory with 0.00."
    lines = by_way.splitlines()
    assert [line.split("|")[-2].strip() for line in lines[2:]] == [
        "the same",
        "the same",
        "others",
        "no plan",
    ]
    assert "| local | 2 | 20 | 120 | 20.0 | – |" in by_way


def test_figures_are_those_of_the_plan(tmp_path: Path) -> None:
    assert figures(tmp_path) == ""
    tier = {"name": "points", "value": 10, "best": 10, "bound": 10, "proven": True, "seconds": 3.5}
    (tmp_path / "plan.json").write_text(json.dumps({"tiers": [tier]}), encoding="utf-8")
    assert figures(tmp_path) == SAME
