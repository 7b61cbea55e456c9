"""Server-sent events."""

from __future__ import annotations

from collections.abc import AsyncIterator

from fastapi.responses import StreamingResponse

_STILL_HERE = ": still here\n\n"


def event(name: str, data: str) -> str:
    """Return an event; its data may have several lines."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    return f"event: {name}\n{lines}\n"


def event_stream(events: AsyncIterator[str | None]) -> StreamingResponse:
    """Return the answer that sends events as they come; None among them says that nothing is new."""

    async def parts() -> AsyncIterator[str]:
        async for each in events:
            yield _STILL_HERE if each is None else each

    return StreamingResponse(parts(), media_type="text/event-stream")
