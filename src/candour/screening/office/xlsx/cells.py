"""What cells hide: letters in the colour of their ground, `;;;`, merged areas, conditional formats, leftover texts."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.xlsx import strings
from candour.screening.office.xlsx.family import XLSX
from candour.screening.office.xlsx.workbooks import Workbook

_BARS = ("dataBar", "iconSet")
_SHOW = "Clear the format of the cells, delete what is not to leave, or send values only"


@XLSX.check("invisible-colour", Severity.BLOCK, says="Cells have letters in the colour of their ground", do=_SHOW)
def invisible_colours(book: Workbook) -> Iterator[Seen]:
    yield from _invisible(book, "letters in the colour of their ground")


@XLSX.check(
    "invisible-letters",
    Severity.BLOCK,
    says="Some letters within a cell have the colour of its ground, or a point or less",
    do=_SHOW,
)
def invisible_letters(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for text in sorted(sheet.scan.rich_unseen):
            yield Seen(f"sheet {sheet.name}", masked(text))


@XLSX.check("invisible-table", Severity.BLOCK, says="The style of a table makes its cells invisible", do=_SHOW)
def invisible_tables(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for part in book.package.related(sheet.part, "table"):
            said = elements.first(book.package.xml(part), "tableStyleInfo")
            if reason := book.styles.tables.get(elements.value(said, "name")):
                yield Seen(f"sheet {sheet.name}", reason)


@XLSX.check(
    "far-text",
    Severity.BLOCK,
    says="The text of a cell goes on after many blanks or empty lines, where nobody sees it",
    do="Click the cell, read all of it in the formula bar, and delete what is not to leave",
)
def far_texts(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for (column, _), pieces in sheet.scan.texts.items():
            for text in pieces if any(map(strings.may_be_far, pieces)) else ():
                for found in strings.FAR.finditer(text):
                    rest = text[found.end() - 1 :].partition("\n")[0]
                    yield Seen(sheet.at(f"column {column}"), masked(rest))


@XLSX.check(
    "phonetic",
    Severity.BLOCK,
    says="A cell carries how it is pronounced, which is not shown",
    do="Copy the cells as values into a new sheet (Paste Special, Values)",
)
def phonetics(book: Workbook) -> Iterator[Seen]:
    yield from (Seen("the cells", masked(text)) for text in book.shared.phonetic)


@XLSX.check("invisible-format", Severity.BLOCK, says="Cells have a number format that shows nothing", do=_SHOW)
def invisible_formats(book: Workbook) -> Iterator[Seen]:
    yield from _invisible(book, "number format ;;;")


@XLSX.check("tiny-font", Severity.BLOCK, says="Cells have letters of a point or less", do=_SHOW)
def tiny_fonts(book: Workbook) -> Iterator[Seen]:
    yield from _invisible(book, "font of a point or less")


@XLSX.check(
    "shrunk-cell",
    Severity.BLOCK,
    says="The letters of cells are made to fit, and so small that nobody reads them",
    do="Make the column as wide as its text, or delete what is not to leave",
)
def shrunk_cells(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        yield from (Seen(sheet.at(place)) for place in sheet.scan.shrunk)


@XLSX.check("conditional-hiding", Severity.BLOCK, says="A conditional format makes cells invisible", do=_SHOW)
def conditional_hiding(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for one in elements.named(sheet.frame, "conditionalFormatting"):
            for rule in elements.named(one, "cfRule"):
                reason = book.styles.conditional.get(elements.whole(elements.value(rule, "dxfId"), -1))
                if reason:
                    yield Seen(sheet.at(elements.value(one, "sqref")), reason)
                if any(elements.value(bar, "showValue", "1") in ("0", "false") for bar in elements.named(rule, *_BARS)):
                    yield Seen(sheet.at(elements.value(one, "sqref")), "bars or icons without their values")


@XLSX.check(
    "under-merged",
    Severity.BLOCK,
    says="Values lie under merged cells, where only the first is seen",
    do="Unmerge the cells and delete the values, or send values only",
)
def under_merged(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        yield from (Seen(sheet.at(cell)) for cell in sheet.scan.under_merges)


@XLSX.check(
    "orphan-string",
    Severity.WARN,
    says="Texts that no cell shows any more are still in the file",
    do="Save the workbook anew in Excel or LibreOffice, and look again",
)
def orphan_strings(book: Workbook) -> Iterator[Seen]:
    yield from (Seen("the shared strings", masked(text)) for text in book.orphans)


def _invisible(book: Workbook, reason: str) -> Iterator[Seen]:
    for sheet in book.sheets:
        for (why, column), found in sheet.scan.invisible.items():
            if why == reason:
                more = f"{found.cells:,} cells" if found.cells > 1 else ""
                yield Seen(sheet.at(f"{column}{found.row}"), more)
