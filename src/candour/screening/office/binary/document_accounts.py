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
    paragraphs,
    table_rows,
)
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.information import DRAWINGS, LETTERS, PAGE, PARAGRAPHS, SECTIONS, Streams
from candour.screening.office.binary.numbered_lists import Lists
from candour.screening.office.binary.paragraphs import Paragraph
from candour.screening.office.binary.stylesheet import Styles
from candour.screening.office.docx.traces import FETCHING, HOLDING, TELLING


def _types(written: str) -> frozenset[int]:
    return frozenset(int(one, 16) for one in written.split())


def _numbers(written: str) -> frozenset[int]:
    return frozenset(number for one in written.split() for number in _run(*map(int, one.split("-"))))


def _run(first: int, last: int | None = None) -> range:
    return range(first, (first if last is None else last) + 1)


_READ = _numbers("0-6 11-13 15-19 21-23 27-29 32 33 36 37 42-48 51 56-60 70 71 73-76 91 94 96")
"""Tables that are read: texts, formats, styles, fields, bookmarks, comments, names, lists; and a printer's."""
_LETTERS_IN = _numbers("0 1 15 21 27-29 32 36 37 45 51 60 70 71 73 91 94 96")
"""Those among them in which words stand; what stands in the others is numbers."""
_SETTINGS = _numbers("8 30 31 34 55 63-69 78-82 84 86 88-90 93-95 98 101-113 128-130 133-135 146-163 182")
"""Tables of numbers: how it is set and checked, where pages end, which saves wrote what."""
_CALLED = {
    **dict.fromkeys((20, 24, 26), "a program (macros of Word 6, menus)"), **dict.fromkeys((40, 41), "drawings"),
    **dict.fromkeys((9, 10, 83), "building blocks"), **dict.fromkeys((52, 53), "captions"), 72: "names of other files",
    85: "controls", **dict.fromkeys((77, 119), "what was undone"), **dict.fromkeys((114, 118, 132), "smart tags"),
    97: "the envelope of a mail", 127: "the source of a mail merge", 144: "persons who may edit it",
}  # fmt: skip
"""Tables that are not looked into, in words; of others the number is told (MS-DOC 2.5.6)."""
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
    "D62E D62F D631 D632 D633 D634 D635 F636 D638 D639 563A D63C D63E F661 D662 7479 3488 D670 D671 D672 D642 D660 "
    "5664 3668 7469 D66A 347C 347D D47F D680 D681 D682 D683 D684 D685 D686 3489"
)
_KNOWN = _OF_LETTERS | _OF_PARAGRAPHS | _OF_TABLES
_GROUP_OF_SECTIONS = 4
"""What is set of sections is all of pages: their size and edges, numbers, columns (MS-DOC 2.6.4)."""
_PAGE_WIDTH, _EDGES = 0xB01F, (0xB021, 0xB022)
_LEFT, _PLACED, _LINE = (0x845E, 0x840F), (0x8418, 0x8419, 0x940E, 0x940F), 0x6412
_USUAL_WIDTH, _FARTHEST, _FLAT = 11_906, 31_680, 40
"""Twentieths of a point: of A4, 22 inches, the widest page there is, and lines that are too low to be read."""
_NOT_ON_PAGES = ("macros", "text boxes", "boxes above", paragraphs.AFTER)
"""Stories whose text stands on no page, or only where a box is drawn."""
_STREAMS = frozenset(
    ("worddocument", "data", "\x05summaryinformation", "\x05documentsummaryinformation", "\x01compobj", "\x01ole")
)
STORE, _STORED = "MsoDataStore", re.compile(r"MsoDataStore/[^/]+/(Item|Properties)")
"""Where Word 2007 and later keep custom XML, and under which names."""
_OBJECTS = ["ObjectPool"]
"""The storage in which objects lie, which are streams and are told; a document without any may have it."""
_LONGEST = 400
"""Bytes of the streams that say which program wrote the file."""
_LETTERED = re.compile(rb"(?:[\x20-\x7e\r\n\t]\x00){24,}|[\x20-\x7e\r\n\t]{24,}")
"""Letters that stand where nothing of a document is: from so many on they are no accident."""
_MOST_BYTES = 32
"""Bytes that are not zero, from which on they are no accident either."""
_NO_SECTION = 0xFFFFFFFF
_WORDS, _REFERS = re.compile(r"\w"), "\x02"


