"""A process that adds versions as long as it lives, and says of each that it was kept."""

from itertools import count
from multiprocessing.connection import Connection

from meetsched.store import Made, VersionKind, open_store


def write(url: str, seed: int, acknowledged: Connection) -> None:
    with open_store(url) as store:
        for number in count():
            text = f"{seed}:{number}:" + "x" * 5000
            version = store.versions.add("town", VersionKind.SOLVED, text, f"plan {text}", Made("anna"))
            acknowledged.send((version.number, version.hash))
