"""Files that appear whole or not at all."""

import errno
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from meetsched.errors import OutputError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EROFS: "it can only be read, not written to",
    errno.EACCES: "you have no permission to write there",
    errno.EPERM: "you have no permission to write there",
    errno.ENAMETOOLONG: "the name is too long",
    errno.ENOTDIR: "a file stands where a folder is needed",
    errno.EISDIR: "a folder stands where a file is needed",
    errno.EIO: "the disk reports an error",
    errno.EFBIG: "the file would be too large",
}


def check_folder(folder: Path) -> None:
    """Tell early, before any work is done and without touching anything, that a folder cannot be used.

    Raises
    ------
    OutputError
        A file is in the way, or the folder (or the nearest one above it that exists) is not writable.
    """
    nearest = folder
    while not os.path.lexists(nearest) and nearest != nearest.parent:
        nearest = nearest.parent
    if not nearest.is_dir():
        raise OutputError(f"cannot write to {folder}: {nearest} is not a folder")
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise OutputError(f"cannot write to {folder}: no permission, or it can only be read")


def write_files(folder: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files into a folder, which is made where it does not exist: all of them or none.

    Everything is first written in full under temporary names in the same folder; only then are the
    files renamed into place. Where a rename fails, those before it are undone.

    Parameters
    ----------
    folder : Path
    contents : mapping of str to bytes
        What each file holds, by its name; one such as ``plan-1/plan.json`` lies in a folder below.

    Returns
    -------
    tuple of Path
        The files, in the order given.

    Raises
    ------
    OutputError
        Nothing was changed.
    """
    targets = {folder / name: content for name, content in contents.items()}
    folders = tuple(dict.fromkeys([folder, *(target.parent for target in targets)]))
    with _in_words(folder), ExitStack() as made:
        for each in folders:
            made.enter_context(_new_folder(each))
        for target in targets:
            if target.is_dir():
                raise OutputError(f"cannot write {target}: a folder of that name is in the way")
        _write_all(targets)
        for each in reversed(folders):
            _flush_folder(each)
    return tuple(targets)


@contextmanager
def _in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = _REASONS.get(error.errno or 0, error.strerror or str(error))
        message = f"cannot write to {folder}: {reason}; nothing there was changed"
        raise OutputError(message) from error


@contextmanager
def _new_folder(folder: Path) -> Iterator[None]:
    """Make a folder and those above it; where the body fails, remove again what was made."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for path in missing:
            with suppress(OSError):
                path.rmdir()
        raise


def _write_all(targets: Mapping[Path, bytes]) -> None:
    """Write every target under another name, then rename all; leave no other name behind."""
    leftovers: list[Path] = []
    try:
        drafts = {}
        for target, content in targets.items():
            drafts[target] = _beside(target, leftovers)
            _write_through(drafts[target], content)
        kept = {target: _keep(target, leftovers) for target in targets if target.exists()}
        _rename_all(drafts, kept)
    finally:
        for path in leftovers:
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _rename_all(drafts: Mapping[Path, Path], kept: Mapping[Path, Path]) -> None:
    """Rename drafts to their targets; where one cannot be, put the old files back."""
    renamed: list[Path] = []
    try:
        for target, draft in drafts.items():
            renamed.append(target)
            draft.replace(target)
    except BaseException:
        for target in renamed:
            with suppress(OSError):
                if target in kept:
                    kept[target].replace(target)
                elif not drafts[target].exists():
                    target.unlink()
        raise


def _beside(target: Path, leftovers: list[Path]) -> Path:
    """Return an unused hidden name beside a file, noted among those to remove at the end."""
    path = target.with_name(f".{target.name}.{secrets.token_hex(6)}.tmp")
    leftovers.append(path)
    return path


def _write_through(path: Path, content: bytes) -> None:
    """Write a new file down to the disk."""
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _keep(target: Path, leftovers: list[Path]) -> Path:
    """Give a file a second name; copy it where the file system knows no second names."""
    path = _beside(target, leftovers)
    try:
        os.link(target, path)
    except OSError:
        shutil.copy2(target, path)
    return path


def _flush_folder(folder: Path) -> None:
    """Write the folder's new names down to the disk, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
