"""The letters of a binary Word document (MS-DOC): all of its text, and what of it is hidden or a tracked change."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from candour.screening.findings import Unreadable
from candour.screening.office.binary.compound import Compound

_ENCRYPTED, _TABLE_1 = 0x100, 0x200
_CLX, _CHPX, _COMMENTS = 33, 12, 4
"""Places in FibRgFcLcb97 (MS-DOC 2.5.6) of the pieces of text, the formats of letters, and the comments' references."""
_COUNTS = 0x4C
_PAGE = 512
_HIDDEN, _INSERTED, _DELETED = 0x083C, 0x0801, 0x0800
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_NARROW = 0x40000000
_LETTERS = 20_000_000


@dataclass(frozen=True)
class Words:
    """What a document says: all of its text, and the parts of it that are hidden or tracked; `comments` in letters."""

    text: str
    hidden: str
    changed: str
    comments: int

    @property
    def unseen(self) -> str:
        return f"{self.hidden}\n{self.changed}"


@dataclass(frozen=True)
class _Piece:
    begin: int
    count: int
    narrow: bool

    @property
    def end(self) -> int:
        return self.begin + self.count * (1 if self.narrow else 2)


def read(file: Compound) -> Words:
    """Read the text of a document. Raises Unreadable where it is locked; struct.error where it is damaged."""
    main = file.read("WordDocument")
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if flags & _ENCRYPTED:
        raise Unreadable("it is locked with a password")
    table = file.read("1Table" if flags & _TABLE_1 else "0Table")
    pieces = list(_pieces(_part(main, table, _CLX)))
    marked = [
        (sprm, _letters(main, pieces, begin, end)) for begin, end, sprm in _formats(main, _part(main, table, _CHPX))
    ]
    hidden = "".join(text for sprm, text in marked if sprm == _HIDDEN)
    changed = "".join(text for sprm, text in marked if sprm in (_INSERTED, _DELETED))
    (comments,) = struct.unpack_from("<i", main, _COUNTS + 4 * 4)
    return Words("".join(_decoded(main, piece) for piece in pieces)[:_LETTERS], hidden, changed, max(comments, 0))


def _part(main: bytes, table: bytes, number: int) -> bytes:
    place, size = struct.unpack_from("<II", main, 0x9A + 8 * number)
    return table[place : place + size]


def _pieces(clx: bytes) -> Iterator[_Piece]:
    """Yield where the pieces of the text lie (MS-DOC 2.8.35)."""
    at = 0
    while at < len(clx) and clx[at] == 1:
        at += 3 + int.from_bytes(clx[at + 1 : at + 3], "little")
    (size,) = struct.unpack_from("<I", clx, at + 1) if at < len(clx) else (0,)
    table = clx[at + 5 : at + 5 + size]
    count = max((len(table) - 4) // 12, 0)
    places = struct.unpack_from(f"<{count + 1}I", table) if count else ()
    for number in range(count):
        (place,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * number + 2)
        narrow = bool(place & _NARROW)
        begin = (place & ~_NARROW) // 2 if narrow else place
        yield _Piece(begin, max(places[number + 1] - places[number], 0), narrow)


def _formats(main: bytes, table: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield (begin, end, what) of the letters that a format hides or tracks (MS-DOC 2.9.33)."""
    count = max((len(table) - 4) // 8, 0)
    for number in range(count):
        (page,) = struct.unpack_from("<I", table, 4 * (count + 1) + 4 * number)
        yield from _page(main[(page & 0x3FFFFF) * _PAGE :][:_PAGE])


def _page(page: bytes) -> Iterator[tuple[int, int, int]]:
    runs = page[-1] if len(page) == _PAGE else 0
    places = struct.unpack_from(f"<{runs + 1}I", page) if 4 * (runs + 1) + runs < _PAGE else (0,)
    for number in range(len(places) - 1):
        place = 2 * page[4 * (runs + 1) + number]
        if place:
            for sprm, on in _sprms(page[place + 1 : place + 1 + page[place]]):
                if sprm in (_HIDDEN, _INSERTED, _DELETED) and on:
                    yield places[number], places[number + 1], sprm


def _sprms(said: bytes) -> Iterator[tuple[int, int]]:
    """Yield (what, first byte of its operand) of a run's properties (MS-DOC 2.6.1)."""
    at = 0
    while at + 2 < len(said):
        (sprm,) = struct.unpack_from("<H", said, at)
        yield sprm, said[at + 2]
        kind = sprm >> 13
        at += 2 + (said[at + 2] + 1 if kind == 6 else _SIZES[kind])  # noqa: PLR2004 - of a length that it says itself


def _letters(main: bytes, pieces: list[_Piece], begin: int, end: int) -> str:
    """Return the letters between two places of the stream."""
    found = ""
    for piece in pieces:
        low, high = max(begin, piece.begin), min(end, piece.end)
        if low < high:
            found += main[low:high].decode("cp1252" if piece.narrow else "utf-16-le", "replace")
    return found


def _decoded(main: bytes, piece: _Piece) -> str:
    return (
        main[piece.begin : piece.end].decode("cp1252" if piece.narrow else "utf-16-le", "replace").replace("\r", "\n")
    )
