"""The count itself: one SQL statement over versions, the same on both databases, a select for each span of days."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from candour.figures import questions, standing
from candour.figures.coverage import Span
from candour.incidents.facts import COUNTED
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt

AT_ONCE = 400
"""Selects in one statement; SQLite joins at most 500."""

UNDATED = -1
"""The place of what has no date on the basis."""


@dataclass(frozen=True)
class Term:
    """What one select counts: incidents of a tier within a span of days (None: without a date), for a place.

    A select of its own for each tier reads one stretch of the index, in order, and sorts nothing.
    """

    place: int
    tier: str
    span: Span | None


@dataclass(frozen=True)
class Count:
    """One row of the answer: incidents, people in them, how many state people, the number of the latest version."""

    place: int
    tier: str
    key: tuple[str | None, ...]
    incidents: int
    people: int
    stating: int
    latest: int


@dataclass(frozen=True)
class Filter:
    """What is counted besides tier and days."""

    column: str
    group: tuple[str, ...]
    where: Mapping[str, str]
    standing: str = COUNTED

    @property
    def stands(self) -> bool:
        """Whether the balances know the answer at the head: by the day logged, and by no fact but the tier."""
        return self.column == standing.BASIS and {*self.group, *self.where} <= {"tier"}

    @property
    def schemes(self) -> list[str]:
        """The schemes whose codes the question names, each once."""
        named = (questions.scheme(name) for name in (*self.group, *self.where))
        return list(dict.fromkeys(scheme for scheme in named if scheme))


def count(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt) -> list[Count]:
    """Count at the two coordinates.

    At the head the balances answer a standard table, and the index of present versions any other; should the head move
    while they are read, the count is made again over all versions.
    """
    present = ledger.head(body).number == as_at.number
    stands = present and filter_.stands
    rows = list(
        _standing(body, terms, filter_, as_at) if stands else _rows(body, terms, filter_, as_at, present=present)
    )
    if present and ledger.head(body).number != as_at.number:
        rows = list(_rows(body, terms, filter_, as_at, present=False))
    return rows


def _standing(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt) -> Iterator[Count]:
    """Add up what stands at the head; of the versions that came later than the day, it tells that there are some."""
    spans = [(term.tier, term.span) for term in terms]
    found = standing.add_up(body, as_at.day, filter_.standing, spans)
    for term, (incidents, people, stating, late) in zip(terms, found, strict=True):
        if incidents:
            key = (term.tier,) * len(filter_.group)
            yield Count(term.place, term.tier, key, incidents, people, stating, as_at.number if late else 0)


def _rows(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, *, present: bool) -> Iterator[Count]:
    for start in range(0, len(terms), AT_ONCE):
        sql, values = statement(body, terms[start : start + AT_ONCE], filter_, as_at, present=present)
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            for place, tier, *key, incidents, people, stating, latest in cursor.fetchall():
                yield Count(place, tier, tuple(key), incidents, int(people or 0), stating, latest)


def statement(
    body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, *, present: bool
) -> tuple[str, list[Any]]:
    """Write the statement and its values; names come from the table of facts, everything else is a value."""
    selects, values = [], []
    for term in terms:
        sql, own = _select(body, term, filter_, as_at, present=present)
        selects.append(sql)
        values += own
    return " union all ".join(selects), values


def _select(body: int, term: Term, filter_: Filter, as_at: AsAt, *, present: bool) -> tuple[str, list[Any]]:
    joins, joined = _codes(filter_, as_at)
    columns = [_column(filter_, name) for name in filter_.group]
    keys = "".join(f", {column}" for column in columns)
    conditions, values = _conditions(body, term, filter_, as_at, present=present)
    sql = (
        f"select {term.place} as place, v.tier{keys}, count(*), sum(v.people_affected), count(v.people_affected), "
        f"max(v.opened) from incidents_version v{joins} where {' and '.join(conditions)} "
        f"group by v.tier{keys}"
    )
    return sql, [*joined, *values]


def _conditions(body: int, term: Term, filter_: Filter, as_at: AsAt, *, present: bool) -> tuple[list[str], list[Any]]:
    conditions = ["v.body = %s", "v.standing = %s", "v.tier = %s"]
    values: list[Any] = [body, filter_.standing, term.tier]
    if term.span is None:
        conditions.append(f"v.{filter_.column} is null")
    else:
        conditions += [f"v.{filter_.column} >= %s", f"v.{filter_.column} <= %s"]
        values += [term.span.start, term.span.end]
    conditions += ["v.held_from <= %s", "v.held_until > %s"]
    values += [as_at.day, as_at.day]
    if present:
        conditions.append("v.closed is null")
    else:
        conditions += ["v.opened <= %s", "(v.closed is null or v.closed > %s)"]
        values += [as_at.number, as_at.number]
    for name, value in filter_.where.items():
        conditions.append(f"{_column(filter_, name)} = %s")
        values.append(value)
    return conditions, values


def _column(filter_: Filter, name: str) -> str:
    scheme = questions.scheme(name)
    return f"c{filter_.schemes.index(scheme)}.code" if scheme else f"v.{questions.COLUMNS[name]}"


def _codes(filter_: Filter, as_at: AsAt) -> tuple[str, list[Any]]:
    """Join, for each scheme that the question names, the code of it."""
    day, number = as_at.day, as_at.number
    joins = (
        f" left join incidents_coding c{place} on c{place}.body = v.body and c{place}.incident = v.incident"
        f" and c{place}.scheme = %s and c{place}.held_from <= %s and c{place}.held_until > %s"
        f" and c{place}.opened <= %s and (c{place}.closed is null or c{place}.closed > %s)"
        for place in range(len(filter_.schemes))
    )
    return "".join(joins), [value for scheme in filter_.schemes for value in (scheme, day, day, number, number)]
