"""What screening is told of a body: names of its people, of who reported incidents and of suppliers, its references."""

import hashlib
from datetime import date

from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.seal import canonical
from candour.organisation import kinds, queries, stated
from candour.organisation.models import Body, Person
from candour.rules.rights import Role
from candour.screening.findings import Known
from candour.screening.identifiers import shapes

REPORTERS = 50_000
"""The newest reports whose reporters are looked for: so much that a look stays quick, whatever the register holds."""
ENTRIES = 2_000
"""The first and the last entries of the record by which its references are known."""
_REPORTER = "reporter"
"""The words of an entry that name who told us."""
_INCIDENT = "incident."


def of(body: Body, day: date, *, with_register: bool = True) -> Known:
    """Return what is known of a body; `with_register` False: without who reported incidents, for who may not see them.

    Office-holders stand on every letter, and names of roles name nobody: neither is among the names.
    """
    particulars = _particulars(body, day)
    told = ledger.texts(body.pk, _REPORTER, REPORTERS) if with_register else []
    names = frozenset({*_staff(body), *map(str.strip, told)})
    unsaid = {holder.name.casefold() for holder in particulars.all(kinds.OfficeHolder)} | _roles()
    return Known(
        frozenset(name for name in names if _tells(name) and name.casefold() not in unsaid),
        references=_references(body),
        suppliers=_suppliers(particulars),
    )


def mark(body: Body, day: date) -> str:
    """Return a digest of what `of` returns that changes when that does, without reading who reported incidents."""
    particulars = _particulars(body, day)
    told = canonical({
        "staff": sorted(_staff(body)),
        "holders": sorted(holder.name for holder in particulars.all(kinds.OfficeHolder)),
        "reporters": ledger.how_many_texts(body.pk, _REPORTER),
        "references": _references(body),
        "suppliers": sorted(_suppliers(particulars)),
    })  # fmt: skip
    return hashlib.sha256(told.encode()).hexdigest()


def _particulars(body: Body, day: date) -> queries.Particulars:
    return queries.Particulars(body, AsAt(day, ledger.head(body.pk).number))


def _staff(body: Body) -> set[str]:
    return set(Person.objects.filter(body=body).values_list("name", flat=True))


def _references(body: Body) -> tuple[str, ...]:
    return shapes.of(ledger.subjects(body.pk, _INCIDENT, ENTRIES))


def _suppliers(particulars: queries.Particulars) -> frozenset[str]:
    return frozenset(one.name for one in particulars.all(kinds.Supplier) if one.name != stated.ERASED_NAME)


def _roles() -> set[str]:
    return {role.value.replace("-", " ") for role in Role}


def _tells(name: str) -> bool:
    """Whether a name is of a person: one word alone would be found in every text."""
    return len(name.split()) > 1
