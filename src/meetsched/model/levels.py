"""Cities' shares in rising order: the sum of the two smallest, of the three smallest, and so on.

The sum of the `k` smallest of some shares is the most that ``k * bar - sum of max(0, bar - share)`` comes
to, whatever the bar (it is reached where the bar is the k-th smallest share). So it is a linear expression
to be maximised, with a column for the bar and one for each city's shortfall, without any binary; and one
sum after the other, maximised and held, makes the shares lexicographically largest in rising order, in
integers as well (Ogryczak and Śliwiński, *On direct methods for lexicographic min-max optimization*, 2006).
To fix the cities that attain the minimum, as for convex problems, would be wrong here: other cities may
attain it in another plan.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from meetsched.domain.instance import Fairness
from meetsched.domain.shares import FULL_SHARE
from meetsched.model.linear import LinearModel, Terms, Values
from meetsched.model.objectives import Balance, add_balance
from meetsched.model.variables import Variables


@dataclass(frozen=True, slots=True)
class Level:
    """The sum of the smallest shares.

    Attributes
    ----------
    rank : int
        Of so many of them.
    bar : int
        The column of the share that the others are measured by.
    shortfalls : mapping of str to int
        For each city the column of how much its share falls short of the bar.
    """

    rank: int
    bar: int
    shortfalls: Mapping[str, int]

    @property
    def terms(self) -> Terms:
        """The sum, as an expression to be maximised."""
        return [(self.bar, self.rank), *((column, -1) for column in self.shortfalls.values())]


@dataclass(frozen=True, slots=True)
class Levels:
    """The sums of the two smallest shares and of more.

    Attributes
    ----------
    shares : mapping of str to int
        For each city with an ideal the column of its share, in thousandths.
    sums : tuple of Level
        For two cities, for three, and so on.
    """

    shares: Mapping[str, int]
    sums: tuple[Level, ...]

    def columns(self) -> list[int]:
        """Return all columns that tell of shares, none of which is one city's alone."""
        of_levels = (column for level in self.sums for column in (level.bar, *level.shortfalls.values()))
        return [*self.shares.values(), *of_levels]

    def raise_to(self, values: Values, shares: Mapping[str, int]) -> None:
        """Set the columns so that each sum is what it is for some shares of all cities."""
        in_order = sorted(shares.values())
        for city, column in self.shares.items():
            values[column] = shares[city]
        for level in self.sums:
            bar = in_order[level.rank - 1]
            values[level.bar] = bar
            for city, column in level.shortfalls.items():
                values[column] = max(0, bar - shares[city])


def add_fairness(
    model: LinearModel, variables: Variables, ideal: Mapping[str, int], fairness: Fairness
) -> tuple[Terms, Levels | None]:
    """Add the columns and rows of the smallest share and, where they count, of those above it.

    Parameters
    ----------
    model : LinearModel
    variables : Variables
    ideal : mapping of str to int
        Of every city.
    fairness : Fairness

    Returns
    -------
    Terms
        The smallest share, to be maximised.
    Levels or None
    """
    least = add_balance(model, variables, ideal)
    if fairness is Fairness.MAXIMIN:
        return least.terms, None
    return least.terms, _levels(model, least, ideal, len(variables.of_city))


def _levels(model: LinearModel, balance: Balance, ideal: Mapping[str, int], cities: int) -> Levels:
    shares = {city: model.add_column(upper=FULL_SHARE) for city in balance.points}
    for city, column in shares.items():
        share = [(balance.points[city], FULL_SHARE), (column, -ideal[city])]
        model.at_least(None, city, share, 0)
    return Levels(shares, tuple(_level(model, shares, rank) for rank in range(2, cities + 1)))


def _level(model: LinearModel, shares: Mapping[str, int], rank: int) -> Level:
    bar = model.add_column(upper=FULL_SHARE)
    shortfalls = {city: model.add_column(upper=FULL_SHARE) for city in shares}
    for city, column in shortfalls.items():
        model.at_least(None, city, [(column, 1), (shares[city], 1), (bar, -1)], 0)
    return Level(rank, bar, shortfalls)
