"""Tables that leave in a paper with others (a released reply, an Annual Report): held against what is public, and kept.

What such a paper prints counts as published from then on, like a table that left by itself.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.figures import earlier, frozen, models, protecting, public, safe, undoing
from candour.figures.tables import Table
from candour.ledger.seal import canonical
from candour.organisation.models import Body, Person
from candour.rules.disclosure_control import choice, rule

REPLY, ANNUAL_REPORT = "reply", "annual-report"
"""The kinds of papers that print tables."""
BY_PROCEDURE = "By the decision procedure: small numbers here could lead to people."


@dataclass(frozen=True)
class Paper:
    """Which paper tables stand in, of which kind, and the day on which it leaves."""

    document: str
    on: date
    kind: str = REPLY


def of_table(body: Body, table: Table, paper: Paper) -> models.Printed:
    """Return a table as it would be kept of a paper; nothing is written."""
    return _row(body, frozen.told(table), rule.as_json(table.control.rule) if table.control else None, paper)


def of_answer(
    body: Body, figures: Mapping[str, Any], protection: Mapping[str, Any] | None, paper: Paper
) -> models.Printed:
    """Return a table of which its JSON was frozen (interfaces `figures`), with its rule; nothing is written."""
    return _row(body, frozen.told_in(figures), dict(protection) if protection else None, paper)


def _row(body: Body, told: dict[str, Any], said: dict[str, Any] | None, paper: Paper) -> models.Printed:
    measure = told["asked"]["measure"]
    return models.Printed(
        body=body.pk, measure=measure["slug"], title=measure["title"], document=paper.document,
        published_on=paper.on, paper=paper.kind, as_at=date.fromisoformat(told["as_at"]),
        record_number=told["ledger_number"], told=told, rule=said,
    )  # fmt: skip


def undone(body: Body, sheets: Sequence[models.Printed], *, number: int) -> tuple[undoing.Undone, ...]:
    """Return what a paper would give away of what stands under a mark, in it or in what left before.

    Each of its tables is held against all that is public at a ledger number, and against the others in it.
    """
    before, found = public.left(body.pk, number), list[undoing.Undone]()
    for place, sheet in enumerate(sheets):
        rows = [*before, *sheets[:place]]
        known, made = _known(body, rows, sheet, number), frozen.counted(sheet)
        new = undoing.told(frozen.shown(sheet, made), protecting.counted(made))
        found += [*undoing.undone(rows, known, new), *undoing.undone([sheet], (), known)]
    return tuple(dict.fromkeys(found))


def _known(
    body: Body, rows: Iterable[models.Told], sheet: models.Printed, number: int
) -> tuple[earlier.Published, ...]:  # fmt: skip
    basis = sheet.told["asked"]["basis"]
    return (*public.statements(body.pk, basis, number), *public.of_rows(rows))


def decide(body: Body, sheets: Iterable[models.Printed], *, number: int, by: Person, at: datetime) -> None:
    """Record the decision about each table of which small numbers are hidden, as `publish` does: by the procedure."""
    before = public.left(body.pk, number)
    for sheet in sheets:
        if sheet.rule:
            applied, table = rule.from_json(sheet.rule), frozen.counted(sheet)
            advice = protecting.advise(table, body, rule=applied, published=_known(body, before, sheet, number))
            safe.record(
                body, safe.TABLE, sheet.measure, sheet.told["asked"], table.as_at, choice=choice.AUTO, applied=applied,
                steps=advice.steps, reason=BY_PROCEDURE, by=by, at=at,
            )  # fmt: skip


def keep(sheets: Sequence[models.Printed], number: int) -> None:
    """Keep what a paper printed that left by entry `number`, whose facts have `digest` of it."""
    for place, sheet in enumerate(sheets):
        sheet.opened, sheet.place = number, place
    models.Printed.objects.bulk_create(sheets)


def digest(sheets: Iterable[models.Printed]) -> str:
    """Return the digest of what a paper printed, in its order, by which its entry knows it."""
    said = [
        [one.told, one.rule, one.measure, one.title, one.paper, one.document, one.published_on.isoformat()]
        for one in sheets
    ]
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def withdraw(body: Body, number: int, closed: int) -> None:
    """Close what a paper printed that left by entry `number`, with the entry that withdrew it."""
    models.Printed.objects.filter(body=body.pk, opened=number, closed=None).update(closed=closed)
