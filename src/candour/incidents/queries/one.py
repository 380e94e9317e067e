"""One incident at two coordinates, for its page: facts in words, what it counts as and why, its history."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.incidents import access, history, models
from candour.incidents import facts as vocabulary
from candour.incidents.queries import telling
from candour.ledger.coordinates import AsAt
from candour.organisation import queries as organisation
from candour.organisation.models import Body, Person
from candour.rules import schemes, tiers, years
from candour.rules.refusals import NotThere


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


def incident(body: Body, reference: str, as_at: AsAt, *, by: Person, today: date) -> Incident:
    """Return one incident at two coordinates; NotThere where there is none, or the record did not have it then."""
    identity = models.Incident.objects.filter(body=body.pk, reference=reference).first()
    mine = {"body": body.pk, "incident": identity.number if identity else 0}
    row = access.visible(models.Version.objects.filter(**mine).as_at(as_at), by, today).first()
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
        telling.descriptions(body, [reference], as_at).get(reference),
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
