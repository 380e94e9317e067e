"""A table of bodies as people and programs take it away: a grid, one row a cell, a chart, and what it rests on."""

from collections.abc import Iterator
from datetime import date

from candour.documents import charts, tables
from candour.figures import measures, recorded
from candour.figures.across import Across
from candour.figures.rendering import HEADER, MOST_BARS, MOST_SERIES, short
from candour.organisation import queries as organisation
from candour.rules import years

TOGETHER = "Together"
"""How the line of totals is named."""

Grid = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def title(found: Across) -> str:
    """Name the table by what it counts and the periods it counts by."""
    return f"{found.question.measure.title}, by body and {found.question.periods[0].kind.replace('-', ' ')}"


def provenance(found: Across) -> str:
    """Say in one line as at which day the figures stand; each body has its own ledger number."""
    return f"as at {years.spoken(found.day)}, each body by its own record"


def grid(found: Across) -> Grid:
    """The table as people look at it: a line for each body, every state in words, and the total last."""
    header = ("Body", *(period.label for period in found.question.periods))
    rows = [(row.line.body.name, *(short(cell) for cell in row.cells)) for row in found.rows]
    together = [(TOGETHER, *(short(cell) for cell in found.total))] if len(found.rows) > 1 else []
    return header, (*rows, *together)


def notes(found: Across) -> tuple[str, ...]:
    """What has to be known about single lines and cells, each said once, with the body and the period."""
    return tuple(dict.fromkeys(_notes(found)))


def _notes(found: Across) -> Iterator[str]:
    for row in found.rows:
        name = row.line.body.name
        if row.line.note:
            yield f"{name}: {row.line.note}"
        for period, cell in zip(found.question.periods, row.cells, strict=True):
            if cell.note and cell.note != short(cell):
                yield f"{name}, {period.label}: {cell.note}"
    for period, cell in zip(found.question.periods, found.total, strict=True):
        if cell.note and cell.note != short(cell) and len(found.rows) > 1:
            yield f"{TOGETHER}, {period.label}: {cell.note}"


def about(found: Across) -> tuple[tuple[str, str], ...]:
    """Everything that is printed under the table, as pairs of a name and what it says."""
    question = found.question
    rows = [
        *([(organisation.TRAINING, "made for practice; nothing in it is real")] if found.training else []),
        ("Counts", question.measure.says),
        ("Unit", question.measure.unit),
        ("Basis", f"Counted {measures.basis(question.basis)[1]}."),
        ("Counting rule", f"{measures.COUNTING_RULE} (version {measures.COUNTING_RULE_VERSION})"),
        ("As at", years.spoken(found.day)),
        *((f"Only where {name}", value) for name, value in question.where.items()),
        *((f"Outside the coverage of {name}", said) for name, said in _flagged(found)),
        *((f"Break of {one.body.name}", f"from {years.spoken(one.day)}: {one.note}") for one in found.breaks),
        *((f"Record of {row.line.body.name}", f"no. {row.line.number} · {row.digest}") for row in found.rows),
    ]
    return tuple(rows)


def _flagged(found: Across) -> Iterator[tuple[str, str]]:
    for row in found.rows:
        if said := recorded.flagged(row.early):
            yield row.line.body.name, said


def text(found: Across) -> str:
    """The table for a terminal."""
    header, rows = grid(found)
    widths = [max(len(line[place]) for line in (header, *rows)) for place in range(len(header))]
    lines = [title(found), provenance(found), ""]
    lines += [
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in (header, *rows)
    ]
    lines += ["", *(f"{name}: {says}" for name, says in about(found)), *notes(found)]
    return "\n".join(lines) + "\n"


def sheet(found: Across) -> tables.Sheet:
    """One row a cell, with its status and the body's ledger number in columns of their own; no totals (UI-11)."""
    mark = (("marking",), (organisation.TRAINING,)) if found.training else ((), ())
    header = ("body", *HEADER, "ledger_number", *mark[0])
    return tables.Sheet(title(found), about(found), header, tuple((*row, *mark[1]) for row in _rows(found)))


def _rows(found: Across) -> Iterator[tuple[str | int | None, ...]]:
    for row in found.rows:
        for period, cell in zip(found.question.periods, row.cells, strict=True):
            said = cell.as_json()
            days = (period.label, period.start.isoformat(), period.end.isoformat())
            yield (row.line.body.name, *days, *(said[name] for name in HEADER[3:]), row.line.number)


def chart(found: Across, *, headed: bool = True) -> str:
    """The lines as an SVG; what a body does not hold is drawn as what it is."""
    draw = charts.bars if len(found.question.periods) <= MOST_BARS else charts.lines
    draw = charts.heat if len(found.rows) > MOST_SERIES else draw
    return draw(*_drawn(found), headed=headed)


def narrow_chart(found: Across) -> str:
    """The lines as an SVG for a narrow screen."""
    return charts.narrow(*_drawn(found))


def _drawn(found: Across) -> tuple[str, str, list[str], list[charts.Series], list[charts.Break]]:
    labels = [period.label for period in found.question.periods]
    series: list[charts.Series] = [(row.line.body.name, row.cells) for row in found.rows]
    header, rows = grid(found)
    said = "; ".join(" ".join(pair) for row in rows for pair in zip(header, row, strict=True))
    breaks = [(_first_after(found, one.day), f"{one.body.name}: {one.note}") for one in found.breaks]
    return f"{title(found)}, {provenance(found)}", said, labels, series, breaks


def _first_after(found: Across, day: date) -> str:
    return next(period.label for period in found.question.periods if period.end >= day)


def written(found: Across, format_: str) -> bytes:
    """The table as the bytes of a file: csv, ods, xlsx or svg."""
    if format_ == "svg":
        return chart(found).encode()
    return {"csv": tables.csv, "ods": tables.ods, "xlsx": tables.xlsx}[format_](sheet(found))
