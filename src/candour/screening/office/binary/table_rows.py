"""The rows of tables in a binary Word document (MS-DOC 2.6.3): the ground of each cell, and rows and cells not seen."""

import struct
from collections.abc import Iterator
from itertools import pairwise

from candour.screening.office.binary import letter_looks
from candour.screening.office.binary.letter_looks import Look
from candour.screening.office.colours import Colour

_CELLS, _HEIGHT, _SHADE_OF_SOME = 0xD608, 0x9407, (0xD62D, 0xD62E)
_SHADES = ((0xD612, 0), (0xD616, 22), (0xD60C, 44))
"""Whole shades of the cells, and of which cell the first is."""
_SHORT_SHADES = 0xD609
_WHOLE, _SHORT = 10, 2
_FLAT, _NARROW = 40, 30
"""Twentieths of a point: rows of an exact height, and cells, that show nothing when they are as small."""


def grounds(look: Look) -> dict[int, Colour | None]:
    """Return the grounds of a row's cells, by their number."""
    short = look.get(_SHORT_SHADES, b"")
    found = {
        at // _SHORT: letter_looks.of_short_shade(short[at : at + _SHORT]) for at in range(0, len(short) - 1, _SHORT)
    }
    for sets, first in _SHADES:
        whole = look.get(sets, b"")
        for at in range(0, len(whole) - _WHOLE + 1, _WHOLE):
            found[first + at // _WHOLE] = letter_looks.of_shade(whole[at : at + _WHOLE])
    for sets in _SHADE_OF_SOME:
        if len(some := look.get(sets, b"")) >= 2 + _WHOLE:
            found |= dict.fromkeys(range(some[0], some[1]), letter_looks.of_shade(some[2:]))
    return found


def unseen(look: Look) -> Iterator[str]:
    """Yield what of a row is not seen: the row itself, or a cell of it."""
    height = int.from_bytes(look.get(_HEIGHT, b"\0\0"), "little", signed=True)
    if -_FLAT < height < 0:
        yield "a row of a table that is too low"
    cells = look.get(_CELLS, b"")
    count = cells[0] if cells else 0
    edges = struct.unpack_from(f"<{count + 1}h", cells, 1) if count else ()
    if any(two - one < _NARROW for one, two in pairwise(edges)):
        yield "a cell of a table that is too narrow"
