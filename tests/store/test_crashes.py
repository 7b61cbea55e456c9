"""Writers are killed in the middle of their work, again and again; nothing that was kept is lost."""

import random
from multiprocessing import get_context
from multiprocessing.connection import wait
from time import sleep

from meetsched.store import open_store
from tests.store.writing import write

KILLS = 200
TOGETHER = 8
"""Writers at a time, which also get in each other's way."""

PATIENCE = 60
"""Seconds until one of them must have begun, however busy the machine."""


def test_two_hundred_kills_lose_nothing(store, url):
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.store.writing", "meetsched.store.store", "alembic.command"])
    chance = random.Random(6)
    kept: dict[int, str] = {}
    for _ in range(KILLS // TOGETHER):
        writers = []
        for _ in range(TOGETHER):
            heard, told = context.Pipe(duplex=False)
            process = context.Process(target=write, args=(url, chance.getrandbits(32), told), daemon=True)
            process.start()
            told.close()
            writers.append((process, heard))
        assert wait([heard for _, heard in writers], PATIENCE), "nothing was written"
        for process, _ in writers:
            sleep(chance.uniform(0.0, 0.02))
            process.kill()
        for process, heard in writers:
            process.join()
            kept |= dict(_acknowledged(heard))
    with open_store(url) as again:
        found = {version.number: version.hash for version in again.versions.of("town")}
        assert list(again.versions.faults()) == []
    assert len(kept) >= KILLS // TOGETHER
    assert kept.items() <= found.items()


def _acknowledged(heard):
    while True:
        try:
            yield heard.recv()
        except (EOFError, OSError):
            return
