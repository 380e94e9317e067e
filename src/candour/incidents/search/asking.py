"""Where incidents stand in the register that have all that is asked: words, codes, a period."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from candour.incidents.search import index
from candour.incidents.search.index import TABLE
from candour.ledger.rows import in_parts
from candour.rules.refusals import WrongInput

_NEWEST = 5000
"""Rows in which PostgreSQL looks for a common word first: a word that does not fill a page there has few matches."""

_WORD = re.compile(r"[^\W_]+\*?")
_MOST_WORDS = 20


@dataclass(frozen=True)
class Asked:
    """What is looked for: all of `words`, all of `codes` (fact to value), logged from `since` to `until`.

    A word is found in every form that has its stem, and with a star in every one that begins so. WrongInput for more
    words than anybody means.
    """

    words: str = ""
    codes: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if len(self.terms) > _MOST_WORDS:
            raise WrongInput(f"look for at most {_MOST_WORDS} words at once")

    @property
    def terms(self) -> list[str]:
        """The words as the index knows them: letters and digits, with a star where any ending will do."""
        return _WORD.findall(self.words)

    @property
    def tokens(self) -> list[str]:
        """The codes as the index knows them."""
        return [index.token(name, value) for name, value in self.codes.items()]

    @property
    def hopeless(self) -> bool:
        """Whether something was given to look for, and nothing in it is a word."""
        return bool(self.words.strip()) and not self.terms

    def range(self, body: int, beyond: int | None, *, newer: bool) -> tuple[int, int]:
        """The places `low < place < high` in which it is looked for, all of them or those on one side of a place."""
        low = index.place(body, self.since, 0) - 1
        end = index.place(body + 1, None, 0)
        high = index.place(body, self.until + timedelta(days=1), 0) if self.until else end
        if beyond is None:
            return low, high
        return (max(low, beyond), high) if newer else (low, min(high, beyond))


def places(
    body: int,
    asked: Asked,
    *,
    limit: int,
    beyond: int | None = None,
    newer: bool = False,
    among: Collection[int] | None = None,
) -> list[int]:
    """Return where incidents stand that have all that is asked: the latest first, or those next to `beyond`.

    `among` names the only places that come into question. Who may see them is not looked at here.
    """
    if asked.hopeless:
        return []
    low, high = asked.range(body, beyond, newer=newer)
    order = "asc" if newer else "desc"
    look = _sqlite if connection.vendor == "sqlite" else _postgresql
    if among is None:
        return look(asked, (low, high), order, limit)
    near = sorted((one for one in among if low < one < high), reverse=not newer)
    found = _of_few(asked, near) if asked.words or asked.codes else near
    return found[:limit]


def _of_few(asked: Asked, near: Sequence[int]) -> list[int]:
    """Keep of a few places, in their order, those that have what is asked."""
    match, values = _fts(asked) if connection.vendor == "sqlite" else _matching(asked)
    column = "rowid" if connection.vendor == "sqlite" else "place"
    having: set[int] = set()
    for some in in_parts(near):
        marks = ", ".join(["%s"] * len(some))
        statement = f"select {column} from {TABLE} where {match} and {column} in ({marks})"
        having.update(_column(statement, [*values, *some]))
    return [one for one in near if one in having]


def _sqlite(asked: Asked, bounds: tuple[int, int], order: str, limit: int) -> list[int]:
    """FTS5 walks its matches in the order of places, so that a page costs the same however many there are."""
    match, values = _fts(asked)
    statement = f"select rowid from {TABLE} where {match} and rowid > %s and rowid < %s order by rowid {order} limit %s"
    return _column(statement, [*values, *bounds, limit])


def _fts(asked: Asked) -> tuple[str, list[Any]]:
    words = [f'words : "{term.rstrip("*")}"{" *" if term.endswith("*") else ""}' for term in asked.terms]
    codes = [f'codes : "{token}"' for token in asked.tokens or [index.EVERY]]
    return f"{TABLE} match %s", [" AND ".join([*words, *codes])]


def _postgresql(asked: Asked, bounds: tuple[int, int], order: str, limit: int) -> list[int]:
    """Codes lie in the order of places, so a page of them is walked to; words are looked for among the nearest first.

    What is common is found there at once; else the match set, then its order. One statement does both: the second part
    is not begun where the first filled the page.
    """
    conditions, values = _having(asked.codes)
    within = f"select * from {TABLE} where {conditions} and place > %s and place < %s"
    said = [*values, *bounds]
    if not asked.terms:
        return _column(f"select place from ({within}) t order by place {order} limit %s", [*said, limit])
    match, words = _WORDS, _query(asked)
    newest = f"{within} order by place {order} limit {_NEWEST}"
    near = f"select place from ({newest}) n where {match} order by place {order} limit %s"
    missing = "(select count(*) from near) < %s"
    far = f"select place from ({within}) f where {match} and {missing}"
    both = f"with near as materialized ({near}), far as materialized ({far})"
    statement = f"{both} select place from (table near union table far) t order by place {order} limit %s"
    return _column(statement, [*said, words, limit, *said, words, limit, limit])


_WORDS = "words @@ to_tsquery('english', %s)"


def _query(asked: Asked) -> str:
    return " & ".join(term.replace("*", ":*") for term in asked.terms)


def _having(codes: Mapping[str, str]) -> tuple[str, list[Any]]:
    """The condition that an incident has some codes, by the columns of PostgreSQL's table."""
    found = [(f"{name} = %s", index.number(name, value)) for name, value in codes.items()]
    return " and ".join(["true", *(sql for sql, _ in found)]), [value for _, value in found]


def _matching(asked: Asked) -> tuple[str, list[Any]]:
    conditions, values = _having(asked.codes)
    return (f"{conditions} and {_WORDS}", [*values, _query(asked)]) if asked.terms else (conditions, values)


def _column(statement: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]
