"""Headers, footers and text boxes of sheets: letters in them that are not seen."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.colours import LEAST_CONTRAST, WHITE, contrast
from candour.screening.office.xlsx import printed
from candour.screening.office.xlsx.family import XLSX
from candour.screening.office.xlsx.styles import SMALLEST
from candour.screening.office.xlsx.workbooks import Workbook

_POINT = 100
"""Hundredths of a point."""


@XLSX.check(
    "unseen-header",
    Severity.BLOCK,
    says="Letters of a header or footer are white, or of a point or less",
    do="Delete them (Page Layout, Print Titles, Header/Footer)",
)
def unseen_headers(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for one in (piece for header in printed.headers(sheet.frame) for piece in printed.pieces(header)):
            if one.text.strip() and (one.size <= SMALLEST or contrast(one.colour, WHITE) < LEAST_CONTRAST):
                yield Seen(sheet.at("header or footer"), masked(one.text))


@XLSX.check(
    "tiny-letters",
    Severity.BLOCK,
    says="A text box or a chart has letters of a point or less",
    do="Make them larger, or delete them if they are not to leave",
)
def tiny_letters(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/(drawings|charts)/[^/]+\.xml"):
        for run in elements.named(book.package.xml(part), "r"):
            size = elements.whole(elements.value(elements.child(run, "rPr"), "sz"), _POINT + 1)
            if size <= _POINT and (text := elements.text_of(run, "t").strip()):
                yield Seen(part, masked(text))
