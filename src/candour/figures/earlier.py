"""Figures that left the building before: what they let outsiders add up and take away from a new table."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from candour.figures import merges, models
from candour.figures.questions import Question
from candour.figures.tables import Table
from candour.rules import answers
from candour.rules.disclosure_control.rule import Limits, from_json
from candour.rules.disclosure_control.sums import Sum

DAY = timedelta(days=1)

Key = tuple[str | None, ...]
Said = str | tuple[str | None, ...] | None
"""What a number counts by: a value of a fact, or several that were merged."""
Cell = tuple[Key, date, date]
"""How disclosure control names a cell: the values of its row, its first and its last day."""
Values = Mapping[Cell, int]


@dataclass(frozen=True)
class Published:
    """One number as it was printed: what it counts, for which days (inclusive), and in which document.

    `facts` are all the facts it counts by: those of its row and of its filter. `limits`: what it says of the count
    where it was rounded; None: the number itself.
    """

    measure: str
    basis: str
    start: date
    end: date
    value: int
    said: str
    facts: Mapping[str, Said] = field(default_factory=dict)
    limits: Limits | None = None

    @property
    def most(self) -> int:
        return self.value if self.limits is None or self.limits.most is None else self.limits.most

    @property
    def least(self) -> int:
        return self.value if self.limits is None else self.limits.least


def of_table(table: Table, said: str) -> tuple[Published, ...]:
    """Return the numbers that a published table printed, as `sums` takes them; `said` names its document.

    Where no cell of a period is hidden, its total over the rows is one of them.
    """
    return tuple(
        Published(
            table.measure.slug, table.question.basis, period.start, period.end, value, said,
            {**table.question.where, **_parts(table.merged, key)}, limits,
        )
        for place, period in enumerate(table.question.periods)
        for key, value, limits in _numbers(table, place)
    )  # fmt: skip


def _numbers(table: Table, place: int) -> Iterator[tuple[Mapping[str, str | None], int, Limits | None]]:
    cells = [(group.key, group.cells[place]) for group in table.groups]
    for key, cell in cells:
        if isinstance(cell.value, int):
            rounded = isinstance(cell, answers.Rounded) and table.control is not None
            yield key, cell.value, table.control.rule.shown(cell.value) if rounded and table.control else None
    exact = [cell.value for _, cell in cells if isinstance(cell.value, int) and not isinstance(cell, answers.Rounded)]
    if len(exact) == len(cells) > 1:
        yield {}, sum(exact), None


def statements(body: int, measure: str, basis: str, number: int) -> tuple[Published, ...]:
    """Return the body's own statements about a measure, as known at a ledger number: they are public."""
    rows = models.Statement.objects.filter(body=body, measure=measure, about="").known(number).order_by("pk")
    return tuple(Published(measure, basis, row.start, row.end, row.value, row.document, dict(row.only)) for row in rows)


def tables(body: int, measure: str, number: int) -> tuple[Published, ...]:
    """Return what every published table about a measure printed, withdrawn or not: what was public stays known."""
    rows = models.Published.objects.filter(body=body, measure=measure, opened__lte=number).order_by("pk")
    return tuple(one for row in rows for one in _frozen(row))


def _frozen(row: models.Published) -> Iterator[Published]:
    asked, rule = row.told["asked"], from_json(row.rule) if row.rule else None
    asked_merges = [merges.read(text) for text in asked.get("merged", ())]
    for group in row.told["groups"]:
        for cell in group["cells"]:
            if isinstance(cell["value"], int):
                days = date.fromisoformat(cell["start"]), date.fromisoformat(cell["end"])
                limits = rule.shown(cell["value"]) if rule and cell["status"] == answers.Rounded.status else None
                facts = {**asked["where"], **_parts(asked_merges, group["key"])}
                yield Published(row.measure, asked["basis"], *days, cell["value"], row.document, facts, limits)


def _parts(asked_merges: Sequence[merges.Merge], key: Mapping[str, str | None]) -> dict[str, Said]:
    """The values of a row; of a merged one all that it stands for."""
    found: dict[str, Said] = {}
    for name, value in key.items():
        values = merges.parts(asked_merges, name, value)
        found[name] = values if len(values) > 1 else values[0]
    return found


def known(body: int, question: Question, number: int) -> tuple[Published, ...]:
    """Return all that is public about a question's measure, as known at a ledger number."""
    measure = question.measure.slug
    return (*statements(body, measure, question.basis, number), *tables(body, measure, number))


def sums(question: Question, counts: Values, figures: Iterable[Published]) -> tuple[Sum, ...]:
    """Say what earlier figures, one by one and in unbroken runs of days, tell of cells of a table together.

    A figure that differs from what is counted now still tells, to whoever takes the two for the same: it is reckoned
    with as if it did not differ. A figure over days that no cells make up exactly tells nothing that is exact.
    """
    alike: dict[tuple[tuple[str, Said], ...], list[Published]] = {}
    for one in figures:
        if (one.measure, one.basis) == (question.measure.slug, question.basis):
            alike.setdefault(tuple(sorted(one.facts.items(), key=str)), []).append(one)
    found = [
        _sum(question, counts, dict(facts), run) for facts, series in alike.items() for run in _runs(question, series)
    ]
    return _distinct(one for one in found if one)


def _distinct(found: Iterable[Sum]) -> tuple[Sum, ...]:
    kept: dict[tuple[object, ...], Sum] = {}
    for one in found:
        kept.setdefault((frozenset(one.parts.items()), one.least, one.most), one)
    return tuple(kept.values())


def _runs(question: Question, figures: Sequence[Published]) -> Iterator[list[Published]]:
    """Runs of figures, each beginning the day after the last ended, that begin and end where periods do."""
    starts, ends = {one.start for one in question.periods}, {one.end for one in question.periods}
    by_start: dict[date, list[Published]] = {}
    for one in figures:
        by_start.setdefault(one.start, []).append(one)
    for first in sorted(starts & by_start.keys()):
        for head in by_start[first]:
            run = [head]
            while run:
                if run[-1].end in ends:
                    yield list(run)
                    break
                follows = by_start.get(run[-1].end + DAY)
                run = [*run, follows[0]] if follows else []


def _sum(question: Question, counts: Values, facts: Mapping[str, Said], run: Sequence[Published]) -> Sum | None:
    """What a run tells of the cells between its ends; None where it counts by other facts than the table."""
    if not _comparable(question, facts):
        return None
    first, last = run[0].start, run[-1].end
    parts = {cell: 1 for cell in counts if first <= cell[1] and cell[2] <= last and _inside(question, cell, facts)}
    if not parts:
        return None
    true = sum(counts[cell] for cell in parts)
    least, most = sum(one.least for one in run), sum(one.most for one in run)
    if not least <= true <= most:
        least = most = true
    return Sum(parts, least, most, "; ".join(dict.fromkeys(one.said for one in run)))


def _comparable(question: Question, facts: Mapping[str, Said]) -> bool:
    """Whether cells of the table make up what was counted: it is filtered alike, and split by the table's own facts."""
    where = dict(question.where)
    return all(facts.get(name) == value for name, value in where.items()) and all(
        name in where or name in question.group for name in facts
    )


def _inside(question: Question, cell: Cell, facts: Mapping[str, Said]) -> bool:
    named = dict(zip(question.group, cell[0], strict=True))
    return all(_is(facts[name], value) for name, value in named.items() if name in facts)


def _is(said: Said, value: str | None) -> bool:
    return value in said if isinstance(said, tuple) else value == said
