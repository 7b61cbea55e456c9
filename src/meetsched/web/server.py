"""The server: it listens on this machine only, until it is interrupted."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from meetsched.errors import OutputError, RequestError
from meetsched.service.documents import Loaded
from meetsched.service.projects import import_instance
from meetsched.service.writing import check_folder
from meetsched.web.addresses import project_at
from meetsched.web.settings import DATABASE, Settings

HOST = "127.0.0.1"
_LOCK = "serve.lock"
_PATIENCE = 2
"""Seconds for answers under way, once the server is to end."""


def serve(
    folder: Path,
    port: int,
    loaded: Loaded | None,
    on_ready: Callable[[str], None],
    *,
    debug: bool = False,
) -> None:
    """Serve the page until Ctrl-C or SIGTERM.

    Parameters
    ----------
    folder : Path
        Where everything is kept; made where it does not exist.
    port : int
        0 for any that is free.
    loaded : Loaded, optional
        An instance to begin with.
    on_ready : callable
        Hears the address to open, once the server listens.

    Raises
    ------
    OutputError
        The folder cannot be used, or another server uses it.
    RequestError
        The port cannot be used.
    """
    with _folder(folder), _listening(port) as listener:
        from meetsched.web.app import create_app

        bound: int = listener.getsockname()[1]
        app = create_app(Settings.local(folder, bound, debug=debug))
        path = "/"
        if loaded is not None:
            site = app.state.site
            path = project_at(import_instance(site.store, loaded, site.settings.author).project)
        address = f"http://{HOST}:{bound}{path}"
        with suppress(KeyboardInterrupt):
            _run(app, listener, lambda: on_ready(address), debug=debug)


def _run(app: object, listener: socket.socket, on_ready: Callable[[], None], *, debug: bool) -> None:
    import uvicorn

    class Server(uvicorn.Server):
        """Says when it listens, and lets those go who wait for news once it is to end."""

        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            on_ready()

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            app.state.site.board.hang_up()  # type: ignore[attr-defined]
            super().handle_exit(sig, frame)

    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        log_level="info" if debug else "critical",
        access_log=debug,
        server_header=False,
        timeout_graceful_shutdown=_PATIENCE,
        lifespan="on",
        ws="none",
    )
    Server(config).run(sockets=[listener])


@contextmanager
def _listening(port: int) -> Iterator[socket.socket]:
    """Return a socket that listens on this machine only.

    Raises
    ------
    RequestError
        The port cannot be used.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((HOST, port))
            listener.listen(128)
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "another program uses it" if taken else error.strerror or str(error)
            raise RequestError(
                f"the port {port} cannot be used: {reason}; choose another with --port, or 0 for any"
            ) from None
        yield listener


@contextmanager
def _folder(folder: Path) -> Iterator[None]:
    """Make a folder, and keep other servers out of it.

    Raises
    ------
    OutputError
        It cannot be used, or another server is in it.
    """
    import fcntl

    check_folder(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # before SQLite makes it for everybody to read, in a folder that was there already
        os.close(os.open(folder / DATABASE, os.O_RDWR | os.O_CREAT, 0o600))
        handle = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise OutputError(f"cannot write to {folder}: {error.strerror or error}") from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        raise OutputError(f"another meetsched serve is at work with the data in {folder}") from None
    try:
        yield
    finally:
        os.close(handle)
