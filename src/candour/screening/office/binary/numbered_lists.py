"""The lists of a binary Word document (MS-DOC 2.9.150, 2.9.131): how each of their levels is numbered."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from candour.screening.office.binary.information import LISTS, OVERRIDES, Streams

_LIST, _LEVEL, _OVERRIDE = 28, 28, 16
"""Bytes of what is told of a list, of a level, of a use of a list."""
_LEVELS, _SIMPLE = 9, 1
_MOST = 4_000


class Level(NamedTuple):
    """A level: where it begins to count, in which form (MS-OSHARED 2.2.1.3), its pattern: `%1` is the first number."""

    start: int
    form: int
    pattern: str
    sets: tuple[bytes, bytes]
    """What it sets of paragraphs and of letters."""


@dataclass
class Lists:
    """The levels of each list by its name, the name of the list by the number of its use, and where all that ends."""

    levels: dict[int, list[Level]] = field(default_factory=dict)
    uses: Mapping[int, int] = field(default_factory=dict)
    begin: int = 0
    end: int = 0
    """Where in the stream of tables the levels lie: behind the table of lists, and not counted with it."""


def read(streams: Streams) -> Lists:
    """Read the lists. Raises struct.error where they are cut off."""
    table, uses = streams.part(LISTS), streams.part(OVERRIDES)
    found = Lists(uses=_uses(uses))
    if len(table) < 2:  # noqa: PLR2004 - how many there are
        return found
    count = min(struct.unpack_from("<H", table)[0], _MOST)
    found.begin = found.end = streams.place(LISTS) + len(table)
    for number in range(count):
        name, flags = struct.unpack_from("<i22xB", table, 2 + _LIST * number)
        found.levels[name] = []
        for _ in range(1 if flags & _SIMPLE else _LEVELS):
            level, found.end = _level(streams.table, found.end)
            found.levels[name].append(level)
    return found


def _uses(table: bytes) -> dict[int, int]:
    count = min(struct.unpack_from("<I", table)[0], _MOST) if table else 0
    return {number + 1: struct.unpack_from("<i", table, 4 + _OVERRIDE * number)[0] for number in range(count)}


def _level(table: bytes, at: int) -> tuple[Level, int]:
    """Read a level, and say where the next begins."""
    start, form, letters, paragraph = struct.unpack_from("<iB19xBB2x", table, at)
    at += _LEVEL
    middle, end = at + paragraph, at + paragraph + letters
    sets = table[at:middle], table[middle:end]
    (count,) = struct.unpack_from("<H", table, end)
    text = table[end + 2 : end + 2 + 2 * count].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(one) + 1}" if ord(one) < _LEVELS else one for one in text)
    return Level(start, form, pattern, sets), end + 2 + 2 * count
