"""Where incidents stand in the register that have all that is asked: words, codes, a period."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import connection

from candour.incidents.search import index
from candour.incidents.search.index import MONTH, TABLE, WORDS_OF_MONTHS
from candour.ledger.rows import in_parts
from candour.rules.refusals import WrongInput

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
    """Codes lie in the order of places, so a page of them is walked to; words are looked for month by month."""
    conditions, values = _having(asked.codes)
    within = f"{conditions} and place > %s and place < %s"
    page = f"order by place {order} limit %s"
    if not asked.terms:
        return _column(f"select place from {TABLE} where {within} {page}", [*values, *bounds, limit])
    return _column(_month_by_month(within, page, order), [_query(asked), *bounds, *values, *bounds, limit, limit])


def _month_by_month(within: str, page: str, order: str) -> str:
    """The statement that looks for words in one month after the other, and in no more of them than fill the page.

    The index knows each word with its month, so a month without the words costs one look into it, and one that has them
    as much as it holds: a word that was common only long ago is found as quickly as any. A lateral join goes through
    the months in their order and stops at the limit; `offset 0` keeps the match set apart from its order.
    """
    months = "first, last" if order == "asc" else "last, first, -1"
    ends = f"min(place) >> {MONTH} as first, max(place) >> {MONTH} as last"
    asked = f"select {_EVERY_WORD} as said, {ends} from {TABLE} where place > %s and place < %s"
    query = "replace(said, ' ''', ' ''' || month || '-')::tsquery"
    match = f"select * from {TABLE} where {WORDS_OF_MONTHS} @@ {query} offset 0"
    found = f"select place from ({match}) m where {within} {page}"
    return (
        f"with asked as materialized ({asked}) select place from asked, generate_series({months}) month "
        f"cross join lateral ({found}) f limit %s"
    )


_EVERY_WORD = "regexp_replace(' ' || to_tsquery('english', %s)::text, '<[^>]+>', '&', 'g')"
"""The stems asked for as PostgreSQL writes them, each after a blank; of a word that it parts, all parts are wanted."""

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
