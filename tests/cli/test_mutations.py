"""Damaged files: whatever stands in them, the answer is a verdict in words, never a traceback."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import INSTANCES, TOWN, TOWN_PLAN, Program

PIECES = (
    "", " ", "-", "[", "]", "{", "}", ":", "#", "&a", "*a", "!!python/object:os.system", "null", "~", "true",
    "0", "-1", "1e999", "12.345", "24:00", "25:61", "2027-02-30", "2027-03-28T02:30", "all", "\t", "\x00",
    "\x1b[31m", "ż", "\u202e", "'", '"', "[]", "{}", "99999999999999999999", "mon", "08:00-16:00",
    "--- ", "%YAML 9", "<<: *x",
)  # fmt: skip


def delete_line(lines: list[str], luck: random.Random) -> None:
    del lines[luck.randrange(len(lines))]


def repeat_line(lines: list[str], luck: random.Random) -> None:
    at = luck.randrange(len(lines))
    lines.insert(at, lines[at])


def swap_lines(lines: list[str], luck: random.Random) -> None:
    one, other = luck.randrange(len(lines)), luck.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def indent_line(lines: list[str], luck: random.Random) -> None:
    at = luck.randrange(len(lines))
    lines[at] = " " * luck.randint(1, 3) + lines[at]


def replace_value(lines: list[str], luck: random.Random) -> None:
    at = luck.randrange(len(lines))
    key, colon, _ = lines[at].partition(": ")
    lines[at] = f"{key}{colon}{luck.choice(PIECES)}\n"


def insert_piece(lines: list[str], luck: random.Random) -> None:
    at = luck.randrange(len(lines))
    column = luck.randint(0, len(lines[at]))
    lines[at] = lines[at][:column] + luck.choice(PIECES) + lines[at][column:]


def cut_off(lines: list[str], luck: random.Random) -> None:
    del lines[luck.randrange(len(lines)) :]


MUTATIONS: tuple[Callable[[list[str], random.Random], None], ...] = (
    delete_line,
    repeat_line,
    swap_lines,
    indent_line,
    replace_value,
    replace_value,
    insert_piece,
    insert_piece,
    cut_off,
)


def mutate(text: str, luck: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    for _ in range(luck.choice((1, 1, 1, 2, 5))):
        if lines:
            luck.choice(MUTATIONS)(lines, luck)
    return "".join(lines)


@pytest.mark.parametrize("seed", range(100))
def test_a_damaged_instance(meetsched: Program, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "town.yaml"
    source = INSTANCES / "town.yaml" if seed % 10 == 0 else TOWN
    path.write_text(mutate(source.read_text(encoding="utf-8"), random.Random(seed)), encoding="utf-8")
    ran = meetsched("check", path)
    assert ran.code in (0, 3), ran.err
    assert "Traceback" not in ran.err
    assert (ran.out == "") == (ran.code == 3)
    if ran.code == 3:
        assert ran.err.startswith("Error: ")
        assert "town.yaml" in ran.err
        assert "\x1b" not in ran.err


@pytest.mark.parametrize("seed", range(30))
def test_a_damaged_plan(meetsched: Program, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "plan.json"
    text = json.dumps(json.loads(TOWN_PLAN.read_text(encoding="utf-8")), indent=1, ensure_ascii=False)
    path.write_text(mutate(text, random.Random(seed)), encoding="utf-8")
    ran = meetsched("verify", TOWN, path)
    assert ran.code in (0, 3, 6), ran.err
    assert "Traceback" not in ran.err
    assert (ran.out == "") == (ran.code == 3)
    ran = meetsched("diff", TOWN_PLAN, path)
    assert ran.code in (0, 3), ran.err


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"\x00" * 50, b"- " * 5000, b"[" * 20000, b"a: &a [*a]\n"]
)
def test_a_file_that_is_something_else(meetsched: Program, tmp_path: Path, data: bytes) -> None:
    for name in ("town.yaml", "town.json"):
        path = tmp_path / name
        path.write_bytes(data)
        ran = meetsched("check", path)
        assert (ran.code, ran.out) == (3, ""), ran.err
        assert name in ran.err
