"""What incidents are called and told as in lists: references, the description of then, and which are confidential."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from candour.incidents import entries, models
from candour.ledger import models as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Body


def references(body: Body, numbers: Collection[int]) -> dict[int, str]:
    """Return the reference of each incident, by its number."""
    found = models.Incident.objects.filter(body=body.pk, number__in=list(numbers))
    return dict(found.values_list("number", "reference"))


def confidential(body: Body, numbers: Collection[int]) -> frozenset[int]:
    """Return which of these incidents are confidential: a list names them, and says no more."""
    found = models.Handling.objects.filter(body=body.pk, incident__in=list(numbers), confidential=True)
    return frozenset(found.values_list("incident", flat=True))


def descriptions(body: Body, references: Iterable[str], as_at: AsAt | None = None) -> dict[str, str | None]:
    """Return the last description of each incident, None where it was erased; one query.

    At two coordinates it is that of then: the last that holds for the day, as the record knew it; two queries. The
    caller has made sure that the incidents may be seen.
    """
    mine = ledger.Entry.objects.filter(body=body.pk, subject__in=list(references))
    if as_at is None:
        subject = ledger.Entry.objects.filter(body=OuterRef("body"), number=OuterRef("number")).values("subject")
        words = _described(body, mine.values("number")).annotate(subject=Subquery(subject))
        return dict(words.order_by("number").values_list("subject", "text"))
    rows = mine.filter(number__lte=as_at.number).values_list("number", "subject", "deed", "at", "content")
    subjects = {
        number: subject
        for number, subject, deed, at, content in rows.order_by("number")
        if entries.holds_from(deed, at, entries.done(number, deed, content).facts) <= as_at.day
    }
    texts = _described(body, list(subjects)).order_by("number").values_list("number", "text")
    return {subjects[number]: text for number, text in texts}


def last_description() -> Subquery:
    """The last description of each row that has `body` and `reference`, read in the same statement."""
    about = ledger.Entry.objects.filter(body=OuterRef(OuterRef("body")), subject=OuterRef(OuterRef("reference")))
    words = ledger.Words.objects.filter(body=OuterRef("body"), field="description", number__in=about.values("number"))
    return Subquery(words.order_by("-number").values("text")[:1])


def _described(body: Body, numbers: Any) -> QuerySet[ledger.Words]:
    return ledger.Words.objects.filter(body=body.pk, number__in=numbers, field="description")
