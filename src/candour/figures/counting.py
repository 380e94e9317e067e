"""The count itself: one SQL statement over versions, and one more where the middle of values is asked for."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db import connection

from candour.figures import open_at_end, standing, statements
from candour.figures.statements import Filter, Key, Rows, Statement, Term
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.rows import in_parts
from candour.rules.refusals import WrongInput

AT_ONCE = 400
"""Selects in one statement; SQLite joins at most 500."""

CONDITIONS = 100
"""Conditions in one statement, each with a question inside it."""

FIRST = 200
"""So many incidents that moved are compared one by one before all are compared at once."""

UNDATED = -1
"""The place of what has no date on the basis."""

MOST_ROWS = 500
"""Rows of a table that a person can still look through."""


@dataclass(frozen=True)
class Count:
    """One row of the answer: incidents, what their values add up to, and how many state one.

    `otherwise`: whether the record itself could not count so at the end of the day; None where the count does not tell.

    `amount` and `stating` are 0 where incidents are counted and nothing is added up. `beside`: where the filter looks
    at a fact beside, how many incidents there are with any value of it or none, and how many state one.
    """

    place: int
    tier: str
    key: Key
    incidents: int
    amount: int
    stating: int
    otherwise: bool | None = None
    beside: tuple[int, int] | None = None


def count(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, *, most: int = MOST_ROWS) -> list[Count]:
    """Count at the two coordinates; WrongInput where there are more than `most` rows of a table.

    At the head the balances answer a standard table, and the index of present versions any other; should the head move
    while they are read, the count is made again over all versions.
    """
    present = ledger.head(body).number == as_at.number
    if present and filter_.stands:
        rows = list(_standing(body, terms, filter_, as_at))
    else:
        rows = _counted(body, terms, filter_, as_at, most, present=present)
    if present and ledger.head(body).number != as_at.number:
        rows = _counted(body, terms, filter_, as_at, most, present=False)
    return rows


def _standing(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt) -> Iterator[Count]:
    """Add up what stands at the head, a row for each term."""
    spans, people = [(term.tier, term.span) for term in terms], filter_.value == "people"
    found = standing.add_up(body, as_at.day, filter_.standing, spans, people=people)
    for term, sums in zip(terms, found, strict=True):
        key = (term.tier,) * len(filter_.group)
        otherwise = sums.otherwise(people=people)
        yield Count(term.place, term.tier, key, sums.incidents, sums.people, sums.stating, otherwise)


def _counted(
    body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, most: int, *, present: bool
) -> list[Count]:
    found, keys = [], set()
    for row in _rows(body, terms, filter_, as_at, present=present):
        found.append(row)
        keys |= {row.key} if row.incidents else set()
        if len(keys) > most:
            raise WrongInput(
                f"grouped by {' and '.join(filter_.group)} the table has more than {most} rows;"
                " narrow it with a filter, or group by another fact"
            )
    return found


def _rows(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, *, present: bool) -> Iterator[Count]:
    open_, others = ([term for term in terms if bool(term.open_on) is said] for said in (True, False))
    if open_:
        yield from _open(body, open_, filter_, as_at, present=present)
    for start in range(0, len(others), AT_ONCE):
        for row in asked(statement(body, others[start : start + AT_ONCE], filter_, as_at, present=present)):
            place, tier, *key = row[: len(filter_.group) + 2]
            incidents, amount, stating, *beside = row[len(filter_.group) + 2 :]
            yield Count(place, tier, tuple(key), incidents, int(amount or 0), stating, beside=tuple(beside) or None)


def _open(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, *, present: bool) -> Iterator[Count]:
    """What was open at the end of periods: all of them are counted at once."""
    rows = asked(open_at_end.statement(body, terms, filter_, as_at, present=present))
    for term, key, (incidents, *beside) in open_at_end.counts(terms, rows, len(filter_.group)):
        yield Count(term.place, term.tier, key, incidents, 0, 0, beside=(beside[0], beside[1]) if beside else None)


def statement(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, *, present: bool) -> Statement:
    """Write the statement and its values; names come from the table of facts, everything else is a value."""
    return statements.together(
        [statements.counts(Rows("v", body, term, filter_, as_at, present=present)) for term in terms]
    )


def middles(rows: Sequence[Rows]) -> dict[tuple[int, Key], float]:
    """Return the median of what incidents state, by place and row: the middle one, or between the middle two."""
    found = {}
    for some in _by_place(rows):
        selects = [statements.each(one) for one in some]
        for place, *key, low, high in asked(statements.middles(selects, len(some[0].filter_.group))):
            found[place, tuple(key)] = (int(low) + int(high)) / 2
    return found


def known(body: int, terms: Sequence[Term], filter_: Filter, names: Sequence[str], as_at: AsAt) -> tuple[int, ...]:
    """Return how many incidents the terms count, each once, and for how many of them each of the facts is known."""
    about = replace(filter_, about=tuple(names))
    sums = [0] * (len(names) + 1)
    for start in range(0, len(terms), AT_ONCE):
        some = terms[start : start + AT_ONCE]
        selects = [statements.known(Rows("v", body, term, about, as_at), names) for term in some]
        for row in asked(statements.together(selects)):
            sums = [held + more for held, more in zip(sums, row, strict=True)]
    return tuple(sums)


def _by_place(rows: Sequence[Rows]) -> Iterator[list[Rows]]:
    """Rows in portions that fit into one statement; those of one place stay together, for a median is of all of it."""
    some: list[Rows] = []
    for _, of_place in groupby(sorted(rows, key=_place), _place):
        more = list(of_place)
        if some and len(some) + len(more) > AT_ONCE:
            yield some
            some = []
        some += more
    if some:
        yield some


def _place(rows: Rows) -> int:
    return rows.term.place


def known_otherwise(
    body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, counts: Sequence[Count] = ()
) -> bool:
    """Say whether any of the terms counts an incident otherwise than the record itself could at the end of the day.

    Only where the `counts` of the terms do not tell it is the database asked.
    """
    number = ledger.number_at_end_of(body, as_at.day)
    if number >= as_at.number:
        return False
    told = {row.place: row.otherwise for row in counts}
    if any(told.get(term.place) for term in terms if not term.without):
        return True
    unsure = [term for term in terms if term.without or told.get(term.place) is None]
    return _looked_up(body, unsure, filter_, as_at, number)


def _looked_up(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, number: int) -> bool:
    """Look for an incident that is counted otherwise than at another ledger number.

    Among the first of what moved there mostly is one, and mostly there are no more: only else are all compared.
    """
    moved = [one for term in terms for one in statements.moved(Rows("v", body, term, filter_, as_at), number)]
    if moved and moved[0].alone:
        if _any(one.unlike(first=FIRST) for one in moved):
            return True
        more = _each([one.more_than(FIRST) for one in moved])
        moved = [one for one, many in zip(moved, more, strict=True) if many]
    return _any(one.unlike() for one in moved)


def _any(conditions: Iterable[Statement]) -> bool:
    """Say whether one of the conditions holds: the first, which mostly does, is asked alone, then many at once."""
    listed = list(conditions)
    portions = (listed[:1], *in_parts(listed[1:], CONDITIONS))
    return any(any(_each([_either(some)])) for some in portions if some)


def _either(conditions: Sequence[Statement]) -> Statement:
    return " or ".join(one for one, _ in conditions), [value for _, values in conditions for value in values]


def _each(conditions: Sequence[Statement]) -> list[bool]:
    """Say of each condition whether it holds; many are asked in one statement."""
    found: list[bool] = []
    for some in in_parts(conditions, CONDITIONS):
        columns = ", ".join(f"case when {one} then 1 else 0 end" for one, _ in some)
        (row,) = asked((f"select {columns}", [value for _, values in some for value in values]))
        found += map(bool, row)
    return found


def asked(statement_: Statement) -> Iterator[tuple[Any, ...]]:
    """Run a statement and yield its rows, a thousand at a time."""
    with connection.cursor() as cursor:
        cursor.execute(*statement_)
        while rows := cursor.fetchmany(1000):
            yield from rows
