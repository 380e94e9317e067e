"""Questions whether, and since when, a number is known; the first word is one of the answers the requester offered."""

from collections.abc import Sequence
from datetime import date

from candour.foi import counts, phrases
from candour.foi.context import Context
from candour.foi.parts import Part, unknown
from candour.reading.requests import Question
from candour.rules import answers, years

Cells = Sequence[tuple[years.Period, answers.Answer]]
KNOWN = (answers.Held, answers.HeldSince)


def since_when(context: Context, question: Question) -> list[Part]:
    """Say Yes where every period asked about is known, No where none is, else since when or which (facts, App. B)."""
    periods = counts.asked(context, question)
    if not question.measure or not periods:
        return [unknown(counts.NO_PERIOD, question.why)]
    table = context.table(question.measure, periods)
    begins = context.recorded_since(question.measure)
    rows = [
        (period, cell)
        for period, cell in zip(periods, table.groups[0].cells, strict=True)
        if not isinstance(cell, answers.NotApplicable)
    ]
    cells = [cell for _, cell in rows]
    words = _words(context, question, rows, begins)
    return [Part(counts.overall(cells), words, question.why, needs=counts.missing(cells, begins))]


def _words(context: Context, question: Question, rows: Cells, begins: date | None) -> str:
    known = [(period, cell) for period, cell in rows if isinstance(cell, KNOWN)]
    if not known:
        return _no(context, question, rows, begins)
    if all(isinstance(cell, answers.Held) for _, cell in rows):
        return f"{phrases.offered(question, 'Yes')}, {_all_of(question, rows)}."
    first = _first_day(rows)
    if first:
        return f"{phrases.offered(question, 'Only since')} {years.spoken(first)}.{_before(rows)}"
    return f"{phrases.offered(question, 'No')}, not for all of this time: only for {_those(known)}."


def _all_of(question: Question, rows: Cells) -> str:
    if not question.periods and question.since:
        return f"for the whole time since {years.spoken(question.since)}"
    return f"for all the {phrases.these([period for period, _ in rows])} you list" if len(rows) > 1 else _for(rows)


def _for(rows: Cells) -> str:
    return f"for {rows[0][0].label}"


def _first_day(rows: Cells) -> date | None:
    """Return the day from which on everything asked about is known; None where what is known breaks off or has gaps."""
    start = next(place for place, (_, cell) in enumerate(rows) if isinstance(cell, KNOWN))
    (period, cell), *later = rows[start:]
    first, until, note = period.start, None, None
    if isinstance(cell, answers.HeldSince):
        first, until, note = cell.since or period.start, cell.until, cell.note
    if until or note or not all(isinstance(one, answers.Held) for _, one in later):
        return None
    return first


def _before(rows: Cells) -> str:
    """Say what stands about the time before; an earlier year that nobody searched for is only not in our register."""
    before = [cell for _, cell in rows if not isinstance(cell, KNOWN)]
    if before and all(isinstance(cell, answers.NotHeld) for cell in before):
        return " We do not hold this information for the time before."
    return " Our register does not go back further."


def _those(known: Cells) -> str:
    return phrases.listed([_extent(period, cell) for period, cell in known])


def _extent(period: years.Period, cell: answers.Answer) -> str:
    return f"{period.label} ({cell.extent()})" if isinstance(cell, answers.HeldSince) else period.label


def _no(context: Context, question: Question, rows: Cells, begins: date | None) -> str:
    word = phrases.offered(question, "No")
    if not rows:
        return f"{word}, that time is still to come."
    which = f"the {phrases.these([period for period, _ in rows])} you list" if len(rows) > 1 else rows[0][0].label
    return f"{word}, not for {which}.{_collected(context, question.measure or '', rows, begins)}"


def _collected(context: Context, measure: str, rows: Cells, begins: date | None) -> str:
    """Say since when it is collected, and offer the number that was not asked for where we hold it (FOIA s.16)."""
    if begins is None or not rows[-1][0].end < begins <= context.day:
        return ""
    said = f" We have collected this information since {years.spoken(begins)}"
    after = context.table(measure, (years.span(begins, context.day),)).groups[0].cells[0]
    if not isinstance(after, answers.Held):
        return f"{said}."
    return f"{said}, and can send you the number from then to {years.spoken(context.day)} if you would like it."
