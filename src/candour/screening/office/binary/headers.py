"""The sections of a binary Word document (MS-DOC 2.8.26), and the headers and footers of each (MS-DOC 2.8.28)."""

import struct
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from candour.screening.office.binary import document_accounts, modifiers
from candour.screening.office.binary.information import HEADERS, SECTIONS, SETTINGS, Streams
from candour.screening.office.binary.paragraphs import Paragraph

AROUND = ("even header", "header", "even footer", "footer", "first header", "first footer")
"""In this order they stand in the story of headers, section by section, behind six separators of notes."""
_SEPARATORS = 6
_FIRST_PAGE = 0x300A


class Section(NamedTuple):
    """A section: its paragraphs, what stands around them, and whether first and even pages have their own."""

    paragraphs: list[Paragraph]
    around: dict[str, list[Paragraph]]
    own_first: bool
    own_even: bool


def sections(streams: Streams, text: Sequence[Paragraph], around: Sequence[Paragraph]) -> Iterator[Section]:
    """Yield the sections. Raises struct.error where their tables are cut off."""
    edges = _numbers(streams.part(SECTIONS), 12)
    settings = list(document_accounts.sections(streams)) or [b""]
    stories = _stories(streams, around)
    even = bool(streams.part(SETTINGS)[:1] and streams.part(SETTINGS)[0] & 1)
    before: dict[str, list[Paragraph]] = {name: [] for name in AROUND}
    for number in range(max(len(edges) - 1, 1)):
        begin = edges[number] if edges else 0
        last = number + 2 >= len(edges)
        found = [one for one in text if begin <= one.first and (last or one.first < edges[number + 1])]
        own = stories[number * len(AROUND) : (number + 1) * len(AROUND)]
        before = {name: story or before[name] for name, story in zip(AROUND, [*own, *[[]] * len(AROUND)], strict=False)}
        first = _is_set(settings[min(number, len(settings) - 1)], _FIRST_PAGE)
        yield Section(found, before, first, even)


def _stories(streams: Streams, around: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Return the paragraphs of each header and footer; none where a section has that of the one before."""
    edges = _numbers(streams.part(HEADERS), 0)[_SEPARATORS:]
    begin = around[0].first if around else 0
    return [[one for one in around if low <= one.first - begin < high] for low, high in pairwise(edges)]


def _numbers(table: bytes, more: int) -> list[int]:
    """Return the places in the text that a table tells of, each but the last with so many bytes more (PLC)."""
    count = (len(table) + more) // (4 + more)
    return list(struct.unpack_from(f"<{count}I", table)) if count > 0 and table else []


def _is_set(said: bytes, wanted: int) -> bool:
    return any(bool(value[0]) for sets, value in modifiers.each(said) if sets == wanted)
