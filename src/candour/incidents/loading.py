"""A register kept elsewhere comes in: batches of 5,000 rows, one transaction a batch, one entry a row."""

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import transaction

from candour.incidents import beliefs, duplicates, models, updating, writing
from candour.incidents import facts as vocabulary
from candour.incidents.known import Known, known
from candour.incidents.piles import Pile
from candour.ledger import background, chain, turns
from candour.ledger.seal import Actor
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.reading import register
from candour.rules import tiers, years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed


class HeldBack(NamedTuple):
    """A row that was not loaded: where it stands, what is wrong with it, and its cells as they were written."""

    row: int
    column: str
    value: str
    problem: str
    raw: Sequence[str] = ()

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "value": self.value, "problem": self.problem}


@dataclass
class Report:
    """What a load did; `ledger_number` is the closing entry's, None where nothing was written."""

    about: register.About
    source: str
    ledger_number: int | None = None
    loaded: int = 0
    updated: int = 0
    already_there: int = 0
    held_back: Pile[HeldBack] = field(default_factory=lambda: Pile(HeldBack._make))
    doubts: Pile[dict[str, Any]] = field(default_factory=lambda: Pile(dict))
    duplicates: Pile[dict[str, str]] = field(default_factory=lambda: Pile(dict))

    @property
    def rows_held_back(self) -> int:
        return len({held.row for held in self.held_back})

    def as_json(self) -> dict[str, Any]:
        """The keys of interfaces `load`."""
        return {
            "ledger_number": self.ledger_number,
            "file": self.about.file,
            "sha256": self.about.sha256,
            "source": self.source,
            "sheet": self.about.sheet,
            "read": self.about.read,
            "loaded": self.loaded,
            "updated": self.updated,
            "already_there": self.already_there,
            "held_back": [held.as_json() for held in self.held_back],
            "doubts": list(self.doubts),
            "duplicates": list(self.duplicates),
            "mapping": dict(self.about.mapping),
            "ignored": list(self.about.ignored),
            "unmapped": list(self.about.unmapped),
        }


@dataclass(frozen=True)
class Item:
    """One usable row, ready to be believed."""

    row: int
    reference: str
    said: dict[str, Any]
    code: str | None
    words: Mapping[str, str]


@dataclass
class Loading:
    """One load under way: who, what into, and what has been done so far."""

    body: Body
    actor: Actor
    at: datetime
    report: Report
    update: bool
    dry_run: bool
    load: models.Load | None = None


Progress = Callable[[int, int], None]


def load(
    reading: register.Reading,
    *,
    body: Body,
    source: str,
    update: bool,
    dry_run: bool,
    by: Person,
    at: datetime,
    progress: Progress = turns.silent,
) -> Report:
    """Load a register that is being read; `at` is now, `progress` is told rows done and rows in all.

    Whole batches stand after a crash, and the same call completes them. Raises NotAllowed; Conflict while another load
    of the body runs (after 5 s); WrongInput where no row is usable.
    """
    actor = people.require(by, Deed.BEGIN_LOAD, at, body)
    report = Report(reading.about, source)
    under_way = Loading(body, actor, at, report, update, dry_run)
    with turns.one_at_a_time(body.pk, "load"), _plain_rows():
        under_way.load = _unfinished(under_way)
        done = 0
        for rows_done in _take_all(under_way, _batches(reading, report)):
            done += rows_done
            progress(done, reading.about.read)
        if not (report.loaded or report.updated or report.already_there):
            raise Unusable(report)
        if not dry_run:
            _finish(under_way)
    return report


@contextmanager
def _plain_rows() -> Iterator[None]:
    """Let Python look for circles of things a hundred times less often: rows are none, and looking takes a tenth."""
    often = gc.get_threshold()
    gc.set_threshold(often[0] * 100, *often[1:])
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*often)


class Unusable(WrongInput):
    """No row could be used; the report says why for each."""

    def __init__(self, report: Report) -> None:
        self.report = report
        first = report.held_back[0] if report.held_back else None
        why = f"; row {first.row}, {first.column}: {first.problem}" if first else ": the sheet has no rows"
        super().__init__(f"no row of {report.about.file} can be used{why}")


