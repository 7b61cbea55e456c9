"""The house as a whole: its layers, its rules in three places, its documents, its style."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from meetsched import candidates
from meetsched.cli.app import COMMANDS, app
from meetsched.cli.exits import ExitCode
from meetsched.cli.surveys import REASONS
from meetsched.model import FAMILIES
from meetsched.rules import Rule, Tier
from meetsched.verify.checks import MEETING_CHECKS, PLAN_CHECKS

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *(ROOT / "benchmarks").glob("*.md")])
LONGEST_FILE = 320


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=ROOT, check=False, capture_output=True, text=True
    )


def tracked_files() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a clone")
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


class TestImports:
    def test_run_one_way(self) -> None:
        ran = subprocess.run(
            [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
            cwd=ROOT,
            check=False,
            capture_output=True,
            text=True,
        )
        assert ran.returncode == 0, ran.stdout

    def test_every_room_is_in_the_layers(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
        named = {room.strip() for layer in layers for room in layer.split("|")}
        rooms = {
            f"meetsched.{path.stem}"
            for path in (ROOT / "src/meetsched").iterdir()
            if not path.name.startswith("_")
        }
        assert rooms == named


class TestRules:
    def test_every_rule_has_a_check(self) -> None:
        assert MEETING_CHECKS.keys() | PLAN_CHECKS.keys() == set(Rule)
        assert not MEETING_CHECKS.keys() & PLAN_CHECKS.keys()

    def test_every_rule_has_a_builder_or_a_filter(self) -> None:
        built = {rule for family in FAMILIES for rule in family.RULES}
        assert built | set(candidates.RULES) == set(Rule)

    def test_every_filter_has_words(self) -> None:
        assert all(REASONS.values())
        assert set(REASONS) <= set(Rule)


class TestSpecification:
    TEXT = (ROOT / "docs/specification.md").read_text(encoding="utf-8")

    def test_names_every_rule_and_no_other(self) -> None:
        table = self.TEXT.split("## Rules")[1].split("## Objectives")[0]
        cells = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
        assert {rule for cell in cells for rule in re.findall(r"`([a-z.-]+)`", cell)} == set(Rule)

    def test_names_every_tier_in_the_default_order(self) -> None:
        section = self.TEXT.split("## Objectives")[1].split("**Disruption**")[0]
        assert re.findall(r"^\d\. `(\w+)`", section, re.MULTILINE) == list(Tier)

    def test_names_every_exit_code(self) -> None:
        line = next(line for line in self.TEXT.splitlines() if line.startswith("Exit codes:"))
        assert {int(code) for code in re.findall(r"\b\d+\b", line)} == set(ExitCode)


class TestDocuments:
    @staticmethod
    def commands() -> Iterator[click.Command]:
        context = click.Context(app)
        for name in COMMANDS:
            command = app.get_command(context, name)
            assert command is not None
            yield command

    def test_name_every_command_and_option(self) -> None:
        page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
        sections = dict(re.findall(r"^## `meetsched (\w+)`$(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL))
        assert tuple(sections) == COMMANDS
        for command in self.commands():
            options = {
                flag for param in command.params if isinstance(param, click.Option) for flag in param.opts
            }
            for flag in options - {"--json", "-q", "--quiet"}:
                assert f"`{flag}" in sections[str(command.name)], f"{command.name} {flag}"
        for flag in ("--json", "-q", "--quiet", "--version", "--help"):
            assert f"`{flag}`" in page

    def test_name_no_option_that_does_not_exist(self) -> None:
        flags = {
            flag
            for command in self.commands()
            for param in command.params
            for flag in (*param.opts, *param.secondary_opts)
        }
        flags |= {"--version", "--help"}
        page = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", page)) <= flags

    def test_explain_every_exit_code(self) -> None:
        for name in ("organisers.md", "commands.md"):
            page = (ROOT / "docs" / name).read_text(encoding="utf-8")
            assert {int(code) for code in re.findall(r"^\| (\d+) \|", page, re.MULTILINE)} == set(ExitCode)

    @pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
    def test_links_lead_somewhere(self, page: Path) -> None:
        targets = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))
        assert not [target for target in targets if not (page.parent / target).exists()]

    def test_the_readme_has_its_two_commands(self) -> None:
        lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
        commands = [line for line in lines if line.startswith("python3 ")]
        assert len(commands) == 2
        assert commands[0].endswith("solve instances/town.yaml -o out/town")
        assert "pytest" in commands[1]


class TestPackaging:
    PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    @staticmethod
    def locked(name: str) -> dict[str, set[str]]:
        """Return the versions that a lock file allows, by package."""
        versions: dict[str, set[str]] = {}
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if match := re.match(r"([A-Za-z0-9._-]+)==(\S+)", line):
                versions.setdefault(match[1].lower().replace("_", "-"), set()).add(match[2])
        return versions

    @staticmethod
    def names(requirements: list[str]) -> set[str]:
        return {re.split(r"[<>=!~\[; ]", text)[0].lower().replace("_", "-") for text in requirements}

    def test_the_locks_hold_every_dependency(self) -> None:
        needed = self.names(self.PROJECT["dependencies"])
        tested = self.names(self.PROJECT["optional-dependencies"]["test"])
        assert needed <= self.locked("requirements.lock").keys()
        assert needed | tested <= self.locked("requirements-test.lock").keys()

    def test_the_tests_run_with_what_is_installed(self) -> None:
        tested = self.locked("requirements-test.lock")
        assert {name: tested.get(name) for name in self.locked("requirements.lock")} == self.locked(
            "requirements.lock"
        )

    @pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
    def test_every_locked_file_has_hashes_and_no_address(self, name: str) -> None:
        text = (ROOT / name).read_text(encoding="utf-8")
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all("--hash=sha256:" in entry for entry in entries)
        assert "://" not in text

    def test_every_import_is_a_declared_dependency(self) -> None:
        packages = {"dateutil": "python-dateutil", "yaml": "pyyaml", "pydantic-core": "pydantic"}
        optional = {ROOT / "src/meetsched/engine/dask.py": "dask"}
        needed = self.names(self.PROJECT["dependencies"])
        for path in (ROOT / "src").rglob("*.py"):
            found = re.findall(r"^\s*(?:from|import) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
            outside = {name.replace("_", "-") for name in {*found} - {*sys.stdlib_module_names, "meetsched"}}
            extra = self.PROJECT["optional-dependencies"].get(optional.get(path), [])
            assert {packages.get(name, name) for name in outside} <= needed | self.names(extra), path


class TestSelfContainedness:
    HOSTS = re.compile(r"\b(pypi|pythonhosted|npmjs|debian|crates)\.(org|com|io)\b", re.IGNORECASE)

    def test_no_file_names_a_package_registry(self) -> None:
        assert not [path for path in tracked_files() if self.HOSTS.search(text_of(path))]

    def test_no_file_names_a_folder_of_the_machine_it_was_made_on(self) -> None:
        machine = re.compile(r"(?<![\w.])/(work|root|home/\w+)/")
        assert not [path for path in tracked_files() if machine.search(text_of(path))]


class TestStyle:
    @pytest.mark.parametrize(
        "arguments",
        [("ruff", "check", "--no-cache", "."), ("ruff", "format", "--no-cache", "--check", "."), ("mypy",)],
        ids=" ".join,
    )
    def test_a_checker_has_nothing_to_say(self, arguments: tuple[str, ...]) -> None:
        ran = run(*arguments)
        assert ran.returncode == 0, ran.stdout + ran.stderr

    def test_files_are_short(self) -> None:
        long = {
            str(path.relative_to(ROOT)): count
            for path in (ROOT / "src").rglob("*.py")
            if (count := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
        }
        assert not long
