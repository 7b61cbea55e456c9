"""How a server is set up."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from pathlib import Path
from typing import Self

DATABASE = "meetsched.db"
_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server is set up.

    Attributes
    ----------
    store_url : str
        Where everything is kept, as SQLAlchemy writes addresses of databases.
    hosts : frozenset of str
        The only names, with their ports, under which browsers may know the server.
    author : str
        Who makes the versions. With accounts, it would be whoever has logged in.
    jobs_at_once : int
        How many jobs may run at the same time.
    max_body : int
        How many bytes a request may have.
    debug : bool
        Whether bugs are shown with where they happened.
    """

    store_url: str
    hosts: frozenset[str]
    author: str = "staff"
    jobs_at_once: int = 1
    max_body: int = 12 * _MB
    debug: bool = False

    @classmethod
    def local(cls, folder: Path, port: int, *, debug: bool = False) -> Self:
        """Return the settings of a server for this machine alone, with its database in a folder."""
        names = ("127.0.0.1", "localhost", "[::1]")
        hosts = {f"{name}:{port}" for name in names} | (set(names) if port == 80 else set())
        url = f"sqlite:///{(folder / DATABASE).absolute()}"
        return cls(url, frozenset(hosts), _user(), debug=debug)

    @property
    def origins(self) -> frozenset[str]:
        """The origins whose pages may change anything."""
        return frozenset(f"http://{host}" for host in self.hosts)


def _user() -> str:
    """Return who has started the program."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "staff"
