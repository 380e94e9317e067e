"""What screening is told of a body: its people, who reported incidents, who made requests, suppliers, references."""

import hashlib
from collections.abc import Collection, Iterator
from datetime import date

from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.seal import canonical
from candour.organisation import kinds, queries, stated
from candour.organisation.models import Body, Person
from candour.rules.rights import Deed, Role
from candour.screening.findings import Known
from candour.screening.identifiers import shapes

NEWEST = 50_000
"""The newest reports and requests whose persons are looked for: a look stays quick, whatever the register holds."""
ENTRIES = 2_000
"""The first and the last entries of the record by which its references are known."""
TOLD = {Deed.SEE_INCIDENTS: "reporter", Deed.SEE_REQUESTS: "from"}
"""The words of entries that name somebody outside: who told us, who asked us; by the deed that lets one read them."""
_INCIDENT = "incident."


def of(body: Body, day: date, *, sees: Collection[Deed] = tuple(TOLD), but: Collection[str] = ()) -> Known:
    """Return what is known of a body, to somebody who may do the deeds in `sees`; `but` are names to leave out.

    Office-holders stand on every letter, and names of roles name nobody: neither is among the names.
    """
    particulars = _particulars(body, day)
    names = {*_staff(body), *(name for deed, field in TOLD.items() if deed in sees for name in _told(body, field))}
    unsaid = {holder.name.casefold() for holder in particulars.all(kinds.OfficeHolder)} | _roles()
    unsaid |= {name.casefold() for name in but}
    return Known(
        frozenset(name for name in names if name and name.casefold() not in unsaid),
        references=_references(body),
        suppliers=_suppliers(particulars),
    )


def mark(body: Body, day: date) -> str:
    """Return a digest that changes when what `of` returns does, without reading the names of who told or asked us."""
    particulars = _particulars(body, day)
    told = canonical({
        "staff": sorted(_staff(body)),
        "holders": sorted(holder.name for holder in particulars.all(kinds.OfficeHolder)),
        "told": [ledger.how_many_texts(body.pk, field) for field in TOLD.values()],
        "references": _references(body),
        "suppliers": sorted(_suppliers(particulars)),
    })  # fmt: skip
    return hashlib.sha256(told.encode()).hexdigest()


def _particulars(body: Body, day: date) -> queries.Particulars:
    return queries.Particulars(body, AsAt(day, ledger.head(body.pk).number))


def _staff(body: Body) -> set[str]:
    return set(Person.objects.filter(body=body).values_list("name", flat=True))


def _told(body: Body, field: str) -> Iterator[str]:
    """Yield the names that entries hold under a field, without the address that may follow them."""
    for text in ledger.texts(body.pk, field, NEWEST):
        yield " ".join(word for word in text.split() if "@" not in word)


def _references(body: Body) -> tuple[str, ...]:
    return shapes.of(ledger.subjects(body.pk, _INCIDENT, ENTRIES))


def _suppliers(particulars: queries.Particulars) -> frozenset[str]:
    return frozenset(one.name for one in particulars.all(kinds.Supplier) if one.name != stated.ERASED_NAME)


def _roles() -> set[str]:
    return {role.value.replace("-", " ") for role in Role}
