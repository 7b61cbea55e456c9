"""How an explanation is to go."""

from dataclasses import dataclass

from meetsched.solve.options import SolveOptions


@dataclass(frozen=True, slots=True)
class ExplainOptions:
    """How an explanation is to go.

    Attributes
    ----------
    solving : SolveOptions
        Its time limit is that of the whole.
    most : int
        The most fixes, or gains, to be found.
    """

    solving: SolveOptions
    most: int = 5
