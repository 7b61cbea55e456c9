"""What is fuzzed: for each reader, real files to start from and ways to spoil them."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from fuzzing.mutations import mutate_text

ROOT = Path(__file__).parents[2]

Mutate = Callable[[bytes, random.Random, Sequence[bytes]], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    """Files of a folder, by their names relative to it.

    Attributes
    ----------
    files : mapping of str to bytes
    entry : str
        Which of them is the instance; ``.`` for the folder itself.
    targets : tuple of str
        Which of them are to be spoilt.
    """

    files: Mapping[str, bytes]
    entry: str
    targets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A reader: files to start from, tokens that mean something to it, and how its files are spoilt."""

    cases: Callable[[], list[Case]]
    tokens: Sequence[bytes]
    mutate: Mutate = mutate_text

    def spoil(self, case: Case, rng: random.Random) -> Case:
        """Return the case with one of its targets spoilt."""
        name = rng.choice(case.targets)
        return replace(case, files={**case.files, name: self.mutate(case.files[name], rng, self.tokens)})


def _yaml_cases() -> list[Case]:
    files = (
        ROOT / "tests/loading/town.yaml",
        ROOT / "tests/export/data/region.yaml",
        ROOT / "src/meetsched/starter/starter.yaml",
    )
    return [Case({file.name: file.read_bytes()}, file.name, (file.name,)) for file in files]


SUBJECTS: Mapping[str, Subject] = {
    "yaml": Subject(
        _yaml_cases,
        (
            *(b": ", b"- ", b"[", b"]", b"{", b"}", b"&x ", b"*x", b"!!str ", b"!x ", b"|\n", b">-\n", b"#"),
            *(b"---\n", b"...\n", b"%YAML 1.1\n", b"<<: *x", b"? ", b"~", b"null", b"\t", b"\n  ", b"[" * 60),
            *(b"id: x\n", b"- &x [*x]\n", b"busy: ", b"cities: all", b'"\\x00"', b'"\\ud800"', b'"\\u2028"'),
        ),
    ),
}
