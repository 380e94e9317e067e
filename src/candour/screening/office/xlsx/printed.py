"""The headers and footers of printed sheets: their text, without the codes in it, and how its letters look."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from candour.screening.office import elements
from candour.screening.office.colours import BLACK, Colour, hexadecimal
from candour.screening.office.elements import Element

_NAMES = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_CODE = re.compile(r'&(?:(?P<part>[LCR])|(?P<size>\d{1,3})|K(?P<colour>[0-9A-Fa-f]{6})|"[^"]*"|K\d\d[+-]\d{3}|.)')
"""Codes in a header (ECMA-376 part 1, 18.3.1.46): a new part, the size of letters, their colour, and all others."""
_USUAL = 10.0


class Piece(NamedTuple):
    """Letters of a header or footer that look alike: their size in points, and their colour."""

    text: str
    size: float
    colour: Colour


def headers(frame: Element | None) -> list[str]:
    """Return the headers and footers of a sheet as the file has them."""
    return [one.text or "" for one in elements.named(elements.child(frame, "headerFooter"), *_NAMES)]


def pieces(header: str) -> Iterator[Piece]:
    """Yield the pieces of a header; each of its parts begins with usual letters."""
    size, colour, begins = _USUAL, BLACK, 0
    for code in _CODE.finditer(header):
        yield Piece(header[begins : code.start()], size, colour)
        begins = code.end()
        if code["part"]:
            size, colour = _USUAL, BLACK
        size = float(code["size"] or size)
        colour = hexadecimal(code["colour"] or "") or colour
    yield Piece(header[begins:], size, colour)