def unaccounted(
    file: Compound, streams: Streams, styles: Styles, lists: Lists, text: Sequence[Paragraph]
) -> Iterator[str]:
    """Yield what no check looks into, and nobody knows to hide nothing."""
    known = {*_STREAMS, streams.named.lower()}
    yield from (f"stream {name}" for name in file.names if name.lower() not in known and not _STORED.fullmatch(name))
    yield from (f"storage {name}" for name in file.storages if name not in _OBJECTS and not name.startswith(STORE))
    yield from file.other_properties()
    if any(len(file.read(name)) > _LONGEST for name in ("\x01CompObj", "\x01Ole")):
        yield "a long stream about the program that wrote it"
    yield from _of_tables(streams)
    yield from sorted({f"a property of type {sets:#06x}" for sets in _modifiers(streams, styles, lists)})
    yield from sorted(set(_of_paragraphs(streams, text)))
    found = list(field_data.kept(streams, text))
    pictures = {
        what for one in found if one.what == field_data.PICTURE for what in inline_pictures.unusual(one.content)
    }
    yield from sorted(pictures | ({one.what for one in found} & {field_data.DATA}))
    if any(rest.strip(b"\0") for rest in _beside(streams.data, [(one.begin, one.end) for one in found])):
        yield "data that nothing in the document refers to"
    if _LETTERED.search(file.unused()):
        yield "letters in parts of the file that are not in use"
    if sum(len(rest) - rest.count(0) for rest in _unused(streams, lists)) >= _MOST_BYTES:
        yield "bytes that nothing in the document refers to"


def _of_tables(streams: Streams) -> Iterator[str]:
    for table in streams.tables():
        if table.number == DRAWINGS:
            yield from ["drawings"] if drawn.shapes(table.content) else []
        elif table.number in _SETTINGS or table.number in _READ - _LETTERS_IN:
            yield from [f"letters in table {table.number}"] if _LETTERED.search(table.content) else []
        elif table.number not in _READ and table.content.strip(b"\0"):
            yield _CALLED.get(table.number, f"table {table.number}")
    if streams.part(0) not in (b"", streams.part(1)):
        yield "styles that are not in use"
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


def _of_paragraphs(streams: Streams, found: Iterable[Paragraph]) -> Iterator[str]:
    said = [
        (sets, int.from_bytes(value, "little")) for part in sections(streams) for sets, value in modifiers.each(part)
    ]
    width = min((value for sets, value in said if sets == _PAGE_WIDTH), default=_USUAL_WIDTH)
    if any(sets in _EDGES and value >= width for sets, value in said):
        yield "pages whose edges leave no room"
    for one in found:
        if one.ends_row:
            yield from table_rows.unseen(one.look)
        if one.text.strip() and any(not -width < _signed(one, sets) < width for sets in _LEFT):
            yield "a paragraph beside the page"
        if one.text.strip() and -_FLAT <= _signed(one, _LINE) < 0:
            yield "lines that are too low to be read"
        if one.story in _NOT_ON_PAGES and _WORDS.search(one.text):
            yield "text in boxes, or behind the text"
        if any(abs(_signed(one, sets)) > _FARTHEST for sets in _PLACED):
            yield "a frame beside the page"


def _signed(paragraph: Paragraph, sets: int) -> int:
    return int.from_bytes(paragraph.look.get(sets, b"\0\0")[:2], "little", signed=True)


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


_SHOWING = re.compile(
    r"\s*(=|(PAGE|NUM(PAGES|WORDS|CHARS)|SECTION(PAGES)?|(CREATE|SAVE|PRINT)?DATE|(EDIT)?TIME|FILESIZE|REVNUM|TO[CA]|INDEX|(PAGE|NOTE|FTN"
    r"|STYLE)?REF|SEQ|QUOTE|SYMBOL|EQ|LISTNUM|AUTONUM(LGL|OUT)?|TITLE|SUBJECT|KEYWORDS|COMMENTS|INFO|BIBLIOGRAPHY|CITATION"
    r"|FORM(TEXT|CHECKBOX|DROPDOWN)|SHAPE|T[CA]|XE)\b)",
    re.IGNORECASE,
)
"""Fields that show what they say, or what is counted."""
_LONG_CODE = 200


def of_fields(codes: Iterable[str]) -> Iterator[str]:
    """Yield that fields hold more than what they show, beside those that checks of their own tell."""
    for code in codes:
        if not any(known.match(code) for known in (FETCHING, TELLING, HOLDING)):
            if not _SHOWING.match(code):
                yield "a field of another kind"
            elif len(code) > _LONG_CODE:
                yield "a field with a long code"


def of_notes(text: Sequence[Paragraph]) -> Iterator[str]:
    """Yield that there are notes which no place in the text refers to."""
    signs = sum(one.text.count(_REFERS) for one in text if one.story == "document")
    noted = [one for one in text if one.story in ("footnotes", "endnotes") and _WORDS.search(one.text)]
    if noted and not signs:
        yield "notes that nothing in the text refers to"


def left_over(streams: Streams, lists: Lists) -> Iterator[str]:
    """Yield texts that no piece shows: what a fast save leaves behind, and what stands between formats and tables."""
    pages = [place for number in (LETTERS, PARAGRAPHS) for place in information.pages(streams.part(number))]
    for rest in (*_unused(streams, lists), *(streams.main[place : place + PAGE] for place in pages)):
        for one in _LETTERED.findall(rest):
            text = one.decode("utf-16-le" if one[1:2] == b"\0" else "cp1252", "replace")
            if text.strip():
                yield " ".join(text.split())
