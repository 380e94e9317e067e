"""What incidents are called and told as in lists: references, the last description, and which are confidential."""

from collections.abc import Collection, Iterable

from candour.incidents import models
from candour.ledger import models as ledger
from candour.organisation.models import Body


def references(body: Body, numbers: Collection[int]) -> dict[int, str]:
    """Return the reference of each incident, by its number."""
    found = models.Incident.objects.filter(body=body.pk, number__in=list(numbers))
    return dict(found.values_list("number", "reference"))


def confidential(body: Body, numbers: Collection[int]) -> frozenset[int]:
    """Return which of these incidents are confidential: a list names them, and says no more."""
    found = models.Handling.objects.filter(body=body.pk, incident__in=list(numbers), confidential=True)
    return frozenset(found.values_list("incident", flat=True))


def descriptions(body: Body, references: Iterable[str]) -> dict[str, str | None]:
    """Return the last description of each incident, None where it was erased; two queries."""
    entries = ledger.Entry.objects.filter(body=body.pk, subject__in=list(references))
    subjects = dict(entries.values_list("number", "subject"))
    words = ledger.Words.objects.filter(body=body.pk, number__in=list(subjects), field="description")
    return {subjects[number]: text for number, text in words.order_by("number").values_list("number", "text")}
