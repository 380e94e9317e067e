"""What a body said of itself, as at a day and a ledger number; what it never said comes back as None or nothing."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from candour.ledger.coordinates import AsAt, Head
from candour.organisation import cells, kinds
from candour.organisation.kinds_of_records import Retention
from candour.organisation.kinds_of_reporting import Reporting
from candour.organisation.kinds_of_work import Department, Marked, Practice
from candour.organisation.models import Body, Particular, Person
from candour.organisation.stated import Stated
from candour.rules.answers import Answer, Approximate, Held

Kind = TypeVar("Kind", bound=Stated)
CONTRACTORS = "contractors-with-access"
STAFF = "staff"
FRAMES = 200
"""How many frames of pages are kept in memory; one lists the departments of its body."""


def particulars(body: int, kind: str, as_at: AsAt) -> dict[str, dict[str, Any]]:
    """Return every particular of a kind in force at the coordinates, by key, with `from` (the day it holds from)."""
    rows = Particular.objects.filter(body=body, kind=kind).as_at(as_at).order_by("held_from", "key")
    return {row.key: {**row.content, "from": row.held_from} for row in rows}


def particular(body: int, kind: str, key: str, as_at: AsAt) -> dict[str, Any] | None:
    """Return one particular in force at the coordinates, or None."""
    return particulars(body, kind, as_at).get(key)


class Particulars:
    """What is in force at the coordinates, as values, by kind; one query however many rows there are."""

    def __init__(self, body: Body, as_at: AsAt, wanted: Iterable[type[Stated]] = kinds.KINDS) -> None:
        self.body, self.as_at = body, as_at
        self._found: dict[type[Stated], list[Stated]] = {}
        rows = Particular.objects.filter(body=body.pk, kind__in=[kind.kind for kind in wanted]).as_at(as_at)
        for kind, content, since in rows.order_by("key").values_list("kind", "content", "held_from"):
            stated = replace(cells.read(kinds.BY_KIND[kind], {**kinds.BY_KIND[kind].names, **content}), since=since)
            self._found.setdefault(type(stated), []).append(stated)

    def all(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """Every particular of a kind, by key."""
        return tuple(stated for stated in self._found.get(kind, []) if isinstance(stated, kind))

    def one(self, kind: type[Kind], key: str | None = None) -> Kind | None:
        """The particular with a key; without one, the only one of a kind that has only one."""
        return next((stated for stated in self.all(kind) if key in {None, stated.key}), None)


def fact(body: Body, name: str, as_at: AsAt) -> kinds.Fact | None:
    """Return a dated fact as it was stated last; its `since` is the day it was stated for."""
    return Particulars(body, as_at, [kinds.Fact]).one(kinds.Fact, name)


def staff(body: Body, as_at: AsAt) -> kinds.Fact | None:
    """Return the number of staff, as headcount or full-time equivalent, or None where nobody stated one."""
    return fact(body, STAFF, as_at)


def as_answer(fact: kinds.Fact) -> Answer | None:
    """Return a fact as an answer's state; None where it is not known, which a person has to put in words."""
    if fact.value is not None:
        return (Approximate if fact.approximate else Held)(fact.value, note=fact.note or None)
    return Held(fact.text, note=fact.note or None) if fact.text else None


@dataclass(frozen=True)
class Contractors:
    """Who else has routine access: the suppliers in force, and only where there is none, the fact that was stated.

    `people` is None where the number of one of them is not known.
    """

    suppliers: tuple[kinds.Supplier, ...]
    stated: kinds.Fact | None = None

    @property
    def people(self) -> int | None:
        if self.stated:
            return self.stated.value
        numbers = [supplier.people for supplier in self.suppliers]
        return None if None in numbers else sum(number or 0 for number in numbers)

    @property
    def approximate(self) -> bool:
        said = (self.stated,) if self.stated else self.suppliers
        return self.people is not None and any(one.approximate for one in said)


def _contractors(found: Particulars) -> Contractors | None:
    suppliers = tuple(supplier for supplier in found.all(kinds.Supplier) if supplier.routine_access)
    stated = found.one(kinds.Fact, CONTRACTORS) if not suppliers else None
    return Contractors(suppliers, stated) if suppliers or stated else None


def contractors(body: Body, as_at: AsAt) -> Contractors | None:
    """Return who besides staff has routine access to information, or None where nothing was stated."""
    return _contractors(Particulars(body, as_at, [kinds.Supplier, kinds.Fact]))


