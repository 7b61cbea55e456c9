"""`python -m meetsched` is `meetsched`."""

from meetsched.cli import main

main()
