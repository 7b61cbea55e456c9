"""Strangers reach nothing: other names, other origins, forms without a sign, bodies without an end."""

import re

import pytest
from fastapi.responses import HTMLResponse

from meetsched.web.pages import ROUTERS
from meetsched.web.safety import POLICY
from tests.web.conftest import ADDRESS, PORT, sign

STRANGER = "http://evil.example"
PLAN = {"project": "nowhere"}


def upload(client, **how):
    return client.post("/projects", files={"files": ("a.yaml", b"id: x")}, **how)


class TestNames:
    @pytest.mark.parametrize(
        "host", [f"127.0.0.1:{PORT}", f"localhost:{PORT}", f"LOCALHOST:{PORT}", f"[::1]:{PORT}"]
    )
    def test_of_this_machine_are_answered(self, client, host):
        assert client.get("/", headers={"host": host}).status_code == 200

    @pytest.mark.parametrize(
        "host",
        [
            f"evil.example:{PORT}",
            "127.0.0.1",
            "127.0.0.1:1",
            f"127.0.0.1.evil.example:{PORT}",
            f"localhost:{PORT}.evil.example",
            "",
        ],
    )
    @pytest.mark.parametrize("path", ["/", "/static/page.css", "/v1/openapi.json", "/nowhere"])
    def test_of_strangers_are_not(self, client, host, path):
        assert client.get(path, headers={"host": host}).status_code == 421


class TestOrigins:
    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": STRANGER},
            {"origin": "null"},
            {"origin": f"https://127.0.0.1:{PORT}"},
            {"origin": "http://127.0.0.1:9999"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
            {"origin": ADDRESS, "sec-fetch-site": "cross-site"},
        ],
    )
    @pytest.mark.parametrize("path", ["/projects", "/v1/plans"])
    def test_of_strangers_change_nothing(self, client, site, headers, path):
        given = {**headers, "x-csrf-token": sign(client)}
        assert client.post(path, json=PLAN, headers=given).status_code == 403
        assert client.delete("/v1/plans/x", headers=headers).status_code == 403
        assert client.get("/", headers=headers).status_code == 200
        assert site.store.projects() == ()

    @pytest.mark.parametrize(
        "headers", [{}, {"origin": ADDRESS, "sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}]
    )
    def test_of_ours_and_of_other_programs_are_heard(self, client, headers):
        assert client.post("/v1/plans", json=PLAN, headers=headers).status_code == 404


class TestForms:
    def test_with_the_sign_are_taken(self, client):
        assert upload(client, data={"csrf": sign(client)}).status_code == 422
        assert upload(client, headers={"x-csrf-token": sign(client)}).status_code == 422

    @pytest.mark.parametrize("given", [{}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": "ł"}])
    def test_without_it_are_not(self, client, given):
        client.get("/")
        assert upload(client, data=given).status_code == 403

    def test_of_another_browser_are_not(self, client):
        theirs = sign(client)
        client.cookies.clear()
        assert upload(client, data={"csrf": theirs}).status_code == 403
        client.get("/")
        assert upload(client, data={"csrf": theirs}).status_code == 403

    def test_the_cookie_is_for_this_site_alone(self, client):
        cookie = client.get("/").headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert "set-cookie" not in client.get("/").headers

    def test_every_page_that_changes_something_asks_for_it(self, client, town):
        """Whatever is added to the pages: a form without the sign is refused."""
        routes = [
            (method, route.path)
            for router in ROUTERS
            for route in router.routes
            for method in route.methods - {"GET", "HEAD", "OPTIONS"}
        ]
        assert ("POST", "/projects/{project}/plan") in routes
        for method, path in routes:
            filled = re.sub(r"\{\w+\}", "1", path.replace("{project}", town.project))
            assert client.request(method, filled, data={"csrf": "x"}).status_code == 403, path


class TestBodies:
    def test_that_are_said_to_be_too_large_are_refused(self, client, site):
        headers = {"content-length": str(site.settings.max_body + 1)}
        assert client.post("/v1/plans", content=b"{", headers=headers).status_code == 413

    def test_that_grow_too_large_are_refused(self, client, site):
        def parts():
            for _ in range(site.settings.max_body // 100_000 + 2):
                yield b" " * 100_000

        headers = {"content-type": "application/json"}
        assert client.post("/v1/plans", content=parts(), headers=headers).status_code == 413

    @pytest.mark.parametrize("length", ["-1", "many", "1e3"])
    def test_of_no_length_are_refused(self, client, length):
        assert client.post("/v1/plans", content=b"{}", headers={"content-length": length}).status_code == 413


class TestAnswers:
    @pytest.mark.parametrize(
        "path", ["/", "/nowhere", "/static/page.css", "/static/plan.css", "/v1/plans/x", "/bug"]
    )
    def test_tell_the_browser_what_pages_may_do(self, app, client, path):
        app.add_api_route("/bug", _bug)
        answer = client.get(path)
        assert answer.headers["content-security-policy"] == POLICY
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "same-origin"

    @pytest.mark.parametrize(
        "path", ["/", "/nowhere", "/static/page.css", "/v1/openapi.json", "/feeds/x.ics"]
    )
    def test_without_their_bodies_are_the_same(self, client, path):
        whole, bare = client.get(path), client.head(path)
        assert (bare.status_code, bare.content) == (whole.status_code, b"")
        assert bare.headers["content-length"] == whole.headers["content-length"]

    def test_the_policy_allows_nothing_inline(self):
        assert "default-src 'none'" in POLICY and "frame-ancestors 'none'" in POLICY
        assert "unsafe" not in POLICY and "*" not in POLICY

    def test_pages_stay_in_no_cache(self, client):
        assert client.get("/").headers["cache-control"] == "no-store"

    def test_a_bug_is_told_without_a_traceback(self, app, client):
        app.add_api_route("/bug", _bug)
        answer = client.get("/bug")
        assert answer.status_code == 500
        assert "bug in meetsched" in answer.text
        assert "ZeroDivisionError" not in answer.text


def _bug() -> HTMLResponse:
    return HTMLResponse(str(1 // 0))
