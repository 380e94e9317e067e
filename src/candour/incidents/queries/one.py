"""One incident at two coordinates, for its page: facts in words, what it counts as and why, its history."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from candour.incidents import access, history, models
from candour.incidents import facts as vocabulary
from candour.incidents import said as sayings
from candour.incidents.queries import codings, files, judgements, lines, seeing
from candour.incidents.queries.codings import Coded
from candour.incidents.queries.files import FileRow
from candour.incidents.queries.judgements import Work
from candour.incidents.queries.lines import Line
from candour.incidents.queries.seeing import Linked
from candour.ledger.coordinates import AsAt
from candour.ledger.queries import Event
from candour.organisation.models import Body, Person
from candour.rules import tiers, years
from candour.rules.refusals import NotThere
from candour.rules.rights import Deed


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
    row = _version(body, reference, as_at, access.sight(by, today))
    told = history.events(body, reference, as_at)
    return _incident(row, reference, as_at, told, history.names(body, told), codings.codings(body, row.incident, as_at))


def facts(body: Body, reference: str, as_at: AsAt, *, by: Person, today: date) -> list[Shown]:
    """Return the facts of one incident in words, at two coordinates; two queries. NotThere as `incident`."""
    return _shown(_version(body, reference, as_at, access.sight(by, today)))


def _version(body: Body, reference: str, as_at: AsAt, sight: access.Sight) -> Any:
    """The version of then with the work on it as it is now; NotThere where it is not theirs to see, or not there."""
    row = lines.version(body, reference, sight, as_at)
    if row is None:
        raise NotThere(f"there is no incident {reference} as at {years.spoken(as_at.day)}")
    return row


def _incident(
    row: models.Version,
    reference: str,
    as_at: AsAt,
    told: Sequence[Event],
    names: Mapping[int, str],
    coded: Sequence[Coded],
) -> Incident:
    category = next((one for one in coded if one.scheme == vocabulary.SCHEME and one.code), None)
    return Incident(
        reference,
        as_at,
        row.source,
        row.standing,
        row.tier,
        row.tier_basis,
        row.tier_derived,
        _why(row),
        (category.code or "", category.label) if category else None,
        _description(told),
        _shown(row),
        history.tell(told, names),
    )


def _description(told: Sequence[Event]) -> str | None:
    """The last description among what was done; None where there is none, and said to be erased where it was."""
    found = next((event.words for event in reversed(told) if "description" in event.words), None)
    return (found["description"] or history.ERASED) if found else None


@dataclass(frozen=True)
class Reported:
    """One report as it reached us: by which channel, when we were told, and its words by what a page calls them."""

    number: int
    channel: str
    told_at: datetime
    words: Mapping[str, str | None]


def _reported(event: Event) -> Reported:
    facts = event.facts
    told_at = datetime.fromisoformat(facts["told_at"]) if "told_at" in facts else event.at
    words = {sayings.WORDS[name]: text for name, text in event.words.items() if name in sayings.WORDS}
    words.pop(sayings.WORDS["description"], None)
    return Reported(event.number, facts.get("channel", ""), told_at, words)


@dataclass(frozen=True)
class Whole:
    """One incident with everything about it that its page shows; `line` None: of an earlier standpoint it has none."""

    incident: Incident
    number: int
    marking: str | None
    confidential: bool
    line: Line | None
    work: Work
    linked: list[Linked]
    files: list[FileRow]
    reports: list[Reported]


def whole(body: Body, reference: str, as_at: AsAt, *, by: Person, today: date, now: bool, beside: bool = True) -> Whole:
    """Return all that the page of an incident shows, in twelve queries at most; NotThere.

    `now`: the coordinates are those of today and the head, so the work on it is shown besides. Not `beside`: without
    links and files, for pages that show none.
    """
    sight = access.sight(by, today)
    row = _version(body, reference, as_at, sight)
    told = history.events(body, reference, as_at)
    deeds = {event.deed for event in told}
    tasks = _tasks(body, row.incident, told) if deeds & {Deed.PLAN_ACTION} else []
    handling = lines.work_of(row)
    also = {task.owner for task in tasks} | ({handling.assigned_to} if handling and handling.assigned_to else set())
    names = history.names(body, told, also)
    coded = codings.codings(body, row.incident, as_at, by.head_read)
    found = _incident(row, reference, as_at, told, names, coded)
    work = judgements.told(told, names, tasks, coded)
    decided = work.decision(lines.ICO)
    is_over = decided is not None and decided.outcome == lines.NOT_TELL
    return Whole(
        found,
        row.incident,
        handling.marking if handling else None,
        bool(handling and handling.confidential),
        lines.of_row(row, reference, found.description, names, is_over=is_over) if now else None,
        work,
        seeing.links_in(body, row.incident, sight) if beside and deeds & _LINKS else [],
        files.among(body, row.incident, told) if beside and Deed.ATTACH in deeds else [],
        [_reported(event) for event in told if event.deed == Deed.REPORT],
    )


_LINKS = {Deed.LINK, Deed.SPLIT, Deed.JOIN}


def _tasks(body: Body, incident: int, told: Sequence[Event]) -> list[models.Action]:
    """The rows of its actions as they stood after what was done."""
    numbers = {event.number for event in told}
    rows = models.Action.objects.filter(body=body.pk, incident=incident).order_by("number")
    return [row for row in rows if row.opened in numbers and row.closed not in numbers]


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
    if value == vocabulary.HERE:
        return "this register"
    return str(value).replace("not-known", "not known")
