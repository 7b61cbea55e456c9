"""What the server and the process that works for it say to each other: a line of JSON each."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any, TypeAlias

from meetsched.store import JobState, VersionKind

STOP = "stop"
"""What the server says when somebody wants no more than the best so far."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be done.

    Attributes
    ----------
    kind : str
        The name of a module of `meetsched.web.jobs.kinds`.
    instance : str
        The text of the version that the work goes on from.
    plan, published : str or None
        The text of that version's plan (where it has none, of that of the nearest version before it), and
        of the plan that was published last.
    options : dict
        How it is to be done; JSON-ready.
    """

    kind: str
    instance: str
    plan: str | None = None
    published: str | None = None
    options: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stage:
    """How far one search is: a tier, or a city's ideal."""

    tier: str
    city: str | None
    value: int | None
    bound: int | None
    seconds: float
    finished: bool = False
    proven: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """News in words."""

    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """How the work has ended.

    Attributes
    ----------
    state : JobState
    plan : str or None
        The text of a plan that becomes a version, of the kind `version`.
    document : dict or None
        What else came of it; JSON-ready.
    message : str
        What there is to say.
    """

    state: JobState
    plan: str | None = None
    version: VersionKind = VersionKind.SOLVED
    document: dict[str, Any] | None = None
    message: str = ""


News: TypeAlias = Stage | Note | Result

_KINDS: dict[str, type[Stage | Note | Result]] = {"stage": Stage, "note": Note, "result": Result}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def request_line(request: Request) -> str:
    """Return a request as a line."""
    return json.dumps(asdict(request)) + "\n"


def read_request(line: str) -> Request:
    """Return the request of a line."""
    return Request(**json.loads(line))


def news_line(news: News) -> str:
    """Return news as a line."""
    return json.dumps([_NAMES[type(news)], asdict(news)]) + "\n"


def read_news(line: str) -> News:
    """Return the news of a line."""
    name, values = json.loads(line)
    if name == "result":
        values["state"] = JobState(values["state"])
        values["version"] = VersionKind(values.get("version", VersionKind.SOLVED))
    return _KINDS[name](**values)
