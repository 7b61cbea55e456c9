"""Keep a plan in a calendar on a server."""

from collections.abc import Callable
from dataclasses import dataclass

from meetsched.delivery.collection import Collection
from meetsched.delivery.http import Client, Credentials, checked_url
from meetsched.delivery.synchronising import Action, Step, find_steps, take_steps
from meetsched.domain.instance import Instance
from meetsched.domain.plan import Plan
from meetsched.errors import ServerError

__all__ = ["Action", "Credentials", "Server", "Step", "checked_url", "synchronise"]


@dataclass(frozen=True, slots=True)
class Server:
    """A calendar's address, as `checked_url` returned it, and how to speak to its server.

    Attributes
    ----------
    url : str
    credentials : Credentials or None
        None where nobody has to sign in.
    timeout : float
        Seconds that one answer may take.
    """

    url: str
    credentials: Credentials | None = None
    timeout: float = 30


def synchronise(
    instance: Instance,
    plan: Plan,
    server: Server,
    *,
    dry_run: bool = False,
    on_conflict: Callable[[str], None] = lambda _: None,
) -> tuple[Step, ...]:
    """Bring a verified plan into a calendar, and return what was done for each meeting.

    Parameters
    ----------
    dry_run : bool
        Only find what has to be done.
    on_conflict : callable
        Hears the id of a meeting whose entry somebody changed just now, so that it is read again.

    Raises
    ------
    ServerError
        The server cannot be reached, or refused; the message says how much was done before.
    """
    collection = Collection(Client(server.url, server.credentials, server.timeout), server.url)
    steps = find_steps(instance, plan, collection)
    if dry_run:
        return steps
    done: list[Step] = []
    try:
        done += take_steps(instance, steps, collection, on_conflict)
    except ServerError as error:
        changes = sum(step.action is not Action.KEEP for step in done)
        planned = sum(step.action is not Action.KEEP for step in steps)
        raise ServerError(
            f"{error}. Of {planned} changes {changes} were made before; run the command again for the others"
        ) from error
    return tuple(done)
