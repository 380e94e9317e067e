"""The register as a list: a page of it by key, filtered, searched, and only what the asker may see."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from candour.incidents import access, models
from candour.incidents import facts as vocabulary
from candour.incidents.queries import telling
from candour.ledger import models as ledger_models
from candour.ledger.models import OPEN
from candour.organisation.models import Body, Person
from candour.rules.refusals import WrongInput

FILTERS = ("tier", "source", "department", "standing")
AT_MOST = 200


@dataclass(frozen=True)
class Row:
    """One incident in the list, as it is believed now; what a confidential one is about, only its own page says."""

    reference: str
    tier: str
    category: str | None
    logged_on: date | None
    occurred_on: date | None
    department: str | None
    description: str
    source: str | None
    standing: str
    confidential: bool = False


@dataclass(frozen=True)
class Page:
    """A page of the register; `older` and `newer` are the keys that `before` and `after` take, None at an end."""

    rows: list[Row]
    older: str | None
    newer: str | None


def page(
    body: Body,
    *,
    by: Person,
    today: date,
    filters: Mapping[str, str] | None = None,
    words: str = "",
    before: str | None = None,
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """Return one page of the register, the latest logged first, by key and never by offset; six queries at most.

    `filters` name tier, source, department or standing; `words` are looked for in references and descriptions.
    """
    found = models.Version.objects.filter(body=body.pk, closed=None, held_until=OPEN)
    found = access.visible(found.filter(**_filters(filters or {})), by, today)
    if words:
        found = found.filter(incident__in=_with_words(body, words))
    size = min(limit, AT_MOST)
    if after:
        rows = list(_beyond(found, after, newer=True).order_by("logged_on", "incident")[: size + 1])
        more, rows = len(rows) > size, rows[:size][::-1]
        return Page(_rows(body, rows), _key(rows[-1]) if rows else None, _key(rows[0]) if more else None)
    rows = list(_beyond(found, before, newer=False).order_by("-logged_on", "-incident")[: size + 1])
    more, rows = len(rows) > size, rows[:size]
    return Page(_rows(body, rows), _key(rows[-1]) if more else None, _key(rows[0]) if before and rows else None)


def _filters(filters: Mapping[str, str]) -> dict[str, str]:
    unknown = [name for name in filters if name not in FILTERS]
    if unknown:
        raise WrongInput(f"the register is filtered by {', '.join(FILTERS)}, not by {unknown[0]}")
    return {name: value for name, value in filters.items() if value}


def _with_words(body: Body, words: str) -> QuerySet[Any]:
    texts = ledger_models.Words.objects.filter(body=body.pk, field="description", text__icontains=words)
    entries = ledger_models.Entry.objects.filter(body=body.pk, number__in=texts.values("number"))
    mine = models.Incident.objects.filter(body=body.pk)
    return mine.filter(Q(reference__icontains=words) | Q(reference__in=entries.values("subject"))).values("number")


def _key(row: models.Version) -> str:
    return f"{row.logged_on}.{row.incident}"


def _beyond(found: QuerySet[Any], key: str | None, *, newer: bool) -> QuerySet[Any]:
    if not key:
        return found
    day, _, number = key.partition(".")
    try:
        logged, incident = date.fromisoformat(day), int(number)
    except ValueError:
        raise WrongInput("that page is not there; begin at the first") from None
    way = "gt" if newer else "lt"
    return found.filter(
        Q(**{f"logged_on__{way}": logged}) | Q(logged_on=logged, **{f"incident__{way}": incident}),
        **{f"logged_on__{way}e": logged},
    )


def _rows(body: Body, versions: Sequence[models.Version]) -> list[Row]:
    numbers = [row.incident for row in versions]
    names = dict(models.Incident.objects.filter(body=body.pk, number__in=numbers).values_list("number", "reference"))
    codes = dict(
        models.Coding.objects.filter(
            body=body.pk, incident__in=numbers, scheme=vocabulary.SCHEME, closed=None, held_until=OPEN
        ).values_list("incident", "code")
    )
    texts = telling.descriptions(body, names.values())
    confidential = telling.confidential(body, numbers)
    return [
        Row(
            names[row.incident],
            row.tier,
            codes.get(row.incident),
            row.logged_on,
            row.occurred_on,
            row.department,
            "" if row.incident in confidential else texts.get(names[row.incident]) or "",
            row.source,
            row.standing,
            row.incident in confidential,
        )
        for row in versions
    ]


def sources(body: Body) -> list[str]:
    """Return the source registers that incidents came from."""
    return list(models.Load.objects.filter(body=body.pk).values_list("source", flat=True).distinct().order_by("source"))
