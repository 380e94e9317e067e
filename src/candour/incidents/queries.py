"""Questions about incidents, for pages: the register as a list, and one incident as it stood."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from candour.incidents import facts as vocabulary
from candour.incidents import history, models
from candour.ledger import models as ledger_models
from candour.ledger.coordinates import AsAt
from candour.ledger.models import OPEN
from candour.organisation import people
from candour.organisation import queries as organisation
from candour.organisation.models import Body, Person
from candour.rules import schemes, tiers, years
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed

FILTERS = ("tier", "source", "department", "standing")
AT_MOST = 200


@dataclass(frozen=True)
class Row:
    """One incident in the list, as it is believed now."""

    reference: str
    tier: str
    category: str | None
    logged_on: date | None
    occurred_on: date | None
    department: str | None
    description: str
    source: str | None
    standing: str


@dataclass(frozen=True)
class Page:
    """A page of the register; `older` and `newer` are the keys that `before` and `after` take, None at an end."""

    rows: list[Row]
    older: str | None
    newer: str | None


@dataclass(frozen=True)
class Shown:
    """A fact as a page says it: "about 40", "not known", "not stated"."""

    name: str
    label: str
    words: str
    stated: bool


@dataclass(frozen=True)
class Incident:
    """One incident at two coordinates, with its whole history."""

    reference: str
    as_at: AsAt
    source: str | None
    standing: str
    tier: str
    tier_basis: str
    tier_derived: str
    tier_why: str
    category: tuple[str, str] | None
    description: str | None
    facts: list[Shown]
    history: list[history.Sentence]


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
    _require(by, today)
    found = models.Version.objects.filter(body=body.pk, closed=None, held_until=OPEN)
    found = found.filter(**_filters(filters or {}))
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


def _require(by: Person, today: date) -> None:
    if not people.may(by, Deed.SEE_INCIDENTS, today):
        raise NotThere("there is nothing here for you")


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
    texts = descriptions(body, names.values())
    return [
        Row(
            names[row.incident],
            row.tier,
            codes.get(row.incident),
            row.logged_on,
            row.occurred_on,
            row.department,
            texts.get(names[row.incident]) or "",
            row.source,
            row.standing,
        )
        for row in versions
    ]


def descriptions(body: Body, references: Iterable[str]) -> dict[str, str | None]:
    """Return the last description of each incident, None where it was erased; two queries."""
    entries = ledger_models.Entry.objects.filter(body=body.pk, subject__in=list(references))
    subjects = dict(entries.values_list("number", "subject"))
    words = ledger_models.Words.objects.filter(body=body.pk, number__in=list(subjects), field="description")
    return {subjects[number]: text for number, text in words.order_by("number").values_list("number", "text")}


def sources(body: Body) -> list[str]:
    """Return the source registers that incidents came from."""
    return list(models.Load.objects.filter(body=body.pk).values_list("source", flat=True).distinct().order_by("source"))


def incident(body: Body, reference: str, as_at: AsAt, *, by: Person, today: date) -> Incident:
    """Return one incident at two coordinates; NotThere where there is none, or the record did not have it then."""
    _require(by, today)
    identity = models.Incident.objects.filter(body=body.pk, reference=reference).first()
    mine = {"body": body.pk, "incident": identity.number if identity else 0}
    row = models.Version.objects.filter(**mine).as_at(as_at).first()
    if row is None:
        raise NotThere(f"there is no incident {reference} as at {years.spoken(as_at.day)}")
    codings = models.Coding.objects.filter(**mine, scheme=vocabulary.SCHEME).as_at(as_at)
    code = codings.values_list("code", flat=True).first()
    return Incident(
        reference,
        as_at,
        row.source,
        row.standing,
        row.tier,
        row.tier_basis,
        row.tier_derived,
        _why(row),
        (code, _label(body, code, as_at)) if code else None,
        descriptions(body, [reference]).get(reference),
        _shown(row),
        history.sentences(body, reference),
    )


def _why(row: models.Version) -> str:
    """Why the tier is what it is, in a sentence."""
    values = {
        name: getattr(row, name) for name in ("told_ico", "personal_data", "information_lost", "resources_assigned")
    }
    _, reason = vocabulary.derived(values)
    if row.tier_basis == "derived":
        return reason
    how = "The source register stated it." if row.tier_basis == "stated" else "A person decided it; see the history."
    if row.tier_derived in {row.tier, tiers.UNDETERMINED}:
        return how
    return f"{how} By the facts it would be {row.tier_derived}: {reason}"


def _label(body: Body, code: str, as_at: AsAt) -> str:
    worded = organisation.wordings(body, vocabulary.SCHEME, as_at)
    found = schemes.scheme(vocabulary.SCHEME).on(as_at.day, worded)
    return next((category.label for category in found if category.code == code), "")


def _shown(row: models.Version) -> list[Shown]:
    marks: dict[str, str] = json.loads(row.precision or "{}")
    times: dict[str, str] = json.loads(row.times or "{}")
    return [
        _one(fact, getattr(row, fact.column), marks.get(fact.name, ""), times.get(fact.name))
        for fact in vocabulary.FACTS
        if fact.kind is not vocabulary.Kind.CODE
    ]


def _one(fact: vocabulary.Fact, value: Any, mark: str, time: str | None) -> Shown:
    if value is None:
        return Shown(fact.name, fact.label, "not known" if mark == "unknown" else "not stated", stated=False)
    words = _words(value, time)
    if mark == "approximate":
        words = f"about {words}"
    elif mark.startswith("taken from"):
        words = f"{words} ({mark.replace('_on', '').replace('_', ' ')})"
    return Shown(fact.name, fact.label, words, stated=True)


def _words(value: Any, time: str | None) -> str:
    if isinstance(value, date):
        return years.spoken(value) + (f", {time[11:16]}" if time else "")
    if isinstance(value, int):
        return f"{value:,}"
    return str(value).replace("not-known", "not known")
