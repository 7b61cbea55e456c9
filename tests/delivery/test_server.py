"""What is said to a server, and how its refusals and failures are told."""

import shutil
import socket
import ssl
import subprocess
import threading
import time

import pytest

from meetsched.delivery.dav import complaint, events_query, read_multistatus
from meetsched.delivery.http import Client, Credentials, checked_url
from meetsched.delivery.synchronising import Action
from meetsched.errors import ServerError
from meetsched.service.synchronising import Server, synchronise
from tests.delivery.editions import town
from tests.delivery.stub_server import CALENDAR, EMPTY, Answer, stub


def calendar_that(**answers):
    """Return what answers as an empty calendar, but for some methods."""
    usual = {"PROPFIND": Answer(207, CALENDAR), "REPORT": Answer(207, EMPTY), "PUT": Answer(201)}
    return lambda asked: (usual | answers)[asked.method]


def publish(url, **options):
    instance, plan = town()
    return synchronise(instance, plan, Server(url, timeout=20), **options)


class TestAddress:
    @pytest.mark.parametrize(
        ("text", "address"),
        [
            ("https://cloud.example/dav/anna/plan", "https://cloud.example/dav/anna/plan/"),
            ("https://cloud.example:8443/dav//", "https://cloud.example:8443/dav/"),
            (
                "https://cloud.example/dav/zażółć%20x",
                "https://cloud.example/dav/za%C5%BC%C3%B3%C5%82%C4%87%20x/",
            ),
            ("http://127.0.0.1:5232/anna/", "http://127.0.0.1:5232/anna/"),
            ("http://[::1]/anna/", "http://[::1]/anna/"),
            ("http://localhost/anna/", "http://localhost/anna/"),
        ],
    )
    def test_is_used(self, text, address):
        assert checked_url(text) == address

    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("cloud.example/dav", "is not an address such as https://"),
            ("ftp://cloud.example/", "is not an address"),
            ("https:///dav", "is not an address"),
            ("https://cloud.example/a b/", "is not an address"),
            ("https://cloud.example/\r\nX: y/", "is not an address"),
            ("https://anna:secret@cloud.example/", "give that with --user"),
            ("https://cloud.example/dav/?export", "holds '?' or '#'"),
            ("http://cloud.example/dav/", "unencrypted"),
            ("http://10.0.0.1/dav/", "unencrypted"),
            ("http://127.0.0.1.evil.example/dav/", "unencrypted"),
            ("https://[::1/dav/", "IPv6"),
        ],
    )
    def test_is_refused_with_the_reason(self, text, reason):
        with pytest.raises(ValueError, match=reason.replace("?", r"\?")):
            checked_url(text)

    def test_unencrypted_is_allowed_where_it_is_asked_for(self):
        assert checked_url("http://10.0.0.1/dav/", allow_http=True) == "http://10.0.0.1/dav/"


