"""What is to be done for each part, and what is known of it."""

from dataclasses import dataclass, field

from meetsched.engine.jobs import Result, Stage
from meetsched.engine.parts import Part


@dataclass
class Task:
    """A stage of a part, the name under which its result is kept, and how often it was begun."""

    place: int
    stage: Stage
    attempts: int = 0
    key: str = ""


@dataclass
class State:
    """What is known of a part; `failure` says why it could not be planned."""

    part: Part
    stages: tuple[Stage, ...]
    results: dict[Stage, Result] = field(default_factory=dict)
    failure: str = ""

    @property
    def cities(self) -> tuple[str, ...]:
        """The ids of its cities."""
        return tuple(city.id for city in self.part.cities)

    @property
    def done(self) -> bool:
        """Whether it is planned to the end."""
        return len(self.results) == len(self.stages) and self.planned

    @property
    def planned(self) -> bool:
        """Whether it has a plan, though perhaps not all of its stages."""
        return bool(self.results) and all(result.plan is not None for result in self.results.values())

    @property
    def hopeless(self) -> tuple[str, ...]:
        """Its cities, or the one of them, that are proven to have no plan."""
        alone = (result.hopeless_city for result in self.results.values())
        return next(((city,) for city in alone if city is not None), self.cities)
