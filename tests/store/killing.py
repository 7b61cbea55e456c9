"""Starts processes that add versions as long as they live, kills them, and says what they had been told.

It runs as a program of its own, without threads, so that a new writer is a fork that has all libraries.
"""

import json
import os
import random
import select
import signal
import sys
from itertools import count
from time import sleep

from meetsched.store import Made, VersionKind, open_store

KILLS = 200
TOGETHER = 8
"""Writers at a time, which also get in each other's way."""
PATIENCE = 60
"""Seconds until one of them must have begun, however busy the machine."""


def write(url: str, seed: int, told: int) -> None:
    """Add versions for ever, and say of each that it was kept."""
    with open_store(url) as store:
        for number in count():
            text = f"{seed}:{number}:" + "x" * 5000
            version = store.versions.add("town", VersionKind.SOLVED, text, f"plan {text}", Made("anna"))
            os.write(told, f"{version.number} {version.hash}\n".encode())


def start(url: str, seed: int) -> tuple[int, int]:
    """Start a writer; return its process and where it is heard."""
    heard, told = os.pipe()
    process = os.fork()
    if process == 0:
        try:
            write(url, seed, told)
        finally:
            os._exit(1)
    os.close(told)
    return process, heard


def kill_again_and_again(url: str) -> dict[int, str]:
    """Return the hashes of all versions of which a writer was told that they were kept."""
    chance = random.Random(6)
    kept: dict[int, str] = {}
    open_store(url).close()
    for _ in range(KILLS // TOGETHER):
        writers = [start(url, chance.getrandbits(32)) for _ in range(TOGETHER)]
        assert select.select([heard for _, heard in writers], [], [], PATIENCE)[0], "nothing was written"
        for process, _ in writers:
            sleep(chance.uniform(0.0, 0.02))
            os.kill(process, signal.SIGKILL)
        for process, heard in writers:
            assert os.WTERMSIG(os.waitpid(process, 0)[1]) == signal.SIGKILL
            with os.fdopen(heard) as lines:
                kept |= {int(number): found for number, found in (line.split() for line in lines)}
    return kept


if __name__ == "__main__":
    json.dump(kill_again_and_again(sys.argv[1]), sys.stdout)
