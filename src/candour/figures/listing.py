"""The list of incidents for publication: a line for each, with a month, a tier and a category, and no more by itself.

No day, no sentence, no unit: those let a line be told from others. More takes a recorded decision; free text never
stands in it. Confidential incidents are counted and not described.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from candour.documents import tables
from candour.figures import measures, safe
from candour.incidents import facts, models
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.organisation import queries as organisation
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.disclosure_control.procedure import THRESHOLD_POPULATION, Step
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed

ALWAYS = ("month", "tier", "category")
MORE = ("day", "department", "incident_type", "cause", "medium", "lost_or_stolen", "data_types", "people_affected")
"""What a recorded decision may add to a line."""

NOT_NAMED = f"not named: fewer than {THRESHOLD_POPULATION} people, or size not known"
MOST_LINES = 100_000
MEASURE = "incident-list"


@dataclass(frozen=True)
class Asked:
    """Incidents of which days (inclusive), by which moment, and what stands in a line besides what always does."""

    first: date
    last: date
    basis: str = "logged"
    more: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        measures.basis(self.basis)
        if self.last < self.first:
            raise WrongInput("the last day comes before the first")
        if strange := [name for name in self.more if name not in MORE]:
            raise WrongInput(f"a list cannot show {', '.join(strange)}; it can show {', '.join(MORE)}")


@dataclass(frozen=True)
class Listed:
    """The list: its columns and lines in an order that tells nothing, and what is counted but not described."""

    asked: Asked
    as_at: AsAt
    digest: str
    header: tuple[str, ...]
    lines: tuple[tuple[str | int | None, ...], ...]
    confidential: int
    date_not_known: int
    decision: int | None
    training: bool

    def as_json(self) -> dict[str, Any]:
        return {
            **({"training": True} if self.training else {}),
            "from": self.asked.first.isoformat(),
            "to": self.asked.last.isoformat(),
            "basis": self.asked.basis,
            "as_at": self.as_at.day.isoformat(),
            "ledger_number": self.as_at.number,
            "digest": self.digest,
            "incidents": [dict(zip(self.header, line, strict=True)) for line in self.lines],
            "confidential": self.confidential,
            "date_not_known": self.date_not_known,
            "decision": self.decision,
        }

    def about(self) -> tuple[tuple[str, str], ...]:
        """What is printed with the list."""
        rows = [
            (
                "Incidents",
                f"{len(self.lines)} listed, {self.confidential} more that are confidential and not described",
            ),
            ("From", f"{years.spoken(self.asked.first)} to {years.spoken(self.asked.last)}"),
            ("Basis", f"Listed {measures.basis(self.asked.basis)[1]}."),
            ("As at", years.spoken(self.as_at.day)),
            ("Record number", str(self.as_at.number)),
            ("Digest", self.digest),
        ]
        rows += [("Date not known", f"{self.date_not_known} in no period")] if self.date_not_known else []
        return (
            ((organisation.TRAINING, "made for practice; nothing in it is real"), *rows)
            if self.training
            else tuple(rows)
        )

    def sheet(self) -> tables.Sheet:
        """The list as a sheet; in practice each line says so."""
        mark = ("marking",) if self.training else ()
        lines = ((*line, *((organisation.TRAINING,) if self.training else ())) for line in self.lines)
        return tables.Sheet("Incidents", self.about(), (*self.header, *mark), lines)


def listed(body: Body, asked: Asked, as_at: AsAt, *, reason: str = "", by: Person, at: datetime) -> Listed:
    """List incidents as they may be published; what `asked.more` names takes a `reason`, and records the decision.

    NotAllowed; WrongInput for more without a reason, or for more lines than a list holds.
    """
    people.require(by, Deed.SEE_FIGURES, at, body)
    if asked.more and not reason.strip():
        raise WrongInput(f"to show {', '.join(asked.more)} is a decision: say why it tells nothing of a person")
    found, column = _found(body, as_at), measures.basis(asked.basis)[0]
    within = found.filter(**{f"{column}__gte": asked.first, f"{column}__lte": asked.last})
    plain = within.filter(secret=False)
    if plain.count() > MOST_LINES:
        raise WrongInput(f"a list holds {MOST_LINES:,} incidents; ask for fewer days")
    number = _decide(body, asked, as_at, reason, by=by, at=at) if asked.more else None
    return Listed(
        asked, as_at, ledger.digest(body.pk, as_at.number), (*ALWAYS, *asked.more),
        _lines(body, plain, column, asked, as_at), within.filter(secret=True).count(),
        found.filter(**{column: None}).count(), number, organisation.practice(body.pk) is not None,
    )  # fmt: skip


def _found(body: Body, as_at: AsAt) -> "QuerySet[Any]":
    """Every incident that counts at the coordinates, with its category, and whether it is confidential today."""
    mine = {"body": OuterRef("body"), "incident": OuterRef("incident")}
    secret = models.Handling.objects.filter(**mine, confidential=True)
    code = models.Coding.objects.filter(**mine, scheme=facts.SCHEME).as_at(as_at).values("code")[:1]
    counted = models.Version.objects.filter(body=body.pk, standing=facts.COUNTED).as_at(as_at)
    found: QuerySet[Any] = counted.annotate(secret=Exists(secret), category=Subquery(code))
    return found


def _lines(
    body: Body, found: "QuerySet[Any]", column: str, asked: Asked, as_at: AsAt
) -> tuple[tuple[str | int | None, ...], ...]:  # fmt: skip
    columns = [name for name in asked.more if name not in {"day", "department"}]
    named = {one.name for one in organisation.departments(body, as_at) if (one.staff or 0) >= THRESHOLD_POPULATION}
    lines = []
    for row in found.values(column, "tier", "category", "department", *columns):
        own = {**row, "day": row[column].isoformat(), "department": _unit(row["department"], named)}
        lines.append((row[column].strftime("%Y-%m"), row["tier"], row["category"], *(own[name] for name in asked.more)))
    return tuple(sorted(lines, key=lambda line: [(value is None, str(value)) for value in line]))


def _unit(department: str | None, named: set[str]) -> str | None:
    return department if department is None or department in named else NOT_NAMED


def _decide(body: Body, asked: Asked, as_at: AsAt, reason: str, *, by: Person, at: datetime) -> int:
    shown = f"with {', '.join(asked.more)}"
    days = {
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "basis": asked.basis,
        "more": list(asked.more),
    }
    step = Step("Does a line show more than month, tier and category?", shown, "a person decides, with a reason")
    return safe.record(
        body, safe.LIST, MEASURE, days, as_at, choice=shown, applied=None, steps=(step,), reason=reason, by=by, at=at
    )  # fmt: skip


def written(found: Listed, form: str) -> bytes:
    """Return the list as the bytes of a csv or ods file."""
    return {"csv": tables.csv, "ods": tables.ods}[form](found.sheet())


def names(text: str) -> tuple[str, ...]:
    """Read names apart by commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def default_days(today: date) -> tuple[date, date]:
    """Return the financial year a day lies in."""
    year = years.containing("financial-year", today)
    return year.start, year.end
