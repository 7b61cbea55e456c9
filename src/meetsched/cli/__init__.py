"""The command line: input and output only."""

from typing import NoReturn


def main() -> NoReturn:
    """Run `meetsched` with the arguments of the process, and end it with the exit code."""
    from meetsched.cli.running import run_process

    run_process()
