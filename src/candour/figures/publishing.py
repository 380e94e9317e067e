"""Deeds that make a table public: it is frozen with its files, goes out through the screening, and may be withdrawn.

`publish` is one of the two public exits: it, and nothing else of this room, makes anything public.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.figures import consistency, frozen, leaflet, models, printed, proving, rendering, safe
from candour.figures import queries as figures_queries
from candour.figures.consistency import Disagreement
from candour.figures.safe import Draft
from candour.figures.tables import Table
from candour.ledger import actions as ledger
from candour.ledger import queries
from candour.organisation import exits, files, people
from candour.organisation.exits import Paper
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.disclosure_control import choice, rule
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed

FORMATS = ("pdf", "csv")
"""What a table leaves as: the formats that public bodies are told to prefer (Cabinet Office, December 2023)."""


@dataclass(frozen=True)
class Publication:
    """Where a table stands in print: which document, on which day, and its files as they leave."""

    document: str
    on: date
    explanation: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Prepared:
    """A table ready to leave: how it was protected, the files made of it, where it differs from what was published."""

    draft: Draft
    papers: tuple[Paper, ...]
    disagreements: tuple[Disagreement, ...]

    @property
    def table(self) -> Table:
        """The table as it leaves."""
        return self.draft.table

    @property
    def decides(self) -> bool:
        """Whether a decision about small numbers has to stand on record: one protected, left bare, or undone."""
        return self.draft.safe is not None or self.draft.advice.protect or bool(self.draft.undoes)


@dataclass(frozen=True)
class Left:
    """What left: by which entry, the secret part of the link it is read at, and where it differs from before."""

    number: int
    link: str
    disagreements: tuple[Disagreement, ...]


def prepare(body: Body, table: Table, protect: str = choice.AUTO, *, by: Person, at: datetime) -> Prepared:
    """Protect a table, make its files and hold it against all that was published about the same; nothing leaves.

    `protect` is a choice of protection; by itself a table is protected where the decision procedure says so.
    Raises NotAllowed, WrongInput, CannotBeMet.
    """
    people.require(by, Deed.PUBLISH, at, body)
    draft = safe.draft(body, table, choice.read(protect), number=queries.head(body.pk).number)
    table = draft.table
    content = {proving.TOLD: frozen.written(frozen.told(table))}
    content |= {f"{_name(table)}.{form}": _written(body, table, form) for form in FORMATS}
    papers = tuple(Paper(name, files.store(made, name).sha256) for name, made in content.items())
    today = years.london_day(at)
    return Prepared(draft, papers, tuple(consistency.disagreements(body.pk, table, by=by, today=today)))


def _name(table: Table) -> str:
    """Name the files by what they count and over which periods."""
    first, last = table.question.periods[0].label, table.question.periods[-1].label
    said = f"{table.measure.slug} {first}" + (f" to {last}" if last != first else "")
    return re.sub(r"[^a-z0-9]+", "-", said.lower()).strip("-")


def _written(body: Body, table: Table, form: str) -> bytes:
    return leaflet.pdf(table, sender=body.name) if form == "pdf" else rendering.written(table, form)


def publish(
    body: Body, table: Table, where: Publication, protect: str = choice.AUTO, *, by: Person, at: datetime
) -> Left:
    """Freeze a table with its files, and let them out.

    Small numbers that could lead to people are protected first, by `protect`; to leave them bare takes a reason.
    The same bytes leave that were screened. Where the table says otherwise than what was published before, `where`
    has to explain it: Conflict names each cell. Raises NotAllowed; WrongInput for a day to come or no document;
    Conflict for a file that may not leave.
    """
    check(where, years.london_day(at))
    ready = prepare(body, table, protect, by=by, at=at)
    if ready.decides and ready.draft.safe is None and not where.reason.strip():
        raise WrongInput("small numbers here could lead to people; protect them, or give the reason why none can")
    explained(ready.disagreements, where)
    out = [paper for paper in ready.papers if paper.name != proving.TOLD]
    exits.screen(body, table.measure.slug, out, by=by, at=at)
    with transaction.atomic():
        decided = _decide(body, ready, where.reason.strip() or printed.BY_PROCEDURE, by=by, at=at)
        number = _enter(body, ready, out, where, decided, by=by, at=at)
        _keep(body, ready, where, number, decided)
        return Left(number, exits.let_out(body, number, out), ready.disagreements)


def _decide(body: Body, ready: Prepared, reason: str, *, by: Person, at: datetime) -> int | None:
    """Record the decision about small numbers, where one has to stand on record; return its entry."""
    return safe.decide(body, ready.draft, reason=reason, by=by, at=at).number if ready.decides else None


def check(where: Publication, today: date) -> None:
    """Raise WrongInput where no document is named, or a day to come."""
    if not where.document.strip():
        raise WrongInput("name the document that the table stands in")
    if where.on > today:
        raise WrongInput(f"{years.spoken(where.on)} is still to come; a table is published on a day up to today")


def explained(disagreements: Sequence[Disagreement], where: Publication) -> None:
    """Raise Conflict, naming each cell, where something says otherwise than before and nobody says why."""
    if disagreements and not where.explanation.strip():
        said = "; ".join(one.words() for one in disagreements)
        raise Conflict(f"this is not what was published before; explain it: {said}")


def _enter(
    body: Body, ready: Prepared, out: Sequence[Paper], where: Publication, decided: int | None, *,
    by: Person, at: datetime,
) -> int:  # fmt: skip
    actor = people.require(by, Deed.PUBLISH, at, body)
    passed = exits.check(body, out, prepared_by=by.number, reason="", at=at)
    table = ready.table
    facts = {
        "measure": table.measure.slug,
        "version": table.measure.version,
        "as_at": table.as_at.day,
        "record_number": table.as_at.number,
        "on": where.on,
        "files": {paper.name: paper.sha256 for paper in ready.papers},
        "disagreements": len(ready.disagreements),
        "protect": ready.draft.choice.said if ready.draft.safe else None,
        "rule": _rule(ready),
        "decision": decided,
        **passed,
    }
    words = {"document": where.document, "explanation": where.explanation}
    subject = table.measure.slug
    return ledger.append(body.pk, Deed.PUBLISH, subject=subject, facts=facts, words=words, by=actor, at=at)


def _rule(ready: Prepared) -> dict[str, Any] | None:
    return rule.as_json(ready.draft.safe.done.rule) if ready.draft.safe else None


def _keep(body: Body, ready: Prepared, where: Publication, number: int, decided: int | None) -> None:
    table = ready.table
    models.Published.objects.create(
        body=body.pk,
        opened=number,
        measure=table.measure.slug,
        title=table.measure.title,
        document=where.document,
        published_on=where.on,
        as_at=table.as_at.day,
        record_number=table.as_at.number,
        told=frozen.told(table),
        rule=_rule(ready),
        files={paper.name: paper.sha256 for paper in ready.papers},
        decision=decided,
    )


@transaction.atomic
def withdraw(body: Body, number: int, *, reason: str, by: Person, at: datetime) -> int:
    """Withdraw what entry `number` published: its link dies, what it said stays on record; return the ledger number."""
    actor = people.require(by, Deed.WITHDRAW_FIGURES, at, body)
    if not reason.strip():
        raise WrongInput("say why it is withdrawn")
    row = figures_queries.row(body.pk, number)
    facts, words = {"published": number}, {"reason": reason}
    subject = row.measure if isinstance(row, models.Published) else row.paper
    closed = ledger.append(body.pk, Deed.WITHDRAW_FIGURES, subject=subject, facts=facts, words=words, by=actor, at=at)
    type(row).objects.filter(body=body.pk, opened=number, closed=None).update(closed=closed)
    exits.withdraw(body, number, closed, besides={models.Published})
    return closed
