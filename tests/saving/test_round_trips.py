"""From every form to every form and back: nothing is lost, and no text becomes a formula."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import openpyxl
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instance_generator import PRESETS, generate
from meetsched.domain.cells import CsvDialect, looks_like_formula
from meetsched.domain.instance import Instance
from meetsched.errors import OutputError
from meetsched.loading import load_instance
from meetsched.saving import InstanceForm, instance_files
from meetsched.solve import SolveOptions
from meetsched.solve.run import plan_instance

ROOT = Path(__file__).parents[2]
FILES = sorted(
    [
        *(ROOT / "instances").glob("*.yaml"),
        *(ROOT / "tests/data/reference").glob("*.yaml"),
        *(ROOT / "tests/export/data").glob("*.yaml"),
        ROOT / "tests/loading/town.yaml",
    ]
)
WAYS = [(form, CsvDialect.RFC4180) for form in InstanceForm] + [(InstanceForm.CSV, CsvDialect.EXCEL_EU)]


def written(instance: Instance, form: InstanceForm, dialect: CsvDialect, folder: Path) -> Path:
    """Write an instance, and return where."""
    folder.mkdir(exist_ok=True)
    for name, content in instance_files(instance, form, f"x.{form}", dialect).items():
        (folder / name).write_bytes(content)
    return folder if form is InstanceForm.CSV else folder / f"x.{form}"


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_every_instance_comes_back_equal(file: Path, tmp_path: Path) -> None:
    loaded = load_instance(file)
    instance = loaded.written
    assert instance is not None
    for number, (form, dialect) in enumerate(WAYS):
        folder = tmp_path / str(number)
        shutil.copytree(
            file.parent,
            folder,
            ignore=lambda _, names: [n for n in names if ".ics" not in n and n != "calendars"],
        )
        again = load_instance(written(instance, form, dialect, folder))
        assert again.written == instance
        assert again.instance == loaded.instance
        assert [warning.path for warning in again.warnings] == [warning.path for warning in loaded.warnings]
        assert again.written is not None
        instance = again.written  # The next form is written from this one.


@pytest.mark.parametrize("preset", sorted(PRESETS))
def test_made_up_instances_come_back_equal(preset: str, tmp_path: Path) -> None:
    made = generate(PRESETS[preset], name=preset)
    for name, text in made.calendars.items():
        (tmp_path / name).write_bytes(text.encode())
    (tmp_path / "made.yaml").write_text(made.yaml(), encoding="utf-8")
    loaded = load_instance(tmp_path / "made.yaml")
    assert loaded.written is not None
    for form in (InstanceForm.CSV, InstanceForm.XLSX):
        assert (
            load_instance(written(loaded.written, form, CsvDialect.RFC4180, tmp_path)).instance
            == loaded.instance
        )


@pytest.mark.parametrize(
    ("file", "form"),
    [
        ("instances/starter.yaml", InstanceForm.XLSX),
        ("tests/export/data/town.yaml", InstanceForm.CSV),
    ],
)
def test_the_plan_is_the_same(file: str, form: InstanceForm, tmp_path: Path) -> None:
    loaded = load_instance(ROOT / file)
    again = load_instance(written(loaded.instance, form, CsvDialect.EXCEL_EU, tmp_path))
    options = SolveOptions(time_limit=300, workers=1, deterministic=True)
    first, second = (plan_instance(each.instance, "", options).plan for each in (loaded, again))
    assert first is not None
    assert second is not None
    assert first.meetings == second.meetings
    assert [tier.value for tier in first.tiers] == [tier.value for tier in second.tiers]


TEXTS = st.text(alphabet=st.sampled_from("ab \"';:=+-@＝,\t\n\r\u2028ął_x05FD"), max_size=7)
NAMES = TEXTS.filter(str.strip)
IDS = st.sampled_from(["a", "01067", "-x", "all", "never", "1", ".", "true", "1e5", "x_x000D_", "46401"])


@st.composite
def odd_instances(draw: st.DrawFn) -> dict[str, Any]:
    """Return an instance that is in order, and as odd as it can be."""
    tree = yaml.load((ROOT / "tests/loading/town.yaml").read_bytes(), Loader=yaml.BaseLoader)
    ids = draw(st.lists(IDS, min_size=2, max_size=3, unique=True))

    def one(strategy: st.SearchStrategy[Any]) -> dict[str, Any]:
        value = draw(st.none() | strategy)
        return {} if value is None else {"value": value}

    def put(entry: dict[str, Any], key: str, strategy: st.SearchStrategy[Any]) -> None:
        found = one(strategy)
        entry.pop(key, None)
        if found:
            entry[key] = found["value"]

    some = st.lists(st.sampled_from(ids), unique=True)
    many = some | st.just("all")
    week = st.dictionaries(st.sampled_from(["mon", "sun"]), st.sampled_from([[], ["00:00-24:00"]]))
    moment = st.sampled_from(["2027-01-14T00:00", "2027-01-14T08:00:30", "1999-12-31T23:59:59.5+05:30"])
    intervals = st.lists(
        st.fixed_dictionaries({"start": moment, "end": st.just("2031-01-01T00:00")}, optional={"why": TEXTS}),
        max_size=2,
    )
    tree["cities"] += [{"id": each, "name": draw(NAMES)} for each in ids if each != "kielce"]
    for city in tree["cities"]:
        put(city, "coverage", st.sampled_from([{}, {"each_meeting": []}, {"at_least": {"other": "0"}}]))
        put(city, "company_hours", week)
    for venue in tree["venues"]:
        put(venue, "open_to", many)
        put(venue, "hours", week)
        put(venue, "closed", intervals)
        put(venue, "quota", st.dictionaries(st.sampled_from(ids), st.integers(0, 9).map(str)))
    for person in tree["people"]:
        put(person, "cities", many)
        put(person, "email", TEXTS)
        put(person, "expertise", st.lists(TEXTS, max_size=3))
        put(person, "busy", intervals)
        person["roles"] = draw(st.lists(st.sampled_from(["expert", "host"]), max_size=2))
        person["name"] = draw(NAMES)
        person["travel"] = dict.fromkeys(ids, "12.50")
    for company in tree["companies"]:
        put(company, "cities", some)
        put(company, "needs", st.lists(TEXTS, max_size=2))
        put(company, "busy", intervals)
        company["interests"] = draw(st.sampled_from([{}, {"basics": "3"}]))
    put(tree, "objectives", st.sampled_from([[], ["cost"], [{"tier": "cost", "give": "0.000000001"}]]))
    put(tree, "name", TEXTS)
    return dict(tree)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(odd_instances(), st.sampled_from(WAYS))
def test_odd_instances_come_back_equal(tree: dict[str, Any], way: tuple[InstanceForm, CsvDialect]) -> None:
    instance = Instance.model_validate(tree)
    with TemporaryDirectory() as name:
        again = load_instance(written(instance, *way, Path(name))).written
    assert again == instance
    assert again is not None
    assert [city.model_fields_set for city in again.cities] == [
        city.model_fields_set for city in instance.cities
    ]


def cells_of(form: InstanceForm, files: dict[str, bytes]) -> Iterator[str]:
    if form is InstanceForm.XLSX:
        for page in openpyxl.load_workbook(io.BytesIO(files["x.xlsx"])).worksheets:
            for line in page.iter_rows():
                yield from (cell.value for cell in line if isinstance(cell.value, str))
                assert all(cell.data_type != "f" for cell in line)
    else:
        import csv

        for content in files.values():
            for line in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
                yield from line


@pytest.mark.parametrize("form", [InstanceForm.CSV, InstanceForm.XLSX])
def test_no_text_becomes_a_formula(form: InstanceForm) -> None:
    tree = yaml.load((ROOT / "tests/loading/town.yaml").read_bytes(), Loader=yaml.BaseLoader)
    evil = '=HYPERLINK("http://x.example","x")'
    tree["name"] = tree["people"][0]["email"] = tree["venues"][0]["name"] = evil
    tree["people"][0]["expertise"] = [evil, "+1", "-1", "@x", "\t=1"]
    tree["people"][0]["busy"] = [{"start": "2027-01-14T08:00", "end": "2027-01-14T09:00", "why": evil}]
    files = instance_files(Instance.model_validate(tree), form, "x.xlsx")
    cells = list(cells_of(form, files))
    assert f"'{evil}" in cells
    assert not any(looks_like_formula(cell) for cell in cells)


def test_a_text_too_long_for_a_cell_is_told() -> None:
    tree = yaml.load((ROOT / "tests/loading/town.yaml").read_bytes(), Loader=yaml.BaseLoader)
    tree["people"][1]["name"] = "x" * 32_768
    instance = Instance.model_validate(tree)
    with pytest.raises(
        OutputError, match="people, row 3, column name: a cell of a workbook holds 32767 characters"
    ):
        instance_files(instance, InstanceForm.XLSX, "x.xlsx")
    assert instance_files(instance, InstanceForm.CSV, "")


@pytest.mark.parametrize("form", InstanceForm)
def test_the_same_instance_makes_the_same_bytes(form: InstanceForm) -> None:
    instance = load_instance(ROOT / "tests/loading/town.yaml").instance
    assert instance_files(instance, form, "x") == instance_files(instance, form, "x")
