"""What the forms of handlers let one choose from: people, departments, and the words of the register."""

from candour.organisation import people
from candour.organisation import queries as organisation
from candour.rules import rights
from candour.rules.rights import Deed
from candour.web import forms, visits

NOBODY = ("", "choose somebody")
_AS_IT_IS = ("", "leave as it is")
KNOWN = (_AS_IT_IS, ("yes", "Yes"), ("no", "No"), ("not-known", "Not known yet"))
PERSONAL = (_AS_IT_IS, ("yes", "Yes"), ("suspected", "Probably"), ("no", "No"), ("not-known", "Not known yet"))
OUR_ROLES = (
    ("controller", "It is our data: we are the controller"),
    ("joint", "We and others decide about it together: joint controller"),
    ("processor", "We hold it for another body: processor"),
    ("recipient", "It is another body’s, and it reached us: recipient"),
)


def handlers(visit: visits.Visit) -> forms.Choices:
    """Everybody who may work on incidents, by name."""
    found = people.everyone(visit.body, visit.today)
    able = [person for person, roles in found if rights.acting_as(roles, Deed.ACCEPT) and _signs_in(person.number)]
    return [(str(person.number), person.name) for person in sorted(able, key=lambda one: one.name) if person.is_active]


def everybody(visit: visits.Visit) -> forms.Choices:
    """Everybody of the body with their roles, by name, also those who cannot sign in any more."""
    found = people.everyone(visit.body, visit.today)
    rows = [
        (str(person.number), f"{person.name} ({', '.join(map(people.title, roles)) or 'no role'})")
        for person, roles in found
        if _signs_in(person.number)
    ]
    return sorted(rows, key=lambda row: row[1])


def departments(visit: visits.Visit) -> forms.Choices:
    """The departments that have an asset owner."""
    found = organisation.departments(visit.body, visit.now)
    return [(one.name, f"{one.name} ({one.owner})") for one in found if one.owner]


def _signs_in(number: int) -> bool:
    return number != people.OPERATOR
