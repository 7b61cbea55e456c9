"""Ways to spoil the bytes of a file, each the same for the same random numbers."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Mapping, Sequence

ODD_BYTES = (
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xb3",
    b"\r",
    b"\n",
    b"\r\n",
    b"\t",
    b'"',
    b"'",
    b";",
    b",",
)
"""Bytes that are wrong nearly everywhere: no text, another encoding, ends of lines, quotes."""

ODD_VALUES = (
    b"-1", b"1e999999999", b"9" * 5000, b"NaN", b"0", b"tak", b"all", b"never", b"../x", b"=1+1", b"#REF!",
    b"2027-13-45", b"14.01.2027", b"46036.5", b"99999999", b"24:00", b"9999-12-31T23:59", b"0001-01-01T00:00",
    "\u2028".encode(), "\u0663".encode(), b"x" * 40_000,
)  # fmt: skip


_IDLE = re.compile("comments|drawings|theme|docProps|worksheets/_rels")


def mutate_bytes(data: bytes, rng: random.Random, tokens: Sequence[bytes]) -> bytes:
    """Change, drop, repeat, swap or cut a few pieces, or put tokens of the format in."""
    spoilt = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(spoilt) + 1)
        length = rng.choice((1, 2, 8, 40, 400))
        match rng.randrange(8):
            case 0 if at < len(spoilt):
                spoilt[at] ^= 1 << rng.randrange(8)
            case 1:
                del spoilt[at : at + length]
            case 2:
                spoilt[at:at] = spoilt[at : at + length] * rng.choice((1, 2, 50))
            case 3:
                spoilt[at:at] = rng.choice(ODD_BYTES)
            case 4:
                spoilt[at : at + rng.choice((0, length))] = rng.choice(ODD_VALUES)
            case 5 | 6:
                spoilt[at : at + rng.choice((0, length))] = rng.choice(tokens)
            case _ if rng.random() < 0.2:
                del spoilt[at:]
    return bytes(spoilt)


def mutate_lines(data: bytes, rng: random.Random) -> bytes:
    """Drop, repeat, swap or indent lines."""
    lines = data.splitlines(keepends=True) or [b""]
    for _ in range(rng.randint(1, 3)):
        at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
        match rng.randrange(4):
            case 0 if len(lines) > 1:
                del lines[at]
            case 1:
                lines.insert(to, lines[at])
            case 2:
                lines[at], lines[to] = lines[to], lines[at]
            case _:
                lines[at] = b"  " + lines[at]
    return b"".join(lines)


def mutate_text(data: bytes, rng: random.Random, tokens: Sequence[bytes]) -> bytes:
    """Spoil a text by its lines or by its bytes."""
    return mutate_lines(data, rng) if rng.random() < 0.3 else mutate_bytes(data, rng, tokens)


def mutate_archive(data: bytes, rng: random.Random, tokens: Sequence[bytes]) -> bytes:
    """Spoil a zip archive: mostly what is packed in it, at times the archive itself."""
    if rng.random() < 0.15:
        return mutate_bytes(data, rng, tokens)
    members = _members(data)
    for _ in range(rng.choice((1, 1, 1, 3))):
        name = rng.choice(list(members))
        match rng.randrange(20):
            case 0 if len(members) > 1:
                del members[name]
            case 1:
                members[rng.choice(list(members))] = members[name]
            case _:
                members[name] = mutate_bytes(members[name], rng, tokens)
    return _packed(members)


def bare_archive(data: bytes) -> bytes:
    """Return a workbook's archive without its comments and drawings, which are not read."""
    return _packed({name: content for name, content in _members(data).items() if not _IDLE.search(name)})


def _members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()
