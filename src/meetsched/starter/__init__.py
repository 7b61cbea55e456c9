"""The starter instance that `meetsched init` writes: a small town, every key explained."""

from importlib.resources import files

STARTER_NAME = "starter.yaml"
"""Under which name it is written."""


def starter_document() -> bytes:
    """Return the starter instance, as the bytes of its file (UTF-8)."""
    return files(__package__).joinpath(STARTER_NAME).read_bytes()
