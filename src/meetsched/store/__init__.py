"""Plan versions that are kept: append-only, each whole or not there at all, in one database.

What is kept is text; what it means is told by the rooms above. SQLAlchemy and Alembic are loaded when
a store is opened.
"""

from meetsched.store.records import (
    Draft,
    DraftMove,
    Feed,
    FeedKind,
    Job,
    JobState,
    Made,
    Project,
    Version,
    VersionKind,
)

__all__ = [
    "Draft",
    "DraftMove",
    "Feed",
    "FeedKind",
    "Job",
    "JobState",
    "Made",
    "Project",
    "Version",
    "VersionKind",
    "open_store",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from meetsched.store.store import Store


def open_store(url: str) -> "Store":
    """Open the store at an address, such as ``sqlite:///plans/meetsched.db``.

    One that is new is made, one of an earlier version is brought up to date.

    Raises
    ------
    StoreError
        It cannot be opened.
    """
    from meetsched.store.opening import open_engine
    from meetsched.store.store import Store

    return Store(open_engine(url))
