"""How far apart a city's meetings are, with fewer days between them at a toll a day."""

from collections.abc import Sequence
from datetime import date

from meetsched.domain.entities import City
from meetsched.domain.ways_out import Lever
from meetsched.explain.elastic import Elastic, ElasticModel
from meetsched.model import LinearModel, Terms
from meetsched.model.constraints.calendar import stretches
from meetsched.model.linear import plus
from meetsched.rules import Rule


def add_spacing(elastic: Elastic) -> None:
    """Add the rows of every city."""
    for city in elastic.variables.candidates.cities:
        if city.min_days_between > 1:
            _Spacing(elastic, city).add()


class _Spacing:
    """Adds one city's rows: a column for each day less says whether at least so many are taken."""

    def __init__(self, elastic: Elastic, city: City) -> None:
        self._linear: ElasticModel = elastic.linear
        self._days = elastic.variables.on_day[city.id]
        self._city = city
        self._steps: Sequence[int] = ()

    def add(self) -> None:
        lever = Lever(Rule.SPACING, (self._city.id,))
        most = self._city.min_days_between - 1
        self._steps = self._linear.add_columns(most)
        toll = self._linear.toll(lever, most)
        LinearModel.equal(self._linear, None, self._city.id, [*plus(self._steps), (toll, -1)])
        for less, more in zip(self._steps[1:], self._steps, strict=False):
            LinearModel.at_most(self._linear, None, self._city.id, [(less, 1), (more, -1)], 0)
        for length in range(2, self._city.min_days_between + 1):
            for dates in stretches(list(self._days), length):
                if len(dates) > 1:
                    self._add_stretch(dates, length)

    def _add_stretch(self, dates: Sequence[date], length: int) -> None:
        """In a stretch of dates there are as many meetings as fit with the gap that is left."""
        terms: Terms = plus(self._days[day] for day in dates)
        before = 1
        for steps, column in enumerate(self._steps, start=1):
            fit = min(len(dates), -(-length // (self._city.min_days_between - steps)))
            if fit > before:
                terms.append((column, before - fit))
                before = fit
        LinearModel.at_most(self._linear, Rule.SPACING, self._city.id, terms, 1)
