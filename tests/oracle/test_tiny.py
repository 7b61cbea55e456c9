"""The made-up instances themselves: valid, repeatable, and of every kind."""

import json
from pathlib import Path

from meetsched.loading import load_instance
from tests.oracle.tiny import document, tiny


def test_a_seed_always_makes_the_same_instance():
    assert [document(seed) for seed in range(20)] == [document(seed) for seed in range(20)]
    assert document(1) != document(2)


def test_they_are_files_without_faults_that_say_the_same(tmp_path: Path):
    for seed in range(100):
        path = tmp_path / f"{seed}.json"
        path.write_text(json.dumps(document(seed)), encoding="utf-8")
        assert load_instance(path).instance == tiny(seed)


def test_they_are_tiny():
    for seed in range(200):
        instance = tiny(seed)
        assert 1 <= len(instance.cities) <= 2
        assert 2 <= len(instance.topics) <= 4
        assert 1 <= len(instance.venues) <= 3
        assert 3 <= len(instance.people) <= 7
        assert 2 <= len(instance.companies) <= 6
