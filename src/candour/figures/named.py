"""Values of open lists: a count of one that nobody ever named would say 0, and nobody could tell it from a true nil."""

import difflib
from collections.abc import Collection, Mapping, Sequence

from django.db.models import Q

from candour.figures import grouping
from candour.incidents import models
from candour.organisation import kinds, kinds_of_work
from candour.organisation import queries as organisation
from candour.reading import fields
from candour.rules import vocabularies
from candour.rules.refusals import WrongInput

CLOSED = {"tier_basis": ("derived", "stated", "overridden"), "triaged": ("yes", "no")}
"""Facts that the register itself says of an incident, and every value they have."""

OPEN = frozenset(
    name
    for name in grouping.COLUMNS
    if name not in {"tier", *CLOSED} and not (name in fields.BY_NAME and fields.BY_NAME[name].choices)
)
"""Facts whose values a body chooses."""

SAID = {"data_types": "kind of data", "data_subjects": "group of people", "source": "register"}
MOST_SAID = 12

Numbers = Mapping[int, int]
"""Bodies, each with the ledger number at which its record is read."""


def require(numbers: Numbers, where: Mapping[str, str]) -> None:
    """Raise WrongInput for a value that is neither in a list of the bodies' own nor in any version of an incident.

    It names those that are nearest, or those there are.
    """
    for name, value in where.items():
        if name in OPEN and value not in _listed(numbers, name) and not _stated(numbers, name, value):
            raise WrongInput(_unnamed(name, value, _all(numbers, name)))


def require_stated(numbers: Numbers, where: Mapping[str, str]) -> None:
    """Raise WrongInput for an open list without a value; it names the values there are."""
    for name, value in where.items():
        if name in OPEN and not value.strip():
            there = _all(numbers, name)
            instead = f"it can be {_some(there)}" if there else "no incident names one yet"
            raise WrongInput(f"say which value {name} has: {instead}")


def _listed(numbers: Numbers, name: str) -> Collection[str]:
    """What the bodies, or the regulator's own list, name without any incident."""
    if name in grouping.MANY:
        return [term.label for term in vocabularies.terms(name.replace("_", "-"))]
    kind = {"department": kinds_of_work.Department, "supplier": kinds.Supplier}.get(name)
    return organisation.ever_named(numbers, kind) if kind else ()


def _stated(numbers: Numbers, name: str, value: str) -> bool:
    if name in grouping.MANY:
        return value in _all(numbers, name)
    return models.Version.objects.filter(_known(numbers), **{grouping.COLUMNS[name]: value}).exists()


def _all(numbers: Numbers, name: str) -> list[str]:
    """Every value, in the order of its letters."""
    column = grouping.COLUMNS[name]
    rows = models.Version.objects.filter(_known(numbers)).exclude(**{column: None}).order_by()
    texts = rows.values_list(column, flat=True).distinct()
    split = vocabularies.SEPARATOR if name in grouping.MANY else None
    return sorted(
        {*_listed(numbers, name), *(part for text in texts for part in (text.split(split) if split else [text]))}
    )


def _known(numbers: Numbers) -> Q:
    """The versions that the records ever held up to those numbers."""
    return Q(*(Q(body=body, opened__lte=number) for body, number in numbers.items()), _connector=Q.OR)


def _unnamed(name: str, value: str, there: Sequence[str]) -> str:
    fact = SAID.get(name, name.replace("_", " "))
    by_letters = {one.casefold(): one for one in there}
    near = [by_letters[one] for one in difflib.get_close_matches(value.casefold(), by_letters)]
    if near:
        return f"No incident names the {fact} {value!r}. Did you mean {' or '.join(map(repr, near))}?"
    if not there:
        return f"No incident names a {fact} yet; leave that filter out"
    return f"No incident names the {fact} {value!r}; it can be {_some(there)}"


def _some(there: Sequence[str]) -> str:
    more = f" and {len(there) - MOST_SAID} more" if len(there) > MOST_SAID else ""
    return f"{', '.join(there[:MOST_SAID])}{more}"
