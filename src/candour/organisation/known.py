"""What screening is told of a body: the names of its people, who did not agree to leave with a file."""

from datetime import date

from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import kinds, queries
from candour.organisation.models import Body, Person
from candour.rules.rights import Role
from candour.screening.findings import Known


def of(body: Body, day: date) -> Known:
    """Return the names of a body's people but for its office-holders, who stand on every letter, and names of roles."""
    as_at = AsAt(day, ledger.head(body.pk).number)
    holders = {holder.name.casefold() for holder in queries.Particulars(body, as_at).all(kinds.OfficeHolder)}
    roles = {role.value.replace("-", " ") for role in Role}
    names = Person.objects.filter(body=body).values_list("name", flat=True)
    return Known(frozenset(name for name in names if _tells(name) and name.casefold() not in holders | roles))


def _tells(name: str) -> bool:
    """Whether a name is of a person: one word alone would be found in every text."""
    return len(name.split()) > 1
