"""What each scheme says of an incident, and what speaks for a code: words, decisions, codes of other schemes."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db import connection

from candour.incidents import access, models
from candour.incidents.queries import shown, telling
from candour.incidents.queries.lines import Line
from candour.ledger.coordinates import AsAt, Head
from candour.organisation import classification
from candour.organisation.classification import Classification
from candour.organisation.models import Body, Person
from candour.rules import schemes, suggestions
from candour.rules.refusals import NotThere
from candour.rules.schemes import Category, Scheme, crosswalks

SHORT = 5
"""Letters of a code that people know by heart, such as IV or 3.1; a longer one is a name for programs."""

EARLIER = 500
"""How many of the latest coded incidents are looked through for ones described in like words."""


@dataclass(frozen=True)
class Coded:
    """What one scheme says; `code` None: nothing yet. `label` is that of the day the code was given, `since`.

    `number` is the ledger number of the entry that gave it: the history says who, and why. `retired`: the category is
    no longer in force.
    """

    scheme: str
    title: str
    code: str | None = None
    label: str = ""
    since: date | None = None
    number: int | None = None
    retired: bool = False

    @property
    def said(self) -> str:
        """The category as people say it; "" where there is none."""
        return said(self.code, self.label) if self.code else ""


def said(code: str, label: str) -> str:
    """Write a category as people say it: a short code stands before its label."""
    return f"{code}: {label}" if len(code) <= SHORT and code.casefold() != label.casefold() else label


def codings(body: Body, incident: int, as_at: AsAt, head: Head | None = None) -> list[Coded]:
    """Return what each scheme says at two coordinates, for somebody who may see the incident; two queries, or one.

    Schemes in which a person gives codes come always, the others only where there is a code.
    """
    known = classification.classification(body, as_at.number, head)
    found = {row.scheme: row for row in _given(body.pk, incident, as_at)}
    asked = [scheme for scheme in known.for_categorising() if scheme.on(as_at.day) or scheme.slug in found]
    others = [known.scheme(slug) for slug in found if known.scheme(slug) not in asked]
    return [_coded(scheme, found.get(scheme.slug), as_at.day) for scheme in (*asked, *others)]


class _Given(NamedTuple):
    """A code as it was given."""

    scheme: str
    code: str
    held_from: date
    opened: int


def _given(body: int, incident: int, as_at: AsAt) -> Iterator[_Given]:
    """The codes of an incident; written out for the reason that `shown` gives."""
    then, values = shown.then("c", as_at)
    with connection.cursor() as cursor:
        cursor.execute(f"{_CODES} and {then}", [body, incident, *values])
        yield from (_Given(*row) for row in cursor.fetchall())


_CODES = (  # names of ours
    f"select c.scheme, c.code, c.held_from, c.opened from {models.Coding._meta.db_table} c "  # noqa: S608
    "where c.body = %s and c.incident = %s"
)


def _coded(scheme: Scheme, row: _Given | None, day: date) -> Coded:
    if row is None:
        return Coded(scheme.slug, scheme.title)
    label = scheme.label(row.code, row.held_from)
    retired = row.code not in {category.code for category in scheme.on(day)}
    return Coded(scheme.slug, scheme.title, row.code, label, row.held_from, row.opened, retired)


@dataclass(frozen=True)
class Suggested:
    """A category that a person may look at, with everything that speaks for it; nothing is coded by it."""

    code: str
    label: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """One scheme as somebody chooses in it: the categories in force today, and those that something speaks for."""

    scheme: Scheme
    categories: tuple[Category, ...]
    suggested: tuple[Suggested, ...]
    now: Coded


@dataclass(frozen=True)
class _Case:
    """The incident that somebody looks at to give it a code."""

    body: Body
    line: Line
    by: Person
    today: date


def choice(body: Body, line: Line, slug: str, as_at: AsAt, *, by: Person, today: date) -> Choice:
    """Return what somebody chooses from to code an incident in a scheme; NotThere where the scheme is not for that.

    `line` is the incident as this person was shown it.
    """
    case = _Case(body, line, by, today)
    known = classification.classification(body, as_at.number)
    scheme = known.scheme(slug)
    if scheme.use != schemes.CATEGORISING:
        raise NotThere(f"nobody gives codes of {scheme.title}")
    rows = {row.scheme: row for row in models.Coding.objects.filter(body=body.pk, incident=line.incident).as_at(as_at)}
    carried = {held: row.code for held, row in rows.items() if held != slug}
    categories = scheme.on(as_at.day)
    suggested = tuple(_gathered(categories, _speaking(case, known, slug, carried)))
    return Choice(scheme, categories, suggested, _coded(scheme, rows.get(slug), as_at.day))


def _speaking(case: _Case, known: Classification, slug: str, carried: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Each code that something speaks for, with why: the words, what was decided earlier, codes of other schemes."""
    yield from ((one.code, one.why) for one in suggestions.from_words(case.line.about, slug))
    yield from ((one.code, one.why) for one in suggestions.from_decisions(case.line.about, _decided(case, slug)))

    def named(scheme: str, code: str) -> str:
        held = known.scheme(scheme)
        return f"“{said(code, held.label(code, case.today))}” ({held.title})"

    both = {**carried, "tiers": case.line.tier}
    found = crosswalks.proposals(both, slug, case.today, known.pairs, named=named)
    yield from ((one.code, f"{one.why} (a proposed crosswalk)") for one in found)


def _decided(case: _Case, slug: str) -> list[suggestions.Decided]:
    """The latest incidents with a code in the scheme that this person may see, as they were described."""
    rows = models.Coding.objects.filter(body=case.body.pk, scheme=slug, closed=None)
    others = rows.exclude(incident=case.line.incident)
    visible = access.visible(others, case.by, case.today).order_by("-opened")
    latest = list(visible.values_list("incident", "code")[:EARLIER])
    names = telling.references(case.body, [number for number, _ in latest])
    texts = telling.descriptions(case.body, names.values())
    return [suggestions.Decided(texts.get(names[number]) or "", code) for number, code in latest]


def _gathered(categories: Sequence[Category], speaking: Iterable[tuple[str, str]]) -> Iterator[Suggested]:
    """The categories in force that something speaks for, what most speaks for first."""
    whys: dict[str, list[str]] = {}
    for code, why in speaking:
        whys.setdefault(code, []).append(why)
    labels = {category.code: category.label for category in categories}
    for code in sorted(whys, key=lambda code: -len(whys[code])):
        if code in labels:
            yield Suggested(code, labels[code], tuple(whys[code]))


def categorising_schemes(body: Body, as_at: AsAt) -> list[Scheme]:
    """Return the schemes in which somebody can give a code on a day; one query."""
    known = classification.classification(body, as_at.number)
    return [scheme for scheme in known.for_categorising() if scheme.on(as_at.day)]


def causes(day: date) -> tuple[Category, ...]:
    """Return the root causes that a person chooses from."""
    return schemes.scheme("root-cause").on(day)
