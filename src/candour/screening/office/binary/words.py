"""A binary Word document (MS-DOC), read: its stories, what of them is not seen, and who had a hand in it."""

import re
import struct
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from candour.screening.findings import Unreadable
from candour.screening.office.binary import formats, tables
from candour.screening.office.binary.compound import Compound

_ENCRYPTED, _TABLE_1 = 0x100, 0x200
_CLX, _CHPX, _PAPX = 33, 12, 13
_BOOKMARKS, _ASSOCIATED, _COMMENTERS, _MERGE, _REVIEWERS, _VARIABLES, _ROUTE, _SAVED_BY = 21, 32, 36, 44, 51, 60, 70, 71
"""Places in FibRgFcLcb97 (MS-DOC 2.5.6)."""
_COUNTS = 0x4C
_STORIES = (
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
_TEMPLATE, _MERGED_FROM, _MERGED_WITH = 1, 8, 9
"""Places among the texts that go with a document (MS-DOC 2.2.4, SttbfAssoc)."""
_NARROW = 0x40000000
_LETTERS = 20_000_000
_FIB, _PAGE = 900, 512
_FIELD = re.compile("\x13([^\x13\x14\x15]{1,2000})[\x14\x15]")
_SHOWN = re.compile("[\x00-\x08\x0e-\x1f]")
_LEFT_OVER = re.compile(rb"(?:[\x20-\x7e\r\n\t]\x00){24,}|[\x20-\x7e\r\n\t]{24,}")
"""Letters that stand where no piece of the text is: from so many on they are no accident."""


@dataclass(frozen=True)
class Words:
    """What a document says: its stories by name, what of them is not seen and how, and what stands beside them."""

    stories: Mapping[str, str]
    unseen: Mapping[str, str]
    left_over: str
    fields: tuple[str, ...]
    reviewers: tuple[str, ...] = ()
    saved_by: tuple[str, ...] = ()
    commenters: tuple[str, ...] = ()
    bookmarks: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    template: str = ""
    merge: tuple[str, ...] = ()
    route: str = ""


@dataclass(frozen=True)
class _Piece:
    begin: int
    count: int
    narrow: bool
    does: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        return self.begin + self.count * (1 if self.narrow else 2)

    def text(self, main: bytes, begin: int, end: int) -> str:
        low, high = max(begin, self.begin), min(end, self.end)
        return main[low:high].decode("cp1252" if self.narrow else "utf-16-le", "replace") if low < high else ""


@dataclass
class _Streams:
    """The main stream and its table."""

    main: bytes
    table: bytes
    pieces: list[_Piece] = field(default_factory=list)

    def part(self, number: int) -> bytes:
        place, size = struct.unpack_from("<II", self.main, 0x9A + 8 * number)
        return self.table[place : place + size]


def read(file: Compound) -> Words:
    """Read a document. Raises Unreadable where it is locked; struct.error where it is damaged."""
    main = file.read("WordDocument")
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if flags & _ENCRYPTED:
        raise Unreadable("it is locked with a password")
    opened = _Streams(main, file.read("1Table" if flags & _TABLE_1 else "0Table"))
    opened.pieces = list(_pieces(opened.part(_CLX)))
    text = "".join(piece.text(main, piece.begin, piece.end) for piece in opened.pieces)[:_LETTERS]
    return Words(
        _stories(main, text), _unseen(opened), _left_over(opened), tuple(_FIELD.findall(text)), **_beside(opened)
    )


def _stories(main: bytes, text: str) -> dict[str, str]:
    """Part the letters into stories, by how many each has (MS-DOC 2.5.4)."""
    found, at = {}, 0
    for name, count in zip(_STORIES, struct.unpack_from("<8i", main, _COUNTS), strict=True):
        end = at + max(count, 0)
        found[name] = _plain(text[at:end])
        at = end
    return {**found, "after its end": _plain(text[at:])}


def _plain(text: str) -> str:
    return _SHOWN.sub("", text.replace("\r", "\n").replace("\x07", "\t")).strip("\n\t\x0c ")


def _beside(opened: _Streams) -> dict[str, Any]:
    about = [*tables.texts(opened.part(_ASSOCIATED)), *[""] * (_MERGED_WITH + 1)]
    merge = [text for text in (about[_MERGED_FROM], about[_MERGED_WITH]) if text]
    return {
        "reviewers": tuple(tables.texts(opened.part(_REVIEWERS))[1:]),  # the first is "unknown" in each of them
        "saved_by": tuple(tables.texts(opened.part(_SAVED_BY))),
        "commenters": tuple(tables.counted(opened.part(_COMMENTERS))),
        "bookmarks": tuple(tables.texts(opened.part(_BOOKMARKS))),
        "variables": tuple(tables.variables(opened.part(_VARIABLES))),
        "template": about[_TEMPLATE],
        "merge": tuple(merge or (["the state of a merge"] if opened.part(_MERGE) else [])),
        "route": "".join(chr(one) for one in opened.part(_ROUTE) if one >= ord(" ")),
    }


def _pieces(clx: bytes) -> Iterator[_Piece]:
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
        yield _Piece(begin, letters, narrow, tuple(formats.of_piece(settings, more)))


def _unseen(opened: _Streams) -> dict[str, str]:
    """Return the letters that are not seen or are tracked, by what is done to them."""
    found: dict[str, str] = defaultdict(str)
    for run in formats.runs(opened.main, opened.part(_CHPX)):
        found[run.what] += "".join(piece.text(opened.main, run.begin, run.end) for piece in opened.pieces)
    for piece in opened.pieces:
        for what in piece.does:
            found[what] += piece.text(opened.main, piece.begin, piece.end)
    return {what: _plain(text) for what, text in found.items()}


def _left_over(opened: _Streams) -> str:
    """Return texts of the stream that no piece shows: what a fast save leaves behind."""
    rest = bytearray(opened.main)
    used = [(piece.begin, piece.end) for piece in opened.pieces]
    used += [(page, page + _PAGE) for number in (_CHPX, _PAPX) for page in formats.pages(opened.part(number))]
    for begin, end in [(0, _FIB), *used]:
        rest[begin:end] = b"\xff" * len(rest[begin:end])
    found = (one.decode("utf-16-le" if one[1:2] == b"\0" else "cp1252", "replace") for one in _LEFT_OVER.findall(rest))
    return "\n".join(" ".join(text.split()) for text in found if text.strip())
