"""YAML and JSON come to the same raw shape, and broken files to faults."""

# ruff: noqa: E501 - a message stands on one line, as people see it.

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meetsched.errors import DataError
from meetsched.loading import load_instance, load_plan
from meetsched.loading.json_reader import read_json
from meetsched.loading.yaml_reader import read_yaml
from tests.loading.conftest import TOWN


def faults(load: Callable[[], Any]) -> list[str]:
    with pytest.raises(DataError) as caught:
        load()
    return [str(fault) for fault in caught.value.faults]


def of_yaml(text: str) -> list[str]:
    return faults(lambda: read_yaml("f", text))


def of_json(text: str) -> list[str]:
    return faults(lambda: read_json("f", text))


class TestYaml:
    def test_scalars_stay_as_written(self) -> None:
        text = "a: 0101\nb: 1e3\nc: NO\nd: 14:00\ne: 2027-01-01\nf: 'null'\ng: !!str 12\nh: 0x1F\n101: x\nyes: y\n"
        assert read_yaml("f", text).tree == {
            "a": "0101", "b": "1e3", "c": "NO", "d": "14:00", "e": "2027-01-01", "f": "null", "g": "12",
            "h": "0x1F", "101": "x", "yes": "y",
        }  # fmt: skip

    def test_null_is_absent(self) -> None:
        text = "a: null\nb: ~\nc:\nd: [x, null, '', ~, y]\ne: {f: Null}\ng: !!null ''\nh: NULL\ni: nULL\n"
        assert read_yaml("f", text).tree == {"d": ["x", "", "y"], "e": {}, "i": "nULL"}

    def test_lines(self) -> None:
        document = read_yaml("f", "a: 1\n\nb:\n  c:\n  - x\n  -\n  - d: >\n      text\n")
        lines = {path: place.line for path, place in document.places.items()}
        assert lines == {
            ("a",): 1, ("b",): 3, ("b", "c"): 4, ("b", "c", 0): 5, ("b", "c", 1): 7, ("b", "c", 1, "d"): 7,
        }  # fmt: skip
        assert document.place(("b", "c", 1, "missing")).line == 7
        assert document.place(("nowhere",)).line is None

    def test_aliases(self) -> None:
        tree = read_yaml("f", "a: &x {b: [1, &y 2]}\nc: *x\nd: *y\n*y : key\n").tree
        assert tree == {"a": {"b": ["1", "2"]}, "c": {"b": ["1", "2"]}, "d": "2", "2": "key"}

    def test_a_fault_in_an_alias_is_told_where_it_is_used(self) -> None:
        document = read_yaml("f", "a: &x {b: 1}\nc: *x\n")
        assert str(document.fault(("c", "b"), "!")) == "f:2: c.b: 1, !"

    def test_a_key_given_twice(self) -> None:
        document = read_yaml("f", "a: {b: 1,\n b: {c: 2}, d: 3}\na: 5\n")
        assert document.tree == {"a": {"b": "1", "d": "3"}}
        assert [str(fault) for fault in document.faults] == [
            "f:2: a.b, this key is given twice, first on line 1",
            "f:3: a, this key is given twice, first on line 1",
        ]

    def test_a_key_given_twice_and_once_null(self) -> None:
        assert len(read_yaml("f", "a:\na: 5\n").faults) == 1

    def test_a_tag_that_is_not_known(self) -> None:
        document = read_yaml("f", "a: !!python/object:os.system x\nb: !mine [1]\n")
        assert [str(fault) for fault in document.faults] == [
            "f:1: a, unknown tag tag:yaml.org,2002:python/object:os.system, expected a plain value",
            "f:2: b, unknown tag !mine, expected a plain value",
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("a: 1\n---\nb: 2\n", "f:2: expected one document, here a second one begins (---)"),
            ("- a\n", "f:1: expected keys with values, such as schema: meetsched/1"),
            ("just text\n", "f:1: expected keys with values, such as schema: meetsched/1"),
            ("# nothing\n", "f: the file is empty"),
            ("---\n", "f: the file is empty"),
            ("? [a, b]\n: c\n", "f:1: expected a key that is a text"),
            ("{? {a: b} : c}\n", "f:1: expected a key that is a text"),
            ("~: c\n", "f:1: expected a key that is a text"),
            ("a: &x [*x]\n", "f:1: a[0], *x stands within &x itself"),
            ("a: *x\n", "f:1: a, *x has no &x before it"),
            (
                "a:\n\t- b\n",
                "f:2: this is no YAML: found character that cannot start any token (indent with spaces, not with tabs)",
            ),
        ],
    )
    def test_what_no_instance_can_be(self, text: str, message: str) -> None:
        assert of_yaml(text) == [message]

    @pytest.mark.parametrize(
        "text",
        ["a: [1, 2\nb: 3\n", "a: 'x\n", "a: b: c\n", "  a: 1\n b: 2\n", "a: \x07\n", "@", "%YAML 9.9\n"],
    )
    def test_broken(self, text: str) -> None:
        (message,) = of_yaml(text)
        assert "this is no YAML" in message

    def test_control_characters_by_escape(self) -> None:
        document = read_yaml("f", 'a: "x\\0y"\n')
        assert [str(fault) for fault in document.faults] == [
            "f:1: a: x\ufffdy, expected a text without control characters"
        ]

    @pytest.mark.parametrize(
        "text", ["[" * 200_000, "{a: " * 100_000, "- " * 100_000 + "x", "a: " + "[" * 40 + "]" * 40]
    )
    def test_deep_nesting(self, text: str) -> None:
        (message,) = of_yaml(text)
        assert "nesting" in message

    def test_deep_nesting_by_aliases(self) -> None:
        lines = ["a0: &a0 [x]"] + [f"a{i}: &a{i} [*a{i - 1}]" for i in range(1, 40)]
        (message,) = of_yaml("\n".join(lines))
        assert "expected at most 30 levels of nesting" in message

    def test_alias_bomb(self) -> None:
        lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 10)]
        (message,) = of_yaml("\n".join(lines))
        assert "expected at most 1000000 values, aliases counted each time" in message


