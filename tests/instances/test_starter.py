"""The starter explains every key, and its options work as they stand there."""

import re
from pathlib import Path

from meetsched.loading import load_instance
from meetsched.starter import STARTER_NAME, starter_document
from tests.instances.keys import all_keys, keys_set_in

INSTANCES = Path(__file__).parents[2] / "instances"

OPTION = re.compile(r"^#(?= *(?:- )?[a-z_.]+:)", re.MULTILINE)
"""The `#` of an option that is switched off."""


def with_all_options(folder: Path) -> Path:
    (folder / "jan-kowalski.ics").write_bytes(
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n"
    )
    path = folder / STARTER_NAME
    path.write_text(OPTION.sub("", starter_document().decode()), encoding="utf-8")
    return path


def test_is_the_one_among_the_instances() -> None:
    assert (INSTANCES / STARTER_NAME).read_bytes() == starter_document(), (
        "copy src/meetsched/starter/starter.yaml to instances/"
    )


def test_every_key_is_there_once_all_options_are_on(tmp_path: Path) -> None:
    loaded = load_instance(with_all_options(tmp_path))
    assert all_keys() - keys_set_in(loaded.instance) == set()


def test_every_key_is_explained_in_one_place_at_least() -> None:
    lines = starter_document().decode().splitlines()
    unexplained = []
    for key in sorted({name for _, name in all_keys()}):
        written = re.compile(rf"(#?|.*[{{ ]){key}:")
        places = [index for index, line in enumerate(lines) if written.match(line.split(" # ")[0])]
        if not any(_is_explained(lines, index) for index in places):
            unexplained.append(key)
    assert unexplained == []


def _is_explained(lines: list[str], index: int) -> bool:
    """Whether a comment stands behind a key, or in the line above."""
    behind = " # " in lines[index]
    above = index > 0 and lines[index - 1].lstrip().startswith("# ")
    return behind or above
