"""Questions of number: how many, and since when we know."""

from collections.abc import Sequence
from datetime import date

from candour.figures import queries as figures
from candour.figures import rendering
from candour.figures.tables import Table
from candour.foi.context import Context
from candour.foi.parts import Part
from candour.reading.requests import Question
from candour.rules import answers, years

KNOWN = (answers.Held, answers.HeldSince)
SEARCH = "search the places outside this register for the years it does not cover, and record the search"
NO_PERIOD = "say for which periods: the question names none"


def how_many(context: Context, question: Question) -> list[Part]:
    """Answer with the figures of the measure for the periods asked about, each state spelt out."""
    periods = _periods(context, question)
    if not question.measure or not periods:
        return [Part("not_in_register", "", question.why, needs=NO_PERIOD)]
    table = context.table(question.measure, periods)
    cells = table.groups[0].cells
    notes = (*_basis(table), *_cell_notes(table))
    return [Part(_status(cells), _sentence(cells), question.why, needs=_needs(cells), table=table, notes=notes)]


def since_when(context: Context, question: Question) -> list[Part]:
    """Answer a question whether we know: the first word is one of the answers the requester offered."""
    periods = _periods(context, question)
    if not question.measure or not periods:
        return [Part("not_in_register", "", question.why, needs=NO_PERIOD)]
    table = context.table(question.measure, periods)
    cells = [cell for cell in table.groups[0].cells if not isinstance(cell, answers.NotApplicable)]
    begins = figures.covered_since(context.body.pk, question.measure, context.as_at.number)
    if cells and all(type(cell) is answers.Held for cell in cells):
        return [Part("held", _offered(question, "yes"), question.why)]
    if any(isinstance(cell, KNOWN) for cell in cells):
        first = next(p for p, cell in zip(periods, cells, strict=False) if isinstance(cell, KNOWN))
        day = begins if begins and begins > first.start else first.start
        return [Part("held_since", _only_since(question, day), question.why, needs=_needs(cells))]
    held = (
        "we do not hold it" if all(isinstance(cell, answers.NotHeld) for cell in cells) else "it is not in our register"
    )
    words = f"{_offered(question, 'no')}; {held} for the years you list.{_begins(context, periods, begins)}"
    return [Part(_status(cells), words, question.why, needs=_needs(cells))]


def _periods(context: Context, question: Question) -> tuple[years.Period, ...]:
    """The periods asked about; a question that only says since when is answered by financial years."""
    if question.periods:
        return question.periods
    if question.since and question.since <= context.day:
        return years.periods("financial-year", question.since, context.day)
    return ()


def _offered(question: Question, word: str) -> str:
    """The answer among those the requester offered that begins with `word`, as they wrote it."""
    fits = [one for one in question.offered if one.lower().startswith(word)]
    return fits[0].split(" (")[0] if fits else word.capitalize()


def _only_since(question: Question, day: date) -> str:
    offered = _offered(question, "only since")
    return f"{offered if offered.lower().startswith('only') else 'Only since'} {years.spoken(day)}"


def _begins(context: Context, periods: Sequence[years.Period], begins: date | None) -> str:
    """Say since when it is collected, and offer the part year that the requester did not ask about."""
    if begins is None or begins > context.day:
        return ""
    said = f" It has been recorded since {years.spoken(begins)}"
    if begins <= periods[-1].end:
        return f"{said}."
    return f"{said}; we can give you the figure from that day to {years.spoken(context.day)} if you would like it."


def _status(cells: Sequence[answers.Answer]) -> str:
    """The status of the part: that of its cells where they agree, else the one a person has to look at first."""
    found = {cell.status for cell in cells}
    for status in ("not_in_register", "held_since"):
        if status in found:
            return status
    if len(found) == 1:
        return found.pop()
    return "held_since" if found & {"not_held", "not_applicable"} else "held"


def _needs(cells: Sequence[answers.Answer]) -> str:
    return SEARCH if any(isinstance(cell, answers.NotInRegister) for cell in cells) else ""


def _sentence(cells: Sequence[answers.Answer]) -> str:
    if all(isinstance(cell, answers.NotHeld) for cell in cells):
        return "We do not hold this information for these periods."
    if all(isinstance(cell, answers.NotInRegister) for cell in cells):
        return "Our register has no record for these periods."
    return "The numbers recorded were:" if len(cells) > 1 else "The number recorded was:"


def _basis(table: Table) -> tuple[str, ...]:
    if not any(cell.value is not None for group in table.groups for cell in group.cells):
        return ()
    said = f"{rendering.basis(table)} As at {years.spoken(table.as_at.day)}."
    undated = table.date_not_known
    return (said, f"{undated} more have no known date and are in no period.") if undated else (said,)


def _cell_notes(table: Table) -> tuple[str, ...]:
    """What the cells and the series carry: their notes, where we searched, and each break."""
    searched = [
        f"We searched {cell.search}, and found nothing."
        for cell in table.groups[0].cells
        if isinstance(cell, answers.NotHeld) and cell.search
    ]
    breaks = [f"From {years.spoken(date.fromisoformat(row['day']))}: {row['note']}." for row in table.breaks]
    return tuple(dict.fromkeys([*rendering.notes(table), *searched, *breaks]))
