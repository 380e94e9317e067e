"""What a spreadsheet (ods) hides: sheets, rows, columns, cells that are not seen, pivot tables, filters, formulas."""

import re
from collections.abc import Iterator

from candour.rules.plurals import plural
from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.odf import everywhere
from candour.screening.office.odf.family import ODS
from candour.screening.office.odf.files import OpenDocument
from candour.screening.office.odf.styles import BARRED, FAINT, HIDDEN, TINY
from candour.screening.office.xlsx import columns

_SHOW = "Show it (Format, Rows, Columns or Sheet, Show), delete what is not to leave, or send values only"
_FILTER = "Take the filter off, delete the rows that are not to leave, or send values only"
_CLEAR = "Clear the format of the cells, delete what is not to leave, or send values only"
_VALUES = "Copy the table, and paste it as values into a new file"
_EXTERNAL = re.compile(r"'?(file|https?|smb|ftp):", re.IGNORECASE)
_REACHING = re.compile(r"\b(INDIRECT|HYPERLINK|WEBSERVICE|FILTERXML|DDE|GETPIVOTDATA|GET_PIVOT_DATA)\(", re.IGNORECASE)


@ODS.check("hidden-sheet", Severity.BLOCK, says="A sheet is hidden", do=_SHOW)
def hidden_sheets(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}") for sheet in opened.sheets if sheet.hidden)


