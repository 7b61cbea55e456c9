"""Timefold, a local search over constraint streams (Java); its sources are in ``benchmarks/timefold``.

It is built against the jars that the Python package `timefold` carries; nothing else of that package is
used, since rules written in Python would be slower.
"""
