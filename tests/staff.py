"""People who work on incidents, what is reported to them, and whether the record is whole afterwards."""

import itertools

import extracts
from candour.incidents import codes, history, models, replay
from candour.incidents.actions import reporting
from candour.incidents.said import Said
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.organisation import actions, people
from candour.reading.days import read

_NUMBERS = itertools.count(1)


def hire(body, *roles, name=None, email=None):
    """Add somebody who holds roles, by default a handler, when the record was last written."""
    at = ledger.head(body.pk).at
    name = name or f"{people.title(roles[0]) if roles else 'Handler'} {next(_NUMBERS)}"
    by = people.operator(body)
    return actions.add_person(body, name=name, roles=roles or ("handler",), email=email, by=by, at=at)


def report(
    body, what="A letter went to the wrong house", *, at=extracts.NOW, discovered="19 November 2026 14:20", **more
):
    """Report an incident from outside, and return its reference."""
    said = Said(description=what, discovered=read(discovered) if discovered else None, **more)
    return reporting.report(body, said, code=codes.new(), way=reporting.Way(), by=None, at=at).reference


def number(body, reference):
    return models.Incident.objects.get(body=body.pk, reference=reference).number


def version(body, reference):
    """What is believed of an incident from now on."""
    rows = models.Version.objects.filter(body=body.pk, incident=number(body, reference), closed=None)
    return rows.order_by("held_from").last()


def work(body, reference):
    return models.Handling.objects.filter(body=body.pk, incident=number(body, reference)).first()


def told(body, reference):
    """The sentences of an incident's history, the newest first."""
    return [one.words for one in history.sentences(body, reference)]


def whole(body):
    """Whether the chain verifies and a replay of it believes what the tables say."""
    return verification.verify(body.pk).ok and replay.compare(body.pk) is None
