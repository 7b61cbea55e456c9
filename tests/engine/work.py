"""What workers do in tests: the real work, and what may befall it. Marks are left in the folder of MARKS."""

import os
import signal
from pathlib import Path
from threading import Event
from time import sleep

from meetsched.engine.jobs import Job, perform

MARKS = "MEETSCHED_TEST_MARKS"


def dies_once(document: bytes, stop: Event) -> bytes:
    """Do a job at the second attempt; at the first the process is killed."""
    mark = Path(os.environ[MARKS]) / _cities(document)
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return perform(document, stop)


def dies_always_in_region_1(document: bytes, stop: Event) -> bytes:
    """Kill the process where one region is planned."""
    if "r1-" in _cities(document):
        os.kill(os.getpid(), signal.SIGKILL)
    return perform(document, stop)


def waits(document: bytes, stop: Event) -> bytes:
    """Do a job once it is to end."""
    (Path(os.environ[MARKS]) / f"{os.getpid()}").touch()
    stop.wait(60)
    return perform(document)


def sleeps(document: bytes, stop: Event) -> bytes:
    """Be busy for long."""
    (Path(os.environ[MARKS]) / f"{os.getpid()}").touch()
    sleep(60)
    return document


def _cities(document: bytes) -> str:
    job = Job.model_validate_json(document)
    return f"{job.stage}-{'-'.join(city.id for city in job.instance.cities)}"
