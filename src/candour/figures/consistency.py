"""What was ever published about the same measure and period, held against a new table: each disagreement explained."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from candour.figures import differences, frozen, models, values
from candour.figures import kinds as kinds_of
from candour.figures.tables import Table
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Person
from candour.rules import years

MOST_NAMED = 20
"""Incidents that an explanation names one by one; of more it says how many there are."""


@dataclass(frozen=True)
class Said:
    """One cell as it was published: in which document, on which day, by which entry; `paper`: of which kind it is."""

    document: str
    on: date
    entry: int
    status: str
    value: Any
    paper: str = ""

    def words(self) -> str:
        said = self.status.replace("_", " ") if self.value is None else f"{self.value:,}"
        return f"{said} in {self.document} ({years.spoken(self.on)})"


@dataclass(frozen=True)
class Disagreement:
    """A cell that says otherwise than what was published, and why: how many incidents moved, and each of them."""

    period: str
    key: Mapping[str, str | None]
    before: Said
    status: str
    value: Any
    why: tuple[str, ...] = ()

    def words(self) -> str:
        now = self.status.replace("_", " ") if self.value is None else f"{self.value:,}"
        whose = " · ".join(value or "not stated" for value in self.key.values())
        return f"{whose + ', ' if whose else ''}{self.period}: {now} now, {self.before.words()}"

    def as_json(self) -> dict[str, Any]:
        return {
            "period": self.period,
            "key": dict(self.key),
            "before": {
                "document": self.before.document,
                "on": self.before.on.isoformat(),
                "entry": self.before.entry,
                "status": self.before.status,
                "value": self.before.value,
            },
            "now": {"status": self.status, "value": self.value},
            "why": list(self.why),
        }


Cells = dict[tuple[str, str, tuple[tuple[str, str | None], ...]], dict[str, Any]]


def disagreements(body: int, table: Table, *, by: Person, today: date) -> list[Disagreement]:
    """Hold a table against everything published about its measure and periods, statements from before included.

    A figure that was withdrawn is left out. Each disagreement with an earlier table is accounted for incident by
    incident, naming those that `by` may see; one with a statement says that it cannot be, because the statement comes
    from before the register. A number of queries that grows with what was published, never with the register.
    """
    now = _cells(frozen.told(table))
    found = [one for row in _earlier(body, table) for one in _with_table(body, table, row, now, by=by, today=today)]
    return [*found, *_with_statements(body, table, now)]


def _cells(told: Mapping[str, Any]) -> Cells:
    """The cells of a table by period and row; where it has rows that add up, their totals besides."""
    found: Cells = {}
    for group in told["groups"]:
        key = tuple(sorted(group["key"].items()))
        found |= {(cell["start"], cell["end"], key): cell for cell in group["cells"]}
    return found | _totals(told)


def _totals(told: Mapping[str, Any]) -> Cells:
    """One row over all: only where every cell of a period is held and no incident can stand in two rows."""
    groups = told["groups"]
    gives = values.value(told["asked"]["measure"]["value"])
    if not groups or told["asked"]["group"] != ["tier"] or not gives.adds_up:
        return {}
    columns = zip(*(group["cells"] for group in groups), strict=True)
    return {
        (cells[0]["start"], cells[0]["end"], ()): {**cells[0], "value": sum(cell["value"] for cell in cells)}
        for cells in columns
        if all(cell["status"] == "held" for cell in cells)
    }


def _earlier(body: int, table: Table) -> list[models.Told]:
    """What left by itself or in a paper and stands still, and counts the same by the same filter."""
    kinds: tuple[type[models.Published | models.Printed], ...] = (models.Published, models.Printed)
    of_it = {"body": body, "measure": table.measure.slug, "closed": None}
    rows = [row for kind in kinds for row in kind.objects.filter(**of_it)]
    question = table.question
    return [
        row for row in sorted(rows, key=lambda row: (row.opened, row.pk))
        if (row.told["asked"]["where"], row.told["asked"]["basis"]) == (dict(question.where), question.basis)
    ]  # fmt: skip


def _with_table(
    body: int, table: Table, row: models.Told, now: Cells, *, by: Person, today: date
) -> Iterator[Disagreement]:
    differing = [
        (place, before, now[place])
        for place, before in _cells(row.told).items()
        if place in now and _told(now[place]) != _told(before)
    ]
    reasons = _reasons(body, table, row, by=by, today=today) if differing else {}
    for (_, _, key), before, cell in differing:
        paper = row.paper if isinstance(row, models.Printed) else ""
        said = Said(row.document, row.published_on, row.opened, before["status"], before["value"], paper)
        why = reasons.get(cell["period"], ("its definition or coverage was stated otherwise since",))
        yield Disagreement(cell["period"], dict(key), said, cell["status"], cell["value"], why)


def _told(cell: Mapping[str, Any]) -> tuple[Any, Any]:
    return cell["status"], cell["value"]


def _reasons(body: int, table: Table, row: models.Told, *, by: Person, today: date) -> dict[str, tuple[str, ...]]:
    """Why the table moved since it was published, by period: how many incidents of each kind, then one by one."""
    then, question = AsAt(row.as_at, row.record_number), replace(table.question, group=())
    kinds: dict[str, Counter[str]] = {}
    for one in differences.differences(body, question, table.as_at, then):
        for period in _periods(one):
            kinds.setdefault(period, Counter())[kinds_of.KINDS[one.kind]] += 1
    lines: dict[str, list[str]] = {}
    for one in differences.seen(body, question, table.as_at, then, by=by, today=today).rows:
        for period in _periods(one):
            lines.setdefault(period, []).append(f"{one.reference}: {one.why} (entry {one.ledger_number})")
    return {period: (*_counted(kinds[period]), *_named(lines.get(period, []))) for period in kinds}


def _periods(one: differences.Difference) -> list[str]:
    named: str = one.as_json()["period"]
    return named.split(" → ")


def _counted(kinds: Counter[str]) -> list[str]:
    return [f"{many:,} incident{'' if many == 1 else 's'}: {says}" for says, many in kinds.most_common()]


def _named(lines: list[str]) -> tuple[str, ...]:
    left = len(lines) - MOST_NAMED
    return (*lines[:MOST_NAMED], *((f"and {left} more",) if left > 0 else ()))


def _with_statements(body: int, table: Table, now: Cells) -> Iterator[Disagreement]:
    """Where the register itself counts a period of which a figure was published before it existed."""
    if table.question.where:
        return
    rows = models.Statement.objects.filter(body=body, about="", only={}, measure=table.measure.slug).known(
        table.as_at.number
    )
    for row in rows.filter(said_on__lte=table.as_at.day).order_by("opened"):
        cell = now.get((row.start.isoformat(), row.end.isoformat(), ()))
        if cell and cell["value"] is not None and cell["value"] != row.value:
            said = Said(row.document, row.said_on, row.opened, "held", row.value)
            why = ("published before this register existed; it cannot be made again, only quoted",)
            yield Disagreement(cell["period"], {}, said, cell["status"], cell["value"], why)
