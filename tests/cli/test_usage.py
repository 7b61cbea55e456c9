"""Wrong usage, help, and what every command has in common."""

import subprocess
import sys
from pathlib import Path

import click
import pytest

from meetsched import __version__
from meetsched.cli import main
from meetsched.cli.app import COMMANDS, app
from tests.cli.conftest import PROGRAM, TOWN, Program, process

HEAVY = (
    "pydantic",
    "numpy",
    "pandas",
    "ortools",
    "highspy",
    "holidays",
    "jinja2",
    "rich",
    "yaml",
    "icalendar",
    "xlsxwriter",
    "fastapi",
    "uvicorn",
    "sqlalchemy",
    "alembic",
)


def commands() -> dict[str, click.Command]:
    context = click.Context(app)
    found = {name: app.get_command(context, name) for name in COMMANDS}
    return {name: command for name, command in found.items() if command is not None}


def test_version(meetsched: Program) -> None:
    ran = meetsched("--version")
    assert (ran.code, ran.out) == (0, f"meetsched {__version__}\n")


def test_the_installed_program_runs() -> None:
    assert process("--version").out == f"meetsched {__version__}\n"
    assert process("no-such-command").code == 2


def test_help_lists_every_command_and_exit_code(meetsched: Program) -> None:
    ran = meetsched("--help")
    assert ran.code == 0
    for name in COMMANDS:
        assert f"\n  {name} " in ran.out
    for code in ("0 done", "1 a bug", "2 wrong usage", "3 bad data", "4 proven", "5 no plan", "6 verify"):
        assert code in " ".join(ran.out.split())
    assert "130 interrupted" in " ".join(ran.out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(meetsched: Program, name: str) -> None:
    ran = meetsched(name, "--help")
    assert ran.code == 0
    assert f"Example: meetsched {name} " in " ".join(ran.out.split())


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    options = [param for param in commands()[name].params if isinstance(param, click.Option)]
    assert all(option.help for option in options)
    assert {"as_json", "quiet"} <= {option.name for option in options}


def modules_after(*arguments: str) -> set[str]:
    code = f"import sys\nfrom meetsched.cli.running import run\nrun({arguments!r})\nprint(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(ran.stdout.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    assert not set(HEAVY) & modules_after("--help")


def test_check_loads_no_solver() -> None:
    modules = modules_after("check", str(TOWN))
    assert "meetsched.candidates" in modules
    assert not {"ortools", "highspy", "pandas", "jinja2", "xlsxwriter"} & modules


@pytest.mark.parametrize("more", [[], ["--frontier"]])
def test_a_faulty_file_is_told_before_what_searches_is_loaded(tmp_path: Path, more: list[str]) -> None:
    (tmp_path / "faulty.yaml").write_text("id: 3\n", encoding="utf-8")
    modules = modules_after("solve", str(tmp_path / "faulty.yaml"), "-o", str(tmp_path / "plan"), *more)
    assert "meetsched.solve.options" in modules
    assert not {"numpy", "meetsched.solve.run", "meetsched.model"} & modules


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["plan"], "No such command 'plan'"),
        (["check"], "Missing argument 'INSTANCE'"),
        (["check", TOWN, TOWN], "unexpected extra argument"),
        (["check", "nowhere.yaml"], "'nowhere.yaml' does not exist"),
        (["solve", TOWN], "Missing option '-o' / '--output'"),
        (["solve", TOWN, "-o", ""], "'' is not the name of a folder"),
        (["init", ""], "'' is not the name of a folder"),
        (["solve", TOWN, "-o", "x", "--bogus"], "No such option '--bogus'"),
        (["solve", TOWN, "-o", "x", "--time-limit", "0"], "not a number of seconds above 0"),
        (["solve", TOWN, "-o", "x", "--time-limit", "-3"], "not a number of seconds above 0"),
        (["solve", TOWN, "-o", "x", "--time-limit", "nan"], "not a number of seconds above 0"),
        (["solve", TOWN, "-o", "x", "--time-limit", "inf"], "not a number of seconds above 0"),
        (["solve", TOWN, "-o", "x", "--time-limit", "soon"], "not a number of seconds above 0"),
        (["solve", TOWN, "-o", "x", "--workers", "0"], "0 is not in the range"),
        (["solve", TOWN, "-o", "x", "--seed", "-1"], "-1 is not in the range"),
        (["solve", TOWN, "-o", "x", "--seed", "2147483648"], "is not in the range"),
        (["solve", TOWN, "-o", "x", "--csv-dialect", "tsv"], "'tsv' is not one of 'rfc4180', 'excel-eu'"),
        (["diff", TOWN], "Missing argument 'NEW'"),
    ],
)
def test_wrong_usage_is_told(meetsched: Program, arguments: list[object], message: str) -> None:
    ran = meetsched(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert "--help" in ran.err


def test_no_command_at_all_shows_the_help(meetsched: Program) -> None:
    ran = meetsched()
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: meetsched" in ran.err


def test_wrong_usage_under_json_is_json(meetsched: Program) -> None:
    ran = meetsched("check", "nowhere.yaml", "--json")
    assert ran.code == 2
    assert ran.json["error"]["exit_code"] == 2
    assert ran.json["error"]["kind"] == "wrong-usage"
    assert "nowhere.yaml" in ran.json["error"]["message"]


def test_a_reader_that_leaves_is_no_error() -> None:
    with subprocess.Popen(
        [*PROGRAM, "check", str(TOWN)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None and running.stderr is not None
        running.stdout.close()
        assert running.stderr.read() == ""
    assert running.returncode == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_result_that_cannot_be_printed_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [*PROGRAM, "check", str(TOWN)], check=False, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert ran.returncode == 2
    assert ran.stderr == "Error: cannot write to standard output: No space left on device\n"


@pytest.mark.parametrize("descriptor", [1, 2])
def test_a_stream_that_was_closed_before_the_start_is_no_error(descriptor: int) -> None:
    ran = subprocess.run(
        ["/bin/sh", "-c", f'exec "$@" {descriptor}>&-', "sh", *PROGRAM, "check", str(TOWN), "--json"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0
    assert bool(ran.stdout) == (descriptor == 2)
    assert "Error" not in ran.stderr


def test_an_interrupt_while_the_program_still_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("meetsched.cli.running.run_process", interrupt)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_a_narrow_encoding_is_no_error() -> None:
    ran = process("check", TOWN, PYTHONIOENCODING="ascii")
    assert ran.code == 0
    assert ran.out.isascii()
    assert "Topic" in ran.out


def test_a_bug_is_told_without_a_traceback(meetsched: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("meetsched.service.surveying.survey", fail)
    ran = meetsched("check", TOWN, "--json")
    assert ran.code == 1
    assert ran.err.startswith("Error: this is a bug in meetsched: ZeroDivisionError: division by zero\n")
    assert "Traceback" not in ran.err
    assert ran.json["error"]["kind"] == "bug"
    monkeypatch.setenv("MEETSCHED_DEBUG", "1")
    ran = meetsched("check", TOWN)
    assert (ran.code, ran.out) == (1, "")
    assert "Traceback" in ran.err


def test_an_interrupt_before_anything_is_done(meetsched: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("meetsched.service.surveying.survey", interrupt)
    ran = meetsched("check", TOWN)
    assert (ran.code, ran.out) == (130, "")
    assert ran.err.strip() == "Error: interrupted; nothing was written"
