"""How a deed on an incident begins: the chain is held, the incident is found, and who acts may see it."""

from datetime import date, datetime

from candour.incidents import access, beliefs, models
from candour.ledger import chain
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import NotThere, WrongInput

WHY = "say why: the history shows it for ever"
"""What somebody is told who gives no reason for a deed that takes one."""


def held(body: Body, reference: str, *, by: Person, at: datetime) -> beliefs.Present:
    """Return what is believed of an incident now, nothing coming between until the transaction ends; or NotThere."""
    chain.hold(body.pk)
    now = beliefs.present(body.pk, reference)
    access.check(by, now.incident.number, reference, years.london_day(at))
    return now


def seen(body: Body, reference: str, *, by: Person, today: date) -> models.Incident:
    """Return an incident that a person may see; NotThere, in the same words, where there is none and where not."""
    found = models.Incident.objects.filter(body=body.pk, reference=reference).first()
    if found is None:
        raise NotThere(f"there is no incident {reference}")
    access.check(by, found.number, reference, today)
    return found


def past(day: date | None, at: datetime) -> date:
    """Return a day of which somebody tells, by default that of `at` in London; WrongInput for one still to come."""
    today = years.london_day(at)
    if day and day > today:
        raise WrongInput(f"{years.spoken(day)} is still to come; give a day up to {years.spoken(today)}")
    return day or today


def said(text: str, sentence: str) -> str:
    """Return a text without the blanks around it; WrongInput with `sentence` where nothing is left."""
    if not text.strip():
        raise WrongInput(sentence)
    return text.strip()
