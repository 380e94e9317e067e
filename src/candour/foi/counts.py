"""Questions of number: how many, for each period asked about, every state spelt out."""

from collections.abc import Iterator, Sequence
from datetime import date

from candour.figures import recorded, rendering
from candour.figures.tables import Table
from candour.foi import phrases, protection
from candour.foi.context import Context
from candour.foi.parts import Part, unknown
from candour.reading.requests import Question
from candour.rules import answers, years
from candour.rules.plurals import plural

SEARCH = "search the places outside this register for the time it does not cover, and record the search"
NO_PERIOD = "say for which periods: the question names none"
EARLY = "look whether these answer the question, too: {}"
NO_COVERAGE = "state since when the register records this: without that no number is known to be whole"


def how_many(context: Context, question: Question) -> list[Part]:
    """Answer with the figures of the measure for the periods asked about."""
    periods = asked(context, question)
    if not question.measure or not periods:
        return [unknown(NO_PERIOD, question.why)]
    table = context.given(question.measure, periods)
    cells = table.groups[0].cells
    since = context.recorded_since(question.measure)
    notes = (*_notes(table, since), *protection.notes(table, context.body.regime))
    needs = missing(cells, since) or (EARLY.format(recorded.flagged(table.early)) if table.early else "")
    section = protection.section(table, context.body.regime)
    words = _words(periods, cells)
    return [Part(overall(cells), words, question.why, needs=needs, table=table, notes=notes, section=section)]


def asked(context: Context, question: Question) -> tuple[years.Period, ...]:
    """Return the periods asked about; a question that only says since when is answered by financial years."""
    if question.periods:
        return question.periods
    if question.since and question.since <= context.day:
        return years.periods("financial-year", question.since, context.day)
    return ()


def overall(cells: Sequence[answers.Answer]) -> str:
    """Return the status of several cells: theirs where they agree; what a person can still mend comes first."""
    found = {cell.status for cell in cells if not isinstance(cell, answers.NotApplicable)} or {"not_applicable"}
    for first in ("not_in_register", answers.Suppressed.status, answers.Rounded.status):
        if first in found:
            return first
    return found.pop() if len(found) == 1 else "held_since"


def missing(cells: Sequence[answers.Answer], since: date | None) -> str:
    """Say what a person has to do before the cells are whole; "" where nothing."""
    if since is None and any(cell.value is not None and not cell.source for cell in cells):
        return NO_COVERAGE
    return SEARCH if any(isinstance(cell, answers.NotInRegister) for cell in cells) else ""


_SEVERAL: dict[frozenset[type[answers.Answer]], str] = {
    frozenset(): "All of these {} are still to come.",
    frozenset({answers.NotHeld}): "We do not hold this information for any of these {}.",
    frozenset({answers.NotInRegister}): "Our register has no record of this for any of these {}.",
    frozenset({answers.Held}): "For each of these {} we recorded:",
}
"""What is said of several periods whose cells are all of one kind; periods to come are not looked at."""
_NONE = "We recorded none in any of these {}."
_MIXED = "We hold this information for part of this time only. For each of these {} we recorded:"


def _words(periods: Sequence[years.Period], cells: Sequence[answers.Answer]) -> str:
    """The answer in a sentence; a number for one period only is the whole of it."""
    if len(cells) == 1:
        return _single(periods[0], cells[0])
    kinds = frozenset(type(cell) for cell in cells) - {answers.NotApplicable}
    nothing = kinds == {answers.Held} and not any(cell.value for cell in cells)
    if kinds & protection.KINDS:
        kinds = kinds - protection.KINDS | {answers.Held}
    said = _NONE if nothing else _SEVERAL.get(kinds, _MIXED)
    return said.format(phrases.these(periods))


def _single(period: years.Period, cell: answers.Answer) -> str:
    match cell:
        case answers.HeldSince():
            return f"We recorded {_number(cell)} for {period.label}, counted only {cell.extent()}."
        case answers.NotHeld() | answers.NotInRegister() | answers.NotApplicable():
            return _nothing(period, cell)
        case answers.Suppressed():
            return f"We hold the number for {period.label}, and do not give it: it is {cell.rule}."
        case answers.Rounded():
            return f"We recorded {cell.words()} for {period.label}."
        case _:
            return f"We recorded {_number(cell)} for {period.label}."


def _nothing(period: years.Period, cell: answers.Answer) -> str:
    if isinstance(cell, answers.NotHeld):
        return f"We do not hold this information for {period.label}."
    if isinstance(cell, answers.NotInRegister):
        return f"Our register has no record of this for {period.label}."
    return f"{phrases.sentence(period.label)[:-1]} is still to come."


def _number(cell: answers.Answer) -> str:
    return "none" if cell.value == 0 else f"{cell.value:,}"


def _notes(table: Table, since: date | None) -> Iterator[str]:
    """What a reader needs to know about the numbers: what was counted and how, since when, and what interrupts them."""
    if any(cell.value is not None for cell in table.groups[0].cells):
        basis = rendering.basis(table).rstrip(".")
        begins = f" Recorded since {years.spoken(since)}." if since and since <= table.question.periods[-1].end else ""
        yield f"{table.measure.says} {basis}, as the register stood on {years.spoken(table.as_at.day)}.{begins}"
    yield from _known(table)
    yield from _of_cells(table)
    for row in table.breaks:
        day = years.spoken(date.fromisoformat(row["day"]))
        yield f"Compare figures before and after {day} with care. {phrases.sentence(row['note'])}"


def _known(table: Table) -> Iterator[str]:
    """What is not known of the incidents behind the numbers."""
    if table.date_not_known:
        yield f"A further {table.date_not_known:,} have no known date and are in none of these numbers."
    people = table.completeness.get("people_affected")
    if people and people["known"] < people["of"]:
        of = plural(people["of"], "incident")
        yield f"The number of people is stated for {people['known']:,} of {of}; only those count."
    tier = table.completeness.get("tier")
    if tier and tier["known"] < tier["of"]:
        yield f"For {tier['of'] - tier['known']:,} of {tier['of']:,} it is not settled yet of which kind they are."


def _of_cells(table: Table) -> Iterator[str]:
    """The notes of cells, each said once with its periods; statements with their document; each search once."""
    rows = list(zip(table.question.periods, table.groups[0].cells, strict=True))
    about: dict[str, list[str]] = {}
    for period, cell in rows:
        if note := _of_cell(cell):
            about.setdefault(note, []).append(period.label)
    yield from (f"{phrases.listed(labels)}: {note}." for note, labels in about.items())
    searches = [cell.search for _, cell in rows if isinstance(cell, answers.NotHeld) and cell.search]
    yield from (f"We searched {search}, and found nothing." for search in dict.fromkeys(searches))


def _of_cell(cell: answers.Answer) -> str:
    if cell.source:
        return f"as published in {cell.source['what']} on {years.spoken(date.fromisoformat(cell.source['said_on']))}"
    return "" if isinstance(cell, answers.NotApplicable) else (cell.note or "").rstrip(".")
