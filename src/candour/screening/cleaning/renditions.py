"""Which files have a clean rendition, and what makes it; runs in a child, as all reading of strangers' files does."""

from collections.abc import Callable, Collection
from pathlib import PurePath

from candour.documents import plain_document, values
from candour.screening import kinds
from candour.screening.cleaning import pages, pictures, plain, sheets, writing
from candour.screening.cleaning.made import Area, Rendition
from candour.screening.findings import Unreadable
from candour.screening.inside import Inside

_Make = Callable[[bytes, str], Rendition]


def _picture(content: bytes, name: str) -> Rendition:
    ending, made = pictures.redrawn(content)
    return Rendition(f"{_stem(name)}.{ending}", made, "The picture drawn anew, without what was stored beside it")


def _pdf(content: bytes, name: str) -> Rendition:
    how = "Each page drawn anew: its visible text set again over one picture of all else, with nothing under it"
    return Rendition(f"{_stem(name)}.pdf", pages.flat(content), how)


def _workbook(content: bytes, name: str) -> Rendition:
    kind = kinds.seen(content, name) or kinds.XLSX
    see = sheets.visible_ods if kind is kinds.ODS else sheets.visible
    found = see(content, Inside(name, kind))
    if not found:
        raise Unreadable("no value of it is seen")
    if len(found) == 1:
        how = "The values that are seen in its one visible sheet, as CSV"
        return Rendition(f"{_stem(name)}.csv", values.comma_separated(found[0][1]), how)
    how = "The values that are seen in its visible sheets, as an OpenDocument spreadsheet without formulas"
    return Rendition(f"{_stem(name)}.ods", values.spreadsheet(found), how)


def _text(content: bytes, name: str) -> Rendition:
    how = "The text in UTF-8, without signs that are not seen and without what a spreadsheet would run"
    ending = "csv" if kinds.ending(name) in {"csv", "tsv"} else "txt"
    return Rendition(f"{_stem(name)}.{ending}", plain.rewritten(content, name), how)


def _document(content: bytes, name: str) -> Rendition:
    kind = kinds.seen(content, name) or kinds.DOCX
    how = "The text, tables and pictures that are seen, as a document without history, comments and hidden words"
    inside = Inside(name, kind)
    if kind is kinds.ODT:
        return Rendition(f"{_stem(name)}.odt", plain_document.odt(writing.of_odt(content, inside)), how)
    return Rendition(f"{_stem(name)}.docx", plain_document.docx(writing.of_docx(content, inside)), how)


def _stem(name: str) -> str:
    return PurePath(name).stem


MAKERS: dict[kinds.Kind, _Make] = {
    kinds.PDF: _pdf,
    kinds.TEXT: _text,
    **dict.fromkeys((kinds.DOCX, kinds.DOCM, kinds.ODT), _document),
    **dict.fromkeys((kinds.XLSX, kinds.XLSM, kinds.ODS), _workbook),
    **dict.fromkeys((kinds.PNG, kinds.JPEG, kinds.TIFF, kinds.WEBP, kinds.GIF), _picture),
}
"""What makes the clean rendition of each kind."""


def clean(content: bytes, name: str) -> Rendition | None:
    """Return the clean rendition of a file; None where its kind has none. Raises Unreadable."""
    kind = kinds.seen(content, name) if content else None
    make = MAKERS.get(kind) if kind else None
    return make(content, name) if make else None


def redacted(content: bytes, name: str, words: Collection[str], areas: Collection[Area]) -> Rendition:
    """Return a PDF or a text without some words, and a PDF without some areas; each place is marked.

    The rendition is made anew from what is left, so that nothing of what was removed is in its bytes.
    Raises Unreadable, also for a file of another kind.
    """
    kind = kinds.seen(content, name) if content else None
    how = "Made anew without the words and areas that were to be removed; each place is marked"
    if kind is kinds.PDF:
        return Rendition(f"{_stem(name)}.pdf", pages.flat(content, areas=areas, words=words), how)
    if kind is kinds.TEXT:
        left = plain.without(plain.rewritten(content, name).decode(), words).encode()
        return Rendition(f"{_stem(name)}.{kinds.ending(name) or 'txt'}", left, how)
    raise Unreadable("only a PDF or a text can be redacted; make a clean rendition first")
