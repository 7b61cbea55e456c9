"""News of a search: a live table on a terminal, a few lines elsewhere."""

import os
import pty
import re
import subprocess
from pathlib import Path
from threading import Event

import pytest

from meetsched.cli.progress import progress_display
from meetsched.loading import load_instance
from meetsched.rules import Tier
from meetsched.service.solving import Progress
from tests.cli.conftest import PROGRAM, REGION, TOWN

COLOUR = re.compile(r"\x1b\[[\d;]*(3|4|9|10)\d(;\d+)*m")


def on_terminal(*arguments: str, **environment: str) -> tuple[int, str, str]:
    """Run with standard error on a terminal; return the exit code and both outputs."""
    mine, theirs = pty.openpty()
    with subprocess.Popen(
        [*PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "100"} | environment,
    ) as running:
        os.close(theirs)
        said = bytearray()
        try:
            while chunk := os.read(mine, 65536):
                said += chunk
        except OSError:  # how Linux tells that the other end is closed
            pass
        out = running.stdout.read() if running.stdout else ""
    os.close(mine)
    return running.returncode, out, said.decode()


def test_a_terminal_shows_a_live_table_and_json_stays_pure(tmp_path: Path) -> None:
    code, out, err = on_terminal("solve", str(TOWN), "-o", str(tmp_path), "--json", NO_COLOR="1")
    assert code == 0
    assert out == (tmp_path / "plan.json").read_text(encoding="utf-8")
    for word in ("Stage", "Value", "Bound", "Gap", "What firms asked for", "✓"):
        assert word in err
    assert not COLOUR.search(err)


def test_quiet_on_a_terminal(tmp_path: Path) -> None:
    assert on_terminal("solve", str(TOWN), "-o", str(tmp_path), "-q")[2] == ""


@pytest.fixture
def news() -> list[Progress]:
    return [
        Progress(Tier.POINTS, "alpha", None, None, 0.1),
        Progress(Tier.POINTS, "alpha", 10, 40, 1.0),
        Progress(Tier.POINTS, "alpha", 12, 12, 2.0, finished=True, proven=True),
        Progress(Tier.COST, None, None, None, 2.1),
        Progress(Tier.COST, None, 50000, 1000, 5.0),
        Progress(Tier.COST, None, 40000, 1000, 13.0),
        Progress(Tier.COST, None, 30000, 20000, 14.0, finished=True),
    ]


def test_lines_are_few(news: list[Progress], capfd: pytest.CaptureFixture[str]) -> None:
    instance = load_instance(REGION).instance
    news = [Progress(**{**_fields(item), "city": item.city and instance.cities[0].id}) for item in news]
    with progress_display(instance, Event(), quiet=False) as listener:
        assert listener is not None
        for item in news:
            listener(item)
    ideal = f"Ideal of {instance.cities[0].name}"
    currency = instance.currency
    assert capfd.readouterr().err.splitlines() == [
        f"   0.1 s  {ideal}: searching",
        f"   2.0 s  {ideal}: 12 points, proven",
        "   2.1 s  Little money: searching",
        f"  13.0 s  Little money: 400.00 {currency}, bound 10.00 {currency}",
        f"  14.0 s  Little money: 300.00 {currency}, bound 200.00 {currency}",
    ]


def test_each_share_is_a_stage_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    instance = load_instance(TOWN).instance
    with progress_display(instance, Event(), quiet=False) as listener:
        assert listener is not None
        listener(Progress(Tier.BALANCE, None, 774, 774, 1.0, finished=True, proven=True))
        listener(Progress(Tier.BALANCE, None, 982, 982, 2.0, finished=True, proven=True, level=2))
    lines = capfd.readouterr().err.splitlines()
    assert lines[0].endswith("Fair to every city: 77.4%, proven")
    assert lines[1].endswith("Fair to every city, share 2 from below: 98.2%, proven")


def test_nobody_listens_in_silence() -> None:
    with progress_display(load_instance(TOWN).instance, Event(), quiet=True) as listener:
        assert listener is None


def _fields(item: Progress) -> dict[str, object]:
    return {name: getattr(item, name) for name in Progress.__dataclass_fields__}
