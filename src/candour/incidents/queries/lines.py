"""Incidents as work, a line each: what it is about, who has it, and the clock that runs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from candour.incidents import access, models
from candour.incidents import facts as vocabulary
from candour.incidents.lifecycle import WORKED_ON, State
from candour.incidents.queries import shown, telling
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import clocks, years
from candour.rules.refusals import NotThere

REGIME = "uk-gdpr-33"
HOUR = 3600
ICO = "ico"
NOT_TELL = "do-not-tell"
"""The decision with which the 72 hours are over before anybody is told (UK GDPR Art. 33(1))."""

SETTLED: dict[str, Any] = {"about": ICO, "outcome": NOT_TELL, "closed": None}
"""Which decisions end the 72 hours; after the decision to tell they run until the ICO was told."""
RUNS_FOR = (vocabulary.COUNTED, vocabulary.EXERCISE)
"""Standings in which the 72 hours run; in an exercise they are run for practice."""


@dataclass(frozen=True)
class Clock:
    """The 72 hours: from when somebody became aware, or, until that is set, from when somebody noticed.

    `exact` is False where only the day is known; it is then taken to have begun with the day.
    """

    starts: datetime
    ends: datetime
    is_aware: bool
    exact: bool

    def hours_left(self, now: datetime) -> int:
        """Whole hours that are left; below 0 once it has run out."""
        return int((self.ends - now).total_seconds() // HOUR)


@dataclass(frozen=True)
class Line:
    """One incident as work; `about` is empty for a confidential one, whose own page says it."""

    incident: int
    reference: str
    about: str
    tier: str
    standing: str
    our_role: str | None
    department: str | None
    state: State
    holder: int | None
    holder_name: str
    since: date | None
    confidential: bool
    clock: Clock | None


def line(body: Body, reference: str, *, by: Person, today: date) -> Line:
    """Return one incident as work, with what it is about also where it is confidential; NotThere where not theirs.

    Two queries: who may see it, and the incident with the work on it.
    """
    row = version(body, reference, access.sight(by, today))
    if row is None:
        raise NotThere(f"there is no incident {reference}")
    names = {row.work_assigned_to: row.holder} if row.holder else {}
    return of_row(row, reference, row.told, names, is_over=bool(row.is_over))


_WORK = ("state", "assigned_to", "confidential", "marking", "opened_on")


def version(body: Body, reference: str, sight: access.Sight, as_at: AsAt | None = None) -> Any:
    """Return the version of an incident as at the coordinates (None: now) with what `_ONE` reads besides of it now.

    None where there is none, or it is not in sight. One statement, written out for the reason that `shown` gives.
    """
    then, values = shown.then("v", as_at)
    seen, more = access.stated(sight, joined=True)
    statement = f"{_ONE} where n.body = %s and n.reference = %s and {then} and {seen}"
    return next(iter(models.Version.objects.raw(statement, [ICO, NOT_TELL, body.pk, reference, *values, *more])), None)


_ONE = (
    f"select v.*, {', '.join(f'w.{name} as work_{name}' for name in _WORK)}, p.name as holder, {shown.TOLD} as told, "
    f"exists (select 1 from {models.Decision._meta.db_table} where body = v.body and incident = v.incident "
    "and about = %s and outcome = %s and closed is null) as is_over "
    f"from {models.Version._meta.db_table} v "
    f"join {models.Incident._meta.db_table} n on n.body = v.body and n.number = v.incident "
    f"left join {models.Handling._meta.db_table} w on w.body = v.body and w.incident = v.incident "
    f"left join {Person._meta.db_table} p on p.body_id = v.body and p.number = w.assigned_to"
)


def work_of(row: Any) -> models.Handling | None:
    """The work on the incident of a row of `version`; None: nobody works on it."""
    if row.work_state is None:
        return None
    said = {name: getattr(row, f"work_{name}") for name in _WORK}
    return models.Handling(body=row.body, incident=row.incident, **said)


def of_row(row: Any, reference: str, about: str | None, names: Mapping[int, str], *, is_over: bool) -> "Line":
    """The line of a row of `version`; it says what it is about also where confidential."""
    work = work_of(row)
    known = Known(
        {row.incident: work} if work else {},
        {row.incident: reference},
        {reference: about},
        dict(names),
        {row.incident} if is_over else set(),
    )
    return known.line(row, told=True)


def lines(body: Body, versions: Sequence[models.Version], *, told: bool = False) -> list[Line]:
    """Make lines of present versions, in their order; `told`: say of confidential ones too what they are about."""
    known = Known.of(body, [row.incident for row in versions])
    return [known.line(row, told=told) for row in versions]


@dataclass(frozen=True)
class Known:
    """What is known of some incidents besides their facts, by their numbers; texts by references."""

    work: dict[int, models.Handling]
    names: dict[int, str]
    texts: dict[str, str | None]
    holders: dict[int, str]
    over: set[int]

    @classmethod
    def of(cls, body: Body, numbers: Sequence[int]) -> "Known":
        """Read it in six queries."""
        work = {row.incident: row for row in models.Handling.objects.filter(body=body.pk, incident__in=numbers)}
        names = telling.references(body, numbers)
        holders = people.names(body, {row.assigned_to for row in work.values() if row.assigned_to})
        over = models.Decision.objects.filter(body=body.pk, incident__in=numbers, **SETTLED)
        texts = telling.descriptions(body, names.values())
        return cls(work, names, texts, holders, set(over.values_list("incident", flat=True)))

    def line(self, row: models.Version, *, told: bool) -> Line:
        """Make the line of a present version; `told`: say what it is about also where it is confidential."""
        work, reference = self.work.get(row.incident), self.names[row.incident]
        confidential = work is not None and work.confidential
        holder = work.assigned_to if work else None
        return Line(
            incident=row.incident,
            reference=reference,
            about="" if confidential and not told else self.texts.get(reference) or "",
            tier=row.tier,
            standing=row.standing,
            our_role=row.our_role,
            department=row.department,
            state=State(work.state) if work else State.KEPT,
            holder=holder,
            holder_name=self.holders.get(holder or 0, ""),
            since=work.opened_on if work else row.logged_on,
            confidential=confidential,
            clock=clock(row) if self._runs(row, work) else None,
        )

    def _runs(self, row: models.Version, work: models.Handling | None) -> bool:
        """Whether the 72 hours run: personal data may be affected, the ICO was not told, and nobody decided not to."""
        if work is None or work.state not in WORKED_ON or row.standing not in RUNS_FOR:
            return False
        return row.personal_data != "no" and row.told_ico != "yes" and row.incident not in self.over


def clock(row: models.Version) -> Clock | None:
    """Return the 72 hours of a version (UK GDPR Art. 33(1)), run from discovered until aware is set; None undated."""
    times: dict[str, str] = json.loads(row.times or "{}")
    day, name = (row.aware_on, "aware_at") if row.aware_on else (row.discovered_on, "discovered_at")
    day = day or row.reported_on or row.logged_on
    if day is None:
        return None
    known = times.get(name)
    starts = datetime.fromisoformat(known) if known else datetime.combine(day, time(), years.LONDON)
    due = clocks.due_after(REGIME, starts).due
    if not isinstance(due, datetime):
        return None
    return Clock(starts, due, is_aware=row.aware_on is not None, exact=known is not None)


def head(body: Body) -> int:
    """Return the number that a page drawn now carries, so that its form is held against it."""
    return ledger.head(body.pk).number
