"""Made-up instances: in order, the same for the same seed, and between them with every key."""

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from instance_generator import PRESETS, Recipe, generate
from make_instance import main
from meetsched.domain.instance import Instance
from meetsched.loading import Loaded, load_instance
from tests.instances.keys import all_keys, keys_set_in

SEEDS = range(8)


def make(folder: Path, *options: str) -> Path:
    path = folder / "made.yaml"
    result = CliRunner().invoke(main, [*options, "-o", str(path)])
    assert result.exit_code == 0, result.output
    return path


def load(folder: Path, *options: str) -> Loaded:
    return load_instance(make(folder, *options))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Loaded]:
    folder = tmp_path_factory.mktemp("made")
    return [
        load(folder, "--like", preset, "--seed", str(seed))
        for preset in ("city", "tight", "pair")
        for seed in SEEDS
    ]


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return load(tmp_path_factory.mktemp("region"), "--like", "region")


def test_are_in_order(made: list[Loaded], region: Loaded) -> None:
    assert [warning for loaded in (*made, region) for warning in loaded.warnings] == []


def test_have_every_key_between_them(made: list[Loaded], region: Loaded) -> None:
    used = {key for loaded in (*made, region) for key in keys_set_in(loaded.instance)}
    assert all_keys() - used == {("Instance", "balance")}, "regions keep to the smallest share"


def test_the_same_options_make_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
        make(folder, "--like", "region", "--seed", "7")
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two
    assert any(name.endswith(".ics") for name in one)


def test_another_seed_makes_another_instance(tmp_path: Path) -> None:
    assert generate(Recipe(seed=1)).yaml() != generate(Recipe(seed=2)).yaml()


def test_more_companies_leave_the_rest_alone() -> None:
    few, many = (generate(Recipe(companies=count, seed=3)).document for count in (40, 60))
    assert few["venues"] == many["venues"]
    assert few["people"] == many["people"]


def test_the_default_is_a_town_of_everyday_size(tmp_path: Path) -> None:
    assert sizes(load(tmp_path).instance) == {
        "cities": 1,
        "topics": 12,
        "venues": 8,
        "people": 45,
        "companies": 40,
        "months": 3,
    }


def test_sizes_are_those_that_are_asked_for(tmp_path: Path) -> None:
    wanted = {"cities": 2, "topics": 15, "venues": 5, "people": 33, "companies": 21, "months": 5}
    options = [word for key, count in wanted.items() for word in (f"--{key}", str(count))]
    instance = load(tmp_path, *options, "--start", "2027-09").instance
    assert sizes(instance) == wanted | {"venues": 10, "people": 66, "companies": 42}
    assert (str(instance.horizon.start), str(instance.horizon.end)) == ("2027-09-01", "2028-01-31")


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe(companies=0),
        Recipe(companies=3, people=9, venues=2, months=12, topics=20),
        Recipe(months=1, topics=1),
        replace(PRESETS["region"], cities=14, people=12, companies=4),
    ],
)
def test_odd_sizes_make_valid_instances(recipe: Recipe) -> None:
    Instance.model_validate(generate(recipe).document)


def test_too_few_topics_are_told(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--months", "6", "--topics", "5", "-o", str(tmp_path / "made.yaml")])
    assert result.exit_code == 2
    assert "6 months need at least as many topics, not 5" in result.output
    assert not list(tmp_path.iterdir())


def test_the_folder_is_made_where_it_does_not_exist(tmp_path: Path) -> None:
    assert make(tmp_path / "new" / "folder").is_file()


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(main, ["-o", str(tmp_path / "file" / "made.yaml")])
    assert result.exit_code == 1
    assert f"Could not open file '{tmp_path / 'file'}'" in result.output


def sizes(instance: Instance) -> dict[str, int]:
    return {
        "cities": len(instance.cities),
        "topics": len(instance.topics),
        "venues": len(instance.venues),
        "people": len(instance.people),
        "companies": len(instance.companies),
        "months": len(instance.horizon.months()),
    }
