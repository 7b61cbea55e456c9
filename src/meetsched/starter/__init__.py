"""The starter instance that `meetsched init` writes: a small town, every key explained."""

from contextlib import AbstractContextManager
from importlib.resources import as_file, files
from pathlib import Path

STARTER_NAME = "starter.yaml"
"""Under which name it is written."""


def starter_document() -> bytes:
    """Return the starter instance, as the bytes of its file (UTF-8)."""
    return files(__package__).joinpath(STARTER_NAME).read_bytes()


def starter_file() -> AbstractContextManager[Path]:
    """Return the starter instance as a file to read from, for as long as the context lasts."""
    return as_file(files(__package__).joinpath(STARTER_NAME))
