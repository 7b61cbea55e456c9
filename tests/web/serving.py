"""`meetsched serve` as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from tests.cli.conftest import PROGRAM


@contextmanager
def serving(*arguments: object) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the program until it can be asked; yield it and its address."""
    command = [*PROGRAM, "serve", *map(str, arguments), "--port", "0", "--json", "--no-open"]
    running = subprocess.Popen(
        [sys.executable, "-c", _HEED, *command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert running.stdout is not None
        text = ""
        while "}" not in text:
            line = running.stdout.readline()
            assert line, running.communicate()
            text += line
        yield running, json.loads(text)["address"]
    finally:
        running.kill()
        _, said = running.communicate()
        sys.stderr.write(said or "")


_HEED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
os.execv(sys.argv[1], sys.argv[1:])
"""
"""Heed interrupts, even where the shell of the tests does not."""
