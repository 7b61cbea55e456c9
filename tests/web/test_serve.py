"""`meetsched serve` as its users run it."""

import signal
import socket
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import TOWN, Program
from tests.web.serving import serving


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_until_it_is_interrupted(tmp_path: Path, number: int) -> None:
    with serving(TOWN, "--data", tmp_path / "data") as (running, address):
        assert address.endswith("/projects/olszyna-2027-q1")
        with urlopen(address) as page:
            assert page.status == 200
        running.send_signal(number)
        out, err = running.communicate(timeout=60)
        assert (running.returncode, out) == (0, "")
        assert err.splitlines()[-1] == "Ended; all versions are kept."
    with serving("--data", tmp_path / "data") as (_, address), urlopen(address) as page:
        assert "olszyna-2027-q1" in page.read().decode()


def test_it_listens_on_this_machine_only(tmp_path: Path) -> None:
    with serving("--data", tmp_path) as (_, address):
        port = int(address.split(":")[2].strip("/"))
        outside = next((each for each in _addresses() if not each.startswith("127.")), None)
        if outside is None:
            pytest.skip("the machine has no other address")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((outside, port), timeout=5)


def _addresses() -> list[str]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
        except OSError:
            return []
        return [probe.getsockname()[0]]


def test_two_servers_do_not_share_their_data(tmp_path: Path, meetsched: Program) -> None:
    with serving("--data", tmp_path):
        ran = meetsched("serve", "--data", tmp_path, "--port", "0")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"Error: another meetsched serve is at work with the data in {tmp_path}\n"


def test_nobody_else_reads_the_data(tmp_path: Path) -> None:
    """Busy times and their reasons are private, also in a folder that was there before."""
    tmp_path.chmod(0o755)
    with serving(TOWN, "--data", tmp_path):
        modes = {path.name: path.stat().st_mode & 0o077 for path in tmp_path.iterdir()}
    assert "meetsched.db" in modes
    assert set(modes.values()) == {0}


def test_a_port_that_is_taken_is_told(tmp_path: Path, meetsched: Program) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ran = meetsched("serve", "--data", tmp_path, "--port", port)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        f"Error: the port {port} cannot be used: another program uses it; "
        "choose another with --port, or 0 for any\n"
    )


def test_a_folder_that_cannot_be_used_is_told(tmp_path: Path, meetsched: Program) -> None:
    (tmp_path / "file").write_text("")
    ran = meetsched("serve", "--data", tmp_path / "file" / "data", "--port", "0")
    assert ran.code == 2
    assert "file is not a folder" in ran.err
    (tmp_path / "meetsched.db").write_text("no database")
    ran = meetsched("serve", "--data", tmp_path, "--port", "0")
    assert ran.code == 2
    assert "not a database" in ran.err


def test_a_faulty_instance_is_told(tmp_path: Path, meetsched: Program) -> None:
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("id: x\n")
    ran = meetsched("serve", faulty, "--data", tmp_path / "data", "--port", "0")
    assert ran.code == 3
    assert "faults in the input" in ran.err
    assert not (tmp_path / "data").exists()
