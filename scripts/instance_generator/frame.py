"""When meetings are planned, and what holds for the instance as a whole."""

from dataclasses import dataclass
from datetime import date, timedelta

from instance_generator.draw import WEEKDAYS, Draw, Record
from instance_generator.locales import LOCALES, Locale
from instance_generator.recipe import Recipe

EVENING = "17:30"
"""A start that every weekday but Friday has."""


@dataclass(frozen=True)
class Frame:
    """A recipe with the country and the dates that it came to.

    Attributes
    ----------
    recipe : Recipe
    locale : Locale
    first, last : datetime.date
        The horizon, both included.
    holidays : tuple of datetime.date
        Public holidays on working days within it.
    break_ : tuple of (datetime.date, datetime.date)
        First and last date of the school holidays.
    """

    recipe: Recipe
    locale: Locale
    first: date
    last: date
    holidays: tuple[date, ...]
    break_: tuple[date, date]

    def draw(self, *purpose: object) -> Draw:
        """Return the stream of random draws for a purpose."""
        return Draw(self.recipe.seed, *purpose)

    def meeting_days(self) -> list[date]:
        """Return the dates from Monday to Thursday on which meetings can be held."""
        return [
            day
            for offset in range((self.last - self.first).days + 1)
            if (day := self.first + timedelta(days=offset)).weekday() < 4
            and day not in self.holidays
            and not self.break_[0] <= day <= self.break_[1]
        ]


def make_frame(recipe: Recipe) -> Frame:
    """Choose a country; work out dates."""
    from holidays import country_holidays

    locale = Draw(recipe.seed, "locale").choice(LOCALES)
    last = _month_later(recipe.start, recipe.months) - timedelta(days=1)
    years = range(recipe.start.year, last.year + 1)
    days = country_holidays(locale.country, subdiv=locale.subdivision, years=years)
    on_working_days = sorted(day for day in days if recipe.start <= day <= last and day.weekday() < 5)
    break_start = _month_later(recipe.start, 1 if recipe.months > 1 else 0)
    break_ = (break_start, break_start + timedelta(days=5))
    return Frame(recipe, locale, recipe.start, last, tuple(on_working_days), break_)


def _month_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, 1)


def head(frame: Frame, town: str, identifier: str) -> Record:
    """Return the part of an instance before its lists."""
    draw = frame.draw("head")
    result: Record = {
        "schema": "meetsched/1",
        "id": identifier,
        "name": f"{town}, made up",
        "horizon": {"start": str(frame.first), "end": str(frame.last)},
        "timezone": frame.locale.timezone,
        "currency": "EUR",
        "holidays": _holidays(frame, draw),
        "exclude_dates": [
            {"start": str(frame.break_[0]), "end": str(frame.break_[1]), "why": "school holidays"}
        ],
        "slots": [
            {"weekdays": list(WEEKDAYS[:4]), "starts": ["09:00", "14:00", EVENING, "18:30"]},
            {"weekdays": ["fri"], "starts": ["09:00"]},
            {"weekdays": ["tue", "wed"], "starts": [EVENING], "bonus": 1},
        ],
        "person_gap_minutes": 60,
    }
    if draw.chance(0.3):
        result["objectives"] = [
            "disruption",
            "balance",
            {"tier": "points", "give": draw.choice((0.01, 0.02, 0.05))},
            "cost",
            "appeal",
            "effort",
        ]
    if draw.chance(0.3):
        weights = {"cancel": 120, "add": 60, "date": 40, "time": 15, "venue": 20, "person": 8}
        result["disruption"] = {key: weights[key] for key in draw.some(list(weights), 2, 6)}
    if draw.chance(0.3):
        prices = {
            "budget": 2,
            "person.available": 15,
            "person.overtime": 3,
            "cadence.fewer": 60,
            "spacing": 2,
        }
        result["prices"] = {key: prices[key] for key in draw.some(list(prices), 1, 3)}
    return result


def _holidays(frame: Frame, draw: Draw) -> Record:
    result: Record = {"country": frame.locale.country}
    if frame.locale.subdivision:
        result["subdivision"] = frame.locale.subdivision
    if draw.chance(0.3):
        result["add"] = [str(draw.choice(frame.meeting_days()))]
    bridged = [day for day in frame.holidays if (day.month, day.day) != (1, 1)]
    if bridged and draw.chance(0.3):
        result["remove"] = [str(draw.choice(bridged))]
    return result
