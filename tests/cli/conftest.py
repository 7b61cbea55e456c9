"""The command line as its users run it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from meetsched.cli.running import run

DATA = Path(__file__).parents[1] / "export" / "data"
TOWN, TOWN_PLAN = DATA / "town.yaml", DATA / "town.plan.json"
REGION, REGION_PLAN = DATA / "region.yaml", DATA / "region.plan.json"
INSTANCES = Path(__file__).parents[2] / "instances"
REFERENCE = Path(__file__).parents[1] / "data" / "reference"

PROGRAM = (sys.executable, "-m", "meetsched")


@dataclass(frozen=True)
class Ran:
    """How a run ended, and what it said where."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as the one JSON document that it is."""
        return json.loads(self.out)


Program = Callable[..., Ran]


@pytest.fixture
def meetsched(capfd: pytest.CaptureFixture[str]) -> Program:
    """The program, run in this process: quick, and open to monkeypatching."""

    def go(*arguments: object) -> Ran:
        code = run([str(argument) for argument in arguments])
        out, err = capfd.readouterr()
        return Ran(code, out, err)

    return go


def process(*arguments: object, **environment: str) -> Ran:
    """Run the program as a process of its own."""
    done = subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | environment,
    )
    return Ran(done.returncode, done.stdout, done.stderr)
