"""What befalls workers: they are killed, lose their parent, are asked to end; locally and with Dask."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from time import monotonic, sleep

import pytest

from meetsched.domain.outcome import Verdict
from meetsched.engine import Workforce, planning
from meetsched.engine.local import LocalWorkforce, Work
from meetsched.engine.parts import Parts
from meetsched.engine.planning import plan_parts
from meetsched.solve import SolveOptions
from tests.engine import work
from tests.engine.countries import country
from tests.engine.inline import Inline, Memory
from tests.engine.test_against_whole import SHA256, apart, figures

OPTIONS = SolveOptions(time_limit=300, workers=2, deterministic=True)
SEED = 13


def dask(workers: int, job: Work) -> Workforce:
    pytest.importorskip("distributed", reason="Dask is not installed")
    from meetsched.engine.dask import DaskWorkforce

    return DaskWorkforce(workers, work=job)


ENGINES: dict[str, Callable[[int, Work], Workforce]] = {"local": LocalWorkforce, "dask": dask}


@pytest.fixture
def marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv(work.MARKS, str(tmp_path))
    yield tmp_path


def eventually(condition: Callable[[], object], seconds: float = 30) -> bool:
    end = monotonic() + seconds
    while not condition() and monotonic() < end:
        sleep(0.02)
    return bool(condition())


@pytest.mark.parametrize("engine", ENGINES)
def test_killed_workers_change_nothing(engine: str, marks: Path):
    instance = country(SEED, regions=3)
    workforce = ENGINES[engine](2, work.dies_once)
    try:
        ended = plan_parts(instance, SHA256, OPTIONS, workforce, Memory())
    finally:
        workforce.close()
    assert len(list(marks.iterdir())) >= 3
    assert ended.failures == ()
    assert figures(ended.outcome) == figures(apart(instance))


def test_a_part_whose_worker_is_always_lost_fails_alone(marks: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(planning, "MOST_ATTEMPTS", 2)
    instance, shelf = country(SEED, regions=3), Memory()
    workforce = LocalWorkforce(2, work.dies_always_in_region_1)
    try:
        ended = plan_parts(instance, SHA256, OPTIONS, workforce, shelf)
    finally:
        workforce.close()
    assert ended.outcome.verdict is Verdict.UNKNOWN
    ((failure,), parts) = ended.failures, Parts(instance).all
    assert all(city.startswith("r1-") for city in failure.cities)
    assert ended.open == (failure.cities,)
    assert len(shelf) == len(parts) - 1


def test_workers_asked_to_end_hand_in_what_they_have(marks: Path):
    stop = Event()
    instance = country(SEED, regions=3)
    workforce = LocalWorkforce(2, work.waits)
    watch = Thread(target=lambda: (eventually(lambda: len(list(marks.iterdir())) == 2), stop.set()))
    watch.start()
    try:
        ended = plan_parts(instance, SHA256, OPTIONS, workforce, Memory(), stop=stop)
    finally:
        workforce.close()
        watch.join()
    assert ended.outcome.interrupted
    assert len(ended.open) == len(Parts(instance).all) - 2


PARENT = """
from tests.engine import work
from meetsched.engine.local import LocalWorkforce

if __name__ == "__main__":
    workforce = LocalWorkforce(1, work.sleeps)
    workforce.submit(b"").result()
"""


def test_workers_end_with_the_process_that_started_them(marks: Path):
    (script := marks.parent / "parent.py").write_text(PARENT)
    root = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, script], env={**os.environ, "PYTHONPATH": str(root)}, cwd=root)
    try:
        assert eventually(lambda: list(marks.iterdir()))
        (mark,) = marks.iterdir()
        assert is_running(int(mark.name))
    finally:
        parent.send_signal(signal.SIGKILL)
        parent.wait()
    assert eventually(lambda: not is_running(int(mark.name)))


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rsplit(")")[-1].split()[0] != "Z"
    except OSError:
        return False


def test_without_workers_or_time_there_is_no_plan():
    ended = plan_parts(country(SEED, regions=2), SHA256, SolveOptions(time_limit=0), Inline(), Memory())
    assert ended.outcome.verdict is Verdict.UNKNOWN
    assert not ended.outcome.interrupted
