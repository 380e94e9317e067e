"""The list of incidents as people and programs take it away: sheets, read line by line, JSON, and a PDF."""

import json
from collections.abc import Sequence
from datetime import date

from candour.documents import blocks, letter, tables
from candour.figures.listing import Listed
from candour.organisation import queries as organisation
from candour.rules import tiers, years
from candour.rules.refusals import WrongInput

MOST_IN_A_PDF = 1_000
TITLE = "Incidents"


def written(found: Listed, form: str, *, sender: str) -> bytes:
    """Return the list as the bytes of a file: csv, ods, xlsx, json or pdf (PDF/UA-1, under the name of the body).

    WrongInput for a PDF of more than 1,000 lines: those are for a sheet.
    """
    if form == "json":
        return (json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "pdf":
        return letter.pdf(_paper(found, sender))
    return {"csv": tables.csv, "ods": tables.ods, "xlsx": tables.xlsx}[form](sheet(found))


def sheet(found: Listed) -> tables.Sheet:
    """The list as a sheet, a row a line; in practice each line says so."""
    mark = (organisation.TRAINING,) if found.table.training else ()
    header = (*found.asked.header, *(("marking",) if mark else ()))
    return tables.Sheet(TITLE, found.about(), header, ((*line, *mark) for line in found.lines()))


def _paper(found: Listed, sender: str) -> blocks.Letter:
    if found.many > MOST_IN_A_PDF:
        raise WrongInput(f"a PDF holds {MOST_IN_A_PDF:,} lines and there are more; take the CSV instead")
    table, period = found.table, found.asked.period
    title = f"{table.measure.title}, {period.label}: the list"
    rests = tuple(row for row in found.about() if row[0] != "Digest")
    return blocks.Letter(
        title=f"{title}, as at {years.spoken(table.as_at.day)}",
        language="en-GB",
        sender_name=sender,
        letterhead=("List of incidents", f"as at {years.spoken(table.as_at.day)}"),
        references=(("Record", f"no. {table.as_at.number}"),),
        dated=table.as_at.day,
        addressee=(),
        subject=title,
        blocks=(_lines(found), blocks.Table("What this list rests on", ("", "What it says"), rests, True, False)),
        signature=(),
        footer=(sender,),
        last_line=f"as at {years.spoken(table.as_at.day)} · record no. {table.as_at.number} · {table.digest}",
        marking=organisation.TRAINING if table.training else "",
    )


def _lines(found: Listed) -> blocks.Table:
    header = tuple(heading(name) for name in found.asked.header)
    return blocks.Table(TITLE, header, tuple(said(found.asked.header, line) for line in found.lines()), numeric=False)


def said(header: Sequence[str], line: Sequence[str | int | None]) -> tuple[str, ...]:
    """Say a line as a person reads it, days and tiers in words; files for programs keep 2014-04."""
    return tuple(_word(name, cell) for name, cell in zip(header, line, strict=True))


def _word(name: str, cell: str | int | None) -> str:
    if cell is None:
        return "not stated"
    if name == "month":
        return years.spoken(date.fromisoformat(f"{cell}-01")).partition(" ")[2]
    return years.spoken(date.fromisoformat(str(cell))) if name == "day" else tiers.WORDS.get(str(cell), str(cell))


def heading(name: str) -> str:
    """Return what stands over a column."""
    return name.replace("_", " ").capitalize()
