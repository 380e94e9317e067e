"""Judge the risk, advise, decide whether to tell the ICO and the people, and record that they were told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import deed, models, opening, working
from candour.incidents.done import Done
from candour.incidents.methods import Judged, judge
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.organisation import queries as organisation
from candour.organisation.kinds_of_classifying import Assessing
from candour.organisation.models import Body, Person
from candour.rules import self_assessment, years
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed, Role

ICO, PEOPLE = ABOUT = ("ico", "people")
"""Whom a duty says to tell: the Information Commissioner, and the people whose data it is."""

TELL, NOT_TELL = OUTCOMES = ("tell", "do-not-tell")


def methods(body: Body, as_at: AsAt) -> tuple[str, ...]:
    """Return the methods of scoring that a body uses: always the ICO's own, others where it turned them on."""
    stated = organisation.Particulars(body, as_at, [Assessing]).one(Assessing)
    return (self_assessment.METHOD, *(stated.methods if stated else ()))


@transaction.atomic
def assess(
    body: Body, reference: str, method: str, answers: Mapping[str, Any], *, reason: str = "", by: Person, at: datetime
) -> int:
    """Judge an incident by a method; the next one by the same takes a reason. Return the ledger number.

    `answers` are the method's own (see incidents.methods). Raises WrongInput for a method the body does not use.
    """
    now = opening.held(body, reference, by=by, at=at)
    if method not in methods(body, AsAt(years.london_day(at), ledger.head(body.pk).number)):
        raise WrongInput("this body does not use that method")
    judged = judge(method, answers)
    earlier = models.Assessment.objects.filter(body=body.pk, incident=now.incident.number, method=method, closed=None)
    if earlier.exists():
        opening.said(reason, "it was assessed before; say what is known now that was not")
    change = deed.Change(words={"reason": reason.strip()}, also={"method": method, **judged.entry})
    done = _do(body, reference, Deed.ASSESS, change, by=by, at=at)
    earlier.update(closed=done.number)
    _write(body, done, method, judged)
    return done.number


def _write(body: Body, done: Done, method: str, judged: Judged) -> None:
    models.Assessment.objects.create(
        body=body.pk, incident=done.incident, opened=done.number, method=method, **judged.columns
    )


@transaction.atomic
def advise(body: Body, reference: str, about: str, advises: str, *, words: str, by: Person, at: datetime) -> int:
    """Give the data protection officer's advice on telling the ICO, or the people; advice given anew replaces it."""
    _check(about, advises)
    text = opening.said(words, "write the advice, and what it rests on")
    now = opening.held(body, reference, by=by, at=at)
    change = deed.Change(words={"advice": text}, also={"about": about, "advises": advises})
    done = _do(body, reference, Deed.ADVISE, change, by=by, at=at)
    earlier = models.Advice.objects.filter(body=body.pk, incident=now.incident.number, about=about, closed=None)
    earlier.update(closed=done.number)
    models.Advice.objects.create(body=body.pk, incident=done.incident, opened=done.number, about=about, advises=advises)
    return done.number


@dataclass(frozen=True)
class Grounds:
    """Why it was decided so, on which day (default today), and why without advice where there was none."""

    words: str
    on: date | None = None
    without_advice: str = field(default="")


@transaction.atomic
def decide(body: Body, reference: str, about: str, outcome: str, *, grounds: Grounds, by: Person, at: datetime) -> int:
    """Decide to tell the ICO, or the people, or not to; that they were told is a fact of its own (`record_told`).

    The advice comes first, or the reason why not. Who advises does not decide (UK GDPR Article 38(6)): Conflict.
    """
    _check(about, outcome)
    text = opening.said(grounds.words, "give the grounds: the regulator may ask for them (UK GDPR Article 33(5))")
    now = opening.held(body, reference, by=by, at=at)
    on = opening.past(grounds.on, at)
    advice = _advice(body, now.incident.number, about, by, at)
    why = (
        ""
        if advice
        else opening.said(
            grounds.without_advice,
            "ask for the data protection officer's advice first, or say why it is decided without",
        )
    )
    facts = {"about": about, "outcome": outcome, "decided_on": on.isoformat(), "advice": advice}
    words = {"grounds": text, "without_advice": why}
    done = _do(body, reference, Deed.DECIDE_TO_NOTIFY, deed.Change(words=words, also=facts), by=by, at=at)
    earlier = models.Decision.objects.filter(body=body.pk, incident=done.incident, about=about, closed=None)
    earlier.update(closed=done.number)
    row = {"about": about, "outcome": outcome, "decided_on": on, "advice": advice}
    models.Decision.objects.create(body=body.pk, incident=done.incident, opened=done.number, **row)
    return done.number


def _advice(body: Body, incident: int, about: str, by: Person, at: datetime) -> int | None:
    """The number of the advice in force; Conflict for whoever gave it, or advises by office."""
    if Role.DPO in people.roles(by, years.london_day(at)):
        raise Conflict("the data protection officer advises and does not decide (UK GDPR Article 38(6))")
    rows = models.Advice.objects.filter(body=body.pk, incident=incident, about=about, closed=None)
    number = rows.values_list("opened", flat=True).first()
    if number and ledger.event(body.pk, number).person == by.number:
        raise Conflict("you gave the advice; somebody else decides (UK GDPR Article 38(6))")
    return number


@transaction.atomic
def record_told(
    body: Body, reference: str, about: str, on: date, *, ico_reference: str = "", by: Person, at: datetime
) -> int:
    """Record that the ICO was told, or the people, on a day; the tier follows. Return the ledger number."""
    _check(about, TELL)
    now = opening.held(body, reference, by=by, at=at)
    day = opening.past(on, at)
    discovered = now.on(years.london_day(at))["discovered_on"]
    if discovered and day < discovered:
        raise WrongInput(f"nobody was told before it was discovered, on {years.spoken(discovered)}")
    facts: dict[str, Any] = {"told_people_on": day} if about == PEOPLE else {"told_ico": "yes", "told_ico_on": day}
    if about == ICO and ico_reference.strip():
        facts["ico_reference"] = ico_reference.strip()
    return deed.move(body, reference, Deed.CHANGE, deed.Change(facts), by=by, at=at).number


def _do(body: Body, reference: str, kind: Deed, change: deed.Change, *, by: Person, at: datetime) -> Done:
    done = deed.do(body, reference, kind, change, by=by, at=at)
    working.step(body.pk, done, kind, at)
    return done


def _check(about: str, outcome: str) -> None:
    if about not in ABOUT or outcome not in OUTCOMES:
        raise WrongInput(f"say of {' or '.join(ABOUT)}: {' or '.join(OUTCOMES)}")
