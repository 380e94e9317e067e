"""Data that a workbook carries besides its cells: pivot caches, queries, connections, other workbooks, chart caches."""

import re
from collections.abc import Iterator
from functools import cache

from candour.rules.plurals import plural
from candour.screening.findings import Seen, Severity, masked
from candour.screening.office import elements
from candour.screening.office.xlsx import scan
from candour.screening.office.xlsx.family import XLSX
from candour.screening.office.xlsx.workbooks import Sheet, Workbook

_PIVOT = "Copy the pivot table and paste it as values into a new workbook"
_VALUES = "Send values only: copy the tables into a new workbook and paste them as values"
_LINKS = "Break the links (Data, Edit Links), or send values only"
_CACHE = r"xl/pivotCache/pivotCacheDefinition\d*\.(xml|bin)"


@XLSX.check("pivot-records", Severity.BLOCK, says="A pivot table carries all rows it was made from", do=_PIVOT)
def pivot_records(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/pivotCache/pivotCacheRecords\d*\.(xml|bin)"):
        root = book.package.xml(part) if part.endswith("xml") else None
        count = sum(1 for _ in elements.named(root, "r"))
        yield Seen(part, plural(count, "row") if count else "")


@XLSX.check("pivot-items", Severity.BLOCK, says="A pivot table carries the values of its source", do=_PIVOT)
def pivot_items(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(_CACHE):
        root = book.package.xml(part) if part.endswith("xml") else None
        items = [one for held in elements.named(root, "sharedItems") for one in held]
        if items or part.endswith("bin"):
            yield Seen(part, masked(elements.value(items[0], "v")) if items else "")


@XLSX.check(
    "pivot-orphan",
    Severity.BLOCK,
    says="Data of a pivot table are still in the file though no sheet shows the table",
    do="Copy the sheets that may leave into a new workbook, or send values only",
)
def pivot_orphans(book: Workbook) -> Iterator[Seen]:
    tables = book.package.matching(r"xl/pivotTables/pivotTable\d*\.(xml|bin)")
    used = {one.lower() for table in tables for one in book.package.related(table, "pivotCacheDefinition")}
    yield from (Seen(part) for part in book.package.matching(_CACHE) if part.lower() not in used)


@XLSX.check("slicer", Severity.BLOCK, says="A slicer or a timeline carries the values it selects from", do=_PIVOT)
def slicers(book: Workbook) -> Iterator[Seen]:
    yield from (Seen(part) for part in book.package.matching(r"xl/(slicer|timeline)Caches/[^/]+\.(xml|bin)"))


@XLSX.check("data-model", Severity.BLOCK, says="The workbook carries a data model with whole tables", do=_VALUES)
def data_models(book: Workbook) -> Iterator[Seen]:
    yield from (Seen(part) for part in book.package.matching(r"xl/model/.+|.+/item\.data"))


@XLSX.check("power-query", Severity.BLOCK, says="The workbook carries queries (Power Query)", do=_VALUES)
def power_queries(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"customXml/item\d*\.xml|xl/customData/.+"):
        if not part.endswith("xml") or elements.first(book.package.xml(part), "DataMashup") is not None:
            yield Seen(part)


@XLSX.check("connection", Severity.BLOCK, says="The workbook names a source of data, perhaps with a user", do=_VALUES)
def connections(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/connections\.(xml|bin)"):
        root = book.package.xml(part) if part.endswith("xml") else None
        named = [elements.value(one, "name") for one in elements.named(root, "connection")]
        yield from (Seen(part, masked(name)) for name in named)
        if part.endswith("bin"):
            yield Seen(part)


@XLSX.check("query-table", Severity.BLOCK, says="A table is filled by a query", do=_VALUES)
def query_tables(book: Workbook) -> Iterator[Seen]:
    yield from (Seen(part) for part in book.package.matching(r"xl/queryTables/[^/]+\.(xml|bin)"))


@XLSX.check("external-link", Severity.BLOCK, says="The workbook carries values of another workbook", do=_LINKS)
def external_links(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/externalLinks/externalLink\d*\.(xml|bin)"):
        root = book.package.xml(part) if part.endswith("xml") else None
        held = sum(1 for one in elements.named(root, "cell") if elements.text_of(one, "v"))
        target = next((one.target for one in book.package.relations(part)), "")
        yield Seen(part, f"{held:,} values of {masked(target)}")


@XLSX.check("external-formula", Severity.BLOCK, says="A formula refers to another workbook", do=_LINKS)
def external_formulas(book: Workbook) -> Iterator[Seen]:
    for sheet in book.sheets:
        for formula, place in sheet.scan.formulas.items():
            if EXTERNAL.search(formula):
                yield Seen(sheet.at(place))


EXTERNAL = re.compile(r"\[\d+\]|\[[^\[\]]+\.(?:xls\w?|csv|ods)\]", re.IGNORECASE)
"""How a formula or a name refers to another workbook: by its number, or by its file."""


@XLSX.check(
    "chart-cache",
    Severity.BLOCK,
    says="A chart carries values that no visible cell shows",
    do="Copy the chart and paste it as a picture, or show the cells it is drawn from",
)
def chart_caches(book: Workbook) -> Iterator[Seen]:
    for part in book.package.matching(r"xl/charts/chart[^/]*\.xml"):
        for reference in elements.named(book.package.xml(part), "numRef", "strRef", "multiLvlStrRef"):
            formula = elements.text_of(elements.child(reference, "f"))
            values = [one.text or "" for one in elements.named(reference, "v")]
            if any(values) and (why := _unseen(book, formula, values)):
                yield Seen(part, why)


def _unseen(book: Workbook, formula: str, values: list[str]) -> str:
    sheet = _referred(book, formula)
    if sheet is None:
        return "of another workbook, or of a sheet that is gone"
    if sheet.hidden:
        return f"of the hidden sheet {sheet.name}"
    shown = _shown(sheet)
    missing = [value for value in values if shown and value and not {_plain(value), scan.day(value)} & shown]
    return f"{len(missing)} values that are not on sheet {sheet.name}" if missing else ""


def _referred(book: Workbook, formula: str) -> Sheet | None:
    """Return the sheet a chart's reference names; None where it names another workbook or no sheet that there is."""
    named = {one.name.lower(): one.refers_to for one in book.names}
    formula = named.get(formula.rpartition("!")[2].lower(), formula)
    name = formula.strip("()").rpartition("!")[0].strip("'").replace("''", "'")
    return next((sheet for sheet in book.sheets if sheet.name.lower() == name.lower()), None)


def _shown(sheet: Sheet) -> frozenset[str]:
    """Return the values of a small sheet that are not hidden, as far as they can be told; none of a large one."""
    if not sheet.data:
        return frozenset()
    return _values(tuple(text for (_, hidden), pieces in sheet.scan.texts.items() if not hidden for text in pieces))


@cache
def _values(pieces: tuple[str, ...]) -> frozenset[str]:
    return frozenset(_plain(line) for text in pieces for line in text.split("\n"))


def _plain(value: str) -> str:
    """Write a number in one way, and a day as its number does not matter: `1.0` and `1` are the same."""
    number = elements.decimal(value, float("nan"))
    return value.strip() if number != number else f"{number:.9g}"  # noqa: PLR0124 - only NaN is not itself