class TestRequests:
    def test_every_change_says_what_it_expects_to_find(self):
        with stub(calendar_that()) as server:
            assert {step.action for step in publish(server.url)} == {Action.ADD}
        puts = [asked for asked in server.asked if asked.method == "PUT"]
        assert len(puts) == 5
        assert {asked.headers["If-None-Match"] for asked in puts} == {"*"}
        assert {asked.headers["Content-Type"] for asked in puts} == {"text/calendar; charset=utf-8"}
        assert puts[0].path == "/c/olszyna-2027-q1~olszyna~tax.ics"
        assert b"METHOD:" not in puts[0].body
        assert b"ORGANIZER" not in puts[0].body

    @pytest.mark.parametrize(("etag", "condition"), [('"abc"', '"abc"'), ('W/"abc"', '"abc"'), ("", "*")])
    def test_a_removal_names_the_edition_that_was_read(self, etag, condition):
        report = _report("/c/old.ics", etag, "olszyna-2027-q1/olszyna/gone@meetsched")
        with stub(calendar_that(REPORT=Answer(207, report), DELETE=Answer(204))) as server:
            publish(server.url)
        (removal,) = (asked for asked in server.asked if asked.method == "DELETE")
        assert (removal.path, removal.headers["If-Match"]) == ("/c/old.ics", condition)

    @pytest.mark.parametrize(
        "href", ["/other/old.ics", "/c/../other/old.ics", "/c/%2e%2e/old.ics", "/c/", ""]
    )
    def test_what_a_server_reports_of_other_places_is_left_alone(self, href):
        report = _report(href, '"abc"', "olszyna-2027-q1/olszyna/gone@meetsched")
        with stub(calendar_that(REPORT=Answer(207, report))) as server:
            assert {step.action for step in publish(server.url)} == {Action.ADD}

    @pytest.mark.parametrize(
        "uid",
        ["mine", "olszyna-2027-q2/olszyna/gone@meetsched", "olszyna-2027-q1/olszyna/gone@other.example"],
    )
    def test_other_entries_are_left_alone_whatever_the_server_reports(self, uid):
        with stub(calendar_that(REPORT=Answer(207, _report("/c/old.ics", '"abc"', uid)))) as server:
            assert {step.action for step in publish(server.url)} == {Action.ADD}

    @pytest.mark.parametrize(
        "href", ["https://evil.example/c/old.ics", "//evil.example/c/old.ics", "////c/old.ics"]
    )
    def test_no_other_server_is_spoken_to(self, href):
        report = _report(href, '"abc"', "olszyna-2027-q1/olszyna/gone@meetsched")
        with stub(calendar_that(REPORT=Answer(207, report), DELETE=Answer(204))) as server:
            publish(server.url)
        assert [asked.path for asked in server.asked if asked.method == "DELETE"] == ["/c/old.ics"]

    def test_a_server_that_does_not_look_for_texts_is_asked_for_all(self):
        def answer(asked):
            if asked.method == "REPORT" and b"text-match" in asked.body:
                return Answer(403)
            return calendar_that()(asked)

        with stub(answer) as server:
            assert len(publish(server.url)) == 5
        assert [asked.method for asked in server.asked][:3] == ["PROPFIND", "REPORT", "REPORT"]

    def test_what_is_reported_without_its_contents_is_fetched(self):
        report = _report("/c/old.ics", '"abc"', None)
        body = b"BEGIN:VEVENT\r\nUID:olszyna-2027-q1/olszyna/gone@meetsched\r\nEND:VEVENT\r\n"
        answers = calendar_that(
            REPORT=Answer(207, report), GET=Answer(200, body, {"ETag": '"def"'}), DELETE=Answer(204)
        )
        with stub(answers) as server:
            publish(server.url)
        assert server.asked[-1].headers["If-Match"] == '"def"'

    def test_a_password_is_sent_only_where_it_is_asked_for(self):
        def answer(asked):
            if "Authorization" in asked.headers:
                return Answer(200)
            return Answer(401, headers={"WWW-Authenticate": 'Basic realm="cloud"'})

        with stub(answer) as server:
            client = Client(server.url, Credentials("anna", "geheim"), 5)
            assert client.send("GET", server.url).status == 200
        assert [asked.headers.get("Authorization") for asked in server.asked] == [
            None, "Basic YW5uYTpnZWhlaW0="
        ]  # fmt: skip


