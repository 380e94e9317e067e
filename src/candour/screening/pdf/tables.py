"""The tables of a PDF: by their tags where it is tagged, else by the lines that are drawn around their cells."""

import ctypes
import io
import struct
import zlib
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from candour.screening.pdf import drawing
from candour.screening.pdf.drawing import TEXT, Drawn

Row = list[str]

_DEEPEST, _MOST = 60, 20_000
_RULED_PAGES = 30
"""Pages with lines in which tables are looked for; a longer document with untagged tables is seldom a reply."""
_BROKEN = (ValueError, TypeError, LookupError, AttributeError, AssertionError, RecursionError, struct.error, zlib.error)
LINES = 6
"""Lines and boxes from which a page may hold a table."""


class Table(NamedTuple):
    """A table: the page it begins on, from 1, and its rows."""

    page: int
    rows: list[Row]


def tagged(page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, drawn: list[Drawn]) -> list[tuple[bool, list[Row]]]:
    """Return the tagged tables of a page: whether each begins there (has a header), and its rows."""
    tree = pdfium_c.FPDF_StructTree_GetForPage(page.raw)
    if not tree:
        return []
    try:
        said: dict[int, list[str]] = defaultdict(list)
        tables = list(_tables(tree))
        for one in drawn if tables else ():
            if one.kind == TEXT:
                said[pdfium_c.FPDFPageObj_GetMarkedContentID(one.raw)].append(drawing.words(one, textpage))
        return [_rows(table, said) for table in tables]
    finally:
        pdfium_c.FPDF_StructTree_Close(tree)


def _tables(tree: Any) -> Iterator[Any]:
    count, get = pdfium_c.FPDF_StructTree_CountChildren(tree), pdfium_c.FPDF_StructTree_GetChildAtIndex
    for number in range(count):
        yield from _every(get(tree, number), {"Table"})


def _every(element: Any, kinds: set[str], depth: int = 0) -> Iterator[Any]:
    """Yield the nearest elements of some kinds, in their order."""
    if not element or depth > _DEEPEST:
        return
    if _kind(element) in kinds:
        yield element
        return
    for number in range(min(pdfium_c.FPDF_StructElement_CountChildren(element), _MOST)):
        yield from _every(pdfium_c.FPDF_StructElement_GetChildAtIndex(element, number), kinds, depth + 1)


def _rows(table: Any, said: dict[int, list[str]]) -> tuple[bool, list[Row]]:
    begins = any(True for _ in _inside(table, {"THead"}))
    return begins, [[_text(cell, said) for cell in _inside(row, {"TH", "TD"})] for row in _inside(table, {"TR"})]


def _inside(element: Any, kinds: set[str]) -> Iterator[Any]:
    for number in range(min(pdfium_c.FPDF_StructElement_CountChildren(element), _MOST)):
        yield from _every(pdfium_c.FPDF_StructElement_GetChildAtIndex(element, number), kinds)


def _text(element: Any, said: dict[int, list[str]], depth: int = 0) -> str:
    """Return what an element says: its own marked content and that of what lies in it."""
    if not element or depth > _DEEPEST:
        return ""
    count = pdfium_c.FPDF_StructElement_GetMarkedContentIdCount(element)
    own = [pdfium_c.FPDF_StructElement_GetMarkedContentIdAtIndex(element, number) for number in range(count)]
    parts = [word for number in own if number >= 0 for word in said.get(number, ())]
    inner = range(min(pdfium_c.FPDF_StructElement_CountChildren(element), _MOST))
    get = pdfium_c.FPDF_StructElement_GetChildAtIndex
    parts += [_text(get(element, number), said, depth + 1) for number in inner]
    return " ".join(" ".join(parts).split())


def _kind(element: Any) -> str:
    buffer = ctypes.create_string_buffer(128)
    size = pdfium_c.FPDF_StructElement_GetType(element, buffer, len(buffer))
    return buffer.raw[:size].decode("utf-16-le", "replace").strip("\0")


def ruled(content: bytes, pages: list[int]) -> Iterator[Table]:
    """Yield the tables that lines are drawn around on some pages, numbered from 1."""
    import pdfplumber  # noqa: PLC0415 - most files need it not, and it takes its time
    from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(io.BytesIO(content), pages=pages[:_RULED_PAGES]) as document:
            for page in document.pages:
                for table in page.extract_tables():
                    yield Table(page.page_number, [[" ".join((cell or "").split()) for cell in row] for row in table])
    except (MalformedPDFException, PdfminerException, *_BROKEN):
        return  # what pdfminer cannot read, the other reader has read: only its tables stay unseen
