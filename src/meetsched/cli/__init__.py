"""The command line: input and output only."""

import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run `meetsched` with the arguments of the process, and end it with the exit code."""
    try:
        from meetsched.cli.running import run_process

        run_process()
    except KeyboardInterrupt:  # Between the start and what explains interrupts, or after it.
        sys.exit(130)
