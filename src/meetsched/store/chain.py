"""The hash of a version: over all that it says, its parent's hash among it."""

from __future__ import annotations

import json
from hashlib import sha256

from meetsched.store.desk import moment_text
from meetsched.store.records import Version


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, hexadecimal."""
    return sha256(text.encode()).hexdigest()


def version_hash(version: Version, parent_hash: str | None) -> str:
    """Return the hash that a version must have."""
    said = (
        version.project,
        version.number,
        version.parent,
        parent_hash,
        version.kind.value,
        version.instance_sha256,
        version.plan_sha256,
        version.made.author,
        version.made.note,
        programs_text(version.made.programs),
        moment_text(version.created),
    )
    return text_hash(json.dumps(said, ensure_ascii=False, separators=(",", ":")))


def programs_text(programs: tuple[tuple[str, str], ...]) -> str:
    """Return the versions of programs as they are kept."""
    return json.dumps(dict(programs), ensure_ascii=False, sort_keys=True)
