"""Cities that share nothing, planned apart from the command line."""

import json
import signal
import subprocess
import sys
from pathlib import Path
from time import monotonic, sleep

import pytest

from tests.cli.conftest import PROGRAM, REGION, Program
from tests.engine.countries import country_document
from tests.oracle.draw import Table

SEED = 60
"""A country with a plan, in which some city cannot have its full share."""


def written(folder: Path, **changes: object) -> Path:
    path = folder / "country.json"
    path.write_text(json.dumps(country_document(SEED, regions=3) | changes), encoding="utf-8")
    return path


@pytest.fixture
def country(tmp_path: Path) -> Path:
    return written(tmp_path)


def tiers(folder: Path) -> list[Table]:
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return [{key: tier[key] for key in ("name", "best", "bound", "proven")} for tier in plan["tiers"]]


def test_parts_make_the_plan_of_the_whole(country: Path, tmp_path: Path, meetsched: Program) -> None:
    apart, whole = tmp_path / "apart", tmp_path / "whole"
    ran = meetsched("solve", country, "-o", apart, "--engine", "local", "--workers", 2)
    assert ran.code == 0
    assert "Parts: 0 of 3 done" in ran.err
    assert "Parts: 3 of 3 done, 0 running, 0 failed" in ran.err
    assert "It is proven that there is no better plan." in ran.out
    assert meetsched("solve", country, "-o", whole, "-q").code == 0
    assert tiers(apart) == tiers(whole)
    assert not (apart / "parts").exists()
    assert meetsched("verify", country, apart / "plan.json").code == 0


def test_parts_that_are_to_stay_are_used_again(country: Path, tmp_path: Path, meetsched: Program) -> None:
    parts = tmp_path / "kept"
    options = ("--engine", "local", "--workers", 1, "--parts", parts, "--deterministic", "--json", "-q")
    first = meetsched("solve", country, "-o", tmp_path / "one", *options)
    times = {path: path.stat().st_mtime_ns for path in parts.iterdir()}
    assert len(times) == 6
    assert meetsched("solve", country, "-o", tmp_path / "two", *options).out == first.out
    assert {path: path.stat().st_mtime_ns for path in parts.iterdir()} == times


def test_after_a_kill_the_same_command_goes_on(country: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan"
    command = [*PROGRAM, "solve", str(country), "-o", str(out), "--engine", "local", "--workers", "1", "-q"]
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    end = monotonic() + 60
    while not (kept := sorted((out / "parts").glob("part-*.json"))) and monotonic() < end:
        sleep(0.005)
    run.send_signal(signal.SIGKILL)
    assert run.wait() == -signal.SIGKILL
    assert kept
    assert not (out / "plan.json").exists()
    times = {path: path.stat().st_mtime_ns for path in kept}
    again = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while again.poll() is None:
        for path in kept:
            assert not path.exists() or path.stat().st_mtime_ns == times[path]
        sleep(0.02)
    assert again.returncode == 0
    assert all(tier["proven"] for tier in tiers(out))
    assert not (out / "parts").exists()


def test_an_interrupt_tells_what_is_kept(country: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan"
    command = [*PROGRAM, "solve", str(country), "-o", str(out), "--engine", "local", "--workers", "1"]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    end = monotonic() + 60
    while not list((out / "parts").glob("part-*.json")) and monotonic() < end:
        sleep(0.005)
    run.send_signal(signal.SIGINT)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 130
    assert (out / "plan.json").exists() or "Interrupted before every city had a plan" in told


def test_a_part_without_a_plan_is_named(tmp_path: Path, meetsched: Program) -> None:
    document = country_document(SEED, regions=3)
    city = document["cities"][-1]
    city["budget"] = 0
    for venue in document["venues"]:
        venue["fee"] = 500
    for topic in document["topics"]:
        topic["fee"] = 0
    for cadence in document["cities"]:
        cadence["meetings_per_month"] = {"min": 1}
    path = tmp_path / "country.json"
    path.write_text(json.dumps(document | {"horizon": WHOLE_MONTH}), encoding="utf-8")
    ran = meetsched("solve", path, "-o", tmp_path / "plan", "--engine", "local", "--workers", 1, "-q")
    assert ran.code == 4
    assert "It is proven that no plan holds every rule. " in ran.err
    assert "has none even alone" in ran.err or "have none, even apart from all others" in ran.err
    assert f"meetsched explain {path}" in ran.err
    assert not (tmp_path / "plan" / "plan.json").exists()


WHOLE_MONTH = {"start": "2027-03-01", "end": "2027-03-31"}


def test_a_scheduler_is_one_of_dask(country: Path, tmp_path: Path, meetsched: Program) -> None:
    options = ("--engine", "local", "--scheduler", "tcp://127.0.0.1:9")
    ran = meetsched("solve", country, "-o", tmp_path / "plan", *options)
    assert ran.code == 2
    assert "use it with --engine dask" in ran.err


def test_without_dask_it_is_told_how_to_add_it(
    country: Path, tmp_path: Path, meetsched: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    monkeypatch.delitem(sys.modules, "meetsched.engine.dask", raising=False)
    ran = meetsched("solve", country, "-o", tmp_path / "plan", "--engine", "dask")
    assert ran.code == 2
    assert "pip install 'meetsched[dask]'" in ran.err


def test_a_scheduler_that_does_not_answer_is_named(
    country: Path, tmp_path: Path, meetsched: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("distributed", reason="Dask is not installed")
    from meetsched.engine import dask

    monkeypatch.setattr(dask, "_PATIENCE", 0.5)
    ran = meetsched("solve", country, "-o", tmp_path / "plan", "--scheduler", "tcp://127.0.0.1:9")
    assert ran.code == 2
    assert "no Dask scheduler answers at tcp://127.0.0.1:9" in ran.err


def test_what_a_tier_gives_up_joins_all(tmp_path: Path, meetsched: Program) -> None:
    path = written(tmp_path, objectives=[{"tier": "points", "give": 0.1}, "cost"])
    ran = meetsched("solve", path, "-o", tmp_path / "plan", "--engine", "local")
    assert ran.code == 0
    assert "they are planned as one" in ran.err


def test_cities_that_share_are_planned_as_one(tmp_path: Path, meetsched: Program) -> None:
    ran = meetsched("solve", REGION, "-o", tmp_path / "plan", "--engine", "local", "--time-limit", 20)
    assert ran.code == 0
    assert "All cities hang together" in ran.err
