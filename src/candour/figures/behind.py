"""The incidents behind one number of a table, at the table's own coordinates."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models.expressions import RawSQL

from candour.figures import counting, statements, values
from candour.figures.coverage import Span, knowledge
from candour.figures.planning import Plan
from candour.figures.questions import Question
from candour.figures.statements import Key, Rows, Statement, Term
from candour.figures.values import How
from candour.incidents import access, models
from candour.incidents.queries import telling
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Person
from candour.rules import tiers
from candour.rules.refusals import NotThere

if TYPE_CHECKING:
    from django.db.models import QuerySet

Named = Mapping[str, str | None]
"""A row of a table: its facts and their values."""


@dataclass(frozen=True)
class Row:
    """One incident that the cell counts, as it stood then; what a confidential one is about, only its own page says.

    `value`: what is counted of it, where the measure does not count incidents; None: it states no number.
    """

    reference: str
    tier: str
    description: str
    confidential: bool
    value: int | None


@dataclass(frozen=True)
class Page:
    """Some of the incidents behind a number; `next` is the key that `after` takes, None at the end.

    `counted` are all of them; `unit` says what their values are, "" where incidents are counted, and `amount` what the
    values add up to, where they do. `unseen` of them the asker may not see: they are counted all the same.
    """

    rows: list[Row]
    next: int | None
    counted: int
    unseen: int
    unit: str
    amount: int | None


def page(
    question: Question,
    as_at: AsAt,
    place: int,
    *rows: Named,
    by: Person,
    today: date,
    after: int = 0,
) -> Page:
    """Return the incidents that the cell of period `place` counts in some rows together, by number, `after` one.

    All is read from the index by which the cell was counted; only the incidents of the page are looked up besides.
    Raises NotThere for somebody who may see none, or a cell that the table does not have.
    """
    if not 0 <= place < len(question.periods):
        raise NotThere("there is nothing here for you")
    seen, gives = access.stated(access.sight(by, today)), question.measure.gives
    cell = _Cell(by.body_id, question, as_at, place, rows)
    counted, amount, unseen = cell.sums(seen)
    found = cell.after(after, ON_A_PAGE + 1, seen if unseen else EVERYTHING)
    more, found = len(found) > ON_A_PAGE, found[:ON_A_PAGE]
    return Page(
        told(by, found, as_at, counts=gives.fact is None),
        found[-1][0] if more else None,
        counted,
        unseen,
        gives.unit if gives.fact else "",
        amount if gives.how is How.SUM else None,
    )


def told(by: Person, found: Sequence[tuple[int, str, Any]], as_at: AsAt, *, counts: bool = True) -> list[Row]:
    """Say of each incident, given by number, tier and value, what a page says; a fixed number of queries."""
    numbers = [number for number, _, _ in found]
    names, secret = telling.references(by.body, numbers), telling.confidential(by.body, numbers)
    words = telling.descriptions(by.body, [names[one] for one in numbers if one not in secret], as_at)
    return [
        Row(
            names[number], tier, words.get(names[number]) or "", number in secret,
            None if counts or value is None else int(value),
        )
        for number, tier, value in found
    ]  # fmt: skip


ON_A_PAGE = 100

EVERYTHING: Statement = "1 = 1", []
"""What is in sight of somebody who may see all that there is: nothing is looked up for it."""

NOTHING = Term(0, tiers.UNDETERMINED, Span(date.max, date.min))
"""A term that counts nothing: the register covers none of the days."""


@dataclass(frozen=True)
class _Cell:
    """The versions that a cell counts in some rows of its table: those that the table's own statement counts there."""

    body: int
    question: Question
    as_at: AsAt
    place: int
    rows: tuple[Named, ...]

    def sums(self, seen: Statement) -> tuple[int, int, int]:
        """How many there are, what their values add up to, and how many of them are not in sight."""
        condition, own = seen
        unseen = f"sum(case when {condition} then 0 else 1 end)"
        found = self._asked(lambda value: f"count(*), sum({value}), {unseen}", own)
        many, amount, hidden = (sum(int(one or 0) for one in column) for column in zip(*found, strict=True))
        return many, amount, hidden

    def after(self, number: int, limit: int, seen: Statement) -> list[tuple[Any, ...]]:
        """The first of those in sight after a number: number, tier and value of each."""
        condition, own = seen
        also = f" and v.incident + 0 > %s and {condition}", [number, *own]
        columns = (
            "v.incident + 0 as number, v.tier, {}"  # + 0: the index of the cell's days serves, not that of numbers
        )
        found = self._asked(columns.format, also=also, ends=f" order by number limit {limit}")
        return sorted(found, key=lambda row: row[0])[:limit]

    def ids(self) -> Statement:
        """The versions themselves, as one statement."""
        return statements.together([(f"select v.id from {sql}", held) for sql, held, _ in self.tables])

    def _asked(
        self,
        columns: Callable[[str], str],
        first: Sequence[Any] = (),
        *,
        also: Statement = ("", []),
        ends: str = "",
    ) -> list[tuple[Any, ...]]:
        """Select columns (made from what an incident gives; `first` are their values) of all that the cell counts."""
        more, own = also
        selects = [
            (f"select {columns(value)} from {sql}{more}", [*first, *held, *own]) for sql, held, value in self.tables
        ]
        found: list[tuple[Any, ...]] = []
        for start in range(0, len(selects), counting.AT_ONCE):
            sql, held = statements.together(selects[start : start + counting.AT_ONCE])
            found += counting.asked((f"select * from ({sql}) c{ends}", held))
        return found

    @cached_property
    def tables(self) -> list[tuple[str, list[Any], str]]:
        """What follows `from` for each stretch of days and tier of each row, with its values, and what one gives."""
        question = replace(self.question, periods=(self.question.periods[self.place],), group=tuple(self.rows[0]))
        plan = Plan(question, self.as_at, knowledge(self.body, self.as_at.number))
        found = []
        for row in self.rows:
            key = tuple(row.values())
            for term in plan.of_row(key) or [NOTHING]:
                rows = Rows("v", self.body, term, plan.filter_, self.as_at)
                found.append((*_of(rows, key), rows.value))
        return found


def _of(rows: Rows, key: Key) -> Statement:
    """What a term counts in one row of the table."""
    among = [
        f"{column} is null" if one is None else f"{column} = %s" for column, one in zip(rows.keys, key, strict=True)
    ]
    return rows.sql(also=" and ".join(among), more=[one for one in key if one is not None])


def counted(body: int, question: Question, as_at: AsAt, place: int, *rows: Named) -> "QuerySet[models.Version]":
    """The versions that a cell counts in some rows of its table together, with what each gives."""
    among = RawSQL(*_Cell(body, question, as_at, place, rows).ids())  # noqa: S611 - names come from the table of facts, the rest is values
    gives = RawSQL(values.expression(question.measure.value, "incidents_version"), ())  # noqa: S611 - likewise
    found: QuerySet[models.Version] = models.Version.objects.filter(pk__in=among).annotate(gives=gives)
    return found
