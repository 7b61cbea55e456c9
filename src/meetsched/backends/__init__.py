"""Solvers behind one face, each in a process of its own that can be stopped at any moment.

The arithmetic of a solver does not always look up: a process does not have to. It also keeps what
a solver prints off standard output and what it imports out of the start-up time.
"""
