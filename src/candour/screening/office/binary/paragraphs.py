"""The paragraphs of a binary Word document (MS-DOC 2.4.2, 2.4.3): their letters with their looks, story by story."""

import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from candour.screening.office.binary import format_pages, information, letter_looks, table_rows
from candour.screening.office.binary.information import Piece, Streams
from candour.screening.office.binary.letter_looks import Look, Words
from candour.screening.office.binary.stylesheet import Styles
from candour.screening.office.colours import Colour

AFTER = "after its end"
"""The story of letters that no story counts."""
_MARKS = "\r\x07\x0c"
_PARTS = re.compile("[^\r\x07\x0c]*[\r\x07\x0c]|[^\r\x07\x0c]+")
_IN_TABLE, _ENDS_ROW, _DEPTH, _ENDS_INNER_CELL, _ENDS_INNER_ROW = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_HUGE, _ELSEWHERE, _SHADES = 0x6646, 0x646B, (0xC64D, 0x442D)
_MOST = 20_000_000
_OUTLINE, _LIST, _LEVEL = 0x2640, 0x460B, 0x260A
_BODY = 9


@dataclass
class Paragraph:
    """A paragraph: its story, letters, style, what is set of it, the sign that ends it; `ground` is its colour."""

    story: str
    words: list[Words] = field(default_factory=list)
    style: int = 0
    look: Look = field(default_factory=dict)
    mark: str = ""
    first: int = 0
    """Where its first letter stands in the text."""
    ground: Colour | None = None

    def number(self, sets: int, otherwise: int = 0) -> int:
        """Return what a modifier sets for it, as a number."""
        return int.from_bytes(self.look[sets], "little") if sets in self.look else otherwise

    @property
    def text(self) -> str:
        return "".join(words.text for words in self.words)

    @property
    def in_table(self) -> bool:
        return bool(self.number(_IN_TABLE))

    @property
    def depth(self) -> int:
        """How deep in tables it stands; 0 outside of any."""
        return max(self.number(_DEPTH, 1), 1) if self.in_table else 0

    @property
    def ends_row(self) -> bool:
        return bool(self.number(_ENDS_ROW) or self.number(_ENDS_INNER_ROW))

    @property
    def ends_cell(self) -> bool:
        return self.mark == "\x07" or bool(self.number(_ENDS_INNER_CELL))

    @property
    def outline(self) -> int:
        """The level of a heading that is set for it alone, from 1; 0 for none."""
        level = self.number(_OUTLINE, _BODY)
        return level + 1 if level < _BODY else 0

    @property
    def listed(self) -> tuple[int, int]:
        """The number of the list it stands in, 0 for none, and on which level."""
        return self.number(_LIST), self.number(_LEVEL)


def read(streams: Streams, styles: Styles) -> list[Paragraph]:
    """Return the paragraphs of all stories. Raises struct.error where the document is damaged."""
    reader = _Reader(streams, styles)
    found = list(reader.paragraphs())
    _colour(found)
    return found


def _colour(paragraphs: Sequence[Paragraph]) -> None:
    """Give each paragraph in a table the ground of its cell, unless it has one of its own."""
    waiting: list[tuple[int, Paragraph]] = []
    cell = 0
    for one in paragraphs:
        if not one.in_table:
            waiting, cell = [], 0
        elif one.ends_row and one.depth == 1:
            grounds = table_rows.grounds(one.look)
            for number, paragraph in waiting:
                paragraph.ground = paragraph.ground or grounds.get(number)
            waiting, cell = [], 0
        else:
            waiting.append((cell, one))
            cell += one.mark == "\x07"


class _Reader:
    """Reads a document's pieces letter by letter, with what the pages of formats set for them."""

    def __init__(self, streams: Streams, styles: Styles) -> None:
        self.streams, self.styles = streams, styles
        self.letters = format_pages.of_letters(streams)
        self.marks = format_pages.of_paragraphs(streams)
        self._edges = sorted({*self.letters.edges, *self.marks.edges})
        self._ends = list(accumulate(streams.counts.values()))
        self._known: dict[tuple[int, bytes], Look] = {}

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs; what stands behind the last sign that ends one is told too."""
        waiting: list[tuple[str, bytes]] = []
        place = begin = 0
        for text, place, first, sets in self._by_story():
            if waiting and self._story(begin) != self._story(first):
                yield self._paragraph(begin, waiting, place)
                waiting = []
            begin = begin if waiting else first
            waiting.append((text, sets))
            if text[-1] in _MARKS:
                yield self._paragraph(begin, waiting, place)
                waiting = []
        if waiting:
            yield self._paragraph(begin, waiting, place)

    def _story(self, first: int) -> str:
        number = bisect_right(self._ends, first)
        return information.STORIES[number] if number < len(information.STORIES) else AFTER

    def _by_story(self) -> Iterator[tuple[str, int, int, bytes]]:
        """Yield letters that are set alike and of one story: where one ends, no sign has to stand."""
        for text, place, first, sets in self._segments():
            cuts = [end - first for end in self._ends if first < end < first + len(text)]
            for low, high in pairwise([0, *cuts, len(text)]):
                if low < high:
                    yield text[low:high], place, first + low, sets

    def _segments(self) -> Iterator[tuple[str, int, int, bytes]]:
        """Yield letters that are set alike: where they lie in the stream and in the text, and what is set."""
        left = _MOST
        for piece in self.streams.pieces:
            low, high = bisect_right(self._edges, piece.begin), bisect_left(self._edges, piece.end)
            for begin, end in pairwise([piece.begin, *self._edges[low:high], piece.end]):
                place = begin
                for part in _PARTS.findall(piece.text(self.streams.main, begin, end)):
                    yield part, place, piece.first + (place - piece.begin) // piece.wide, self._set(place, piece)
                    place += len(part.encode("utf-16-le", "surrogatepass")) // 2 * piece.wide
                    left -= len(part)
            if left < 0:
                return

    def _set(self, place: int, piece: Piece) -> bytes:
        return self.letters.at(place).sets + piece.sets

    def _paragraph(self, first: int, waiting: list[tuple[str, bytes]], place: int) -> Paragraph:
        """Put a paragraph together; what is set of it is told where the sign stands that ends it."""
        about = self.marks.at(place)
        look = self._laid(about.sets, self.styles.paragraphs.get(about.style, {}))
        words = [Words(text, self._look(about.style, sets)) for text, sets in waiting]
        mark = words[-1].text[-1] if words[-1].text[-1] in _MARKS else ""
        words[-1] = Words(words[-1].text.removesuffix(mark), words[-1].look)
        ground = letter_looks.shade(look, *_SHADES)
        return Paragraph(self._story(first), words, about.style, look, mark, first, ground)

    def _laid(self, sets: bytes, below: Look) -> Look:
        """Lay what is set of a paragraph over its style; a long list of it lies in the stream of data."""
        found = letter_looks.laid(sets, below, {})
        for elsewhere in (_HUGE, _ELSEWHERE):
            if elsewhere in found:
                place = int.from_bytes(found[elsewhere], "little")
                (size,) = struct.unpack_from("<H", self.streams.data, place)
                found = letter_looks.laid(self.streams.data[place + 2 : place + 2 + size], found, {})
        return found

    def _look(self, style: int, sets: bytes) -> Look:
        known = (style, sets)
        if known not in self._known:
            self._known[known] = letter_looks.laid(sets, self.styles.letters.get(style, {}), self.styles.letters)
        return self._known[known]
