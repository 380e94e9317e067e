"""What names, lists, formulas, views and protection give away."""

import re
from collections.abc import Iterator

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.xlsx.data import EXTERNAL
from candour.screening.office.xlsx.family import XLSX
from candour.screening.office.xlsx.workbooks import Name, Workbook

_NAME = "Delete it (Formulas, Name Manager), or send values only"
_REACHING = re.compile(
    r"\b(INDIRECT|HYPERLINK|WEBSERVICE|FILTERXML|IMAGE|RTD|CALL|REGISTER\.ID|CUBE\w+|GETPIVOTDATA|DDE)\(|^\w+\|",
    re.IGNORECASE,
)


@XLSX.check("hidden-name", Severity.WARN, says="A name is hidden from the list of names", do=_NAME)
def hidden_names(book: Workbook) -> Iterator[Seen]:
    for one in book.names:
        if one.hidden and one.name.lower() != "_xlnm._filterdatabase":
            yield Seen(f"the name {masked(one.name)}")


@XLSX.check("broken-name", Severity.WARN, says="A name refers to cells that are gone", do=_NAME)
def broken_names(book: Workbook) -> Iterator[Seen]:
    yield from (Seen(f"the name {masked(one.name)}") for one in book.names if "#REF!" in one.refers_to)


@XLSX.check("name-elsewhere", Severity.WARN, says="A name refers to a hidden sheet or to another workbook", do=_NAME)
def names_elsewhere(book: Workbook) -> Iterator[Seen]:
    hidden = {sheet.name.lower() for sheet in book.sheets if sheet.hidden}
    for one in book.names:
        if EXTERNAL.search(one.refers_to) or hidden & _sheets(one):
            yield Seen(f"the name {masked(one.name)}")


@XLSX.check(
    "validation-list",
    Severity.WARN,
    says="Cells offer a list to choose from, which the file carries",
    do="Read the list (Data, Data Validation), and clear it if it may not leave",
)
def validation_lists(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for one in elements.named(sheet.frame, "dataValidation"):
            if elements.value(one, "type") == "list":
                formula = elements.text_of(elements.child(one, "formula1"))
                yield Seen(
                    sheet.at(elements.value(one, "sqref") or "a list"), masked(formula.strip('"').replace(",", " "))
                )


@XLSX.check(
    "revision",
    Severity.BLOCK,
    says="The workbook keeps its earlier values (shared workbook, tracked changes)",
    do="Stop sharing the workbook, or send values only",
)
def revisions(book: Workbook) -> Iterator[Seen]:
    yield from (Seen(part) for part in book.package.matching(r"xl/revisions/.+|xl/userNames\.xml"))


@XLSX.check(
    "custom-view",
    Severity.BLOCK,
    says="The workbook keeps views of its sheets, with what each of them hides",
    do="Delete them (View, Custom Views), or send values only",
)
def custom_views(book: Workbook) -> Iterator[Seen]:
    for one in elements.named(book.root, "customWorkbookView"):
        yield Seen("the custom views", masked(elements.value(one, "name")))
    for sheet in book.sheets:
        yield from (Seen(sheet.at("a custom view")) for _ in elements.named(sheet.frame, "customSheetView"))


@XLSX.check(
    "scenario",
    Severity.BLOCK,
    says="A sheet keeps other values for its cells in a scenario",
    do="Delete it (Data, What-If Analysis, Scenario Manager), or send values only",
)
def scenarios(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for one in elements.named(sheet.frame, "scenario"):
            yield Seen(sheet.at("a scenario"), masked(elements.value(one, "name")))


@XLSX.check(
    "formula",
    Severity.WARN,
    says="Cells hold formulas, which show how results are made and where from",
    do="Paste them as values if the formulas are not to leave",
)
def formulas(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        if sheet.scan.formulas:
            yield Seen(sheet.at(next(iter(sheet.scan.formulas.values()))), f"{len(sheet.scan.formulas):,} formulas")


@XLSX.check(
    "reaching-formula",
    Severity.WARN,
    says="A formula reaches for other places (INDIRECT, HYPERLINK, WEBSERVICE, DDE)",
    do="Paste it as a value",
)
def reaching_formulas(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for formula, place in sheet.scan.formulas.items():
            if found := _REACHING.search(formula):
                yield Seen(sheet.at(place), found[1] or "DDE")


@XLSX.check(
    "protection",
    Severity.WARN,
    says="A sheet or the workbook is protected; that hides nothing from anybody",
    do="Do not rely on it: delete what is not to leave",
)
def protections(book: Workbook) -> Iterator[Seen]:
    for one in elements.named(book.root, "workbookProtection", "fileSharing"):
        if any(said not in ("0", "false") for said in one.attrib.values()):
            yield Seen("the workbook", elements.local(one))
    for sheet in book.sheets:
        if elements.child(sheet.frame, "sheetProtection") is not None:
            yield Seen(f"sheet {sheet.name}")


@XLSX.check(
    "size",
    Severity.WARN,
    says="The file is far larger than what a person sees in it",
    do="Find out what it carries, or send values only",
)
def sizes(book: Workbook) -> Iterator[Seen]:
    cells = sum(sheet.scan.cells for sheet in book.visible)
    unpacked = sum(entry.file_size for entry in book.package.archive.entries)
    if unpacked > _ALLOWANCE + _PER_CELL * cells:
        yield Seen("", f"{unpacked >> 10:,} KB for {cells:,} visible cells")


_ALLOWANCE, _PER_CELL = 1 << 20, 400
"""Bytes unpacked that a workbook may have in any case, and for each cell that is seen."""


def _sheets(name: Name) -> set[str]:
    """Return the sheets that a name refers to, in small letters."""
    quoted = re.findall(r"'((?:[^']|'')+)'!", name.refers_to)
    return {one.replace("''", "'").lower() for one in quoted} | {
        one.lower() for one in re.findall(r"([^\s'!,:()]+)!", name.refers_to)
    }