@ODS.check("hidden-column", Severity.BLOCK, says="Columns are hidden", do=_SHOW)
def hidden_columns(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        yield from (Seen(sheet.at(f"column {letters}")) for letters in sheet.hidden_columns)


@ODS.check("narrow-column", Severity.BLOCK, says="Columns are too narrow to be read", do=_SHOW)
def narrow_columns(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        yield from (Seen(sheet.at(f"column {letters}")) for letters in sheet.narrow_columns)


@ODS.check("hidden-row", Severity.BLOCK, says="Rows are hidden", do=_SHOW)
def hidden_rows(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        for first, last in columns.runs(sheet.hidden_rows):
            yield Seen(sheet.at(columns.named_run(first, last, "row")))


@ODS.check("flat-row", Severity.BLOCK, says="Rows are too low to be read", do=_SHOW)
def flat_rows(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        for first, last in columns.runs(sheet.flat_rows):
            yield Seen(sheet.at(columns.named_run(first, last, "row")))


@ODS.check("filtered-row", Severity.BLOCK, says="Rows are hidden by a filter", do=_FILTER)
def filtered_rows(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        for first, last in columns.runs(sheet.filtered_rows):
            yield Seen(sheet.at(columns.named_run(first, last, "row")))


@ODS.check("database-range", Severity.BLOCK, says="A range of a database carries a filter or a source", do=_FILTER)
def database_ranges(opened: OpenDocument) -> Iterator[Seen]:
    sources = ("filter", "database-source-sql", "database-source-table", "database-source-query")
    for one in elements.named(opened.content, "database-range"):
        if elements.first(one, *sources) is not None:
            yield Seen(elements.value(one, "target-range-address"))


@ODS.check("far-cell", Severity.BLOCK, says="Cells lie far away from the table that a person sees", do=_SHOW)
def far_cells(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        yield from (Seen(sheet.at(place)) for place in sheet.far)


@ODS.check("invisible-cell", Severity.BLOCK, says="Cells are formatted so that they are not seen", do=_CLEAR)
def invisible_cells(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        for reason, places in sheet.unseen.items():
            yield Seen(sheet.at(places[0]), f"{reason}, {plural(len(places), 'cell')}")


@ODS.check(
    "tiny-letters", Severity.BLOCK, says="A header, a footer or a text box has letters of a point or less", do=_CLEAR
)
def tiny_letters(opened: OpenDocument) -> Iterator[Seen]:
    for name, root in opened.roots:
        for one in elements.named(root, "span", "p"):
            family = "text" if elements.local(one) == "span" else "paragraph"
            tiny = opened.styles.why_unseen(family, elements.value(one, "style-name")) == TINY
            if tiny and (text := elements.text_of(one).strip()):
                yield Seen(name, masked(text))


@ODS.check("conditional-hiding", Severity.BLOCK, says="A conditional format makes cells invisible", do=_CLEAR)
def conditional_hiding(opened: OpenDocument) -> Iterator[Seen]:
    for root in (opened.content, opened.master):
        for one in elements.named(root, "condition", "map"):
            style = elements.value(one, "apply-style-name")
            if opened.styles.why_unseen("table-cell", style) in (HIDDEN, TINY, FAINT, BARRED):
                yield Seen(elements.value(one, "base-cell-address"), masked(style))


@ODS.check(
    "under-merged", Severity.BLOCK, says="Values lie under merged cells, where only the first is seen", do=_CLEAR
)
def under_merged(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        yield from (Seen(sheet.at(place)) for place in sheet.under_merges)


@ODS.check(
    "pivot-table", Severity.BLOCK, says="A pivot table names its source and the values it leaves out", do=_VALUES
)
def pivot_tables(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "data-pilot-table"):
        yield Seen(elements.value(one, "target-range-address") or "the pivot tables")


@ODS.check("scenario", Severity.BLOCK, says="A sheet keeps other values for its cells in a scenario", do=_VALUES)
def scenarios(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen("the scenarios") for _ in elements.named(opened.content, "scenario"))


@ODS.check("external-formula", Severity.BLOCK, says="A formula refers to another file", do=_VALUES)
def external_formulas(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        for formula, place in sheet.formulas.items():
            if _EXTERNAL.search(formula):
                yield Seen(sheet.at(place))


@ODS.check("formula", Severity.WARN, says="Cells hold formulas, which show how results are made", do=_VALUES)
def formulas(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        if sheet.formulas:
            yield Seen(sheet.at(next(iter(sheet.formulas.values()))), f"{len(sheet.formulas):,} formulas")


@ODS.check("reaching-formula", Severity.WARN, says="A formula reaches for other places (INDIRECT, DDE)", do=_VALUES)
def reaching_formulas(opened: OpenDocument) -> Iterator[Seen]:
    for sheet in opened.sheets:
        for formula, place in sheet.formulas.items():
            if found := _REACHING.search(formula):
                yield Seen(sheet.at(place), found[1])


@ODS.check("named-range", Severity.WARN, says="A range or an expression has a name", do="Read it (Sheet, Manage Names)")
def named_ranges(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "named-range", "named-expression"):
        if not elements.value(one, "name").lower().startswith("_xlnm"):
            yield Seen("the names", masked(elements.value(one, "name")))


@ODS.check("validation-list", Severity.WARN, says="Cells offer a list to choose from", do="Read it (Data, Validity)")
def validation_lists(opened: OpenDocument) -> Iterator[Seen]:
    for one in elements.named(opened.content, "content-validation"):
        if "cell-content-is-in-list" in (condition := elements.value(one, "condition")):
            yield Seen("the validations", masked(condition.partition("list(")[2]))


@ODS.check(
    "protection", Severity.WARN, says="A sheet is protected; that hides nothing from anybody", do="Do not rely on it"
)
def protections(opened: OpenDocument) -> Iterator[Seen]:
    yield from (Seen(f"sheet {sheet.name}") for sheet in opened.sheets if sheet.protected)


@ODS.check(
    "chart-cache", Severity.BLOCK, says="A chart carries values that no visible cell shows", do="Paste it as a picture"
)
def chart_caches(opened: OpenDocument) -> Iterator[Seen]:
    shown = {text for sheet in opened.sheets if not sheet.hidden for text in _shown(sheet.texts)}
    for part in opened.names:
        if everywhere.OBJECT.fullmatch(part) and everywhere.is_chart(opened, part):
            root = opened.xml(part)
            held = (elements.value(one, "value") for one in elements.named(root, "table-cell"))
            missing = [value for value in held if value and value.lower() != "nan" and _plain(value) not in shown]
            if missing:
                yield Seen(part, f"{len(missing)} values")


def _shown(texts: dict[tuple[str, bool], list[str]]) -> Iterator[str]:
    for (_, hidden), pieces in texts.items():
        if not hidden:
            yield from map(_plain, pieces)


def _plain(value: str) -> str:
    """Write a number in one way: `1.0` and `1` are the same."""
    return f"{elements.decimal(value):.9g}" if re.fullmatch(r"-?[\d.]+(E[+-]?\d+)?", value) else value
