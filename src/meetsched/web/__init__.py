"""The page for those who plan, and its HTTP interface: input and output only, as the command line is."""
