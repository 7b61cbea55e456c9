"""The reference for people who write instances lists every key and every name that may be chosen."""

from __future__ import annotations

import re
from enum import EnumType
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from meetsched.domain.entities import Format, InstitutionType, Role, VenueKind
from meetsched.domain.instance import Instance
from meetsched.rules import Tier

TEXT = (Path(__file__).parents[2] / "docs" / "instance.md").read_text(encoding="utf-8")
CODE = {word for code in re.findall(r"`([^`\n]+)`", TEXT) for word in re.findall(r"[\w.]+", code)}


def models_in(annotation: object) -> set[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        inner = (models_in(field.annotation) for field in annotation.model_fields.values())
        return {annotation}.union(*inner)
    return set().union(*(models_in(part) for part in get_args(annotation)))


@pytest.mark.parametrize("model", sorted(models_in(Instance), key=lambda model: model.__name__))
def test_every_key(model: type[BaseModel]) -> None:
    keys = {field.alias or name for name, field in model.model_fields.items()}
    assert keys <= CODE


@pytest.mark.parametrize("names", [Format, InstitutionType, Role, VenueKind, Tier])
def test_every_name(names: EnumType) -> None:
    assert {str(name) for name in names} <= CODE