def _unfinished(under_way: Loading) -> models.Load | None:
    """The load of the same file that was begun and never ended, if there is one."""
    mine = models.Load.objects.filter(body=under_way.body.pk, sha256=under_way.report.about.sha256, ended=None)
    return mine.filter(source=under_way.report.source).first()


class Batch(NamedTuple):
    """Rows as they were read, and those of them that are usable."""

    rows: Sequence[register.Row]
    items: Sequence[Item]


def _batches(reading: register.Reading, report: Report) -> Iterator[Batch]:
    for rows in reading.under(vocabulary.column):
        yield Batch(rows, list(_usable(rows, report)))


def _take_all(under_way: Loading, batches: Iterator[Batch]) -> Iterator[int]:
    """Take each batch in a transaction of its own and yield its rows; the next is made ready while it is written."""
    following = next(batches, None)
    while batch := following:
        with transaction.atomic(), background.writing():
            _take(under_way, batch)
            following = next(batches, None)
        yield len(batch.rows)


def _take(under_way: Loading, batch: Batch) -> None:
    report, body, items = under_way.report, under_way.body.pk, batch.items
    there = known(body, [item.reference for item in items])
    new, changed = [], []
    for item in items:
        before = there.get(item.reference)
        if before is None or before.undone:
            new.append((item, before))
        elif not (differs := before.differs(item.said, item.code, item.words)):
            report.already_there += 1
        elif under_way.update and before.source == report.source:
            changed.append((item, before))
        else:
            _hold_back(report, batch.rows, item, _says_otherwise(before, differs, report.source))
    _look_alikes(under_way, [item for item, _ in new])
    report.loaded += len(new)
    report.updated += len(changed)
    if (new or changed) and not under_way.dry_run:
        _write(under_way, new, changed)


def _usable(batch: Sequence[register.Row], report: Report) -> Iterator[Item]:
    for row in batch:
        if row.problems:
            report.held_back.extend(
                HeldBack(row.row, problem.column, problem.value, problem.problem, row.raw) for problem in row.problems
            )
        else:
            yield _item(row, report)


def _item(row: register.Row, report: Report) -> Item:
    said = row.facts
    code = said.pop("category", None)
    said.pop("reference", None)
    precision = dict(row.precision)
    if not said.get("logged_on"):
        taken = next((name for name in vocabulary.TAKEN_FROM if said.get(name)), None) or _any_day(said)
        said["logged_on"], precision["logged_on"] = said[taken], f"taken from {taken}"
    if precision:
        said["precision"] = register.canonical(precision)
    if row.times:
        said["times"] = register.canonical(row.times)
    said["standing"] = vocabulary.EXERCISE if said.pop("exercise", "no") == "yes" else vocabulary.COUNTED
    said["source"] = report.source
    reference = row.reference or f"{report.source[:20]}-{row.key[:12]}"
    _settle_tier(said, row.row, reference, report)
    return Item(row.row, reference, said, code, row.words)


def _any_day(said: Mapping[str, Any]) -> str:
    return next(name for name in vocabulary.MOMENTS if said.get(name))


@lru_cache(maxsize=4096)
def _derive(*said: str | None) -> str:
    """The tier that follows from what a row says, in the order of DECIDING."""
    return vocabulary.derived(dict(zip(vocabulary.DECIDING, said, strict=True)))[0]


def _settle_tier(said: dict[str, Any], row: int, reference: str, report: Report) -> None:
    """Keep a stated tier beside the one that follows; where both are known and differ, it is a doubt."""
    follows = _derive(*map(said.get, vocabulary.DECIDING))
    stated = said.get("tier")
    said |= {"tier": stated or follows, "tier_basis": "stated" if stated else "derived", "tier_derived": follows}
    if stated and follows not in {stated, tiers.UNDETERMINED}:
        report.doubts.append({"row": row, "reference": reference, "stated": stated, "follows": follows})


def _says_otherwise(before: Known, differs: Sequence[str], source: str) -> str:
    whose = "" if before.source == source else f" from {before.source}"
    return f"the register has this reference{whose} with other facts: {', '.join(differs)}"


def _hold_back(report: Report, rows: Sequence[register.Row], item: Item, problem: str) -> None:
    raw = next(row.raw for row in rows if row.row == item.row)
    report.held_back.append(HeldBack(item.row, "reference", item.reference, problem, raw))


