"""The account of a binary Word document: each stream, table, property and byte is looked into, known, or named.

What is not accounted for is a reason to stop the file: the lists below are of what MS-DOC 2.5 and 2.6 describe as
settings and what is looked at here; anything else may hold anything.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Sequence

from candour.screening.office.binary import (
    drawn,
    field_data,
    format_pages,
    information,
    inline_pictures,
    modifiers,
    table_rows,
)
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.information import DRAWINGS, LETTERS, PAGE, PARAGRAPHS, SECTIONS, Streams
from candour.screening.office.binary.numbered_lists import Lists
from candour.screening.office.binary.paragraphs import Paragraph
from candour.screening.office.binary.stylesheet import Styles


def _types(written: str) -> frozenset[int]:
    return frozenset(int(one, 16) for one in written.split())


def _numbers(written: str) -> frozenset[int]:
    return frozenset(number for one in written.split() for number in _run(*map(int, one.split("-"))))


def _run(first: int, last: int | None = None) -> range:
    return range(first, (first if last is None else last) + 1)


_READ = _numbers("0-6 11-13 15-23 27-29 32 33 36 37 42-48 51 56-60 70 71 73-76 91")
"""Tables that are read: texts, formats, styles, fields, bookmarks, comments, names, lists; and a printer's."""
_SETTINGS = _numbers("8 30 31 34 55 63-69 77-82 86 88-90 93-95 98 101-113 128-130 133-135 146-163 182")
"""Tables of numbers: how it is set and checked, where pages end, which saves wrote what."""
_OF_LETTERS = _types(
    "0800 0801 0802 4804 6805 4807 0811 6815 6816 6817 0818 4A30 2A32 2A33 2A34 0835 0836 0837 0838 0839 083A 083B "
    "083C 2A3E 8840 2A42 4A43 4845 CA47 2A48 484B 484E 4A4F 4A50 4A51 4852 2A53 0854 0855 0858 2859 085A 085C 085D "
    "4A5E 485F 4A60 4A61 4863 6864 6865 4866 4867 0868 486D 486E 286F 6870 CA71 CA72 4873 4874 0875 6877 CA78 2879 "
    "0882 2A83 2A86 4888 0890 2A0C CA57 CA89 6A03 0806 6A09"
)
_OF_PARAGRAPHS = _types(
    "4600 C601 2602 2403 2405 2406 2407 260A 460B 240C C60D 840E 840F 4610 8411 6412 A413 A414 C615 2416 2417 8418 "
    "8419 841A 261B 2423 6424 6425 6426 6427 6428 6629 242A 442B 442C 442D 842E 842F 2430 2431 2433 2434 2435 2436 "
    "2437 2438 4439 443A 2640 2441 2443 C645 6646 2447 2448 6649 664A 244B 244C C64D C64E C64F C650 C651 C652 C653 "
    "4455 4456 4457 4458 4459 245A 245B 245C 845D 845E 465F 8460 2461 2462 2664 6465 6467 C669 646B C66C 246D C66F "
    "2470 2471"
)
_OF_TABLES = _types(
    "5400 548A 9601 9602 3403 3404 3465 3466 D605 9407 D608 D609 740A 560B D60C 360D 940E 940F 9410 9411 D612 D613 "
    "F614 3615 D616 F617 F618 D619 D61A D61B D61C D61D 941E 941F D620 7621 5622 7623 5624 5625 7629 D62B D62C D62D "
    "D62E D62F D631 D632 D633 D634 D635 F636 D638 D639 563A D63C D63E F661 D662 7479 3488 D670 D671 D672"
)
_KNOWN = _OF_LETTERS | _OF_PARAGRAPHS | _OF_TABLES
_GROUP_OF_SECTIONS = 4
"""What is set of sections is all of pages: their size and edges, numbers, columns (MS-DOC 2.6.4)."""
_PAGE_WIDTH, _LEFT, _PLACED = 0xB01F, (0x845E, 0x840F), (0x8418, 0x8419, 0x940E, 0x940F)
_USUAL_WIDTH, _FARTHEST = 11_906, 31_680
"""Twentieths of a point: of A4, and 22 inches, the widest page there is."""
_STREAMS = frozenset(
    ("worddocument", "data", "\x05summaryinformation", "\x05documentsummaryinformation", "\x01compobj", "\x01ole")
)
_LONGEST = 400
"""Bytes of the streams that say which program wrote the file."""
_LETTERED = re.compile(rb"(?:[\x20-\x7e\r\n\t]\x00){24,}|[\x20-\x7e\r\n\t]{24,}")
"""Letters that stand where nothing of a document is: from so many on they are no accident."""
_MOST_BYTES = 32
"""Bytes that are not zero, one after another, from which on they are no accident either."""
_NO_SECTION = 0xFFFFFFFF


