"""From a choice of protection to a table that may leave: the advice, the table, and the decision that is kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from candour.figures import frozen, models, protecting, public, undoing
from candour.figures.earlier import Published
from candour.figures.tables import Table
from candour.ledger import actions as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.seal import canonical
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.disclosure_control import paragraph, procedure, rule
from candour.rules.disclosure_control.choice import Choice
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed

TABLE, LIST = "table", "list"


class NotOfPeople(WrongInput):
    """A rule for counts of people, chosen for a table that speaks of none; `said`: without how a command mends it."""

    said = (
        "this rule is for counts of people, and nothing in this table speaks of a person, so that it needs no control"
    )

    def __init__(self) -> None:
        super().__init__(f"{self.said}; add scope=all to the rule to apply it all the same")


@dataclass(frozen=True)
class Draft:
    """A table as it would leave under a choice; `safe` None: it needs no control, or none was chosen.

    `undoes`: what was hidden in earlier tables, and could be worked out with this one, for which none was chosen.
    """

    before: Table
    choice: Choice
    advice: procedure.Advice
    safe: protecting.Safe | None
    undoes: tuple[undoing.Undone, ...] = ()

    @property
    def table(self) -> Table:
        return self.safe.table if self.safe else self.before


def draft(
    body: Body, table: Table, choice: Choice, *, number: int, beside: Sequence[models.Told] = ()
) -> Draft:  # fmt: skip
    """Go through the procedure and protect the table as chosen, against all that is public at a ledger number.

    `beside` are tables that are to leave with it.

    NotOfPeople where a rule for people is chosen for a table that speaks of none; CannotBeMet with what can be done;
    Undoes where it would give away what an earlier table hid, unless no control was chosen, which takes a reason.
    """
    known = (*public.known(body.pk, table.question, number), *public.of_rows(beside))
    before = (*public.left(body.pk, number), *beside)
    standard = choice.rule or rule.preset("standard")
    advice = protecting.advise(table, body, rule=standard, published=known)
    if choice.rule is None or (choice.auto and not advice.protect):
        return _held(Draft(table, choice, advice, None), known, before)
    if choice.rule.scope == rule.PEOPLE and not protecting.speaks_of_people(table):
        raise NotOfPeople
    safe = protecting.protect(table, choice.rule, published=known, hide_totals=choice.hide_totals)
    return _held(Draft(table, choice, advice, safe), known, before)


def _held(made: Draft, known: Sequence[Published], before: Sequence[models.Told]) -> Draft:
    """Hold a draft against what earlier tables hid."""
    values = protecting.counted(made.before)
    found = undoing.undone(before, known, undoing.told(made.table, values))
    if found and made.choice.rule is not None:
        raise undoing.Undoes(found)
    return replace(made, undoes=found)


@dataclass(frozen=True)
class Decided:
    """A decision as it was kept: its entry, and the paragraph of a reply that follows from it ("" without control)."""

    number: int
    paragraph: str


def decide(body: Body, made: Draft, *, reason: str, by: Person, at: datetime) -> Decided:
    """Record which protection a table was given, by which test and why; a person's name stands under it."""
    applied = made.choice.rule if made.safe else None
    number = record(
        body, TABLE, made.before.measure.slug, frozen.asked_of(made.before), made.before.as_at,
        choice=made.choice.said, applied=applied, steps=made.advice.steps, reason=reason, by=by, at=at,
    )  # fmt: skip
    said = paragraph.draft(applied, regime=body.regime, reason=reason) if applied else ""
    return Decided(number, said)


@transaction.atomic
def record(
    body: Body,
    kind: str,
    measure: str,
    asked: Mapping[str, Any],
    as_at: AsAt,
    *,
    choice: str,
    applied: rule.Rule | None,
    steps: tuple[procedure.Step, ...],
    reason: str,
    by: Person,
    at: datetime,
) -> int:
    """Keep a decision about disclosure and enter it; WrongInput without a reason, NotAllowed."""
    actor = people.require(by, Deed.DECIDE_DISCLOSURE, at, body)
    if not reason.strip():
        raise WrongInput("give the reason: how a number could lead to a person, or why none can")
    today = years.london_day(at)
    how, told = rule.as_json(applied) if applied else None, [step.as_json() for step in steps]
    facts = {
        "kind": kind, "choice": choice, "as_at": as_at.day, "record_number": as_at.number, "on": today, "rule": how,
        "digest": digest(asked, told, procedure.TEST),
    }  # fmt: skip
    number = ledger.append(
        body.pk, Deed.DECIDE_DISCLOSURE, subject=measure, facts=facts, words={"reason": reason}, by=actor, at=at
    )
    models.Decision.objects.create(
        body=body.pk, opened=number, kind=kind, measure=measure, asked=asked, as_at=as_at.day,
        record_number=as_at.number, choice=choice, rule=how, steps=told, test=procedure.TEST,
        reason=reason, decided_by=by.number, decided_on=today,
    )  # fmt: skip
    return number


def digest(asked: Mapping[str, Any], steps: Sequence[Mapping[str, str]], test: str) -> str:
    """Return the digest of what was decided about and how, by which the decision's entry knows it."""
    return hashlib.sha256(canonical([asked, steps, test]).encode()).hexdigest()
