"""The statements that count: a select for each span of days and tier over versions, the same on both databases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from candour.figures import grouping, standing, values
from candour.figures.coverage import Span
from candour.incidents.facts import COUNTED
from candour.ledger.coordinates import AsAt
from candour.rules import tiers

Key = tuple[str | None, ...]
Statement = tuple[str, list[Any]]

INDEXED = "occurred_on"
"""The moment by which what is believed now has an index of its own, besides that of logging."""


@dataclass(frozen=True)
class Term:
    """What one select counts: incidents of a tier within a span of days (None: without a date), for a place.

    A select of its own for each tier reads one stretch of the index, in order, and sorts nothing. `open_on`: only what
    was open at the end of that day. `without`: the rows of the table that the span does not cover.
    """

    place: int
    tier: str
    span: Span | None
    open_on: date | None = None
    without: tuple[Key, ...] = ()


@dataclass(frozen=True)
class Filter:
    """What is counted besides tier and days, and which value of an incident is asked for.

    `about` names facts that are read besides, only to see for how many incidents they are known. `beside` names a fact
    of `where` that is looked at in each incident and not while looking for them, so that one reading tells both.
    """

    column: str
    group: tuple[str, ...]
    where: Mapping[str, str]
    standing: str = COUNTED
    value: str = "incidents"
    about: tuple[str, ...] = ()
    beside: str | None = None

    @property
    def stands(self) -> bool:
        """Whether the balances know the answer at the head: by the day logged, and by no fact but the tier."""
        facts = {*self.group, *self.where, *self.about}
        return self.column == standing.BASIS and facts <= {"tier"} and self.value in {"incidents", "people"}

    @property
    def schemes(self) -> list[str]:
        """The schemes whose codes the question names, each once."""
        named = (grouping.scheme(name) for name in (*self.group, *self.where, *self.about))
        return list(dict.fromkeys(scheme for scheme in named if scheme))

    def reader(self, alias: str) -> grouping.Reader:
        return grouping.Reader(alias, self.schemes)


@dataclass
class Rows:
    """The versions that a term counts at two coordinates: what follows `from`, with its values in their order.

    `present`: the head is asked for, and the index of what is believed now serves. `few`: only of incidents that are
    looked up one by one; else SQLite would look through a whole tier for each.
    """

    alias: str
    body: int
    term: Term
    filter_: Filter
    at: AsAt
    present: bool = False
    few: bool = False

    def __post_init__(self) -> None:
        self.reader = self.filter_.reader(self.alias)

    @property
    def keys(self) -> list[str]:
        return [self.reader.key(name) for name in self.filter_.group]

    @property
    def value(self) -> str:
        return values.expression(self.filter_.value, self.alias)

    def sql(self, *, among: Sequence[int] | None = None, also: str = "", more: Sequence[Any] = ()) -> Statement:
        """Write tables and conditions; `among`: of some incidents only; `also`: a condition more, with its values."""
        joins, joined = self._codes()
        parts = "".join(self.reader.parts(name) for name in self.filter_.group if name in grouping.MANY)
        conditions, held = self._conditions()
        if among is not None:
            conditions.append(f"{self.alias}.incident in ({', '.join(str(int(number)) for number in among)})")
        if also:
            conditions.append(also)
        sql = f"incidents_version {self.alias}{joins}{parts} where {' and '.join(conditions)}"
        return sql, [*joined, *held, *more]

    def _conditions(self) -> tuple[list[str], list[Any]]:
        conditions, held = self._incident()
        for said, its in (self._days(), self._open(), self._known(), self._where(), self._covered()):
            conditions += said
            held += its
        return conditions, held

    def _incident(self) -> tuple[list[str], list[Any]]:
        read = " || ''" if self._undated_by_index or self.few else ""
        conditions = [f"{self.alias}.{name} = %s" for name in ("body", f"standing{read}", f"tier{read}")]
        return conditions, [self.body, self.filter_.standing, self.term.tier]

    @property
    def _undated_by_index(self) -> bool:
        """Whether an index finds the few that have no date; SQLite would look through a whole tier instead."""
        return self.present and self.term.span is None and self.filter_.column == INDEXED

    def _days(self) -> tuple[list[str], list[Any]]:
        column, span = f"{self.alias}.{self.filter_.column}", self.term.span
        if span is None:
            return [f"{column} is null"], []
        return [f"{column} >= %s", f"{column} <= %s"], [span.start, span.end]

    def _open(self) -> tuple[list[str], list[Any]]:
        """Not closed by the end of a day: by what the register said that day or, of what it lacked then, says here.

        A version that held that day already says it itself.
        """
        v, day = self.alias, self.term.open_on
        if day is None:
            return [], []
        number, own = self._number()
        that_day, held = self.that_day(day)
        known = f"{v}_then.opened <= {number} and ({v}_then.closed is null or {v}_then.closed > {number})"
        said = f"select coalesce({v}_then.closed_on, %s) from {that_day} and {known}"
        closed = f"case when {v}.held_from > %s then ({said}) end, {v}.closed_on, %s"
        return [f"coalesce({closed}) > %s"], [day, date.max, *held, *own, *own, date.max, day]

    def that_day(self, day: date) -> Statement:
        """Write the versions of the same incident that held at the end of another day, at any ledger number."""
        v, then = self.alias, f"{self.alias}_then"
        same = f"{then}.body = {v}.body and {then}.incident = {v}.incident"
        return f"incidents_version {then} where {same} and {then}.held_from <= %s and {then}.held_until > %s", [
            day,
            day,
        ]

    def _known(self) -> tuple[list[str], list[Any]]:
        v, day = self.alias, self.at.day
        conditions, held = [f"{v}.held_from <= %s", f"{v}.held_until > %s"], [day, day]
        if self.present:
            return [*conditions, f"{v}.closed is null"], held
        number, own = self._number()
        conditions += [f"{v}.opened <= {number}", f"({v}.closed is null or {v}.closed > {number})"]
        return conditions, [*held, *own, *own]

    def _number(self) -> Statement:
        """Write the ledger number at which the record is read."""
        return "%s", [self.at.number]

    def _where(self) -> tuple[list[str], list[Any]]:
        where = {name: value for name, value in self.filter_.where.items() if name != self.filter_.beside}
        return [self.reader.equals(name) for name in where], list(where.values())

    def _covered(self) -> tuple[list[str], list[Any]]:
        """Without the rows that are not covered; of a table with one row, without all of it."""
        conditions, held = [], []
        for key in self.term.without:
            named = [_is(column, one) for column, one in zip(self.keys, key, strict=True)]
            conditions.append(f"not ({' and '.join(named) or '1 = 1'})")
            held += [one for one in key if one is not None]
        return conditions, held

    def _codes(self) -> Statement:
        """Join, for each scheme that the question names, the code of it."""
        v, day = self.alias, self.at.day
        number, own = self._number()
        joins = (
            f" left join incidents_coding {v}c{place} on {v}c{place}.body = {v}.body"
            f" and {v}c{place}.incident = {v}.incident and {v}c{place}.scheme = %s"
            f" and {v}c{place}.held_from <= %s and {v}c{place}.held_until > %s"
            f" and {v}c{place}.opened <= {number} and ({v}c{place}.closed is null or {v}c{place}.closed > {number})"
            for place in range(len(self.filter_.schemes))
        )
        return "".join(joins), [held for scheme in self.filter_.schemes for held in (scheme, day, day, *own, *own)]


def _is(column: str, value: str | None) -> str:
    """Two-valued: a fact that nobody stated is not the value."""
    return f"{column} is null" if value is None else f"({column} is not null and {column} = %s)"


def together(selects: Sequence[Statement]) -> Statement:
    """Put selects into one statement."""
    return " union all ".join(sql for sql, _ in selects), [value for _, held in selects for value in held]


def counts(rows: Rows) -> Statement:
    """How many incidents a term has in each row, what their values add up to, and how many state one.

    Where a fact is looked at beside: of those that have its value; then how many there are in all, and how many tell.
    """
    sql, held = rows.sql()
    keys = "".join(f", {key}" for key in rows.keys)
    columns, named = _beside(rows, rows.filter_.beside) if rows.filter_.beside else (_columns(rows.value), [])
    select = f"select {rows.term.place} as place, {rows.alias}.tier{keys}, {columns}"
    return f"{select} from {sql} group by {rows.alias}.tier{keys}", [*named, *held]


def _columns(value: str) -> str:
    return f"count(*), {'0, 0' if value == '1' else f'sum({value}), count({value})'}"


def _beside(rows: Rows, name: str) -> Statement:
    has, value = rows.reader.equals(name), rows.value
    of_those = [f"count(case when {has} then 1 end)"]
    of_those += [f"{how}(case when {has} then {value} end)" for how in ("sum", "count") if value != "1"] or ["0", "0"]
    named = [rows.filter_.where[name]] * (1 if value == "1" else 3)
    return f"{', '.join(of_those)}, count(*), count({_known(rows, name)})", named


def each_adds(rows: Rows) -> tuple[list[str], list[Any]]:
    """What one incident adds to a count: 1; with a fact beside, 1 where it has its value, 1, and 1 where it tells."""
    name = rows.filter_.beside
    if name is None:
        return ["1"], []
    ones = (rows.reader.equals(name), f"{_known(rows, name)} is not null")
    has, tells = (f"case when {condition} then 1 else 0 end" for condition in ones)
    return [has, "1", tells], [rows.filter_.where[name]]


def known(rows: Rows, names: Sequence[str]) -> Statement:
    """How many incidents a term has, each once, and for how many of them each of some facts is known."""
    sql, held = rows.sql()
    columns = "".join(f", {_once(rows, _known(rows, name))}" for name in names)
    return f"select {_once(rows, '1')}{columns} from {sql}", held


def _known(rows: Rows, name: str) -> str:
    """Write what is NULL where a fact is not known; a tier that is not determined is not."""
    if name == "tier":
        return f"nullif({rows.alias}.tier, '{tiers.UNDETERMINED}')"
    return rows.value if name == values.VALUES[rows.filter_.value].fact else rows.reader.source(name)


def _once(rows: Rows, fact: str) -> str:
    """An incident that stands in several rows of the table is one."""
    if not set(rows.filter_.group) & set(grouping.MANY):
        return f"count({fact})"
    return f"count(distinct case when {fact} is not null then {rows.alias}.incident end)"


def each(rows: Rows, *, among: Sequence[int] | None = None) -> Statement:
    """Each incident that a term counts: its number, place, tier, day, the key of its row, and its value."""
    sql, held = rows.sql(among=among)
    keys = "".join(f", {key} as k{at}" for at, key in enumerate(rows.keys))
    v, day = rows.alias, rows.filter_.column
    about = f"{v}.incident, {rows.term.place} as place, {v}.tier, {v}.{day} as day"
    return f"select {about}{keys}, {rows.value} as x from {sql}", held


def middles(selects: Sequence[Statement], keys: int) -> Statement:
    """The middle one, or the middle two, of the values of each place and row, by window functions."""
    sql, held = together(selects)
    named = "".join(f", k{at}" for at in range(keys))
    inner = (
        f"select place{named}, x, row_number() over (partition by place{named} order by x) as nth,"
        f" count(*) over (partition by place{named}) as many from ({sql}) e where x is not null"
    )
    middle = "nth in ((many + 1) / 2, (many + 2) / 2)"
    return f"select place{named}, min(x), max(x) from ({inner}) m where {middle} group by place{named}", held


@dataclass(frozen=True)
class Moved:
    """What `rows` count that came or went since another number, held against what `others` count at theirs."""

    rows: Rows
    others: Rows
    since: Statement

    def unlike(self, *, first: int | None = None) -> Statement:
        """Whether others lack one of them in the same row with the same value; of the `first` so many only."""
        names = [*self.rows.filter_.group, *self.rows.filter_.where]
        alike = [_same(self.rows.reader.source(name), self.others.reader.source(name)) for name in names]
        alike.append(_same(self.rows.value, self.others.value))
        v, w = self.rows.alias, self.others.alias
        other, theirs = self.others.sql(also=f"{w}.incident = {v}.incident and {' and '.join(alike)}")
        lacking = f"not exists (select 1 from {other})"
        if first is None:
            moved, held = self.since
            sql, own = self.rows.sql(also=f"{moved} and {lacking}", more=[*held, *theirs])
            return f"exists (select 1 from {sql})", own
        sql, own = self._first(f"{v}.*", first)
        return f"exists (select 1 from ({sql}) {v} where {lacking})", [*own, *theirs]

    def more_than(self, many: int) -> Statement:
        sql, own = self._first("1", many + 1)
        return f"(select count(*) from ({sql}) m) > {many}", own

    @property
    def alone(self) -> bool:
        """Whether a version tells all: no code of a scheme is asked for, and no fact with several values."""
        return not self.rows.filter_.schemes and not set(self.rows.filter_.group) & set(grouping.MANY)

    def _first(self, columns: str, many: int) -> Statement:
        moved, held = self.since
        sql, own = self.rows.sql(also=moved, more=held)
        return f"select {columns} from {sql} limit {many}", own


def moved(rows: Rows, number: int) -> list[Moved]:
    """What a term counts that the record did not have at an earlier number, and what it had then and has not now."""
    then = replace(rows, alias="w", at=replace(rows.at, number=number), present=False)
    return [
        Moved(rows, then, _or_that_day(rows, (f"{rows.alias}.opened > %s", [number]), number)),
        Moved(then, rows, _or_that_day(then, ("w.closed <= %s", [rows.at.number]), number)),
    ]


def _or_that_day(rows: Rows, moved: Statement, number: int) -> Statement:
    """What moved itself, or rests on what it said at the end of a day, and that moved after a ledger number."""
    day = rows.term.open_on
    if day is None:
        return moved
    (sql, held), (that_day, own), then = moved, rows.that_day(day), f"{rows.alias}_then"
    also = f"exists (select 1 from {that_day} and ({then}.opened > %s or {then}.closed > %s))"
    return f"({sql} or ({rows.alias}.held_from > %s and {also}))", [*held, day, *own, number, number]


def _same(one: str, other: str) -> str:
    return f"({one} = {other} or ({one} is null and {other} is null))"
