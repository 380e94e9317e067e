"""All that is public about what a question counts: what was stated, and what every table printed that left.

A table leaves by itself (`publish`), in a released reply or in an Annual Report. A file that somebody with a right to
see figures took away is not public by that; what is then given out of it is stated (`candour statement add`).

Whatever its measure is called: what was published of all incidents tells of other incidents, too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from candour.figures import asides, definitions, earlier, frozen, merges, models
from candour.figures.earlier import Keyed, Published
from candour.figures.measures import BY_SLUG
from candour.figures.questions import Question
from candour.rules import answers
from candour.rules.disclosure_control.rule import Limits, Rule, from_json


def known(body: int, question: Question, number: int) -> tuple[Published, ...]:
    """Return all that is public about what a question counts, as known at a ledger number."""
    return (*statements(body, question.basis, number), *tables(body, number))


def statements(body: int, basis: str, number: int) -> tuple[Published, ...]:
    """Return the body's own statements, as known at a ledger number, each by its measure's basis or this one."""
    own = {one.slug: one for one in definitions.own(body, number)}
    rows = models.Statement.objects.filter(body=body, about="").known(number).order_by("pk")
    return tuple(
        Published(
            row.measure, basis, row.start, row.end, row.value, row.document, dict(row.only),
            defined=BY_SLUG.get(row.measure) or own.get(row.measure),
        )
        for row in rows
    )  # fmt: skip


def tables(body: int, number: int) -> tuple[Published, ...]:
    """Return what every table printed that had left by a ledger number."""
    return of_rows(left(body, number))


def left(body: int, number: int) -> list[models.Told]:
    """Return every table that had left by a ledger number, withdrawn or not: what was public stays known."""
    kinds: tuple[type[models.Published | models.Printed], ...] = (models.Published, models.Printed)
    return [row for kind in kinds for row in kind.objects.filter(body=body, opened__lte=number).order_by("pk")]


def of_rows(rows: Iterable[models.Told]) -> tuple[Published, ...]:
    """Return what some tables printed."""
    return tuple(one for row in rows for one in of_row(row))


def of_row(row: models.Told) -> Iterator[Published]:
    """Yield what one table printed."""
    asked, question = row.told["asked"], frozen.asked_again(row.told["asked"])
    yield from asides.of_completeness(question, row.told.get("completeness", {}), row.document)
    rule = from_json(row.rule) if row.rule else None
    for days, rows in _periods(row.told, [merges.read(text) for text in asked.get("merged", ())], rule).items():
        for facts, limits in earlier.together(question, rows):
            yield Published(
                row.measure, question.basis, *days, limits.least, row.document, {**question.where, **facts}, limits,
                question.measure,
            )  # fmt: skip


def _periods(
    told: Mapping[str, Any], merged: Sequence[merges.Merge], rule: Rule | None
) -> dict[tuple[date, date], list[Keyed]]:  # fmt: skip
    found: dict[tuple[date, date], list[Keyed]] = {}
    for group in told["groups"]:
        for cell in group["cells"]:
            limits, days = _limits(cell, rule), (date.fromisoformat(cell["start"]), date.fromisoformat(cell["end"]))
            if limits:
                found.setdefault(days, []).append((earlier.parts(merged, group["key"]), limits))
    return found


def _limits(cell: Mapping[str, Any], rule: Rule | None) -> Limits | None:
    """What a printed cell tells: of a hidden one what its mark does; None where it is no number."""
    if cell["status"] == answers.Suppressed.status and rule:
        return rule.marked()
    if not isinstance(cell["value"], int | float):
        return None
    rounded = rule is not None and cell["status"] == answers.Rounded.status
    return rule.shown(int(cell["value"])) if rounded and rule else earlier.exactly(cell["value"])
