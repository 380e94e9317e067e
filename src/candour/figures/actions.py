"""Deeds about our own knowing: coverage, searches, figures published before, breaks."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.figures import definitions, models, publishing
from candour.figures.grouping import GROUPABLE
from candour.incidents.facts import BY_NAME
from candour.ledger import chain
from candour.ledger import queries as ledger
from candour.ledger.models import Known
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.rules import years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed

publish = publishing.publish  # the public exit of this room

RECORDED = {*GROUPABLE, *BY_NAME}
"""Facts of which it can be said since when they are recorded."""


@transaction.atomic
def state_coverage(
    body: Body,
    measure: str,
    *,
    since: date,
    until: date | None,
    where: Mapping[str, str],
    kept_in: str | None,
    reason: str,
    by: Person,
    at: datetime,
    fact: str = "",
) -> int | None:
    """State from when (and until when, inclusive) the register records what a measure counts, or one fact of it.

    A row for the same measure, fact and filter that it overlaps is replaced from this ledger number on; a gap between
    rows stays a gap. Returns the ledger number, None where it is stated so already.
    """
    definitions.measure(body.pk, measure, ledger.head(body.pk).number)
    _check_days(since, until)
    check_filter(where)
    if fact and fact not in RECORDED:
        raise WrongInput(f"{fact!r} is not a fact of an incident; choose from {', '.join(sorted(RECORDED))}")
    own = {"body": body.pk, "measure": measure, "fact": fact, "only": dict(where)}
    row = models.Coverage(**own, since=since, until=until, kept_in=kept_in, reason=reason)
    present = models.Coverage.objects.filter(**own, closed=None)
    overlapped = [
        old for old in present if old.since <= (until or date.max) and since <= (old.until or date.max)
    ]  # fmt: skip
    if any((old.since, old.until, old.kept_in) == (since, until, kept_in) for old in overlapped):
        return None
    facts = {
        "measure": measure,
        **({"fact": fact} if fact else {}),
        "where": dict(where),
        "since": since,
        "until": until,
    }
    return _keep(body, Deed.STATE_COVERAGE, row, facts, {"reason": reason, "kept_in": kept_in}, by, at, overlapped)


@transaction.atomic
def record_search(
    body: Body,
    measure: str,
    *,
    since: date,
    until: date,
    places: str,
    searcher: str,
    on: date,
    by: Person,
    at: datetime,
    where: Mapping[str, str] | None = None,
) -> int | None:
    """Record that places outside the register were searched for what a measure counts, and nothing was found.

    `where`: only for what has these facts, such as one department's or one source register's.
    """
    definitions.measure(body.pk, measure, ledger.head(body.pk).number)
    _check_days(since, until)
    only = dict(where or {})
    check_filter(only)
    if on > years.london_day(at):
        raise WrongInput(f"a search on {years.spoken(on)} is still to come")
    row = models.Search(
        body=body.pk, measure=measure, only=only, since=since, until=until, places=places, searcher=searcher,
        searched_on=on,
    )  # fmt: skip
    if _there(row):
        return None
    facts = {"measure": measure, **({"where": only} if only else {}), "since": since, "until": until, "on": on}
    return _keep(body, Deed.RECORD_SEARCH, row, facts, {"places": places, "by": searcher}, by, at)


@transaction.atomic
def add_statement(
    body: Body,
    measure: str,
    *,
    period: years.Period,
    value: int,
    said_on: date,
    document: str,
    by: Person,
    at: datetime,
) -> int | None:
    """Keep a figure that was published before the register existed, with the document it stands in."""
    definitions.measure(body.pk, measure, ledger.head(body.pk).number)
    if value < 0:
        raise WrongInput("a figure that was published is 0 or more")
    row = models.Statement(
        body=body.pk, measure=measure, label=period.label, start=period.start, end=period.end, value=value,
        said_on=said_on, document=document,
    )  # fmt: skip
    if _there(row):
        return None
    facts = {"measure": measure, "start": period.start, "end": period.end, "value": value, "said_on": said_on}
    return _keep(body, Deed.ADD_STATEMENT, row, facts, {"document": document}, by, at)


@transaction.atomic
def note_break(body: Body, measure: str, *, day: date, note: str, by: Person, at: datetime) -> int | None:
    """Note that figures of a measure from a day on compare with the earlier ones only with care."""
    definitions.measure(body.pk, measure, ledger.head(body.pk).number)
    row = models.Break(body=body.pk, measure=measure, day=day, note=note)
    if _there(row):
        return None
    return _keep(body, Deed.NOTE_BREAK, row, {"measure": measure, "day": day}, {"note": note}, by, at)


def check_filter(where: Mapping[str, str]) -> None:
    """Raise WrongInput where a fact is named by which nothing can be filtered."""
    for name in where:
        if name not in GROUPABLE:
            raise WrongInput(f"{name!r} cannot be filtered by; choose from {', '.join(sorted(GROUPABLE))}")


def _check_days(since: date, until: date | None) -> None:
    if until is not None and until < since:
        raise WrongInput("the last day comes before the first")


def _there(row: Known) -> bool:
    """Say whether the same row is known already: repeating a deed adds nothing."""
    own = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in {"id", "opened"}
    }
    return type(row).objects.filter(**own).exists()


def _keep(
    body: Body,
    deed: Deed,
    row: Any,
    facts: Mapping[str, Any],
    words: Mapping[str, str | None],
    by: Person,
    at: datetime,
    replaced: list[Any] | None = None,
) -> int:
    """Enter the deed, close the rows it replaces and write the new one."""
    actor = people.require(by, deed, at, body)
    with chain.extend(body.pk, by=actor, at=at) as end:
        number = end.enter(deed, row.measure, _plain(facts), words)
    for old in replaced or ():
        old.closed = number
        old.save(update_fields=["closed"])
    row.opened = number
    row.save(force_insert=True)
    return number


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in facts.items()}