def _look_alikes(under_way: Loading, items: Sequence[Item]) -> None:
    rows = [(item.reference, item.said) for item in items]
    for reference, other, why in duplicates.of_other_sources(under_way.body.pk, under_way.report.source, rows):
        under_way.report.duplicates.append({"reference": reference, "looks_like": other, "why": why})


def _write(under_way: Loading, new: Iterable[tuple[Item, Known | None]], changed: Sequence[tuple[Item, Known]]) -> None:
    body = under_way.body.pk
    with chain.extend(body, by=under_way.actor, at=under_way.at) as end:
        begun = _begin(under_way, end).begun
        sheet = writing.Sheet(body, end.day)
        for item, before in new:
            _record(sheet, end, item, before, begun)
        present = beliefs.presents(body, [item.reference for item, _ in changed])
        for item, before in changed:
            _change(sheet, end, item, before, present[item.reference], begun)
    sheet.write()


def _begin(under_way: Loading, end: chain.Chain) -> models.Load:
    if under_way.load is None:
        about = under_way.report.about
        number = end.enter(Deed.BEGIN_LOAD, under_way.report.source, {"sha256": about.sha256}, {"file": about.file})
        under_way.load = models.Load.objects.create(
            body=under_way.body.pk, begun=number, source=under_way.report.source, sha256=about.sha256,
            mapping=dict(about.mapping),
        )  # fmt: skip
    return under_way.load


def _record(sheet: writing.Sheet, end: chain.Chain, item: Item, before: Known | None, load_: int) -> None:
    """Record an incident from the day its register logged it; one that was undone is believed again."""
    codes = {vocabulary.SCHEME: item.code} if item.code else {}
    number = end.enter(Deed.RECORD, item.reference, {"load": load_, "codes": codes, "said": item.said}, item.words)
    days = writing.open_ended(item.said["logged_on"])
    if before is None:
        sheet.incident(number, item.reference)
    else:
        sheet.closed_versions += [(number, key) for key in before.versions]
        sheet.closed_codings += [(number, key) for key in before.codings]
    incident = number if before is None else before.incident
    sheet.describe(incident, item.reference, item.words.get("description"), number)
    sheet.version(incident, item.said, number, days)
    if item.code:
        sheet.coding(incident, vocabulary.SCHEME, item.code, number, days)


def _change(
    sheet: writing.Sheet, end: chain.Chain, item: Item, before: Known, now: beliefs.Present, load_: int
) -> None:
    """Take what the same source says otherwise now as a change from today."""
    codes = {vocabulary.SCHEME: item.code} if item.code else {}
    anew = updating.anew(before.said, item.said, (before.code, item.code), now.versions[-1].tier_basis)
    revision = beliefs.change(now, anew, years.london_day(end.at))
    said = {"load": load_, "codes": codes, "said": item.said, **revision.content}
    number = end.enter(Deed.CHANGE, item.reference, said, item.words)
    revision.write(sheet, number)
    sheet.describe(now.incident.number, item.reference, item.words.get("description"), number)


@transaction.atomic
def _finish(under_way: Loading) -> None:
    """Close the load with one entry that says what came; nothing is entered where nothing came."""
    if under_way.load is None:
        _say_earlier(under_way)
        return
    report = under_way.report
    counts = {
        "sha256": report.about.sha256, "begun": under_way.load.begun, "read": report.about.read,
        "loaded": report.loaded, "updated": report.updated, "already_there": report.already_there,
        "held_back": report.rows_held_back, "columns": sorted(report.about.mapping),
    }  # fmt: skip
    with chain.extend(under_way.body.pk, by=under_way.actor, at=under_way.at) as end:
        number = end.enter(Deed.END_LOAD, report.source, counts, {"file": report.about.file})
    under_way.load.ended = report.ledger_number = number
    under_way.load.save(update_fields=["ended"])


def _say_earlier(under_way: Loading) -> None:
    report = under_way.report
    same = models.Load.objects.filter(body=under_way.body.pk, sha256=report.about.sha256, source=report.source)
    last = same.exclude(ended=None).order_by("-begun").first()
    report.ledger_number = last.ended if last else None
