"""A body with a rota and somebody in each role, on the Friday before a bank-holiday Monday; told in a few words."""

from datetime import date, datetime, timedelta

from candour.incidents import codes, said
from candour.incidents.actions import notices, reporting
from candour.incidents.models import Notice
from candour.incidents.queries import notices as queries
from candour.organisation import actions, kinds_of_notices, people
from candour.organisation.models import Person
from candour.rules.years import LONDON

FRIDAY = datetime(2026, 8, 28, 17, 45, tzinfo=LONDON)
PEOPLE = {
    "duty": ("Duty officer", ["duty-officer"]),
    "deputy": ("Deputy duty officer", ["duty-officer"]),
    "siro": ("Senior information risk owner", ["siro"]),
    "handler": ("Governance officer", ["handler"]),
    "records": ("Records manager", ["records-manager"]),
    "archive": ("Archivist", ["records-manager"]),
    "member": ("Member of staff", ["reporter"]),
}


def address(name):
    return f"{name}@sample-body.example"


def body(at=FRIDAY):
    made = actions.add_body("sample-body", name="Sample Body", kind="ndpb", regime="foia", at=at)
    by = people.operator(made)
    for name, (title, roles) in PEOPLE.items():
        actions.add_person(made, name=title, roles=roles, email=address(name), by=by, at=at)
    say(made, kinds_of_notices.Duty(person=address("duty"), deputy=address("deputy")), at=at)
    return made


def say(of, stated, *, at=FRIDAY, from_=date(2026, 1, 1), until=None):
    return actions.say(of, stated, from_=from_, until=until, by=people.operator(of), at=at)


def person(of, name):
    return Person.objects.get(body=of, email=address(name))


def name_of(row):
    return next(name for name in PEOPLE if address(name) == Person.objects.get(number=row.person, body=row.body).email)


def report(of, *, at=FRIDAY, by=None, way=None, **told):
    """A report, and its reference; by default somebody could come to harm."""
    given = {"immediate_risk": "yes", "description": "A letter went to the wrong house", **told}
    code = codes.new()
    receipt = reporting.report(of, said.Said(**given), code=code, way=way or reporting.Way(), by=by, at=at)
    return code, receipt.reference


def work(of, at=FRIDAY, minutes=0):
    """One round of the worker, as if everything could be sent; what was sent, as (kind, to, channel)."""
    at, by = at + timedelta(minutes=minutes), people.operator(of)
    while notices.gather(of, by=by, at=at):
        pass
    notices.remind(of, by=by, at=at)
    notices.escalate(of, by=by, at=at)
    parcels = queries.outbox(of, at).parcels
    for parcel in parcels:
        notices.sent(of, parcel.numbers, by=by, at=at)
    return [
        (item.kind.value, parcel.to.partition("@")[0], parcel.channel) for parcel in parcels for item in parcel.items
    ]


def waiting(of):
    """The number of a notice that waits for somebody to acknowledge it."""
    return Notice.objects.filter(body=of.pk, insists=True, over=False).order_by("-pk").values_list("pk", flat=True)[0]
