"""The file information block of a binary Word document (MS-DOC 2.5): where in the file its text and its tables lie."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from candour.screening.findings import Unreadable
from candour.screening.office.binary import modifiers
from candour.screening.office.binary.compound import Compound

STYLES, SECTIONS, HEADERS, LETTERS, PARAGRAPHS = 1, 6, 11, 12, 13
BOOKMARKS, SETTINGS, ASSOCIATED, TEXT, COMMENTERS, MERGE, DRAWINGS = 21, 31, 32, 33, 36, 44, 50
REVIEWERS, VARIABLES, ROUTE, SAVED_BY, LISTS, OVERRIDES, LIST_NAMES = 51, 60, 70, 71, 73, 74, 91
"""Places among the tables (FibRgFcLcb97, MS-DOC 2.5.6)."""
PRINTER, THREADS, LIST_CODES = (27, 28, 29), 94, 96
"""The settings of a printer; who wrote which mail in it; what tells lists apart."""
FILE_TIME = 87
"""The place that holds a time instead of a table."""
STORIES = (
    "document",
    "footnotes",
    "headers and footers",
    "macros",
    "comments",
    "endnotes",
    "text boxes",
    "boxes above",
)
"""The stories in the order in which their letters stand, one after another."""
_ENCRYPTED, _TABLE_1, _OLDEST = 0x100, 0x200, 0xC1
_COUNTS, _TABLES, _OTHER_TEXTS = 0x4C, 0x9A, 0x08
_MOST_TABLES = 183
_NARROW = 0x40000000
PAGE = 512


class Piece(NamedTuple):
    """A piece of the text: its first letter, where it lies, its letters of one byte or two, what it sets of them."""

    first: int
    begin: int
    letters: int
    narrow: bool
    sets: bytes = b""

    @property
    def wide(self) -> int:
        """Bytes of a letter."""
        return 1 if self.narrow else 2

    @property
    def end(self) -> int:
        return self.begin + self.letters * self.wide

    def text(self, main: bytes, begin: int, end: int) -> str:
        """Return the letters of it between two places of the main stream."""
        low, high = max(begin, self.begin), min(end, self.end)
        return main[low:high].decode("cp1252" if self.narrow else "utf-16-le", "replace") if low < high else ""


class Table(NamedTuple):
    """A table of the document: its place among them, where it begins in its stream, and its bytes."""

    number: int
    begin: int
    content: bytes


@dataclass
class Streams:
    """The main stream of a document, the streams of its tables and of its data, and the pieces of its text."""

    main: bytes
    table: bytes
    data: bytes
    named: str
    pieces: list[Piece] = field(default_factory=list)

    def part(self, number: int) -> bytes:
        """Return a table; b"" where there is none."""
        place, size = self._placed(number) if number < self._count() else (0, 0)
        return self.table[place : place + size]

    def place(self, number: int) -> int:
        """Return where a table begins in its stream."""
        return self._placed(number)[0]

    @property
    def head(self) -> int:
        """Bytes of the information block itself (MS-DOC 2.5.1)."""
        end = _TABLES + 8 * self._count()
        more = struct.unpack_from("<H", self.main, end)[0]
        return int(end + 2 + 2 * more)

    def tables(self) -> Iterator[Table]:
        """Yield the tables that there are."""
        for number in range(min(self._count(), _MOST_TABLES)):
            place, size = self._placed(number)
            if size and number != FILE_TIME:
                yield Table(number, place, self.table[place : place + size])

    def _count(self) -> int:
        """Return how many places for tables there are."""
        return int(struct.unpack_from("<H", self.main, _TABLES - 2)[0])

    @property
    def more_tables(self) -> bool:
        """Whether there are tables of a later version than any that is known."""
        return self._count() > _MOST_TABLES

    def _placed(self, number: int) -> tuple[int, int]:
        place, size = struct.unpack_from("<II", self.main, _TABLES + 8 * number)
        return place, size

    @property
    def counts(self) -> dict[str, int]:
        """How many letters each story has (MS-DOC 2.5.4)."""
        found = struct.unpack_from("<8i", self.main, _COUNTS)
        return {name: max(count, 0) for name, count in zip(STORIES, found, strict=True)}

    @property
    def has_other_texts(self) -> bool:
        """Whether building blocks, a document of their own, stand behind this one (pnNext, MS-DOC 2.5.2)."""
        return bool(struct.unpack_from("<H", self.main, _OTHER_TEXTS)[0])


def opened(file: Compound) -> Streams:
    """Open a document. Raises Unreadable where it is locked or too old; struct.error where it is damaged."""
    main = file.read("WordDocument")
    (version,) = struct.unpack_from("<H", main, 2)
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if version < _OLDEST:
        raise Unreadable("it was written by a Word before 97")
    if flags & _ENCRYPTED:
        raise Unreadable("it is locked with a password")
    named = "1Table" if flags & _TABLE_1 else "0Table"
    found = Streams(main, file.read(named), file.read("Data"), named)
    found.pieces = list(_pieces(found.part(TEXT)))
    return found


def _pieces(clx: bytes) -> Iterator[Piece]:
    """Yield where the pieces of the text lie (MS-DOC 2.8.35), and what is set for all of each."""
    at, more = 0, list[bytes]()
    while at < len(clx) and clx[at] == 1:
        size = int.from_bytes(clx[at + 1 : at + 3], "little")
        more.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
    (size,) = struct.unpack_from("<I", clx, at + 1) if at < len(clx) else (0,)
    table = clx[at + 5 : at + 5 + size]
    count = max((len(table) - 4) // 12, 0)
    places = struct.unpack_from(f"<{count + 1}I", table) if count else ()
    for number in range(count):
        place, settings = struct.unpack_from("<IH", table, 4 * (count + 1) + 8 * number + 2)
        narrow = bool(place & _NARROW)
        begin = (place & ~_NARROW) // 2 if narrow else place
        letters = max(places[number + 1] - places[number], 0)
        yield Piece(places[number], begin, letters, narrow, modifiers.of_piece(settings, more))


def pages(places: bytes) -> list[int]:
    """Return where the pages of formats lie in the main stream (MS-DOC 2.8.5, 2.8.6)."""
    count = max((len(places) - 4) // 8, 0)
    numbers = struct.unpack_from(f"<{count}I", places, 4 * (count + 1)) if count else ()
    return [(number & 0x3FFFFF) * PAGE for number in numbers]
