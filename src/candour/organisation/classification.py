"""The classification schemes of a body: those that come with Candour in the body's own words, and those it made."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from candour.ledger.beliefs import Range
from candour.ledger.coordinates import Head
from candour.ledger.models import OPEN
from candour.organisation.kinds_of_classifying import Crosswalk, OwnCategory, OwnScheme, RetiredScheme
from candour.organisation.models import Body, Particular
from candour.rules import schemes
from candour.rules.refusals import NotThere
from candour.rules.schemes import Category, Scheme, crosswalks

WORDING = "wording"
CLASSIFICATIONS = 100
"""How many are kept in memory; one holds some hundred categories."""

_KINDS = (OwnScheme.kind, OwnCategory.kind, Crosswalk.kind, RetiredScheme.kind, WORDING)


@dataclass(frozen=True)
class Retired:
    """From which day a scheme is not used, until which (inclusive, None: for good), and why."""

    since: date
    until: date | None
    reason: str


@dataclass(frozen=True)
class Classification:
    """Every scheme with all its days, the body's own pairs of codes, and by scheme when it was retired, the last first.

    A scheme has no category in force on the days on which it is retired.
    """

    schemes: Mapping[str, Scheme]
    own: frozenset[str]
    pairs: tuple[crosswalks.Pair, ...]
    retired: Mapping[str, tuple[Retired, ...]]

    def scheme(self, slug: str) -> Scheme:
        """Give a scheme by its slug; NotThere where the body has none of that name."""
        if slug not in self.schemes:
            raise NotThere(f"there is no scheme {slug}")
        return self.schemes[slug]

    def for_categorising(self) -> list[Scheme]:
        """Give the schemes whose codes a person gives: those that come with Candour first."""
        found = [one for one in self.schemes.values() if one.use == schemes.CATEGORISING]
        return sorted(found, key=lambda one: (one.slug in self.own, one.slug))


def classification(body: Body, number: int, head: Head | None = None) -> Classification:
    """Return the schemes as the record knew them at a ledger number, whatever the day; one query.

    At the `head` that was read with a visitor, they are kept in memory until the record says more (decision 24).
    """
    at_head = head is not None and head.number == number
    return _at_head(body.pk, head) if at_head else _read(body.pk, number)


@lru_cache(maxsize=CLASSIFICATIONS)
def _at_head(body: int, head: Head) -> Classification:
    return _read(body, head.number)


def _read(body: int, number: int) -> Classification:
    rows: dict[str, list[Particular]] = {kind: [] for kind in _KINDS}
    for row in Particular.objects.filter(body=body, kind__in=_KINDS).known(number).order_by("held_from", "pk"):
        rows[row.kind].append(row)
    found = {slug: _worded(schemes.scheme(slug), rows[WORDING]) for slug in schemes.slugs()}
    own = {scheme.slug: scheme for scheme in _own(rows[OwnScheme.kind], rows[OwnCategory.kind])}
    retired = _retired(rows[RetiredScheme.kind])
    every = {slug: _without(scheme, retired.get(slug, ())) for slug, scheme in {**found, **own}.items()}
    return Classification(every, frozenset(own), tuple(_pairs(rows[Crosswalk.kind])), retired)


def _without(scheme: Scheme, gone: Iterable[Retired]) -> Scheme:
    return replace(scheme, retired=tuple((one.since, one.until) for one in gone))


def _retired(gone: Iterable[Particular]) -> dict[str, tuple[Retired, ...]]:
    found: dict[str, tuple[Retired, ...]] = {}
    for row in gone:
        one = Retired(row.held_from, _last(row.held_until), row.content["reason"])
        found[row.key] = (one, *found.get(row.key, ()))
    return found


def own_slugs(body: Body, number: int) -> frozenset[str]:
    """Return the slugs of the body's own schemes, by which its figures may be grouped; one query."""
    return classification(body, number).own


def _worded(scheme: Scheme, wordings: Iterable[Particular]) -> Scheme:
    """A scheme in which each category is cut where the body began, or ceased, to word it its own way."""
    rows = list(scheme.categories)
    for wording in wordings:
        if wording.content["scheme"] == scheme.slug:
            rows = [part for row in rows for part in _cut(row, wording)]
    return replace(scheme, categories=tuple(rows))


def _cut(row: Category, wording: Particular) -> Iterator[Category]:
    days, held = _days(row), Range(wording.held_from, wording.held_until)
    if row.code != wording.content["code"] or not days.overlaps(held):
        yield row
        return
    for rest in days.without(held):
        yield _over(row, rest)
    both = Range(max(days.held_from, held.held_from), min(days.held_until, held.held_until))
    yield replace(_over(row, both), label=wording.content["label"])


def _days(row: Category) -> Range:
    return Range(row.held_from, row.held_until + timedelta(days=1) if row.held_until else OPEN)


def _over(row: Category, days: Range) -> Category:
    return replace(row, held_from=days.held_from, held_until=_last(days.held_until))


def _last(held_until: date) -> date | None:
    return None if held_until == OPEN else held_until - timedelta(days=1)


def _own(titles: Iterable[Particular], rows: Iterable[Particular]) -> Iterator[Scheme]:
    """The schemes of the body's own; one of which only categories were stated is named by its slug."""
    found: dict[str, list[Category]] = {title.key: [] for title in titles}
    for row in rows:
        said, last = row.content, _last(row.held_until)
        found.setdefault(said["scheme"], []).append(
            Category(said["code"], said["label"], row.held_from, last, said.get("definition", ""))
        )
    said_last = {title.key: title.content for title in titles}
    for slug, categories in found.items():
        about = said_last.get(slug, {})
        made_by = "made by our sponsor" if about.get("made_by") == "sponsor" else "made by us"
        ordered = tuple(sorted(categories, key=lambda row: (_natural(row.code), row.held_from)))
        yield Scheme(slug, about.get("title", slug), about.get("source", made_by), ordered)


def _natural(code: str) -> list[tuple[int, str]]:
    """Order codes as people do: 2 before 10, 3.1 after 3."""
    return [(int(part) if part.isdecimal() else 0, part) for part in re.split(r"(\d+)", code)]


def _pairs(rows: Iterable[Particular]) -> Iterator[crosswalks.Pair]:
    for row in rows:
        said = row.content
        yield from crosswalks.pairs(
            scheme=said["scheme"],
            codes=[said["code"]],
            other=said["other"],
            other_codes=said["other_codes"],
            why=said.get("why", "the body's own crosswalk"),
            held_from=row.held_from,
            held_until=_last(row.held_until),
        )
