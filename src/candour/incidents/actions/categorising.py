"""Give an incident its codes, one for each scheme, or decide the tier it counts under; a person does, never a rule."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from candour.incidents import beliefs, deed, opening, working
from candour.ledger import queries as ledger
from candour.organisation import classification
from candour.organisation.models import Body, Person
from candour.rules import schemes, tiers, years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed


@transaction.atomic
def categorise(
    body: Body,
    reference: str,
    codes: Mapping[str, str | None],
    *,
    reason: str = "",
    correction: bool = False,
    by: Person,
    at: datetime,
) -> int:
    """Give codes, by scheme, from today on; None takes one away. Return the ledger number.

    A code has to be in force today. Where the incident carries another one already it takes a reason; as a correction
    (it was never that) the code holds from the first day. Raises WrongInput, and Conflict where the work is closed.
    """
    now = opening.held(body, reference, by=by, at=at)
    today = years.london_day(at)
    _check(body, codes, schemes.CATEGORISING, today)
    if not reason.strip() and (correction or _replaced(now, codes, today)):
        raise WrongInput("it has a code in this scheme already; say why it changes")
    change = deed.Change(codes=codes, words={"reason": reason.strip()}, correction=correction)
    return _do(body, reference, change, by=by, at=at)


@transaction.atomic
def name_cause(body: Body, reference: str, code: str, *, by: Person, at: datetime) -> int | None:
    """Give the root cause its code, in the scheme that is used for learning; None where it has that one already."""
    now = opening.held(body, reference, by=by, at=at)
    today = years.london_day(at)
    scheme = "root-cause"
    _check(body, {scheme: code}, schemes.LEARNING, today)
    if _on(now, scheme, today) == code:
        return None
    return _do(body, reference, deed.Change(codes={scheme: code}), by=by, at=at)


@transaction.atomic
def decide_tier(body: Body, reference: str, tier: str, *, reason: str, by: Person, at: datetime) -> int:
    """Let an incident count under a tier that a person decides, whatever the facts say, with the reason."""
    if tier not in tiers.TIERS:
        raise WrongInput(f"a tier is one of {', '.join(tiers.TIERS)}")
    why = opening.said(reason, "say why it counts under another tier than its facts say")
    opening.held(body, reference, by=by, at=at)
    change = deed.Change({"tier": tier, "tier_basis": "overridden"}, words={"reason": why})
    return _do(body, reference, change, by=by, at=at)


@transaction.atomic
def follow_facts(body: Body, reference: str, *, reason: str, by: Person, at: datetime) -> int:
    """Let the tier follow from the facts again, also where an older register stated another."""
    why = opening.said(reason, "say why the tier follows from the facts again")
    opening.held(body, reference, by=by, at=at)
    change = deed.Change({"tier_basis": "derived"}, words={"reason": why})
    return _do(body, reference, change, by=by, at=at)


def _do(body: Body, reference: str, change: deed.Change, *, by: Person, at: datetime) -> int:
    done = deed.move(body, reference, Deed.CATEGORISE, change, by=by, at=at)
    if working.of(body.pk, done.incident):
        working.step(body.pk, done, Deed.CATEGORISE, at)
    return done.number


def _check(body: Body, codes: Mapping[str, str | None], use: str, today: date) -> None:
    known = classification.classification(body, ledger.head(body.pk).number)
    for slug, code in codes.items():
        scheme = known.scheme(slug)
        if scheme.use != use:
            raise WrongInput(f"a code of {scheme.title} is not given here")
        if code is not None and code not in {category.code for category in scheme.on(today)}:
            raise WrongInput(f"{code} is no category of {scheme.title} that is in force today")


def _replaced(now: beliefs.Present, codes: Mapping[str, str | None], today: date) -> bool:
    return any(_on(now, scheme, today) not in {None, code} for scheme, code in codes.items())


def _on(now: beliefs.Present, scheme: str, day: date) -> str | None:
    return next((row.code for row in now.codes(scheme) if row.held_from <= day < row.held_until), None)