class TestRefusals:
    @pytest.mark.parametrize(
        ("method", "status", "message"),
        [
            ("PROPFIND", 301, "the server says that it is elsewhere: https://cloud.example/c/"),
            ("PROPFIND", 404, "there is no calendar at this address"),
            ("PROPFIND", 405, "this is not the address of a calendar"),
            ("PROPFIND", 500, "the server failed"),
            ("PROPFIND", 418, "the server refuses it"),
            ("REPORT", 429, "the server wants to be asked less often"),
            ("REPORT", 503, "the server is out of service"),
            ("PUT", 400, "the server does not take the request"),
            ("PUT", 403, "may you write to this calendar?"),
            ("PUT", 409, "contradicts what is there"),
            ("PUT", 413, "takes nothing of this size"),
            ("PUT", 415, "takes no such entries"),
            ("PUT", 423, "the calendar is locked"),
            ("PUT", 507, "the disk of the server is full"),
        ],
    )
    def test_are_told_in_words(self, method, status, message):
        answer = Answer(status, headers={"Location": "https://cloud.example/c/"})
        with stub(calendar_that(**{method: answer})) as server, pytest.raises(ServerError) as refused:
            publish(server.url)
        assert message in str(refused.value)
        assert f"(status {status})" in str(refused.value)

    @pytest.mark.parametrize("credentials", [None, Credentials("anna", "geheim")])
    def test_another_way_of_signing_in_is_named(self, credentials):
        answer = Answer(401, headers={"WWW-Authenticate": 'Bearer realm="x"'})
        instance, plan = town()
        with (
            stub(calendar_that(PROPFIND=answer)) as server,
            pytest.raises(ServerError, match=r"in another way \(Bearer\)"),
        ):
            synchronise(instance, plan, Server(server.url, credentials, 20))
        assert not [asked for asked in server.asked if "Authorization" in asked.headers]

    def test_what_the_server_says_is_told_too(self):
        body = (
            b'<d:error xmlns:d="DAV:" xmlns:s="http://sabredav.org/ns"><s:exception>E</s:exception>'
            b"<s:message>Deleted calendar object\x0a with uid already exists</s:message></d:error>"
        )
        with stub(calendar_that(PUT=Answer(400, body))) as server, pytest.raises(ServerError) as refused:
            publish(server.url)
        assert "(status 400: Deleted calendar object with uid already exists)" in str(refused.value)

    def test_a_conflict_that_goes_on_is_given_up(self):
        with (
            stub(calendar_that(PUT=Answer(412), GET=Answer(404))) as server,
            pytest.raises(ServerError, match="others keep changing it"),
        ):
            publish(server.url)

    def test_a_strangers_entry_in_the_place_is_left_alone(self):
        mine = b"BEGIN:VEVENT\r\nUID:mine\r\nEND:VEVENT\r\n"
        with (
            stub(calendar_that(PUT=Answer(412), GET=Answer(200, mine))) as server,
            pytest.raises(ServerError, match="something that is not of this plan has taken its place"),
        ):
            publish(server.url)

    def test_how_much_was_done_before_is_told(self):
        answers = iter([Answer(201), Answer(201), Answer(507)])
        usual = calendar_that()
        with (
            stub(lambda asked: next(answers) if asked.method == "PUT" else usual(asked)) as server,
            pytest.raises(ServerError, match="Of 5 changes 2 were made before; run the command again"),
        ):
            publish(server.url)

    def test_a_dry_run_changes_nothing(self):
        with stub(calendar_that()) as server:
            assert len(publish(server.url, dry_run=True)) == 5
        assert {asked.method for asked in server.asked} == {"PROPFIND", "REPORT"}


class TestFailures:
    def test_nobody_answers(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            port = taken.getsockname()[1]
            with pytest.raises(ServerError, match="nothing answers there"):
                publish(f"http://127.0.0.1:{port}/c/")

    def test_no_such_server(self):
        with pytest.raises(ServerError, match=r"no\.such\.host\.invalid: no server of that name"):
            publish("https://no.such.host.invalid/c/")

    def test_an_answer_that_does_not_come(self):
        client = Client("http://127.0.0.1/", None, 0.2)
        with socket.create_server(("127.0.0.1", 0)) as silent:
            url = f"http://127.0.0.1:{silent.getsockname()[1]}/c/"
            with pytest.raises(ServerError, match=r"no answer came within 0\.2 seconds"):
                client.send("GET", url)

    @pytest.mark.parametrize(
        ("said", "message"),
        [
            (b"", "the answer broke off"),
            (b"SSH-2.0-OpenSSH\r\n", "the answer broke off"),
            (b"HTTP/1.1 207 Multi\r\nContent-Length: 100\r\n\r\n<d:", "the answer broke off"),
        ],
    )
    def test_an_answer_that_breaks_off_or_is_none(self, said, message):
        with Says(said) as url, pytest.raises(ServerError, match=f"{message}|the connection failed"):
            publish(url)

    def test_an_answer_that_drips_for_ever_is_cut_off(self):
        client = Client("http://127.0.0.1/", None, 0.3)
        drip = [b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", *[b"x" for _ in range(50)]]
        started = time.monotonic()
        with Says(*drip, pause=0.1) as url:
            with pytest.raises(ServerError, match="no answer came"):
                client.send("GET", url)
            assert time.monotonic() - started < 4  # All of it would take five seconds.

    def test_an_answer_without_end_is_cut_off(self, monkeypatch):
        monkeypatch.setattr("meetsched.delivery.http._LARGEST", 1_000_000)
        with (
            stub(calendar_that(REPORT=Answer(207, b"x" * 1_100_000))) as server,
            pytest.raises(ServerError, match="larger than 1 MB"),
        ):
            publish(server.url)

    def test_no_encryption_where_it_is_asked_for(self):
        with stub(calendar_that()) as server, pytest.raises(ServerError, match="no encrypted connection"):
            publish(server.url.replace("http:", "https:"))

    @pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl, to make a certificate")
    def test_a_certificate_that_nobody_vouches_for(self, tmp_path):
        key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1",
             "-subj", "/CN=localhost", "-keyout", key, "-out", certificate],
            check=True, capture_output=True,
        )  # fmt: skip
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        with (
            Says(b"", context=context) as url,
            pytest.raises(ServerError, match="certificate is not trusted"),
        ):
            publish(url)