def suppliers(body: Body, as_at: AsAt) -> tuple[kinds.Supplier, ...]:
    """Return the suppliers in force, with and without routine access."""
    return Particulars(body, as_at, [kinds.Supplier]).all(kinds.Supplier)


def sponsor(body: Body, as_at: AsAt) -> kinds.Sponsor | None:
    """Return the department the body answered to on the day, or None."""
    return Particulars(body, as_at, [kinds.Sponsor]).one(kinds.Sponsor)


def policies(body: Body, as_at: AsAt, topic: str | None = None) -> tuple[kinds.Policy, ...]:
    """Return the policies in force, each in the version of the day; with a topic, those that answer it."""
    found = Particulars(body, as_at, [kinds.Policy]).all(kinds.Policy)
    return tuple(policy for policy in found if topic is None or topic in policy.topics)


def policy_versions(body: Body, number: int) -> dict[tuple[str, str], kinds.Policy]:
    """Return each version of each policy ever stated up to a ledger number, by slug and version; one query."""
    rows = Particular.objects.filter(body=body.pk, kind=kinds.Policy.kind, opened__lte=number).order_by("opened")
    found = [cells.read(kinds.Policy, {**kinds.Policy.names, **row.content}) for row in rows]
    return {(policy.slug, policy.version): policy for policy in found}


def documents(body: Body, as_at: AsAt, topic: str | None = None) -> tuple[kinds.Document, ...]:
    """Return the other documents, to enclose or published already; with a topic, those that answer it."""
    found = Particulars(body, as_at, [kinds.Document]).all(kinds.Document)
    return tuple(document for document in found if topic is None or topic in document.topics)


def standing_answer(body: Body, topic: str, as_at: AsAt) -> kinds.StandingAnswer | None:
    """Return what the body answers about a topic, or None."""
    return Particulars(body, as_at, [kinds.StandingAnswer]).one(kinds.StandingAnswer, topic)


def wordings(body: Body, scheme: str, as_at: AsAt) -> Mapping[str, str]:
    """Return the body's own labels for codes of a scheme, by code."""
    found = Particulars(body, as_at, [kinds.Wording]).all(kinds.Wording)
    return {wording.code: wording.label for wording in found if wording.scheme == scheme}


def accounting_periods(body: Body, as_at: AsAt) -> tuple[kinds.AccountingPeriod, ...]:
    """Return the body's own accounting periods, in order."""
    found = Particulars(body, as_at, [kinds.AccountingPeriod]).all(kinds.AccountingPeriod)
    return tuple(sorted(found, key=lambda period: period.start))


def academic_start(body: Body, as_at: AsAt) -> tuple[int, int] | None:
    """Return the month and day the body's academic year starts on, or None."""
    found = Particulars(body, as_at, [kinds.AcademicYear]).one(kinds.AcademicYear)
    return (found.month, found.day) if found else None


def closed_days(body: Body, as_at: AsAt) -> tuple[kinds.ClosedDay, ...]:
    """Return the bank holidays that the body added to the shipped calendar, in order."""
    found = Particulars(body, as_at, [kinds.ClosedDay]).all(kinds.ClosedDay)
    return tuple(sorted(found, key=lambda closed: (closed.day, closed.key)))


def departments(body: Body, as_at: AsAt) -> tuple[Department, ...]:
    """Return the departments that the body named, by name."""
    return Particulars(body, as_at, [Department]).all(Department)


def ever_named(numbers: Mapping[int, int], kind: type[Stated]) -> frozenset[str]:
    """Return the names of what bodies ever stated of a kind, for whatever days, each as known at a ledger number."""
    rows = (
        Particular.objects.filter(body=body, kind=kind.kind, opened__lte=number).values_list("content", flat=True)
        for body, number in numbers.items()
    )
    return frozenset(content["name"] for of_body in rows for content in of_body)


def departments_of(person: Person, as_at: AsAt) -> tuple[str, ...]:
    """Return the names of the departments whose information a person owns."""
    owned = departments(person.body, as_at) if person.email else ()
    return tuple(one.name for one in owned if one.owner.casefold() == (person.email or "").casefold())


@dataclass(frozen=True)
class Marks:
    """What pages of a body carry: whether it is for practice, and the marking of those about incidents."""

    training: bool
    incidents: str


