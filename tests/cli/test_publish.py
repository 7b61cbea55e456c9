"""`meetsched publish`: what it asks for; tests/interop has it speak to a server."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import TOWN, TOWN_PLAN, Program
from tests.delivery.stub_server import CALENDAR, Answer, Asked, stub

PASSWORD = "MEETSCHED_CALDAV_PASSWORD"


def sign_in(asked: Asked) -> Answer:
    """Answer as a calendar that nobody may read who has not signed in, and that holds nothing."""
    if asked.headers.get("Authorization") != "Basic YW5uYTpnZWhlaW0=":
        return Answer(401, headers={"WWW-Authenticate": 'Basic realm="cloud"'})
    return Answer(207, CALENDAR if asked.method == "PROPFIND" else b'<m xmlns="DAV:"/>')


class TestAddress:
    def test_is_needed(self, meetsched: Program) -> None:
        ran = meetsched("publish", TOWN, TOWN_PLAN)
        assert ran.code == 2
        assert "Missing option '--caldav'" in ran.err

    @pytest.mark.parametrize(
        ("url", "message"),
        [
            (
                "http://cloud.example/c/",
                "--caldav: would send everything unencrypted; use https, or --allow-http",
            ),
            ("https://anna:secret@cloud.example/c/", "--caldav: holds a user name; give that with --user"),
            ("cloud", "--caldav: is not an address such as https://"),
        ],
    )
    def test_is_one_that_can_be_used(self, meetsched: Program, url: str, message: str) -> None:
        ran = meetsched("publish", TOWN, TOWN_PLAN, "--caldav", url)
        assert (ran.code, ran.out) == (2, "")
        assert message in ran.err
        assert "secret" not in ran.err

    def test_may_be_unencrypted_where_it_is_allowed(self, meetsched: Program) -> None:
        ran = meetsched("publish", TOWN, TOWN_PLAN, "--caldav", "http://no.such.invalid/c/", "--allow-http")
        assert "no server of that name was found" in ran.err


class TestPassword:
    def test_comes_from_the_environment(self, meetsched: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(PASSWORD, "geheim")
        with stub(sign_in) as server:
            ran = meetsched(
                "publish", TOWN, TOWN_PLAN, "--caldav", server.url, "--user", "anna", "--dry-run", "--json"
            )
        assert (ran.code, ran.err) == (0, "")
        assert ran.json["dry_run"] is True
        assert len(ran.json["added"]) == 5

    def test_is_asked_for_on_a_terminal(self, meetsched: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(PASSWORD, raising=False)
        monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
        monkeypatch.setattr(
            "click.prompt", lambda text, **options: "geheim" if options["hide_input"] else text
        )
        with stub(sign_in) as server:
            ran = meetsched("publish", TOWN, TOWN_PLAN, "--caldav", server.url, "--user", "anna", "--dry-run")
        assert ran.code == 0
        assert ran.out.count("Would add: ") == 5
        assert "geheim" not in ran.out + ran.err

    def test_is_missing(self, meetsched: Program, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv(PASSWORD, raising=False)
        monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
        ran = meetsched("publish", TOWN, TOWN_PLAN, "--caldav", "https://cloud.invalid/c/", "--user", "anna")
        assert ran.code == 2
        assert f"--user needs a password, in the environment variable {PASSWORD}" in ran.err


def test_a_plan_with_faults_is_not_published(meetsched: Program, tmp_path: Path) -> None:
    document = json.loads(TOWN_PLAN.read_text(encoding="utf-8"))
    document["meetings"][0]["venue"] = "linden"
    plan = tmp_path / "bad.json"
    plan.write_text(json.dumps(document), encoding="utf-8")
    with stub(sign_in) as server:
        ran = meetsched("publish", TOWN, plan, "--caldav", server.url, "--json")
    assert ran.code == 6
    assert ran.json["violations"]
    assert server.asked == []
