"""The account of a binary presentation: each stream, record, shape and picture is looked into, known, or named.

What is not accounted for is a reason to stop the file: the lists below are of what MS-PPT 2.13.24 and MS-ODRAW describe
as settings and what is looked at here; a record of any other type may hold anything.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Sequence

from candour.screening.office.binary import drawn, slide_records, slide_texts
from candour.screening.office.binary.compound import Compound
from candour.screening.office.binary.slide_records import (
    DIRECTORY,
    DOCUMENT,
    HANDOUT,
    MASTER,
    NOTES,
    SAVE,
    SLIDE,
    Node,
    Saved,
)
from candour.screening.office.binary.slide_shapes import ALTERED, CROPS, Shape


def _types(written: str) -> frozenset[int]:
    return frozenset(int(one, 16) for one in written.split())


_SETTINGS = _types(
    "3E8 3E9 3EA 3EE 3EF 3F0 3F1 3F2 3F3 3F8 3F9 3FA 3FB 3FC 3FD 3FE 3FF 401 402 403 407 408 40B 40C 40D 413 414 "
    "415 41C 41D 41E 41F 420 422 424 425 426 7D0 7D5 7D6 7F0 BC3 BDB BDC BDD F9E F9F FA1 FA2 FA3 FA4 FA5 FA6 FA9 "
    "FAA FAB FAC FAD FAE FAF FB0 FB1 FB2 FB4 FB6 FC8 FD2 FD8 FD9 FDA FF0 FF1 FF5 FF6 FF7 FF8 FF9 FFA 1014 1015 1388 "
    "138A 1770 1772 177A 177B 2B00 2B01 2B02 2B03 2B04 2B05 2B06 2B07 2B08 2B09 2B0A 2EEA 2EEB 2EEF 2EF0 2EF1 32C8 "
    "36B0 36B1 F000 F001 F002 F003 F004 F005 F006 F008 F009 F00A F00F F010 F011 F012 F014 F017 F118 F11A F11E"
)
"""Containers, how text and slides are set and viewed, in which colours, which language; where shapes stand."""
_READ = _types("400 FA0 FA8 FB7 FBA FC9 FD3 FD7 FDF FF2 FF3 40A 409 138B F00B F00D F121 F122 F007 2EE0 2EE1")
"""Texts, names, links, what checks of their own tell."""
_TIMING = range(0xF120, 0xF146)
"""In which order things move (MS-PPT 2.8)."""
_PROGRAM, _STREAMS = 0x400, ("powerpoint document", "current user", "pictures")
_BESIDE = ("\x05summaryinformation", "\x05documentsummaryinformation", "\x01compobj", "\x01ole")
_AT_TOP = (DOCUMENT, SLIDE, MASTER, NOTES, HANDOUT)
_LETTERED = re.compile(rb"(?:[\x20-\x7e]\x00){24,}|[\x20-\x7e]{24,}")
_SHAPE = frozenset((*range(0x77, 0xC0), *range(0x100, 0x108), *range(0x10A, 0x400), 0x4, *ALTERED))
"""Properties of a shape (MS-ODRAW 2.3) that say how it stands, is drawn, framed and called, not what words it draws."""
_STORED = 0xF007
_HEADERS, _HEADERS_SHOWN, _STRING, _SHOWN_AS = 0xFD9, 0xFDA, 0xFBA, {0: 0x4, 1: 0x10, 2: 0x20}
"""A date, a header, a footer, by the bit that says whether it is shown."""
_SMALLEST, _LONGEST = 1.0, 4_096
"""The smallest shape that is seen, in 576ths of an inch; bytes of the streams that say which program wrote the file."""


def unaccounted(file: Compound, whole: Node, saved: Saved, shapes: Sequence[Shape], pictures: bytes) -> Iterator[str]:
    """Yield what no check looks into, and nobody knows to hide nothing; `shapes` are those of slides and masters."""
    yield from (f"stream {name}" for name in file.names if name.lower() not in (*_STREAMS, *_BESIDE))
    yield from (f"storage {name}" for name in file.storages)
    yield from file.other_properties()
    yield from _of_saves(whole, saved)
    yield from sorted({what for one in whole.every() if one is not whole for what in _of_record(one)})
    yield from sorted({what for shape in shapes for what in _of_shape(shape)})
    yield from _of_texts(whole, saved, shapes)
    yield from _of_pictures(whole, pictures)
    yield from sorted(set(_of_headers(whole)))
    if any(len(file.read(name)) > _LONGEST for name in ("\x01CompObj", "\x01Ole", "Current User")):
        yield "a long stream about the program that wrote it"
    if _LETTERED.search(file.unused()):
        yield "letters in parts of the file that are not in use"


def _of_saves(whole: Node, saved: Saved) -> Iterator[str]:
    live = {*saved.places.values(), *saved.saves}
    if any(one.at not in live or one.kind not in (*_AT_TOP, SAVE, DIRECTORY, 0x1011) for one in whole.inside):
        yield "records that the last save does not refer to"
    if whole.rest.strip(b"\0"):
        yield "bytes after its records"
    for instance in range(3):
        if any(node is None for node, _ in slide_records.listed(saved, whole, instance)):
            yield "slides that are listed and not there"
    named = {node.at for instance in range(3) for node, _ in slide_records.listed(saved, whole, instance) if node}
    if any(one.kind in (SLIDE, MASTER) and one.at not in named for one in whole.inside if one.at in live):
        yield "a slide that no list names"


def _of_record(one: Node) -> Iterator[str]:
    if one.rest.strip(b"\0"):
        yield "bytes between its records"
    if one.kind == _PROGRAM and len(one.data) >= 8 and struct.unpack_from("<I", one.data, 4)[0]:  # noqa: PLR2004
        yield "a program"
    if one.kind in _SETTINGS or one.kind in _TIMING:
        if not one.inside and _LETTERED.search(one.data):
            yield f"letters in a record of type {one.kind:#06x}"
    elif one.kind not in _READ:
        yield f"a record of type {one.kind:#06x}"


def _of_headers(whole: Node) -> Iterator[str]:
    """Yield that a header, a footer or a date is kept which no slide shows (MS-PPT 2.4.15)."""
    for one in whole.every():
        if one.kind == _HEADERS and (about := one.first(_HEADERS_SHOWN)) is not None:
            (shown,) = struct.unpack_from("<2xH", about.data)
            if any(text.data and not shown & _SHOWN_AS.get(text.instance, 0) for text in one.children(_STRING)):
                yield "a header or a footer that no slide shows"


def _of_shape(shape: Shape) -> Iterator[str]:
    for one in shape.properties:
        if one.number in CROPS and one.value:
            yield "a cropped picture"
        elif one.number in ALTERED and one.value and shape.picture:
            yield "a picture in other colours than its own"
        elif one.number not in _SHAPE:
            yield f"a shape with a property of type {one.number:#05x}"
    if (box := shape.box()) and box.holds and min(box.right - box.left, box.bottom - box.top) < _SMALLEST:
        yield "a shape without size"


def _of_texts(whole: Node, saved: Saved, shapes: Iterable[Shape]) -> Iterator[str]:
    """Yield that texts are kept for slides which no shape of theirs shows."""
    shown = {words.text for shape in shapes for words in shape.texts}
    kept = [words for _, texts in slide_records.listed(saved, whole, 0) for words in slide_texts.read(texts, [])]
    if any(words.text.strip() and words.text not in shown for words in kept):
        yield "texts that no shape shows"


def _of_pictures(whole: Node, pictures: bytes) -> Iterator[str]:
    """Yield what of the pictures no slide shows, and what of their stream is none."""
    stored = [one.data for one in whole.every() if one.kind == _STORED and len(one.data) >= 32]  # noqa: PLR2004
    if any(struct.unpack_from("<24xI", one)[0] == 0 for one in stored):
        yield "a picture that no slide shows"
    found = list(drawn.records(pictures))
    end = found[-1].at + len(found[-1].data) if found else 0
    if len(found) != len(stored) or pictures[end:].strip(b"\0"):
        yield "pictures that no list names"
    if any(not ending for ending, _ in drawn.pictures(pictures)):
        yield "a drawing of another program"
