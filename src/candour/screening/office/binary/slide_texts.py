"""The texts of a binary presentation (MS-PPT 2.9): their letters, run by run, with their sizes and colours."""

import struct
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from candour.screening.office.binary.slide_records import Node
from candour.screening.office.colours import Colour

HEADER, CHARS, BYTES, STYLE = 0xF9F, 0xFA0, 0xFA8, 0xFA1
_TITLES = (0, 6)
"""Kinds of text: a title, and one in the middle of its slide (MS-PPT 2.13.33)."""
_WRITTEN, _SCHEME = 0xFE, range(8)
_PARAGRAPH = ((0xF, 2), (0x80, 2), (0x10, 2), (0x40, 2), (0x20, 4), (0x800, 2), (0x1000, 2), (0x2000, 2), (0x4000, 2))
_PARAGRAPH_THEN = ((0x100, 2), (0x400, 2), (0x8000, 2))
_PARAGRAPH_LAST = ((0x10000, 2), (0xE0000, 2), (0x200000, 2))
_TABS = 0x100000
"""What is said of a paragraph, in this order, by the bit that tells of it, with its bytes (MS-PPT 2.9.20)."""
_STYLES, _FONTS, _SIZE, _COLOUR, _POSITION = 0x3EB7, (0x10000, 0x200000, 0x400000, 0x800000), 0x20000, 0x40000, 0x80000
"""What is said of letters (MS-PPT 2.9.14)."""


class Run(NamedTuple):
    """Letters that look alike; points and a colour, where they are set."""

    text: str
    size: int | None = None
    colour: Colour | None = None
    bold: bool = False
    italic: bool = False


class Words(NamedTuple):
    """A text: its runs, and whether it is a title."""

    runs: tuple[Run, ...]
    title: bool

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def read(records: Iterable[Node], scheme: list[Colour]) -> Iterator[Words]:
    """Yield the texts among some records, each from its head on. Raises struct.error where what is set is cut off."""
    kind, text, style = -1, "", b""
    for one in records:
        if one.kind == HEADER:
            if kind >= 0:
                yield _words(kind, text, style, scheme)
            kind, text, style = int.from_bytes(one.data[:4], "little"), "", b""
        elif one.kind in (CHARS, BYTES):
            text += one.data.decode("latin-1" if one.kind == BYTES else "utf-16-le", "replace")
        elif one.kind == STYLE:
            style = one.data
    if kind >= 0 or text:
        yield _words(kind, text, style, scheme)


def _words(kind: int, text: str, style: bytes, scheme: list[Colour]) -> Words:
    runs = tuple(_runs(text, style, scheme)) if style else (Run(text),)
    return Words(runs, kind in _TITLES)


def _runs(text: str, style: bytes, scheme: list[Colour]) -> Iterator[Run]:
    """Yield the runs of a text: first paragraphs are told, then letters, each until all are counted."""
    at = counted = 0
    while counted < len(text) + 1 and at + 10 <= len(style):
        count, mask = struct.unpack_from("<I2xI", style, at)
        at = _after_paragraph(style, at + 10, mask)
        counted += count
    place = 0
    while place < len(text) + 1 and at + 8 <= len(style):
        count, mask = struct.unpack_from("<II", style, at)
        run, at = _letters(style, at + 8, mask, scheme)
        yield run._replace(text=text[place : place + count])
        place += max(count, 1)
    if place < len(text):
        yield Run(text[place:])


def _after_paragraph(style: bytes, at: int, mask: int) -> int:
    for bits, size in (*_PARAGRAPH, *_PARAGRAPH_THEN):
        at += size if mask & bits else 0
    if mask & _TABS:
        at += 2 + 4 * int(struct.unpack_from("<H", style, at)[0])
    return at + sum(size for bits, size in _PARAGRAPH_LAST if mask & bits)


def _letters(style: bytes, at: int, mask: int, scheme: list[Colour]) -> tuple[Run, int]:
    flags, size, colour = 0, None, None
    if mask & _STYLES:
        (flags,) = struct.unpack_from("<H", style, at)
        at += 2
    at += sum(2 for bit in _FONTS if mask & bit)
    if mask & _SIZE:
        (size,) = struct.unpack_from("<H", style, at)
        at += 2
    if mask & _COLOUR:
        colour = of_scheme(*struct.unpack_from("<4B", style, at), scheme=scheme)
        at += 4
    return Run("", size, colour, bool(flags & 1), bool(flags & 2)), at + (2 if mask & _POSITION else 0)


def of_scheme(red: int, green: int, blue: int, index: int, *, scheme: list[Colour]) -> Colour | None:
    """Return a colour that is written out or that of a scheme (ColorIndexStruct, MS-PPT 2.12.2); None for another."""
    if index == _WRITTEN:
        return red, green, blue
    return scheme[index] if index in _SCHEME and index < len(scheme) else None