def unaccounted(
    file: Compound, streams: Streams, styles: Styles, lists: Lists, paragraphs: Sequence[Paragraph]
) -> Iterator[str]:
    """Yield what no check looks into, and nobody knows to hide nothing."""
    known = {*_STREAMS, streams.named.lower()}
    yield from (f"stream {name}" for name in file.names if name.lower() not in known)
    if any(len(file.read(name)) > _LONGEST for name in ("\x01CompObj", "\x01Ole")):
        yield "a long stream about the program that wrote it"
    yield from _of_tables(streams)
    yield from sorted({f"a property of type {sets:#06x}" for sets in _modifiers(streams, styles, lists)})
    yield from sorted(set(_of_paragraphs(streams, paragraphs)))
    found = list(field_data.kept(streams, paragraphs))
    pictures = {
        what for one in found if one.what == field_data.PICTURE for what in inline_pictures.unusual(one.content)
    }
    yield from sorted(pictures | ({one.what for one in found} & {field_data.DATA}))
    if any(rest.strip(b"\0") for rest in _beside(streams.data, [(one.begin, one.end) for one in found])):
        yield "data that nothing in the document refers to"
    if _LETTERED.search(file.unused()):
        yield "letters in parts of the file that are not in use"
    if any(_has_many_bytes(rest) for rest in _unused(streams, lists)):
        yield "bytes that nothing in the document refers to"


def _of_tables(streams: Streams) -> Iterator[str]:
    for table in streams.tables():
        if table.number == DRAWINGS:
            yield from ["drawings"] if drawn.shapes(table.content) else []
        elif table.number in _SETTINGS:
            yield from [f"letters in table {table.number}"] if _LETTERED.search(table.content) else []
        elif table.number not in _READ and table.content.strip(b"\0"):
            yield f"table {table.number}"
    if streams.more_tables or streams.has_other_texts:
        yield "a document within the document (building blocks)"


def _modifiers(streams: Streams, styles: Styles, lists: Lists) -> Iterator[int]:
    """Yield the properties that are set anywhere, and are none that is known."""
    said = {one.sets for one in format_pages.of_letters(streams).found}
    said |= {one.sets for one in format_pages.of_paragraphs(streams).found}
    said |= {piece.sets for piece in streams.pieces}
    said |= {part for style in styles.found.values() for part in (style.paragraph, style.letters)}
    said |= {part for levels in lists.levels.values() for level in levels for part in level.sets}
    said |= set(sections(streams))
    for one in said:
        for sets, _ in modifiers.each(one):
            if sets not in _KNOWN and sets >> 10 & 7 != _GROUP_OF_SECTIONS:
                yield sets


def sections(streams: Streams) -> Iterator[bytes]:
    """Yield what is set of each section (MS-DOC 2.8.26)."""
    yield from (streams.main[place + 2 : place + 2 + size] for place, size in _sections(streams))


def _sections(streams: Streams) -> Iterator[tuple[int, int]]:
    table = streams.part(SECTIONS)
    count = max((len(table) - 4) // 16, 0)
    for number in range(count):
        (place,) = struct.unpack_from("<2xI", table, 4 * (count + 1) + 12 * number)
        if place != _NO_SECTION:
            yield place, struct.unpack_from("<H", streams.main, place)[0]


def _of_paragraphs(streams: Streams, paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    widths = [value for said in sections(streams) for sets, value in modifiers.each(said) if sets == _PAGE_WIDTH]
    width = min((int.from_bytes(value, "little") for value in widths), default=_USUAL_WIDTH)
    for one in paragraphs:
        if one.ends_row:
            yield from table_rows.unseen(one.look)
        if one.text.strip() and any(not -width < _signed(one, sets) < width for sets in _LEFT):
            yield "a paragraph beside the page"
        if any(abs(_signed(one, sets)) > _FARTHEST for sets in _PLACED):
            yield "a frame beside the page"


def _signed(paragraph: Paragraph, sets: int) -> int:
    return int.from_bytes(paragraph.look.get(sets, b"\0\0"), "little", signed=True)


def _unused(streams: Streams, lists: Lists) -> Iterator[bytes]:
    """Yield the bytes of the main stream and of that of the tables which nothing refers to."""
    pages = [
        (page, page + PAGE) for number in (LETTERS, PARAGRAPHS) for page in information.pages(streams.part(number))
    ]
    used = [(0, streams.head), *((piece.begin, piece.end) for piece in streams.pieces), *pages]
    used += [(place, place + 2 + size) for place, size in _sections(streams)]
    yield from _beside(streams.main, used)
    tables = [(one.begin, one.begin + len(one.content)) for one in streams.tables()]
    yield from _beside(streams.table, [*tables, (lists.begin, lists.end)])


def _beside(stream: bytes, used: Iterable[tuple[int, int]]) -> Iterator[bytes]:
    at = 0
    for begin, end in sorted(used):
        if begin > at:
            yield stream[at:begin]
        at = max(at, end)
    yield stream[at:]


def _has_many_bytes(rest: bytes) -> bool:
    return any(len(one) >= _MOST_BYTES for one in rest.split(b"\0\0"))


def left_over(streams: Streams, lists: Lists) -> Iterator[str]:
    """Yield texts that no piece shows: what a fast save leaves behind, and what stands between formats and tables."""
    pages = [place for number in (LETTERS, PARAGRAPHS) for place in information.pages(streams.part(number))]
    for rest in (*_unused(streams, lists), *(streams.main[place : place + PAGE] for place in pages)):
        for one in _LETTERED.findall(rest):
            text = one.decode("utf-16-le" if one[1:2] == b"\0" else "cp1252", "replace")
            if text.strip():
                yield " ".join(text.split())
