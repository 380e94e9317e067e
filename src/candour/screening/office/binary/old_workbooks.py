"""The families of binary workbooks (xls, xlsb), and what they hide."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import parts
from candour.screening.office.addresses import begun
from candour.screening.office.binary import compound, packed_workbooks, workbooks
from candour.screening.office.binary.packed_workbooks import PackedWorkbook
from candour.screening.office.binary.workbooks import Cells, OldWorkbook
from candour.screening.office.xlsx import columns

XLS = Family(
    "xls",
    (kinds.XLS,),
    opens=OldWorkbook,
    texts=workbooks.old_texts,
    grids=workbooks.grids,
    parts=lambda book: compound.files(book.file),
)
XLSB = Family(
    "xlsb",
    (kinds.XLSB,),
    opens=PackedWorkbook,
    texts=packed_workbooks.texts,
    grids=workbooks.grids,
    parts=parts.files,
)
_BOTH: tuple[Family[Any], ...] = (XLS, XLSB)
_SAVE = "Save it as xlsx and look again, or send values only (CSV)"
_VALUES = "Send values only (CSV)"
_SHOW = "Show it, delete what is not to leave, or send values only (CSV)"


def _check(code: str, severity: Severity = Severity.BLOCK, *, says: str, do: str = _SAVE) -> Callable[[Any], Any]:
    def registered(look: Callable[[Any], Iterable[Seen]]) -> Callable[[Any], Iterable[Seen]]:
        for family in _BOTH:
            family.check(code, severity, says=says, do=do)(look)
        return look

    return registered


_Book = OldWorkbook | PackedWorkbook


@_check("in-part", says="The workbook holds something that is not looked into", do=_SAVE)
def not_looked_into(book: _Book) -> Iterator[Seen]:
    yield from (Seen("", what) for what in book.unaccounted())


@_check("hidden-window", says="The window of the workbook is hidden", do="Show it (View, Unhide)")
def hidden_windows(book: _Book) -> Iterator[Seen]:
    if book.hidden_window:
        yield Seen("")


@_check("far-cell", says="Cells lie far away from the table that a person sees", do=_SHOW)
def far_cells(book: Cells) -> Iterator[Seen]:
    for name, table in book.tables.items():
        if name not in book.hidden:
            yield from (Seen(f"sheet {name}", place) for place in workbooks.far(table))


@_check("under-merged", says="Values lie under merged cells, where only the first is seen", do=_SHOW)
def under_merged(book: Cells) -> Iterator[Seen]:
    for sheet in book.sheets:
        if (table := book.tables.get(sheet.name)) is not None:
            yield from (Seen(f"sheet {sheet.name}") for _ in workbooks.under_merges(table, sheet))


@_check("invisible-letters", says="Some letters within a cell are not seen", do=_SHOW)
def invisible_letters(book: _Book) -> Iterator[Seen]:
    for one in book.strings:
        if any(map(book.looks.is_unseen, one.fonts)):
            yield Seen("the cells", masked(one.text))


@_check("orphan-string", Severity.WARN, says="Texts that no cell shows any more are still in the file", do=_SAVE)
def orphan_strings(book: _Book) -> Iterator[Seen]:
    yield from (Seen("the shared strings", masked(text)) for text in book.orphans)


@_check("formula", Severity.WARN, says="Cells hold formulas, which tell how a value was reached", do=_VALUES)
def formulas(book: _Book) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}") for sheet in book.sheets if "formula" in sheet.marks)


@_check("protection", Severity.WARN, says="A sheet is protected; that hides nothing from anybody", do=_VALUES)
def protections(book: _Book) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}") for sheet in book.sheets if "protection" in sheet.marks)


@_check("hidden-sheet", says="A sheet is hidden", do=_SHOW)
def hidden_sheets(book: Cells) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}", sheet.state) for sheet in book.sheets if sheet.state != "visible")


@_check("other-sheet", says="A sheet is no table but a chart, a dialogue or a macro sheet", do=_SHOW)
def other_sheets(book: Cells) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}", sheet.kind) for sheet in book.sheets if sheet.kind != "worksheet")


@_check("hidden-row", says="Rows are hidden, or too low to be read", do=_SHOW)
def hidden_rows(book: Cells) -> Iterator[Seen]:
    for sheet in book.sheets:
        for first, last in columns.runs(sheet.hidden_rows):
            yield Seen(f"sheet {sheet.name}, {columns.named_run(first, last, 'row')}")


@_check("hidden-column", says="Columns are hidden, or too narrow to be read", do=_SHOW)
def hidden_columns(book: Cells) -> Iterator[Seen]:
    for sheet in book.sheets:
        yield from (Seen(f"sheet {sheet.name}, column {letters}") for letters in sheet.hidden_columns)


@_check("record", says="A sheet carries what a person may not see (filters, notes, objects, pivot tables)", do=_SHOW)
def marks(book: Cells) -> Iterator[Seen]:
    for sheet in book.sheets:
        yield from (Seen(f"sheet {sheet.name}", mark) for mark in sorted(sheet.marks - {"formula", "protection"}))


@_check("invisible-cell", says="Cells are formatted so that they are not seen", do=_SHOW)
def invisible_cells(book: Cells) -> Iterator[Seen]:
    for sheet in book.sheets:
        yield from (Seen(f"sheet {sheet.name}, {place}") for place in sheet.faint)


@XLS.check("macro", Severity.BLOCK, says="The file carries a program (macros) or a control", do=_SAVE)
def macros(book: OldWorkbook) -> Iterator[Seen]:
    yield from compound.programs(book.file)


@XLS.check("embedded-file", Severity.BLOCK, says="Another file lies inside this one", do=_SAVE)
def embedded_files(book: OldWorkbook) -> Iterator[Seen]:
    yield from compound.embedded(book.file)


@XLS.check("pivot-records", Severity.BLOCK, says="A pivot table carries all rows it was made from", do=_SAVE)
def pivot_records(book: OldWorkbook) -> Iterator[Seen]:
    yield from (Seen(name) for name in book.file.starting("_SX_DB_CUR"))


@XLS.check("revision", Severity.BLOCK, says="The workbook keeps its earlier values (shared workbook)", do=_SAVE)
def revisions(book: OldWorkbook) -> Iterator[Seen]:
    yield from (Seen(name) for name in book.file.starting("Revision Log", "User Names"))


@XLS.check("external-link", Severity.BLOCK, says="The workbook carries values of another workbook", do=_SAVE)
def external_links(book: OldWorkbook) -> Iterator[Seen]:
    if book.links:
        yield Seen("", f"{book.links} links")


@_check("hidden-name", Severity.WARN, says="A name is hidden from the list of names", do=_SAVE)
def hidden_names(book: _Book) -> Iterator[Seen]:
    yield from (Seen("the names", masked(name)) for name in book.hidden_names)


@XLS.check("author", Severity.WARN, says="The properties name a person, a company or a template", do=_SAVE)
def authors(book: OldWorkbook) -> Iterator[Seen]:
    yield from compound.persons(book.file)
    if book.saved_by and book.saved_by.lower() not in compound.PROGRAMS:
        yield Seen("who saved it", masked(book.saved_by))


@XLSB.check("folder", Severity.WARN, says="The workbook tells in which folder it was saved", do=_SAVE)
def folders(book: PackedWorkbook) -> Iterator[Seen]:
    if book.folder:
        yield Seen("", begun(book.folder))


@XLSB.check(
    "carried", Severity.BLOCK, says="The file carries data besides its cells (comments, pivots, links)", do=_SAVE
)
def carried(book: PackedWorkbook) -> Iterator[Seen]:
    yield from (Seen(part) for part in book.package.matching(_CARRIED))


_CARRIED = (
    r"xl/((threaded)?comments[^/]*|persons/.+|pivotCache/.+|externalLinks/external[^/]+|connections[^/]*|queryTables/.+"
    r"|slicerCaches/.+|timelineCaches/.+|model/.+|revisions/.+|drawings/[^/]+\.vml|userNames[^/]*)"
)
