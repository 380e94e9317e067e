"""A table as people and programs take it away: text, CSV with a status column, ODS, XLSX, a chart."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from candour.documents import charts, tables
from candour.figures import measures, recorded
from candour.figures.merges import AND, Merge
from candour.figures.tables import NOT_STATED, Group, Table
from candour.organisation import queries as organisation
from candour.rules import answers, tiers, years

MOST_SERIES = 5
"""Rows that bars or lines can tell apart without colour; more are drawn as a heat table."""
MOST_BARS, FEW_MONTHS, MOST_IN_ALL = 12, 4, 30
"""Periods that are drawn as bars; more are drawn as lines, and so are more than a few months or quarters, and more bars
of all rows together than have room for their numbers."""

OVERLAP = "an incident stands in every row that it belongs to; the rows do not add up to the total"

HEADER = ("period", "start", "end", "status", "value", "since", "until", "note")


def provenance(table: Table) -> str:
    """Say in one line what the figures rest on."""
    said = "reconstructed " if table.reconstructed else ""
    said = f"{organisation.TRAINING} · {said}" if table.training else said
    return f"{said}as at {years.spoken(table.as_at.day)} · record no. {table.as_at.number} · {table.digest[:16]}"


def basis(table: Table) -> str:
    """Say which moment decides the period, in a sentence."""
    return f"Counted {measures.basis(table.question.basis)[1]}."


def about(table: Table) -> tuple[tuple[str, str], ...]:
    """Everything that is printed under a table, as pairs of a name and what it says."""
    rows = [
        ("Counts", table.measure.says),
        ("Unit", table.measure.unit),
        ("Basis", basis(table)),
        ("Counting rule", f"{measures.COUNTING_RULE} (version {measures.COUNTING_RULE_VERSION})"),
        ("Definition version", str(table.measure.version)),
        ("As at", years.spoken(table.as_at.day) + (", reconstructed" if table.reconstructed else "")),
        ("Record number", str(table.as_at.number)),
        ("Digest", table.digest),
    ]
    rows = [(organisation.TRAINING, "made for practice; nothing in it is real"), *rows] if table.training else rows
    rows += [(f"Only where {name}", value) for name, value in table.question.only.items()]
    rows += [("Date not known", f"{table.date_not_known} in no period")] if table.date_not_known else []
    rows += [("Merged", "; ".join(_merged(merge) for merge in table.merged))] if table.merged else []
    rows += [("Categories overlap", OVERLAP)] if table.question.overlaps else []
    rows += [("Known", f"{name} for {count['known']} of {count['of']}") for name, count in table.completeness.items()]
    rows += _control(table)
    rows += [("Recorded since", recorded.said(table.coverage))] if table.coverage else []
    rows += [("Outside its coverage", recorded.flagged(table.early))] if table.early else []
    rows += [("Break", f"from {years.spoken(_day(row['day']))}: {row['note']}") for row in table.breaks]
    return tuple(rows)


def _merged(merge: Merge) -> str:
    return f"{merge.fact.replace('_', ' ')}: {merge.name}"


def _control(table: Table) -> list[tuple[str, str]]:
    """The rule by which numbers are hidden or rounded, and the key to their marks."""
    if table.control is None:
        return []
    against = [("Held against", one) for one in table.control.earlier]
    return [("Disclosure control", table.control.rule.title), *(_keyed(*row) for row in table.control.key()), *against]


def _keyed(mark: str, says: str) -> tuple[str, str]:
    return f"Key: {mark}", says


def _day(text: str) -> date:
    return date.fromisoformat(text)


def notes(table: Table) -> tuple[str, ...]:
    """The notes of cells, each said once, with the period and, unless all rows carry it, the rows it speaks of."""
    said: dict[tuple[str, str], list[str]] = {}
    for group in table.groups:
        for period, cell in zip(table.question.periods, group.cells, strict=True):
            if cell.note:
                said.setdefault((period.label, cell.note), []).append(named(group))
    return tuple(
        f"{label}: {note}" if len(rows) == len(table.groups) else f"{', '.join(rows)}, {label}: {note}"
        for (label, note), rows in said.items()
    )


def grid(table: Table) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The table as people look at it: a header with the periods, a row for each group, every state in words."""
    named = bool(table.question.group)
    header = tuple(period.label for period in table.question.periods)
    rows = tuple((*((group.name,) if named else ()), *(short(cell) for cell in group.cells)) for group in table.groups)
    return ((" · ".join(table.question.group), *header) if named else header), rows


def short(cell: answers.Answer) -> str:
    """Say a cell in a table: a number, or its state spelt out."""
    if isinstance(cell, answers.NotInRegister):
        return "not in this register"
    if isinstance(cell, answers.NotApplicable) and cell.note:
        return cell.note
    if isinstance(cell, answers.HeldSince):
        return f"{cell.value:,} ({cell.extent()})"
    if isinstance(cell, answers.Suppressed):
        return cell.mark
    if isinstance(cell, answers.Rounded):
        return f"{cell.value:,}"
    return cell.words()


