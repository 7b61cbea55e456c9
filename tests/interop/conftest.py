"""The program is run as in the command line's own tests."""

from tests.cli.conftest import meetsched

__all__ = ["meetsched"]
