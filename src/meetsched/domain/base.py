"""The base of all values."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Immutable, and with no key but the known ones."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)