def text(table: Table) -> str:
    """The table for a terminal."""
    header, rows = grid(table)
    widths = [max(len(line[place]) for line in (header, *rows)) for place in range(len(header))]
    lines = [table.measure.title, provenance(table), ""]
    lines += [
        "  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)) for line in (header, *rows)
    ]
    lines += ["", *(f"{name}: {says}" for name, says in about(table)), *notes(table)]
    return "\n".join(lines) + "\n"


def sheet(table: Table) -> tables.Sheet:
    """One row a cell, with its status in a column of its own; in practice each row says so."""
    header = (*table.question.group, *HEADER, *(("marking",) if table.training else ()))
    return tables.Sheet(table.measure.title, about(table), header, tuple(_rows(table)))


def _rows(table: Table) -> Iterator[tuple[str | int | None, ...]]:
    for group in table.groups:
        for period, cell in zip(table.question.periods, group.cells, strict=True):
            said = _said(cell)
            days = (period.label, period.start.isoformat(), period.end.isoformat())
            mark = (organisation.TRAINING,) if table.training else ()
            yield (*group.key.values(), *days, *(said[name] for name in HEADER[3:]), *mark)


def _said(cell: answers.Answer) -> Mapping[str, Any]:
    """A cell's parts for a sheet: what is hidden or rounded shows its mark and says its rule, and is never blank."""
    said = cell.as_json()
    if isinstance(cell, answers.Suppressed | answers.Rounded):
        shown = cell.mark if isinstance(cell, answers.Suppressed) else cell.value
        return {**said, "value": shown, "note": "; ".join(part for part in (cell.rule, cell.note) if part)}
    return said


def title(table: Table) -> str:
    """Name the table by what it counts and the periods it counts by."""
    return f"{table.measure.title}, by {table.question.periods[0].kind.replace('-', ' ')}"


def chart(table: Table, *, headed: bool = True) -> str:
    """The table as an SVG: bars, lines where the periods are many, a heat table where the rows are.

    `headed`: the title is drawn over it, where no page says it.
    """
    return _draw(table)(*_drawn(table), breaks=_broken(table), headed=headed)


def narrow_chart(table: Table) -> str:
    """The table as an SVG for a narrow screen."""
    return charts.narrow(*_drawn(table), breaks=_broken(table))


def _drawn(table: Table) -> tuple[str, str, list[str], list[charts.Series]]:
    """What a chart says and draws: its name, what it shows in words, the periods, and each row's cells."""
    labels = [period.label for period in table.question.periods]
    series: list[charts.Series] = [(named(group) or table.measure.title, group.cells) for group in table.groups]
    return f"{table.measure.title}, {provenance(table)}", described(table), labels, series


def _draw(table: Table) -> Callable[..., str]:
    """Choose the kind of chart that can show so many rows over so many periods."""
    periods = table.question.periods
    if len(table.groups) > MOST_SERIES:
        return charts.heat
    many = len(periods) > (FEW_MONTHS if periods[0].kind in {"month", "quarter"} else MOST_BARS)
    return charts.lines if many or len(periods) * len(table.groups) > MOST_IN_ALL else charts.bars


def described(table: Table) -> str:
    """Say in words every number that a chart shows."""
    header, rows = grid(table)
    names = [[named(group)] if table.question.group else [] for group in table.groups]
    said = [(*name, *row[len(name) :]) for name, row in zip(names, rows, strict=True)]
    return "; ".join(" ".join(pair) for row in said for pair in zip(header, row, strict=True))


def named(group: Group) -> str:
    """Name a row by the values of its facts, as a person reads them."""
    return row_name(group.key)


def row_name(key: Mapping[str, str | None]) -> str:
    """Name a row by its key."""
    return " · ".join(_word(value) if value else NOT_STATED for value in key.values())


def _word(value: str) -> str:
    """A value in words; one that was merged bears the names of its parts."""
    return AND.join(tiers.WORDS.get(part, part) for part in value.split(AND))


def _broken(table: Table) -> list[tuple[str, str]]:
    """Before which period each break falls, and its note."""
    places = []
    for row in table.breaks:
        day = _day(row["day"])
        label = next(period.label for period in table.question.periods if period.end >= day)
        places.append((label, row["note"]))
    return places


def written(table: Table, format_: str) -> bytes:
    """The table as the bytes of a file: csv, ods, xlsx or svg."""
    if format_ == "svg":
        return chart(table).encode()
    return {"csv": tables.csv, "ods": tables.ods, "xlsx": tables.xlsx}[format_](sheet(table))
