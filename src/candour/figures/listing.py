"""The list of incidents for publication: a line for each, with a month, a tier and a category, and no more by itself.

No day, no sentence, no unit: those let a line be told from others. More takes a recorded decision; free text never
stands in it. Confidential incidents are counted and not described. A list is what a measure counts in one period: the
lines behind one number.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.functions import TruncMonth

from candour.figures import behind, frozen, models, paging, protecting, rendering, safe, tables
from candour.figures.questions import Question
from candour.incidents import facts
from candour.incidents import models as incidents
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.organisation import queries as organisation
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.disclosure_control.procedure import THRESHOLD_POPULATION, Step
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed

ALWAYS = ("month", "tier", "category")
MORE = ("day", "department", "incident_type", "cause", "medium", "lost_or_stolen", "data_types", "people_affected")
"""What a recorded decision may add to a line."""

NOT_NAMED = f"not named: fewer than {THRESHOLD_POPULATION} people, or size not known"
MOST_LINES = 100_000
ROWS_AT_ONCE = 2_000

Line = tuple[str | int | None, ...]


@dataclass(frozen=True)
class Asked:
    """The incidents that a question counts in its one period, and what stands in a line besides what always does.

    WrongInput for several periods or a grouped question, and for a column that no list shows.
    """

    question: Question
    more: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.question.periods) != 1 or self.question.group:
            raise WrongInput("a list is of one period, and grouped by nothing")
        if strange := [name for name in self.more if name not in MORE]:
            raise WrongInput(f"a list cannot show {', '.join(strange)}; it can show {', '.join(MORE)}")

    @property
    def period(self) -> years.Period:
        return self.question.periods[0]

    @property
    def header(self) -> tuple[str, ...]:
        return (*ALWAYS, *self.more)


@dataclass(frozen=True)
class Listed:
    """The list: what was asked, the table whose number it stands behind, and the lines, read when they are wanted.

    `many` lines it has, `confidential` more are counted but not described; `decision` is the entry that allows more.
    """

    asked: Asked
    table: tables.Table
    found: "QuerySet[Any]"
    many: int
    confidential: int
    decision: int | None

    def lines(self) -> Iterator[Line]:
        """Return the lines, in an order that tells nothing but what stands in them."""
        yield from map(_line, self.found.iterator(chunk_size=ROWS_AT_ONCE))

    def page(self, after: str, many: int) -> "paging.Page":
        """Return so many lines after a key ("": the first), and the key of the next; WrongInput for no such key."""
        found = paging.page(self.found, [f"shown_{name}" for name in self.asked.header], after, many)
        return replace(found, rows=[_line(row) for row in found.rows])

    def about(self) -> tuple[tuple[str, str], ...]:
        """What is printed with the list: how many, from when to when, and what the number it stands behind rests on."""
        period = self.asked.period
        own = [("Incidents", f"{self.many:,} listed, {self.confidential:,} more that are confidential, not described")]
        own += [("From", f"{years.spoken(period.start)} to {years.spoken(period.end)}")]
        if self.decision:
            own += [("Decision", f"no. {self.decision}")]
        return (*own, *((name, says) for name, says in rendering.about(self.table) if name not in {"Unit", "Known"}))

    def as_json(self) -> dict[str, Any]:
        """Give what was asked, both coordinates, each line by its columns, and what is not among them."""
        question = self.asked.question
        return {
            **({"training": True} if self.table.training else {}),
            "measure": question.measure.slug,
            "definition_version": question.measure.version,
            "where": dict(question.where),
            "from": self.asked.period.start.isoformat(),
            "to": self.asked.period.end.isoformat(),
            "basis": question.basis,
            "as_at": self.table.as_at.day.isoformat(),
            "ledger_number": self.table.as_at.number,
            "digest": self.table.digest,
            "incidents": [dict(zip(self.asked.header, line, strict=True)) for line in self.lines()],
            "confidential": self.confidential,
            "date_not_known": self.table.date_not_known,
            "before_coverage": [one.as_json() for one in self.table.early],
            "decision": self.decision,
        }


def _line(row: Sequence[Any]) -> Line:
    month, *rest = row
    return (month.strftime("%Y-%m"), *(one.isoformat() if isinstance(one, date) else one for one in rest))


def listed(body: Body, asked: Asked, as_at: AsAt, *, by: Person, at: datetime) -> Listed:
    """List incidents as they may be published without a decision.

    NotAllowed; WrongInput where more is asked for, or more lines than a list holds.
    """
    people.require(by, Deed.SEE_FIGURES, at, body)
    if more := takes(body, asked, as_at):
        raise WrongInput(f"to show {', '.join(more)} is a decision: say why it tells nothing of a person")
    return _listed(body, asked, as_at, None)


def takes(body: Body, asked: Asked, as_at: AsAt) -> tuple[str, ...]:
    """Return what of a list takes a decision: further columns, and a filter by which it speaks of few people only."""
    only = asked.question.only
    some = ((fact, only[fact]) for fact in protecting.SINGLES_OUT if fact in only)
    few = (f"only {fact.replace('_', ' ')} {value}" for fact, value in some if _few(body, fact, value, as_at))
    return (*asked.more, *few)


def _few(body: Body, fact: str, value: str, as_at: AsAt) -> bool:
    if fact in protecting.UNITS:
        return value not in _large(body, as_at)
    return value not in protecting.NOBODY.get(fact, ())


def decide(body: Body, asked: Asked, as_at: AsAt, *, reason: str, by: Person, at: datetime) -> int:
    """Record that a list may show more, and why; return the entry, by which `decided` gives the list.

    NotAllowed; WrongInput without a reason, or where nothing more is asked for.
    """
    more = takes(body, asked, as_at)
    if not more:
        raise WrongInput("month, tier and category take no decision; name what else is to be shown")
    shown = f"with {', '.join(more)}"
    step = Step("Does a line show more than month, tier and category?", shown, "a person decides, with a reason")
    kept = {**frozen.asked(asked.question), "more": list(asked.more)}
    return safe.record(
        body, safe.LIST, asked.question.measure.slug, kept, as_at, choice=shown, applied=None, steps=(step,),
        reason=reason, by=by, at=at,
    )  # fmt: skip


def decided(body: Body, number: int, *, by: Person, at: datetime) -> Listed:
    """List what entry `number` decided, at the coordinates that it was decided for; NotThere where it decided none."""
    people.require(by, Deed.SEE_FIGURES, at, body)
    row = models.Decision.objects.filter(body=body.pk, kind=safe.LIST, opened=number).first()
    if row is None:
        raise NotThere(f"entry {number} decided about no list of incidents")
    asked = Asked(frozen.asked_again(row.asked), tuple(row.asked["more"]))
    return _listed(body, asked, AsAt(row.as_at, row.record_number), number)


def _listed(body: Body, asked: Asked, as_at: AsAt, decision: int | None) -> Listed:
    mine = {"body": OuterRef("body"), "incident": OuterRef("incident")}
    secret = Exists(incidents.Handling.objects.filter(**mine, confidential=True))
    counted = behind.counted(body.pk, asked.question, as_at, 0, {}).annotate(secret=secret)
    of = counted.aggregate(many=Count("pk", filter=Q(secret=False)), confidential=Count("pk", filter=Q(secret=True)))
    if of["many"] > MOST_LINES:
        raise WrongInput(f"a list holds {MOST_LINES:,} incidents; ask for fewer days")
    table = tables.table(body.pk, asked.question, as_at)
    return Listed(asked, table, _columns(body, counted.filter(secret=False), asked, as_at), **of, decision=decision)


def _columns(body: Body, plain: "QuerySet[Any]", asked: Asked, as_at: AsAt) -> "QuerySet[Any]":
    """Read the columns of the list, and nothing else, in the order of what they say."""
    mine = {"body": OuterRef("body"), "incident": OuterRef("incident")}
    code = incidents.Coding.objects.filter(**mine, scheme=facts.SCHEME).as_at(as_at).values("code")[:1]
    own: dict[str, Any] = {name: F(name) for name in ("tier", *asked.more)}
    own |= {"month": TruncMonth(asked.question.column), "day": F(asked.question.column), "category": Subquery(code)}
    if "department" in asked.more:
        own["department"] = _unit(body, as_at)
    columns = {f"shown_{name}": own[name] for name in asked.header}
    said: QuerySet[Any] = plain.annotate(**columns).order_by(*(F(name).asc(nulls_last=True) for name in columns))
    lines: QuerySet[Any] = said.values_list(*columns)
    return lines


def _unit(body: Body, as_at: AsAt) -> Case:
    """The department of a line where it is large enough to be named; the same words for every other."""
    return Case(
        When(department=None, then=Value(None)),
        When(department__in=_large(body, as_at), then=F("department")),
        default=Value(NOT_NAMED),
        output_field=TextField(),
    )


def _large(body: Body, as_at: AsAt) -> list[str]:
    """The departments that are large enough to be named."""
    return [one.name for one in organisation.departments(body, as_at) if (one.staff or 0) >= THRESHOLD_POPULATION]


def names(text: str) -> tuple[str, ...]:
    """Read names apart by commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())
