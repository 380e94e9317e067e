"""The records of a binary presentation (MS-PPT): its texts, hidden slides, speaker notes and comments."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

_CONTAINER = 0xF
_NOTES, _SHOW_INFO, _CHARS, _BYTES, _NAMED, _COMMENT = 0x03F0, 0x03F9, 0x0FA0, 0x0FA8, 0x0FBA, 0x2EE0
_OBJECTS = (0x1011, 0x0FEE, 0x1006)
"""Storages of objects and of programs, links to objects, controls (MS-PPT 2.10.34, 2.10.31, 2.10.10)."""
_SAVED = 0x0FF5
"""What each save writes (MS-PPT 2.3.3): more than one, and the earlier states are still there."""
_HIDDEN = 0x0004
_LOCKED = 0xF3D1C4DF
_DEEPEST = 30


@dataclass
class Slides:
    """What a presentation holds; counts of slides, but for the texts."""

    texts: list[str] = field(default_factory=list)
    hidden: int = 0
    notes: int = 0
    comments: int = 0
    objects: int = 0
    saves: int = 0


def is_locked(user: bytes) -> bool:
    """Say whether the stream of the current user tells that the presentation is encrypted (MS-PPT 2.3.2)."""
    return len(user) >= 16 and struct.unpack_from("<I", user, 12)[0] == _LOCKED  # noqa: PLR2004


def read(stream: bytes) -> Slides:
    """Read all records of the main stream."""
    found = Slides()
    for kind, data, within in _records(stream, ()):
        if kind in (_CHARS, _BYTES, _NAMED):
            text = data.decode("latin-1" if kind == _BYTES else "utf-16-le", "replace")
            found.texts.append(text.replace("\r", "\n"))
            found.notes += _NOTES in within and bool(text.strip("*\r\n "))
        elif kind == _SHOW_INFO and len(data) >= 12:  # noqa: PLR2004 - MS-PPT 2.6.6
            found.hidden += bool(struct.unpack_from("<H", data, 10)[0] & _HIDDEN)
        elif kind == _COMMENT:
            found.comments += 1
        found.objects += kind in _OBJECTS
        found.saves += kind == _SAVED
    return found


def _records(stream: bytes, within: tuple[int, ...]) -> Iterator[tuple[int, bytes, tuple[int, ...]]]:
    """Yield (type, bytes, the containers it lies in) of each record and those inside it."""
    at = 0
    while at + 8 <= len(stream):
        version, kind, size = struct.unpack_from("<HHI", stream, at)
        if kind == 0:
            return
        data = stream[at + 8 : at + 8 + size]
        yield kind, data, within
        if version & 0xF == _CONTAINER and len(within) < _DEEPEST:
            yield from _records(data, (*within, kind))
        at += 8 + size
