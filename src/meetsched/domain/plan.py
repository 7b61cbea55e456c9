"""A plan: what is held when, where and with whom, and what was proven (schema ``meetsched-plan/1``)."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, Self

from pydantic import Field, FiniteFloat

from meetsched.domain.base import Frozen
from meetsched.domain.entities import InstitutionType, Role
from meetsched.domain.instance import Pin
from meetsched.domain.scalars import AwareMoment, Count, Day, Id, Share, SignedCents, Text, Whole, YesNo
from meetsched.rules import Tier


class PlanStatus(StrEnum):
    """`optimal` only where every tier is proven."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"


class InstanceReference(Frozen):
    """The instance that a plan was made for: its id, and the SHA-256 of its file."""

    id: Id
    sha256: Text


class LevelResult(Frozen):
    """One of the cities' shares in rising order: the plan's `value`, and as in a tier `best` and `bound`."""

    value: Whole
    best: Whole
    bound: Whole
    proven: YesNo


class TierResult(Frozen):
    """One tier's figures: `cost` in cents, all others as they are.

    `value` is the plan's, `best` what was found in the tier's turn, `bound` what no plan can beat
    under the values held before it. `value` and `best` differ only by what `give` allows.

    `levels` stand with the tier `balance` where the instance asks for `leximin`: the smallest share,
    which is the tier's own value, the second smallest, and so on.
    """

    name: Tier
    value: Whole
    best: Whole
    bound: Whole
    proven: YesNo
    give: Share
    seconds: FiniteFloat
    levels: tuple[LevelResult, ...] | None = None


class Duty(Frozen):
    """One person's part in a meeting."""

    person: Id
    role: Role


class CostBreakdown(Frozen):
    """What a meeting costs, in cents; `total` is all but the income, less the income."""

    venue: SignedCents
    catering: SignedCents
    fees: SignedCents
    travel: SignedCents
    overtime: SignedCents
    income: SignedCents
    total: SignedCents

    @classmethod
    def of_cents(
        cls, *, venue: int, catering: int, fees: int, travel: int, overtime: int, income: int
    ) -> Self:
        """Return a breakdown of amounts that are in cents already, with their total."""
        total = venue + catering + fees + travel + overtime - income
        return cls.model_construct(
            venue=venue,
            catering=catering,
            fees=fees,
            travel=travel,
            overtime=overtime,
            income=income,
            total=total,
        )


class Meeting(Frozen):
    """A meeting of a plan; its id is ``city/topic``."""

    id: Text
    city: Id
    topic: Id
    title: Text
    venue: Id
    start: AwareMoment
    end: AwareMoment
    people: tuple[Duty, ...]
    heads: Whole
    points: Whole
    types: tuple[InstitutionType, ...]
    cost: CostBreakdown
    sequence: Count = 0


class Repair(Frozen):
    """How a plan that was made from a published one came about."""

    baseline_sha256: Text
    as_of: Day | None = None
    freeze_days: Count = 7
    thawed: tuple[Text, ...] = ()
    max_changes: Count | None = None


class Plan(Frozen):
    """A plan as it is stored and exchanged."""

    schema_: Literal["meetsched-plan/1"] = Field(default="meetsched-plan/1", alias="schema")
    instance: InstanceReference
    status: PlanStatus
    tiers: tuple[TierResult, ...]
    ideal: dict[Id, Count] | None = None
    meetings: tuple[Meeting, ...]
    cancelled: tuple[Meeting, ...] = ()
    repair: Repair | None = None
    pins: tuple[Pin, ...] = ()

    @cached_property
    def tier_by_name(self) -> Mapping[Tier, TierResult]:
        """Tier results by name."""
        return {tier.name: tier for tier in self.tiers}

    @cached_property
    def meeting_by_id(self) -> Mapping[str, Meeting]:
        """Meetings held, by id."""
        return {meeting.id: meeting for meeting in self.meetings}

    @property
    def judged(self) -> bool:
        """Whether it says how good it is; one that was chosen for another reason does not."""
        return bool(self.tiers) or self.status is PlanStatus.OPTIMAL

    def document(self) -> dict[str, Any]:
        """Return the plan as JSON-ready data, keys in the order of the schema, absent ones left out."""
        document = self.model_dump(mode="json", by_alias=True, exclude_none=True)
        if not self.pins:
            del document["pins"]
        return document


def meeting_id(city: str, topic: str) -> str:
    """Return the id of a city's meeting on a topic."""
    return f"{city}/{topic}"
