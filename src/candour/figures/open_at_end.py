"""What was open at the end of each of many periods, counted in one statement, however many periods there are.

An incident is open from the day of its basis until the day on which it was closed, by what is said of it as at the day
of the table. Where an older version of it, that held on some days before, said otherwise, the difference is added for
those days: so one that was closed and taken up again counts as open, closed and open again. Of those there are few, and
an index knows them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from candour.figures import statements
from candour.figures.coverage import Span
from candour.figures.statements import Filter, Key, Rows, Statement, Term
from candour.ledger.coordinates import AsAt

DAY = timedelta(days=1)
EVER = "'9999-12-31'"
"""The day of what does not end, as a literal."""

CLOSED_BEFORE = "(closed_on < held_from or (closed_on < held_until and held_until < '9999-12-31'))"
"""The condition of the index of versions that say of days of their own, or before them, that it was closed."""

Sums = tuple[int, ...]
"""How many there are, and what the filter looks at beside."""


@dataclass(frozen=True)
class Ends:
    """The last days of the periods asked for, and of the stretches that coverage cuts the days of the basis into.

    A stretch is covered by the register wholly or not at all.
    """

    ends: tuple[date, ...]
    stretches: tuple[date, ...]

    @classmethod
    def of(cls, terms: Iterable[Term]) -> "Ends":
        spans = [(span, term.open_on) for term in terms if (span := term.span)]
        cuts = {span.start - DAY for span, _ in spans} | {span.end for span, end in spans if span.end != end}
        return cls(tuple(sorted({end for _, end in spans if end})), tuple(sorted(cuts)))

    def within(self, term: Term) -> range:
        """Return the places of the stretches in which a term counts; what comes after its end is not open then."""
        span = term.span or Span(date.max, date.min)
        first = self.stretches.index(span.start - DAY) + 1
        last = len(self.stretches) if span.end == term.open_on else self.stretches.index(span.end)
        return range(first, last + 1)


def counts(terms: Sequence[Term], rows: Iterable[tuple[Any, ...]], keys: int) -> Iterator[tuple[Term, Key, Sums]]:
    """Yield what each term counts in each row of the table, from what `statement` gives; `keys`: facts grouped by."""
    ends, steps = Ends.of(terms), dict[tuple[int, str, Key], list[Sums]]()
    for stretch, tier, *more in rows:
        first, last, *found = more[keys:]
        none = (0,) * len(found)
        mine = steps.setdefault((stretch, tier, tuple(more[:keys])), [none] * (len(ends.ends) + 1))
        mine[first] = _added(mine[first], found)
        mine[last] = _added(mine[last], [-one for one in found])
    sums = {about: list(accumulate(changes, _added)) for about, changes in steps.items()}
    for term in terms:
        place, mine_ = ends.ends.index(term.open_on or date.max), ends.within(term)
        of_term: dict[Key, Sums] = {}
        for (stretch, tier, key), at in sums.items():
            if tier == term.tier and stretch in mine_:
                of_term[key] = _added(of_term.get(key, (0,) * len(at[place])), at[place])
        yield from ((term, key, found) for key, found in of_term.items() if any(found))


def _added(one: Sums, other: Iterable[Any]) -> Sums:
    return tuple(int(first) + int(second) for first, second in zip(one, other, strict=True))


def statement(body: int, terms: Sequence[Term], filter_: Filter, as_at: AsAt, *, present: bool) -> Statement:
    """Write what counts all terms: stretch, tier, row, the first end at which it is open and at which no longer, sums.

    One select a tier reads what is said as at the day, and one the older versions that say otherwise of closing.
    """
    ends, last = Ends.of(terms), max(term.open_on or date.min for term in terms)
    selects: list[Statement] = []
    for tier in dict.fromkeys(term.tier for term in terms):
        first = min(term.span.start for term in terms if term.span and term.tier == tier)
        rows = Rows("v", body, Term(0, tier, Span(first, last)), filter_, as_at, present=present)
        selects += [_now(rows), _then(rows, ends.ends[0])]
    sql, held = statements.together(selects)
    columns = [_place("day", ends.stretches), "tier", *(f"k{at}" for at in range(len(filter_.group)))]
    columns += [_place("since", ends.ends), _place("until", ends.ends)]
    sums = ", ".join(f"sum(m{at})" for at in range(3 if filter_.beside else 1))
    named = ", ".join(str(at + 1) for at in range(len(columns)))
    select = f"select {columns[0]} as place, {', '.join(columns[1:])}, {sums}"
    return f"{select} from ({sql}) e where since < until group by {named}", held


def _now(rows: Rows) -> Statement:
    """From the day of the basis until it was closed."""
    v = rows.alias
    return _select(rows, f"{v}.{rows.filter_.column}", _closed(v), rows.sql())


def _then(rows: Rows, first: date) -> Statement:
    """For the days on which an older version held: what it says of closing, less what is said now.

    Both are alike for its days unless it says there that it was closed, or what is said now does of days before.
    """
    v, w, number = rows.alias, "w", rows.at.number
    mine = f"{v}.incident = x.incident and {w}.body = {v}.body and {w}.incident = x.incident"
    known = f"{w}.opened <= %s and ({w}.closed is null or {w}.closed > %s)"
    before = f"{v}.held_from > %s and {w}.held_from < {v}.held_from and {_closed(w)} <> {_closed(v)}"
    sql, held = replace(rows, few=True).sql(also=f"{mine} and {known} and {before}", more=[number, number, first])
    others = f"select distinct incident from incidents_version where body = %s and {CLOSED_BEFORE}"
    signs = "select 1 as sign union all select -1"
    tables = f"({others}) x cross join incidents_version {w} cross join ({signs}) s cross join {sql}"
    since = _later(f"{w}.held_from", f"{v}.{rows.filter_.column}")
    until = _sooner(f"{w}.held_until", f"case when s.sign = 1 then {_closed(w)} else {_closed(v)} end")
    return _select(rows, since, until, (tables, [rows.body, *held]), "s.sign")


def _select(rows: Rows, since: str, until: str, from_: Statement, sign: str = "1") -> Statement:
    """Each incident with its basis, tier and row, between which days it is open, and what it adds."""
    sql, held = from_
    adds, named = statements.each_adds(rows)
    keys = "".join(f", {key} as k{at}" for at, key in enumerate(rows.keys))
    sums = "".join(f", {sign} * {add} as m{at}" for at, add in enumerate(adds))
    about = f"{rows.alias}.{rows.filter_.column} as day, {rows.alias}.tier as tier"
    return f"select {about}{keys}, {since} as since, {until} as until{sums} from {sql}", [*named, *held]


def _closed(alias: str) -> str:
    return f"coalesce({alias}.closed_on, {EVER})"


def _later(one: str, other: str) -> str:
    return f"case when {one} > {other} then {one} else {other} end"


def _sooner(one: str, other: str) -> str:
    return f"case when {one} < {other} then {one} else {other} end"


def _place(day: str, ends: Sequence[date], first: int = 0) -> str:
    """Write the place of the first of some days that a day is not after; past the last where it is after all."""
    if not ends:
        return str(first)
    middle = len(ends) // 2
    sooner, later = _place(day, ends[:middle], first), _place(day, ends[middle + 1 :], first + middle + 1)
    return f"case when {day} <= '{ends[middle].isoformat()}' then {sooner} else {later} end"
