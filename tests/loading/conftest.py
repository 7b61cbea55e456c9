"""A small town that is right in every detail, to be spoilt by the tests."""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml

from meetsched.errors import DataError
from meetsched.loading import load_instance

TOWN = (Path(__file__).parent / "town.yaml").read_text(encoding="utf-8")
_TREE = yaml.load(TOWN, Loader=yaml.BaseLoader)


@pytest.fixture
def town() -> dict[str, Any]:
    """The town as nested data, every scalar as text."""
    return deepcopy(_TREE)


@pytest.fixture
def faults_of(tmp_path: Path) -> Callable[[dict[str, Any] | str], list[str]]:
    """Write an instance, load it, and return its faults (or warnings), without file and line."""

    def load(instance: dict[str, Any] | str) -> list[str]:
        text = instance if isinstance(instance, str) else yaml.safe_dump(instance, sort_keys=False)
        path = tmp_path / "town.yaml"
        path.write_text(text, encoding="utf-8")
        try:
            found = load_instance(path).warnings
        except DataError as error:
            found = error.faults
        assert all(fault.file == str(path) for fault in found)
        return [re.sub(r"^(:\d+)?: ", "", str(fault).removeprefix(str(path))) for fault in found]

    return load


def put(tree: Any, path: str, value: Any) -> None:
    """Set (or, with None, remove) what stands at a path such as ``cities[0].budget``."""
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"[\w-]+", path)]
    for step in steps[:-1]:
        tree = tree[step]
    if value is None:
        del tree[steps[-1]]
    else:
        tree[steps[-1]] = value