class TestXml:
    def test_only_what_a_resource_has_is_read(self):
        body = (
            b'<?xml version="1.0"?><multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">'
            b"<response><href>/c/a%20b.ics</href><propstat><prop><getetag>&quot;1&quot;</getetag>"
            b"<C:calendar-data>BEGIN:VCALENDAR&#13;\nX:1 &lt; 2</C:calendar-data></prop>"
            b"<status>HTTP/1.1 200 OK</status></propstat><propstat><prop><resourcetype><C:calendar/>"
            b"</resourcetype></prop><status>HTTP/1.1 404 Not Found</status></propstat></response>"
            b"</multistatus>"
        )
        (found,) = read_multistatus(body)
        assert (found.href, found.etag, found.is_calendar) == ("/c/a%20b.ics", '"1"', False)
        assert found.data == "BEGIN:VCALENDAR\r\nX:1 < 2"

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"<html><body>Sign in</html>",
            b"\xff\xfe\x00",
            b'<?xml version="1.0" encoding="x-none"?><a/>',
            b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
            '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode(
                "utf-16"
            ),
        ],
    )
    def test_what_is_no_such_answer_is_refused(self, body):
        with pytest.raises(ServerError, match="not what a calendar server says"):
            read_multistatus(body)
        assert complaint(body) == ""

    def test_a_broken_condition_is_named(self):
        body = (
            b'<d:error xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><c:no-uid-conflict/></d:error>'
        )
        assert complaint(body) == "no-uid-conflict"

    def test_a_query_looks_for_the_instance(self):
        assert b'<C:text-match collation="i;octet">town/</C:text-match>' in events_query("town/")
        assert b"text-match" not in events_query(None)


def _report(href, etag, uid):
    data = "" if uid is None else f"<c:calendar-data>BEGIN:VEVENT\nUID:{uid}\nEND:VEVENT\n</c:calendar-data>"
    tag = etag.replace('"', "&quot;")
    return (
        '<d:multistatus xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:response>'
        f"<d:href>{href}</d:href><d:propstat><d:prop><d:getetag>{tag}</d:getetag>{data}</d:prop>"
        "<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"
    ).encode()


class Says:
    """A server that says something to whoever comes first, whatever is asked."""

    def __init__(self, *said, pause=0.0, context=None):
        self._said, self._pause, self._context = said, pause, context
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self):
        self._thread.start()
        scheme = "https" if self._context else "http"
        return f"{scheme}://127.0.0.1:{self._socket.getsockname()[1]}/c/"

    def __exit__(self, *_):
        self._socket.close()
        self._thread.join()

    def _serve(self):
        try:
            connection, _ = self._socket.accept()
            if self._context:
                connection = self._context.wrap_socket(connection, server_side=True)
            with connection:
                connection.recv(65536)
                for piece in self._said:
                    connection.sendall(piece)
                    time.sleep(self._pause)
        except OSError:
            pass