class TestJson:
    def test_scalars_stay_as_written(self) -> None:
        text = '{"a": 0.10, "b": 1e3, "c": true, "d": null, "e": ["x", null, false, -0], "f": {"g": "null"}}'
        assert read_json("f", text).tree == {
            "a": "0.10", "b": "1e3", "c": "true", "e": ["x", "false", "-0"], "f": {"g": "null"},
        }  # fmt: skip

    def test_a_key_given_twice(self) -> None:
        document = read_json("f", '{"a": {"b": 1, "b": 2}}')
        assert document.tree == {"a": {"b": "1"}}
        assert [str(fault) for fault in document.faults] == ["f: a.b, this key is given twice"]

    def test_half_a_character(self) -> None:
        document = read_json("f", '{"a": "\\ud800", "\\u0000": 1}')
        assert [str(fault) for fault in document.faults] == [
            "f: a: \ufffd, expected a text without control characters",
            'f: ["\ufffd"], expected a key without control characters',
        ]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ('{"a": 1,\n}', "f:2: this is no JSON: "),
            ("[1]", "f: expected an object of keys and values"),
            ('{"a": ' * 100 + "1" + "}" * 100, "f: expected at most 30 levels of nesting"),
            ("[" * 200_000, "f: expected at most 30 levels of nesting"),
            ('{"a": [' + "1," * 1_000_001 + "1]}", "f: expected at most 1000000 values"),
        ],
        ids=["comma", "list", "deep", "very deep", "many"],
    )
    def test_what_no_instance_can_be(self, text: str, message: str) -> None:
        (told,) = of_json(text)
        assert told.startswith(message)

    def test_faults_name_the_entry_since_there_are_no_lines(self) -> None:
        document = read_json("f", '{"people": [{"id": "anna-k", "fee": -5}]}')
        assert (
            str(document.fault(("people", 0, "fee"), "expected 0"))
            == "f: people[0].fee: -5, expected 0 (in anna-k)"
        )


@pytest.mark.parametrize("suffix", [".yaml", ".yml", ".json", ".YAML"])
def test_files_by_their_names(suffix: str, tmp_path: Path, town: dict[str, Any]) -> None:
    path = tmp_path / f"town{suffix}"
    path.write_text(json.dumps(town), encoding="utf-8-sig")
    assert load_instance(path).instance.city_by_id.keys() == {"kielce", "0101"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b" \n\n", "the file is empty"),
        (b"PK\x03\x04\0\0\0", "expected a text file, this one is binary (it holds zero bytes)"),
        (TOWN.encode("utf-16"), "the file is UTF-16, expected UTF-8 (save the file as UTF-8)"),
        ("# a\nname: Łódź".encode("iso-8859-2"), "2: the byte 0xa3 is not UTF-8 (save the file as UTF-8)"),
        (b"\x89PNG\r\n\x1a\n", "1: the byte 0x89 is not UTF-8 (save the file as UTF-8)"),
        (b"#" * 100_000_001, "the file is too large, expected at most 100 MB"),
    ],
    ids=["empty", "blank", "zip", "utf-16", "latin", "png", "large"],
)
@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_files_that_are_no_text(data: bytes, message: str, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"f.{suffix}"
    path.write_bytes(data)
    (told,) = faults(lambda: load_instance(path))
    assert told.removeprefix(f"{path}:").strip() == message


def test_no_file_and_folders(tmp_path: Path) -> None:
    assert faults(lambda: load_instance(tmp_path / "none.yaml")) == [
        f"{tmp_path}/none.yaml: there is no such file"
    ]
    assert faults(lambda: load_instance(tmp_path)) == [
        f"{tmp_path}: expected a folder of CSV files, instance.csv among them"
    ]
    assert faults(lambda: load_plan(tmp_path)) == [f"{tmp_path}: expected a file, this is a folder"]
    assert "device" in faults(lambda: load_instance(Path("/dev/null")))[0]
    assert "cannot be read" in faults(lambda: load_instance(tmp_path / ("x" * 300 + ".yaml")))[0]
    assert len(faults(lambda: load_instance(Path("a\0b.yaml")))) == 1


@pytest.mark.parametrize("suffix", [".xls", ".ods", ".xlsb"])
def test_another_kind_of_workbook(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"town{suffix}"
    path.write_text("x")
    assert faults(lambda: load_instance(path)) == [
        f"{path}: expected a workbook whose name ends in .xlsx (save it as an Excel workbook)"
    ]


def test_another_kind_of_file(tmp_path: Path) -> None:
    path = tmp_path / "town.txt"
    path.write_text(TOWN)
    assert faults(lambda: load_instance(path)) == [
        f"{path}: expected a folder of CSV files, or a file whose name ends in one of "
        ".yaml, .yml, .json, .xlsx"
    ]
