"""A CalDAV server (Radicale), and calendars on it, read by the client that others use (caldav)."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import caldav
from caldav.lib.error import NotFoundError

USER, PASSWORD = "anna", "geheim ż"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def radicale(folder: Path) -> Iterator[str]:
    """Run the server on this machine alone, with its files in a folder, and yield its address."""
    users = folder / "users"
    users.write_text(f"{USER}:{PASSWORD}\n", encoding="utf-8")
    port = _free_port()
    command = [
        sys.executable, "-m", "radicale", "--config", "", "--server-hosts", f"127.0.0.1:{port}",
        "--storage-filesystem-folder", folder / "store", "--auth-type", "htpasswd", "--auth-delay", "0",
        "--auth-htpasswd-filename", users, "--auth-htpasswd-encryption", "plain",
    ]  # fmt: skip
    with (folder / "log").open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as server:
        try:
            _wait(port, server)
            yield f"http://127.0.0.1:{port}/{USER}/"
        finally:
            server.terminate()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise AssertionError("the server did not start")


class ServerCalendar:
    """A new calendar on a server, as a person's own program sees it."""

    def __init__(self, home: str, name: str) -> None:
        self._client = caldav.DAVClient(url=home, username=USER, password=PASSWORD)
        self.calendar = self._client.principal().make_calendar(name=name, cal_id=name)
        self.url = str(self.calendar.url)

    def close(self) -> None:
        """Take leave of the server."""
        self._client.close()

    def events(self) -> dict[str, "caldav.Event"]:
        """Return all events by UID."""
        return {str(event.icalendar_component["UID"]): event for event in self.calendar.events()}

    def event(self, uid: str) -> "caldav.Event":
        """Return one event."""
        return self.events()[uid]

    def add(self, uid: str, **changes: str) -> None:
        """Add an event of somebody's own."""
        lines = {"SUMMARY": "My own", "DTSTART": "20270119T100000Z", "DTEND": "20270119T110000Z", **changes}
        body = "\r\n".join(f"{key}:{value}" for key, value in lines.items())
        self.calendar.save_event(
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//somebody//EN\r\nBEGIN:VEVENT\r\n"
            f"UID:{uid}\r\nDTSTAMP:20260101T000000Z\r\n{body}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
        )

    def edit(self, uid: str, **changes: str) -> None:
        """Change an event, as by hand in a program of one's own."""
        event = self.event(uid)
        component = event.icalendar_component
        for key, value in changes.items():
            component[key] = value
        event.save()

    def has(self, uid: str) -> bool:
        """Whether there is an event."""
        try:
            self.calendar.event_by_uid(uid)
        except NotFoundError:
            return False
        return True
