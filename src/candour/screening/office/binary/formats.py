"""The formats of letters in a binary Word document (MS-DOC): what hides a run of them, or tracks a change."""

import struct
from collections.abc import Iterator
from typing import NamedTuple

HIDDEN, INSERTED, DELETED = "hidden", "inserted", "deleted"
FAINT, TINY, BLACKED = "faint", "tiny", "blacked"

_PAGE = 512
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of an operand, by the highest three bits of what it sets; those of kind 6 say their length themselves."""
_SWITCHES = {0x083C: HIDDEN, 0x0801: INSERTED, 0x0800: DELETED}
_SHORT = {0x5C: 0x083C, 0x42: 0x0801, 0x41: 0x0800}
"""What a piece of text may set in one byte (Prm0, MS-DOC 2.9.215)."""
_COLOUR, _COLOUR_OF_16, _SIZE, _MARKER = 0x6870, 0x2A42, 0x4A43, 0x2A0C
_WHITE, _WHITE_OF_16, _TINIEST, _BLACK = 0x00FFFFFF, 8, 2, 1
"""White as red, green and blue and as the eighth of sixteen colours; half points; black as a marker's colour."""


class Run(NamedTuple):
    """Letters between two places of the stream, and what is done to them."""

    begin: int
    end: int
    what: str


def runs(main: bytes, places: bytes) -> Iterator[Run]:
    """Yield the runs that a format hides or tracks; `places` are those of the pages of formats (MS-DOC 2.8.5)."""
    for page in pages(places):
        yield from _of_page(main[page : page + _PAGE])


def pages(places: bytes) -> list[int]:
    """Return where the pages of formats lie in the stream."""
    count = max((len(places) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", places, 4 * (count + 1)) if count else ()
    return [(number & 0x3FFFFF) * _PAGE for number in numbers]


def _of_page(page: bytes) -> Iterator[Run]:
    count = page[-1] if len(page) == _PAGE else 0
    places = struct.unpack_from(f"<{count + 1}I", page) if 4 * (count + 1) + count < _PAGE else (0,)
    for number in range(len(places) - 1):
        place = 2 * page[4 * (count + 1) + number]
        if place:
            for what in done(page[place + 1 : place + 1 + page[place]]):
                yield Run(places[number], places[number + 1], what)


def done(said: bytes) -> Iterator[str]:
    """Yield what the properties of a run do to it (MS-DOC 2.6.1)."""
    at = 0
    while at + 2 < len(said):
        (sets,) = struct.unpack_from("<H", said, at)
        kind = sets >> 13
        size = said[at + 2] + 1 if kind == 6 else _SIZES[kind]  # noqa: PLR2004 - of a length that it says itself
        value = int.from_bytes(said[at + 2 : at + 2 + size], "little")
        if what := _done(sets, value):
            yield what
        at += 2 + size


def of_piece(settings: int, more: list[bytes]) -> list[str]:
    """Return what a piece of text sets for all its letters, in one byte or in one of some lists of properties."""
    if settings & 1:
        number = settings >> 1
        return list(done(more[number])) if number < len(more) else []
    sets = _SHORT.get(settings >> 1 & 0x7F)
    what = _done(sets, settings >> 8) if sets else ""
    return [what] if what else []


def _done(sets: int, value: int) -> str:
    if sets in _SWITCHES:
        return _SWITCHES[sets] if value else ""
    if (sets, value) in ((_COLOUR, _WHITE), (_COLOUR_OF_16, _WHITE_OF_16)):
        return FAINT
    if sets == _SIZE and value <= _TINIEST:
        return TINY
    return BLACKED if (sets, value) == (_MARKER, _BLACK) else ""