@dataclass(frozen=True)
class Frame:
    """What the pages of a body need again and again, read in one query; as it holds on a day and is known at a head."""

    marks: Marks
    departments: tuple[str, ...]


@lru_cache(maxsize=FRAMES)
def frame(body: int, head: Head, day: date) -> Frame:
    """Return what pages carry and choose from on a day; OFFICIAL-SENSITIVE where no marking is stated.

    Kept in memory for as long as the record says the same, which the digest of its head tells.
    """
    of_practice = Particular.objects.filter(body=body, kind=Practice.kind).known(head.number)
    present = Particular.objects.filter(body=body, kind__in=(Marked.kind, Department.kind))
    present = present.as_at(AsAt(day, head.number))
    found: dict[str, list[Any]] = {}
    for kind, content in (of_practice | present).order_by("key").values_list("kind", "content"):
        found.setdefault(kind, []).append(content)
    said = cells.read(Marked, found[Marked.kind][0]) if Marked.kind in found else Marked()
    departments = tuple(content["name"] for content in found.get(Department.kind, []))
    return Frame(Marks(Practice.kind in found, said.incidents), departments)


def practice(body: int) -> Practice | None:
    """Return what a body for practice is for, or None for a real one; once it was said, it is so for every day."""
    content = Particular.objects.filter(body=body, kind=Practice.kind).values_list("content", flat=True)
    said = content.order_by("-opened").first()
    return cells.read(Practice, said) if said is not None else None


def practices() -> frozenset[int]:
    """Return which bodies are made for practice."""
    return frozenset(Particular.objects.filter(kind=Practice.kind).values_list("body", flat=True))


TRAINING = "TRAINING"
"""What stands on every page and file of a body for practice."""


def marking(body: int) -> str:
    """Return what every page and file of a body is marked with: nothing, but for one that is made for practice."""
    return TRAINING if practice(body) else ""


def file_name(body: int, name: str) -> str:
    """Return the name under which a file leaves: that of a body for practice says so."""
    mark = marking(body)
    return f"{mark}-{name}" if mark else name


def reporting(body: Body, day: date) -> Reporting:
    """Return how people report to the body on a day, as the record knows it now; one query.

    What it never stated is at its default: only its own people may.
    """
    present = Particular.objects.filter(body=body.pk, kind=Reporting.kind, closed=None)
    content = present.filter(held_from__lte=day, held_until__gt=day).values_list("content", flat=True).first()
    return cells.read(Reporting, content) if content is not None else Reporting()


def retention(body: Body, as_at: AsAt) -> tuple[Retention, ...]:
    """Return the body's retention schedule: the narrowest rows first, of two that are equally narrow the longer."""
    found = Particulars(body, as_at, [Retention]).all(Retention)
    return tuple(sorted(found, key=lambda row: (row.narrowness, row.months or math.inf), reverse=True))


@dataclass(frozen=True)
class Everything:
    """All that a body said of itself, in force at the coordinates; `contractors` as derived."""

    body: str
    as_at: AsAt
    contractors: Contractors | None
    stated: Mapping[str, tuple[Stated, ...]]

    def as_json(self) -> dict[str, Any]:
        """Give body, as_at, ledger_number, contractors and each kind's rows with `key` and `from`."""
        rows = {kind: [_row(stated) for stated in found] for kind, found in self.stated.items()}
        common = {"body": self.body, "as_at": self.as_at.day.isoformat(), "ledger_number": self.as_at.number}
        return {**common, "contractors": _contractors_row(self.contractors), **rows}


def _row(stated: Stated) -> dict[str, Any]:
    since = stated.since.isoformat() if stated.since else None
    return {"key": stated.key, "from": since, **cells.content(stated)}


def _contractors_row(found: Contractors | None) -> dict[str, Any] | None:
    if found is None:
        return None
    suppliers = [supplier.key for supplier in found.suppliers]
    return {"people": found.people, "approximate": found.approximate, "suppliers": suppliers}


def everything(body: Body, as_at: AsAt) -> Everything:
    """Return all that is in force at the coordinates, by table name, for a page and `candour fact show`; one query."""
    found = Particulars(body, as_at)
    stated = {kind.table: found.all(kind) for kind in kinds.KINDS}
    return Everything(body.slug, as_at, _contractors(found), stated)
