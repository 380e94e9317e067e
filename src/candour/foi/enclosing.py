"""Deeds on what a reply encloses: a file is put in, its clean rendition takes its place, or it is taken out."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction

from candour.foi import keeping, lifecycle, models, papers_out
from candour.ledger import actions as ledger
from candour.organisation import files, people
from candour.organisation.exits import Paper
from candour.organisation.models import Body, Person
from candour.rules.refusals import Conflict, NotThere, WrongInput
from candour.rules.rights import Deed
from candour.screening import apart, arrivals, clamav
from candour.screening.cleaning.made import Area


def enclose(
    body: Body, reference: str, *, content: bytes, name: str, as_letter: bool = False, by: Person, at: datetime
) -> int:
    """Enclose a file, or with `as_letter` the letter as a person finished it; return the ledger number.

    Raises WrongInput for a file that may not be kept, Conflict where the reply has left.
    """
    people.require(by, Deed.ENCLOSE, at, body)
    arrival = arrivals.admit(content, name)
    if settings.CLAMAV:
        clamav.scan(content, settings.CLAMAV)
    kept = files.store(content, arrival.name)
    now = papers_out.standing(body, reference)
    of = now.papers[0].sha256 if as_letter else ""
    if kept.sha256 in {paper.sha256 for paper in now.papers}:
        raise Conflict(f"{arrival.name} is with {reference} already")
    return _put(body, reference, Deed.ENCLOSE, Paper(arrival.name, kept.sha256), of, by=by, at=at)


def clean(body: Body, reference: str, sha256: str, *, by: Person, at: datetime) -> int:
    """Put the clean rendition of a file in its place; return the ledger number.

    Raises Conflict where no rendition can be made of it, or where it is no other than the file.
    """
    people.require(by, Deed.REPLACE, at, body)
    paper = _paper(papers_out.standing(body, reference), sha256)
    made = apart.clean(paper.content, paper.name)
    if made is None:
        raise Conflict(f"no clean rendition can be made of {paper.name}; mend it at its source")
    kept = files.store(made.content, made.name)
    if kept.sha256 == sha256:
        raise Conflict(f"the clean rendition of {paper.name} is the file itself")
    return _put(body, reference, Deed.REPLACE, Paper(made.name, kept.sha256), sha256, by=by, at=at)


def redact(
    body: Body, reference: str, sha256: str, *, words: Sequence[str] = (), areas: Sequence[Area] = (), by: Person,
    at: datetime,
) -> int:  # fmt: skip
    """Put a PDF or a text without some words and areas in its place; return the ledger number.

    The words stand in no entry: what was removed is to be nowhere. Raises WrongInput for a file that cannot be
    redacted, or where nothing is to be removed.
    """
    people.require(by, Deed.REPLACE, at, body)
    asked = [word.strip() for word in words if word.strip()]
    if not asked and not areas:
        raise WrongInput("say which words or areas are to be removed")
    paper = _paper(papers_out.standing(body, reference), sha256)
    made = apart.redacted(paper.content, paper.name, asked, areas)
    kept = files.store(made.content, made.name)
    return _put(body, reference, Deed.REPLACE, Paper(made.name, kept.sha256), sha256, by=by, at=at)


@transaction.atomic
def take_out(body: Body, reference: str, sha256: str, *, by: Person, at: datetime) -> int:
    """Take a file out that a person enclosed; what the draft itself encloses is named in the letter and stays."""
    actor = people.require(by, Deed.TAKE_OUT, at, body)
    now = _changing(body, reference)
    rows = models.Enclosure.objects.filter(body=body.pk, request=now.case.number, sha256=sha256, closed=None)
    if not rows:
        raise NotThere("the reply does not enclose that file, or its letter names it")
    number = ledger.append(body.pk, Deed.TAKE_OUT, subject=reference, facts={"sha256": sha256}, by=actor, at=at)
    rows.update(closed=number)
    return number


@transaction.atomic
def _put(body: Body, reference: str, deed: Deed, paper: Paper, of: str, *, by: Person, at: datetime) -> int:
    actor = people.require(by, deed, at, body)
    now = _changing(body, reference)
    facts = {"sha256": paper.sha256, "of": of or None}
    number = ledger.append(body.pk, deed, subject=reference, facts=facts, words={"file": paper.name}, by=actor, at=at)
    own = models.Enclosure.objects.filter(body=body.pk, request=now.case.number, sha256=of, closed=None).first()
    if own:
        models.Enclosure.objects.filter(pk=own.pk).update(closed=number)
    models.Enclosure.objects.create(
        body=body.pk, opened=number, request=now.case.number, name=paper.name, sha256=paper.sha256,
        made_from=(own.made_from if own else "") or of,
    )  # fmt: skip
    keeping.note(now.case, [paper.sha256, of])
    return number


def _changing(body: Body, reference: str) -> papers_out.Standing:
    now = papers_out.standing(body, reference, lock=True)
    if now.state not in lifecycle.MAY_CHANGE:
        raise Conflict(f"{reference} has left; withdraw it first")
    return now


def _paper(now: papers_out.Standing, sha256: str) -> Paper:
    found = next((paper for paper in now.papers if paper.sha256 == sha256), None)
    if found is None:
        raise NotThere("the reply does not enclose that file")
    return found


def paper(body: Body, reference: str, sha256: str, *, by: Person, at: datetime) -> Paper:
    """Return a file that would leave with a reply, to be looked at. Raises NotAllowed, NotThere."""
    people.require(by, Deed.SCREEN, at, body)
    if not sha256:
        raise WrongInput("say which file")
    return _paper(papers_out.standing(body, reference), sha256)
