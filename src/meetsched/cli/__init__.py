"""The command line: input and output only."""
