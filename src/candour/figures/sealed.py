"""What a body says about its own knowing and what it published, held row by row against the entries that said it.

Guards keep these tables from being altered; this finds what was altered where the guards were taken down and put back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from candour.figures import models, printed, quoting, safe
from candour.figures.proving import Fault
from candour.ledger import queries as ledger
from candour.ledger.queries import Event
from candour.ledger.seal import plain
from candour.rules.rights import Deed

Said = tuple[str, Mapping[str, Any], Mapping[str, str | None]]
"""What a row says as an entry does: its subject, its facts, its words."""


@dataclass(frozen=True)
class Kept:
    """One table: its name for people, the deeds that write a row, what a row says, and which later entry closes it.

    `whole`: the fact in which an entry has the digest of all its rows, and how that is made; `said` None: an entry
    without that fact says nothing of them.
    """

    name: str
    model: Any
    deeds: tuple[Deed, ...]
    said: Callable[[Any], Said] | None
    closes: Callable[[Any, Event], bool] = lambda _row, _entry: False
    closing: tuple[Deed, ...] = ()
    whole: tuple[str, Callable[[list[Any]], str]] | None = None


def _coverage(row: models.Coverage) -> Said:
    facts = {"measure": row.measure, "fact": row.fact, "where": row.only, "since": row.since, "until": row.until}
    return row.measure, facts, {"reason": row.reason, "kept_in": row.kept_in}


def _replaces(row: models.Coverage, entry: Event) -> bool:
    """Whether a later statement of coverage is about the same, and about some of the same days."""
    said = entry.facts
    if (entry.subject, said.get("fact", ""), said["where"]) != (row.measure, row.fact, row.only):
        return False
    since, until = row.since.isoformat(), row.until.isoformat() if row.until else "9999-12-31"
    return since <= (said["until"] or "9999-12-31") and str(said["since"]) <= until


def _search(row: models.Search) -> Said:
    facts = {"measure": row.measure, "where": row.only, "since": row.since, "until": row.until, "on": row.searched_on}
    return row.measure, facts, {"places": row.places, "by": row.searcher}


def _statement(row: models.Statement) -> Said:
    facts = {"measure": row.measure, "start": row.start, "end": row.end, "value": row.value, "said_on": row.said_on}
    return row.measure, facts, {"document": row.document}


def _break(row: models.Break) -> Said:
    return row.measure, {"measure": row.measure, "day": row.day}, {"note": row.note}


def _definition(row: models.Definition) -> Said:
    facts = {"version": row.version, "tiers": row.tiers, "where": row.only, "basis": row.basis, "value": row.value}
    return row.slug, facts, {"title": row.title, "says": row.says}


def _decision(row: models.Decision) -> Said:
    facts = {
        "kind": row.kind, "choice": row.choice, "as_at": row.as_at, "record_number": row.record_number,
        "on": row.decided_on, "rule": row.rule, "digest": safe.digest(row.asked, row.steps, row.test),
    }  # fmt: skip
    return row.measure, facts, {"reason": row.reason}


def _published(row: models.Published) -> Said:
    facts = {
        "measure": row.measure, "as_at": row.as_at, "record_number": row.record_number, "on": row.published_on,
        "files": row.files, "rule": row.rule, "decision": row.decision,
    }  # fmt: skip
    return row.measure, facts, {"document": row.document}


def _took_back(row: models.Printed, entry: Event) -> bool:
    """Whether a paper was withdrawn by an entry; one of an earlier version names a reply by its reference only."""
    number = entry.facts.get("published") or entry.facts.get("released")
    return bool(number == row.opened if number else entry.subject == row.document)


TABLES = (
    Kept("coverage", models.Coverage, (Deed.STATE_COVERAGE,), _coverage, _replaces, (Deed.STATE_COVERAGE,)),
    Kept("search", models.Search, (Deed.RECORD_SEARCH,), _search),
    Kept(
        "statement", models.Statement, (Deed.ADD_STATEMENT,), _statement,
        lambda row, entry: bool(entry.subject == str(row.opened)), (Deed.WITHDRAW_STATEMENT,),
        ("digest", quoting.digest),
    ),
    Kept("break", models.Break, (Deed.NOTE_BREAK,), _break),
    Kept(
        "definition", models.Definition, (Deed.DEFINE_MEASURE,), _definition,
        lambda row, entry: bool(entry.subject == row.slug), (Deed.DEFINE_MEASURE, Deed.RETIRE_MEASURE),
    ),
    Kept("decision", models.Decision, (Deed.DECIDE_DISCLOSURE,), _decision),
    Kept(
        "published table", models.Published, (Deed.PUBLISH,), _published,
        lambda row, entry: bool(entry.facts["published"] == row.opened), (Deed.WITHDRAW_FIGURES,),
    ),
    Kept(
        "table in a paper", models.Printed, (Deed.RELEASE, Deed.PUBLISH_ANNUAL), None, _took_back,
        (Deed.WITHDRAW, Deed.WITHDRAW_FIGURES), ("tables", printed.digest),
    ),
)  # fmt: skip


def faults(body: int) -> Iterator[Fault]:
    """Yield every row that is not what its entry said, or is missing, in the order of the tables; a few queries."""
    for table in TABLES:
        yield from _faults(table, body)


def _faults(table: Kept, body: int) -> Iterator[Fault]:
    entries = {one.number: one for one in ledger.done(body, table.deeds)}
    closing = list(ledger.done(body, table.closing)) if table.closing else []
    rows: dict[int, list[Any]] = {}
    for row in table.model.objects.filter(body=body).order_by("opened", "pk"):
        rows.setdefault(row.opened, []).append(row)
    for number in sorted(entries.keys() | rows.keys()):
        mine = rows.get(number, [])
        if number not in entries:
            yield Fault(number, f"there is a {table.name} that no entry said")
        elif not _as_said(table, mine, entries[number]):
            yield Fault(number, f"the {table.name} is not what its entry said")
        elif any(row.closed != _closed(table, row, closing) for row in mine):
            yield Fault(number, f"the {table.name} does not end where the record says")


def _as_said(table: Kept, rows: list[Any], entry: Event) -> bool:
    name, digest = table.whole or ("", str)
    if name in entry.facts:
        return bool(digest(rows) == entry.facts[name])
    return table.said is None or (len(rows) == 1 and _agrees(entry, *table.said(rows[0])))


def _agrees(entry: Event, subject: str, facts: Mapping[str, Any], words: Mapping[str, str | None]) -> bool:
    """Whether an entry says what a row does; what the entry does not speak of has to be empty, or came in later."""
    same = all(_fact(entry, name, value) for name, value in plain(facts).items())
    return entry.subject == subject and same and all(_word(entry, name, text) for name, text in words.items())


def _fact(entry: Event, name: str, value: Any) -> bool:
    return bool(entry.facts[name] == value) if name in entry.facts else name in LATER or not value


LATER = frozenset({"rule", "decision", "digest"})
"""What entries of an earlier version of the program did not say."""


def _word(entry: Event, name: str, text: str | None) -> bool:
    """Whether a word is the one that was said, unless retention erased it."""
    return (entry.words[name] is None or entry.words[name] == text) if name in entry.words else not text


def _closed(table: Kept, row: Any, closing: Iterable[Event]) -> int | None:
    return next((one.number for one in closing if one.number > row.opened and table.closes(row, one)), None)
