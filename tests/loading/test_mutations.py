"""Whatever is done to a file, it loads or it has faults: nothing else is raised."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from meetsched.errors import DataError
from meetsched.loading import load_instance, load_plan
from tests.loading.conftest import TOWN
from tests.loading.test_plans import PLAN

ODD: list[Any] = [
    *(
        "",
        "~",
        "-1",
        "0",
        "1e999999999",
        "9" * 5000,
        "٣",
        "a b",
        "24:00",
        "true",
        "all",
        "NaN",
        "../x",
        "kielce",
    ),
    *("2027-01-01", "9999-12-31T23:59", "0001-01-01T00:00", "2027-01-01T00:00-23:59", "\u2028", "x" * 10_000),
    *([], {}, [[]], [{}], {"a": []}, {"id": "kielce"}, ["all"], {"all": "1"}, None),
]


def mutate_bytes(data: bytes, rng: random.Random) -> bytes:
    """Change, drop, repeat or cut a few bytes."""
    spoilt = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at, length = rng.randrange(len(spoilt)), rng.randint(1, 12)
        match rng.randrange(5):
            case 0:
                spoilt[at] = rng.randrange(256)
            case 1:
                del spoilt[at : at + length]
            case 2:
                spoilt[at:at] = spoilt[at : at + length * 5]
            case 3:
                spoilt[at:at] = rng.choice(
                    [b":", b"-", b"[", b"{", b"&x ", b"*x", b"!", b"\n", b"\t", b"'", b'"', b"|", b"#"]
                )
            case _ if rng.random() < 0.3:
                del spoilt[at + 1 :]
    return bytes(spoilt)


def mutate_lines(data: bytes, rng: random.Random) -> bytes:
    """Drop, repeat, swap or shift a line."""
    lines = data.splitlines(keepends=True)
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(4):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case 2:
            lines[at], lines[to] = lines[to], lines[at]
        case _:
            lines[at] = b"  " + lines[at]
    return b"".join(lines)


def mutate_tree(tree: Any, rng: random.Random) -> None:
    """Put something odd somewhere in a tree."""
    while True:
        keys = list(tree) if isinstance(tree, dict) else range(len(tree))
        if not keys:
            return
        key = rng.choice(list(keys))
        if not isinstance(tree[key], (dict, list)) or rng.random() < 0.15:
            tree[key] = rng.choice(ODD)
            return
        tree = tree[key]


def load_or_fault(load: Callable[[Path], Any], path: Path) -> bool:
    """Load a file; whether it loads. Faults must be there, with words, and told in a text."""
    try:
        load(path)
    except DataError as error:
        assert error.faults
        assert all(fault.expected and fault.file == str(path) for fault in error.faults)
        assert str(error).encode()
        return False
    return True


@pytest.mark.parametrize("seed", range(300))
def test_spoilt_yaml(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    path = tmp_path / "town.yaml"
    path.write_bytes(rng.choice([mutate_bytes, mutate_lines])(TOWN.encode(), rng))
    load_or_fault(load_instance, path)


@pytest.mark.parametrize("seed", range(300))
def test_odd_values(seed: int, tmp_path: Path, town: dict[str, Any]) -> None:
    rng = random.Random(seed)
    for _ in range(rng.randint(1, 5)):
        mutate_tree(town, rng)
    path = tmp_path / ("town.json" if seed % 2 else "town.yaml")
    path.write_text(json.dumps(town) if seed % 2 else yaml.safe_dump(town), encoding="utf-8")
    load_or_fault(load_instance, path)


@pytest.mark.parametrize("seed", range(200))
def test_spoilt_plans(seed: int, tmp_path: Path) -> None:
    rng = random.Random(seed)
    plan = json.loads(json.dumps(PLAN))
    instance = load_instance(Path(__file__).parent / "town.yaml").instance
    path = tmp_path / "plan.json"
    if seed % 2:
        mutate_tree(plan, rng)
        path.write_text(json.dumps(plan))
    else:
        path.write_bytes(mutate_bytes(json.dumps(plan, indent=1).encode(), rng))
    load_or_fault(lambda file: load_plan(file, instance), path)


def test_mutations_both_load_and_fail(tmp_path: Path) -> None:
    """The mutations would show little if all of them, or none, were told as faults."""
    path = tmp_path / "town.yaml"
    outcomes = set()
    for seed in range(40):
        path.write_bytes(mutate_lines(TOWN.encode(), random.Random(seed)))
        outcomes.add(load_or_fault(load_instance, path))
    assert outcomes == {True, False}
