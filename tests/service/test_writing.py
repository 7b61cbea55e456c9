"""Files appear whole or not at all."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from meetsched.errors import OutputError
from meetsched.service.writing import check_folder, write_files

CONTENTS = {"plan.json": b"{}\n", "plan.ics": b"BEGIN:VCALENDAR\r\n", "meetings.csv": b"a;b\n"}


def snapshot(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A folder with an earlier edition of two of the files, and a stranger."""
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "plan.json").write_bytes(b"old plan")
    (folder / "meetings.csv").write_bytes(b"old table")
    (folder / "notes.txt").write_bytes(b"mine")
    return folder


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the second file find no space left."""
    synced: list[int] = []
    fsync = os.fsync

    def fail(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(handle)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        yield


def test_writes_every_file_and_makes_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    assert write_files(folder, CONTENTS) == tuple(folder / name for name in CONTENTS)
    assert snapshot(folder) == CONTENTS


def test_replaces_old_files_and_leaves_others_alone(old: Path) -> None:
    write_files(old, CONTENTS)
    assert snapshot(old) == CONTENTS | {"notes.txt": b"mine"}


def test_files_have_ordinary_permissions(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        (path,) = write_files(tmp_path, {"plan.json": b""})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_changes_nothing(old: Path) -> None:
    before = snapshot(old)
    with pytest.raises(OutputError, match="the disk is full; nothing there was changed"):
        write_files(old, CONTENTS)
    assert snapshot(old) == before


@pytest.mark.usefixtures("full_disk")
def test_a_full_disk_leaves_no_new_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError):
        write_files(tmp_path / "a" / "b", CONTENTS)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failing", range(1, 4))
def test_a_rename_that_fails_is_undone(old: Path, monkeypatch: pytest.MonkeyPatch, failing: int) -> None:
    before = snapshot(old)
    replace, calls = Path.replace, []

    def fail(source: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == failing:
            raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))
        return replace(source, target)

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="no permission"):
        write_files(old, CONTENTS)
    assert snapshot(old) == before


def test_a_rename_is_undone_where_files_have_no_second_names(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = snapshot(old)
    replace, calls = Path.replace, []

    def fail(source: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 2:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return replace(source, target)

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OutputError, match="the disk reports an error"):
        write_files(old, CONTENTS)
    assert snapshot(old) == before


def test_an_interrupt_changes_nothing(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = snapshot(old)

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_files(old, CONTENTS)
    assert snapshot(old) == before


def test_a_folder_in_place_of_a_file_is_told_before_anything_changes(old: Path) -> None:
    (old / "plan.ics").mkdir()
    before = snapshot(old)
    with pytest.raises(OutputError, match=r"plan\.ics: a folder of that name is in the way"):
        write_files(old, CONTENTS)
    assert snapshot(old) == before


@pytest.mark.parametrize("below", ["", "sub", "sub/deeper"])
def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path, below: str) -> None:
    (tmp_path / "out").write_bytes(b"a file")
    folder = tmp_path / "out" / below
    with pytest.raises(OutputError, match="out is not a folder"):
        check_folder(folder)
    with pytest.raises(OutputError, match="nothing there was changed"):
        write_files(folder, CONTENTS)
    assert (tmp_path / "out").read_bytes() == b"a file"


def test_a_check_leaves_no_trace(tmp_path: Path) -> None:
    check_folder(tmp_path / "a" / "b")
    check_folder(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_writable_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(OutputError, match="no permission"):
        check_folder(tmp_path)
