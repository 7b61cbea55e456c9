"""Time that a command needs once its search has ended."""

from dataclasses import replace

from meetsched.solve.options import SolveOptions


def leaving(options: SolveOptions, *, seconds: float, share: float) -> SolveOptions:
    """Return the options of a search that leaves some of the time limit.

    Parameters
    ----------
    options : SolveOptions
        Of the whole command.
    seconds, share : float
        At most so many seconds, and so much of the whole.
    """
    reserve = min(seconds, share * options.time_limit)
    return replace(options, time_limit=options.time_limit - reserve)
