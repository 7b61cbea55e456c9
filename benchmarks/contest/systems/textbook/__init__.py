"""The specification as a linear model in whole numbers, written down plainly, for any solver.

It takes from `meetsched.candidates` which pairs of start and venue are possible, who is present at
which starts, and the arithmetic of turnout and cost; nothing of `meetsched.model`.
"""
