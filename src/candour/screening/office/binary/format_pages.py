"""The pages of formats of a binary Word document (MS-DOC 2.9.33, 2.9.175): what is set for which bytes of it."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from candour.screening.office.binary import information
from candour.screening.office.binary.information import LETTERS, PAGE, PARAGRAPHS, Streams

_OF_A_PARAGRAPH = 13
"""Bytes for each paragraph on a page, of which the first says where its format lies."""


class Format(NamedTuple):
    """What is set between two places of the main stream; `style` is the number of a paragraph's style."""

    begin: int
    end: int
    sets: bytes
    style: int = 0


_NOTHING = Format(0, 0, b"")


class Formats:
    """Formats in the order of the stream, asked for by a place in it."""

    def __init__(self, found: Iterator[Format]) -> None:
        self.found = sorted(found, key=lambda one: (one.begin, one.end))
        self._begins = [one.begin for one in self.found]

    @property
    def edges(self) -> set[int]:
        """Where formats begin and end."""
        return {edge for one in self.found for edge in (one.begin, one.end)}

    def at(self, place: int) -> Format:
        """Return what is set at a place of the stream; nothing where nobody says."""
        number = bisect_right(self._begins, place) - 1
        found = self.found[number] if number >= 0 else _NOTHING
        return found if found.begin <= place < found.end else _NOTHING


def of_letters(streams: Streams) -> Formats:
    """Return what is set of letters."""
    return Formats(one for page in _pages(streams, LETTERS) for one in _letters(page))


def of_paragraphs(streams: Streams) -> Formats:
    """Return what is set of paragraphs."""
    return Formats(one for page in _pages(streams, PARAGRAPHS) for one in _paragraphs(page))


def _pages(streams: Streams, number: int) -> Iterator[bytes]:
    for place in information.pages(streams.part(number)):
        page = streams.main[place : place + PAGE]
        if len(page) < PAGE:
            raise struct.error("a page of formats is cut off")
        yield page


def _letters(page: bytes) -> Iterator[Format]:
    count, at = page[-1], 4 * (page[-1] + 1)
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        begin = 2 * page[at + number]
        sets = page[begin + 1 : begin + 1 + page[begin]] if begin else b""
        yield Format(places[number], places[number + 1], sets)


def _paragraphs(page: bytes) -> Iterator[Format]:
    count, at = page[-1], 4 * (page[-1] + 1)
    places = struct.unpack_from(f"<{count + 1}I", page)
    for number in range(count):
        begin = 2 * page[at + _OF_A_PARAGRAPH * number]
        said = _of_a_paragraph(page, begin) if begin else b""
        style = int.from_bytes(said[:2], "little")
        yield Format(places[number], places[number + 1], said[2:], style)


def _of_a_paragraph(page: bytes, begin: int) -> bytes:
    """Return the number of a style and what is set; its length is told in words, by the first byte or the second."""
    if page[begin]:
        return page[begin + 1 : begin + 2 * page[begin]]
    return page[begin + 2 : begin + 2 + 2 * page[begin + 1]]
