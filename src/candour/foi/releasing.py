"""Deeds that lead a reply out: clearance is asked, given by a second person, and what was cleared goes out once.

`release` is one of the two public exits: it, and nothing else of this room, makes anything public.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from candour.figures import printed
from candour.figures.models import Printed
from candour.figures.undoing import Undoes
from candour.foi import keeping, lifecycle, models, papers_out, protection
from candour.ledger import actions as ledger
from candour.ledger import queries
from candour.organisation import exits, people
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput
from candour.rules.rights import Deed, two_people


def screen(body: Body, reference: str, *, letter: str | None = None, by: Person, at: datetime) -> int | None:
    """Look into all that would leave with a reply and was not looked into yet; return the ledger number, if any."""
    now = papers_out.standing(body, reference, letter=_format(letter))
    return exits.screen(body, reference, now.papers, by=by, at=at)


def ask_clearance(
    body: Body, reference: str, *, letter: str | None = None, reason: str = "", by: Person, at: datetime
) -> int:
    """Ask a second person to clear a reply, as its files are now; return the ledger number.

    `letter` is the format it leaves in (default: PDF); `reason` says why anything leaves as neither PDF nor CSV.
    Raises Conflict where an answer still needs a person or a file may not leave, Undoes where a table would give away a
    number that stands under a mark in it or in what is public, WrongInput for a missing reason.
    """
    screen(body, reference, letter=letter, by=by, at=at)
    with transaction.atomic():
        now = papers_out.standing(body, reference, letter=_format(letter), lock=True)
        if now.draft.needs_a_person and now.letter_is_ours:
            raise Conflict("an answer still needs a person; finish the letter, and put yours in the draft's place")
        _printed(body, now, at)
        facts = exits.check(body, now.papers, prepared_by=by.number, reason=reason, at=at)
        return _step(body, now, Deed.ASK_CLEARANCE, facts, {"format_reason": reason}, by=by, at=at)


def clear(body: Body, reference: str, *, by: Person, at: datetime) -> int:
    """Clear a reply, as a second person; return the ledger number. Raises Conflict, NotAllowed."""
    screen(body, reference, by=by, at=at)
    with transaction.atomic():
        now = papers_out.standing(body, reference, lock=True)
        lifecycle.after(now.state, Deed.CLEAR)
        if not two_people(now.asked_by, by.number):
            raise NotAllowed("who asked for clearance does not give it")
        return _step(body, now, Deed.CLEAR, _checked(body, now, at), {}, by=by, at=at)


@transaction.atomic
def give_back(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Give a reply back to who asked for clearance, with what has to change; return the ledger number."""
    if not reason.strip():
        raise WrongInput("say what has to change")
    now = papers_out.standing(body, reference, lock=True)
    return _step(body, now, Deed.RETURN, {}, {"reason": reason.strip()}, by=by, at=at)


def release(body: Body, reference: str, *, by: Person, at: datetime) -> str:
    """Let a cleared reply out with its enclosures, once; return the secret part of the link it is read at.

    What leaves is byte for byte what was cleared. The tables of the draft are public from then on, and are looked at
    once more beside all that is public by now. Raises Conflict where it was not cleared, has left, or changed; Undoes.
    """
    screen(body, reference, by=by, at=at)
    with transaction.atomic():
        now = papers_out.standing(body, reference, lock=True)
        lifecycle.after(now.state, Deed.RELEASE)
        sheets = _printed(body, now, at)
        facts = {**_checked(body, now, at), "tables": printed.digest(sheets)}
        printed.decide(body, sheets, number=queries.head(body.pk).number, by=by, at=at)
        number = _step(body, now, Deed.RELEASE, facts, {}, by=by, at=at)
        printed.keep(sheets, number)
        return exits.let_out(body, number, now.papers)


@transaction.atomic
def withdraw(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Withdraw a reply that has left: its link dies, and bytes that nothing else names are erased."""
    if not reason.strip():
        raise WrongInput("say why it is withdrawn")
    now = papers_out.standing(body, reference, lock=True)
    lifecycle.after(now.state, Deed.WITHDRAW)
    assert now.step is not None  # noqa: S101 - a reply that was released has the step that released it
    facts = {"released": now.step.number}
    number = _step(body, now, Deed.WITHDRAW, facts, {"reason": reason.strip()}, by=by, at=at)
    printed.withdraw(body, now.step.number, number)
    own = models.Enclosure.objects.filter(body=body.pk, request=now.case.number, closed=None)
    own.update(closed=number)
    exits.withdraw(body, now.step.number, number, besides={models.CaseFile, models.Enclosure, models.Step})
    return number


def link(body: Body, reference: str) -> str | None:
    """Return the secret part of the link at which a released reply is read; None where it is not out."""
    try:
        now = papers_out.standing(body, reference)
    except (Conflict, NotThere):
        return None
    return exits.link_of(body, now.step.number) if now.step and now.state == lifecycle.State.RELEASED else None


def _printed(body: Body, now: papers_out.Standing, at: datetime) -> list[Printed]:
    """Return the tables that the reply carries, held against all that is public; raises Undoes."""
    sheets = protection.tables(body, now.draft, now.case.reference, years.london_day(at))
    if found := printed.undone(body, sheets, number=queries.head(body.pk).number):
        raise Undoes(found, "draw the reply anew: its tables are then protected beside what is public by now")
    return sheets


def _checked(body: Body, now: papers_out.Standing, at: datetime) -> dict[str, Any]:
    """What the gate says; the reason for a format was given when clearance was asked, for these very files."""
    return exits.check(body, now.papers, prepared_by=now.asked_by, reason="as asked for clearance", at=at)


def _step(
    body: Body, now: papers_out.Standing, deed: Deed, facts: dict[str, Any], words: dict[str, str], *, by: Person,
    at: datetime,
) -> int:  # fmt: skip
    actor = people.require(by, deed, at, body)
    lifecycle.after(now.state, deed)
    number = ledger.append(body.pk, deed, subject=now.case.reference, facts=facts, words=words, by=actor, at=at)
    papers = [[paper.name, paper.sha256] for paper in now.papers]
    models.Step.objects.create(
        body=body.pk,
        request=now.case.number,
        number=number,
        deed=deed.value,
        person=by.number,
        letter=now.letter,
        papers=papers,
    )
    keeping.note(now.case, [paper.sha256 for paper in now.papers])
    return number


def _format(letter: str | None) -> str | None:
    if letter is not None and letter not in papers_out.LETTERS:
        raise WrongInput(f"a letter leaves as one of {', '.join(papers_out.LETTERS)}")
    return letter
