"""How many: a table with its chart, what it rests on, and the incidents behind each number."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from candour.figures import (
    asking,
    definitions,
    differences,
    finding_out,
    grouping,
    kinds,
    leaflet,
    measures,
    merges,
    merging,
    middles,
    questions,
    rendering,
    shares,
    tables,
)
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import classification
from candour.rules import years
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed
from candour.web import beside, forms, quoted, takeaway, visits, wording
from candour.web import merging as together

KINDS = tuple((kind, kind.replace("-", " ")) for kind in years.KINDS)
GROUPS = (("", "nothing"), *((name, wording.fact(name)) for name in sorted(grouping.GROUPABLE)))
MEASURES = tuple((one.slug, one.title) for one in measures.STANDARD)
SHARES = (("", "none"), ("column", "of the column"), ("row", "of the row"))
FILTERS = (("only", "value"), ("also", "also_value"))
NARROWING = (
    "second", "only", "value", "also", "also_value", "basis", "as_at", "record", "against", "against_day", "share",
    "minutes",
)  # fmt: skip
"""Fields that stand behind the first row of the form."""
BASES = (("", "the measure’s own"), *((slug, sentence) for slug, (_, sentence) in measures.BASES.items()))
KINDS_OF_FILE = ("csv", "ods", "xlsx", "json", "svg", "pdf")
YEARS_SHOWN = 5
MOST_DRAWN = 40
"""Rows that a heat table on a page shows; more are shown as a table only."""


def pairs(said: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Read facts and their values as an address carries them: "department=North"."""
    yield from ((name, value) for name, found, value in (pair.partition("=") for pair in said) if found)


class Question(forms.Asked):
    """What a person asks of the register; unasked, the last five financial years by tier."""

    measure = forms.Choice("Count", MEASURES)
    by = forms.Choice("By", KINDS)
    group = forms.Choice("Grouped by", GROUPS, required=False)
    second = forms.Choice("and by", GROUPS, required=False)
    start = forms.Day("From", required=True)
    end = forms.Day("To", required=True)
    only = forms.Choice("Only where", GROUPS, required=False)
    value = forms.Text("is")
    also = forms.Choice("and where", GROUPS, required=False)
    also_value = forms.Text("is")
    basis = forms.Choice("A period is decided", BASES, required=False)
    as_at = forms.Day("As at")
    record = forms.Whole("Record number")
    against = forms.Whole("Compared with record no.")
    against_day = forms.Day("Compared with the day")
    share = forms.Choice("Shares, in per cent", SHARES, required=False)
    minutes = forms.Text("Minutes a record", longest=10)

    def __init__(self, given: QueryDict, visit: visits.Visit) -> None:
        this_year = years.containing("financial-year", visit.today)
        first = years.containing("financial-year", this_year.start - timedelta(days=366 * (YEARS_SHOWN - 1) - 180))
        shown = {"start": years.spoken(first.start), "end": given.get("as_at") or years.spoken(visit.today)}
        self.pairs: list[str] = given.getlist("where")
        self.merges: list[str] = given.getlist("merge")
        super().__init__(given, {"measure": "all-incidents", "by": "financial-year", "group": "tier", **shown})
        self.visit = visit
        self.own = classification.own_slugs(visit.body, visit.now.number)
        own = definitions.ever(visit.body.pk)
        self.fields["measure"].choices = [*MEASURES, *sorted(own.items())]  # type: ignore[attr-defined]
        for name in ("group", "second", "only", "also"):
            self.fields[name].choices = [*GROUPS, *((slug, slug) for slug in sorted(self.own))]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than the first row of the form says."""
        return any(self.data.get(name) for name in NARROWING)

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            self._settle(self.cleaned_data)
        return self.cleaned_data

    def _settle(self, said: dict[str, Any]) -> None:
        """Make the question and its two coordinates, or say what does not fit."""
        visit = self.visit
        group = [said[name] for name in ("group", "second") if said[name]]
        where = {said[name]: said[value] for name, value in FILTERS if said[name]} | dict(pairs(self.pairs))
        try:
            day = said["as_at"] or visit.today
            said["at"] = ledger.coordinates(visit.body.pk, day, said["record"], today=visit.today)
            measure = definitions.measure(visit.body.pk, said["measure"], said["at"].number)
            questions.check_facts((*group, *where), self.own)
            where = asking.values(visit.body, where, said["at"].number)
            periods = asking.periods(visit.body, said["by"], said["start"], said["end"], said["at"])
            said["question"] = questions.question(
                measure, periods, group=group, where=where, basis=said["basis"] or None, own=self.own
            )
            said["there"] = self._there(said)
        except WrongInput as refusal:
            self.refuse(refusal)

    def _there(self, said: dict[str, Any]) -> AsAt | None:
        """The two coordinates that the table is compared with; None where it is compared with none."""
        if said["against"] is None and not said["against_day"]:
            return None
        number = said["at"].number if said["against"] is None else said["against"]
        day = said["against_day"] or said["at"].day
        return ledger.coordinates(self.visit.body.pk, day, number, today=self.visit.today)

    def table(self) -> tables.Table | None:
        """Answer the question, or None where it cannot be understood."""
        if not self.is_valid():
            return None
        try:
            found = tables.table(self.visit.body.pk, self.cleaned_data["question"], self.cleaned_data["at"])
            return merging.merged(found, [merges.read(text) for text in self.merges])
        except WrongInput as refusal:
            self.refuse(refusal)
            return None

    def changed(self) -> differences.Seen | None:
        """The incidents that count otherwise than in the table compared with; None where none is given."""
        if not self.is_valid() or self.cleaned_data["there"] is None:
            return None
        said, visit = self.cleaned_data, self.visit
        question, there = said["question"], said["there"]
        before = replace(question, measure=definitions.measure(visit.body.pk, question.measure.slug, there.number))
        asked = question, said["at"], there
        return differences.seen(visit.body.pk, *asked, by=visit.person, today=visit.today, before=before)

    def moved(self, table: tables.Table) -> list[middles.Moved] | None:
        """What either table says, where the numbers compared are no sums; None where they add up or none is given."""
        there = self.cleaned_data["there"]
        if there is None or table.measure.gives.adds_up:
            return None
        body = self.visit.body.pk
        measure = definitions.measure(body, table.measure.slug, there.number)
        return middles.moved(tables.table(body, replace(table.question, measure=measure), there), table)

    def shares(self, table: tables.Table) -> shares.Shares | None:
        """The shares asked for; None where none are, or the table has none, which the form then says."""
        try:
            return shares.shares(table, self.cleaned_data["share"]) if self.cleaned_data["share"] else None
        except WrongInput as refusal:
            self.refuse(refusal, "share")
            return None

    def finding_out(self, table: tables.Table) -> list[str]:
        """What it would take to find out what the table does not know, as sentences."""
        try:
            return finding_out.account(table, self.visit.body, self.cleaned_data["minutes"]).sentences()
        except WrongInput as refusal:
            self.refuse(refusal, "minutes")
            return finding_out.account(table, self.visit.body).sentences()


@visits.may(Deed.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Show the form and, where it can be understood, the table that answers it."""
    if merged := together.with_merges(request.GET):
        return redirect(f"{request.path}?{merged}")
    visit = visits.of(request)
    form = Question(request.GET, visit)
    table = form.table()
    shown = shown_table(table, behind=visit.may(Deed.SEE_INCIDENTS)) if table else None
    known = {
        "form": form,
        "table": shown,
        "asked": request.GET.urlencode(),
        "changed": form.changed(),
        "moved": form.moved(table) if table else None,
        "kinds": kinds.KINDS,
        "no_sum": middles.SAYS,
        "there": form.cleaned_data.get("there") if table else None,
        "shares": form.shares(table) if table else None,
        "finding_out": form.finding_out(table) if table else [],
        "beside": beside.of(table, request.GET, visit) if table else None,
        "merging": together.of(table, request) if table else None,
    }
    return render(request, "figures.html", known)


@visits.may(Deed.SEE_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the same table as a file."""
    if kind not in KINDS_OF_FILE:
        raise NotThere(f"figures are not written as {kind}")
    form = Question(request.GET, visits.of(request))
    table = form.table()
    if table is None:
        raise WrongInput(form.problems)
    body = form.visit.body
    stem = f"{table.measure.slug}-as-at-{table.as_at.day}-record-{table.as_at.number}"
    return takeaway.file(form.visit, stem, kind, written(table, kind, body.name))


def written(table: tables.Table, kind: str, body: str) -> bytes:
    """Return a table as the bytes of a file."""
    if kind == "json":
        return json.dumps(table.as_json(), indent=2).encode()
    return leaflet.pdf(table, sender=body) if kind == "pdf" else rendering.written(table, kind)


@dataclass(frozen=True)
class Cell:
    """A cell as it is printed: its words, its number where it has one, and the address of the incidents behind it."""

    words: str
    status: str
    number: int | None
    behind: str | None


@dataclass(frozen=True)
class Shown:
    """A table made ready for its page: texts and addresses, nothing left to work out."""

    title: str
    provenance: str
    chart: str
    narrow_chart: str
    header: tuple[str, ...]
    named: str | None
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    about: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def shown_table(table: tables.Table, *, behind: bool) -> Shown:
    """Make a table ready for its page; `behind`: whether the reader may see the incidents."""
    periods = table.question.periods
    drawn = 0 < len(table.groups) <= MOST_DRAWN
    return Shown(
        title=rendering.title(table),
        provenance=rendering.provenance(table),
        chart=rendering.chart(table, headed=False) if drawn else "",
        narrow_chart=rendering.narrow_chart(table) if drawn else "",
        header=tuple(period.label for period in periods),
        named=" · ".join(wording.fact(name) for name in table.question.group).capitalize() or None,
        rows=tuple((wording.group(group.key), tuple(_cells(table, group, behind=behind))) for group in table.groups),
        about=rendering.about(table),
        notes=tuple(_notes(table)),
    )


def _cells(table: tables.Table, group: tables.Group, *, behind: bool) -> Iterator[Cell]:
    for period, answer in zip(table.question.periods, group.cells, strict=True):
        if answer.source:
            address: str | None = quoted.address_of(table.measure.slug, period, table.as_at)
        else:
            address = incidents_behind(table, group.key, period) if behind and answer.value else None
        number = answer.value if isinstance(answer.value, int) else None
        yield Cell(rendering.short(answer), answer.status, number, address)


def _notes(table: tables.Table) -> Iterator[str]:
    """Say each note of cells once, with the period and, where not all of them carry it, the rows it speaks of."""
    said: dict[tuple[str, str], list[str]] = {}
    for group in table.groups:
        for period, answer in zip(table.question.periods, group.cells, strict=True):
            if answer.note and answer.note != rendering.short(answer):
                said.setdefault((period.label, answer.note), []).append(wording.group(group.key))
    for (label, note), rows in said.items():
        whose = "" if len(rows) == len(table.groups) else f"{', '.join(rows)}, "
        yield f"{whose}{label}: {note}"


def incidents_behind(table: tables.Table, key: Mapping[str, str | None], period: years.Period) -> str:
    """The address of the incidents that one cell counts, at the table's own coordinates.

    A row that was merged is its parts together; a key that names no fact is all rows together.
    """
    row = [(name, part) for name, value in key.items() for part in merges.parts(table.merged, name, value)]
    return address_of(table.question, table.as_at, row, period)


def address_of(
    question: questions.Question, as_at: AsAt, row: Sequence[tuple[str, str | None]], period: years.Period
) -> str:
    """The address of the incidents behind a number; `row`: facts with their values, several of a fact together."""
    cell = {
        "measure": question.measure.slug,
        "by": period.kind,
        "group": "",
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "where": [f"{name}={value}" for name, value in question.where.items()],
        "key": [f"{name}={value}" for name, value in row if value is not None],
        "unstated": [name for name, value in row if value is None],
        "basis": question.basis,
        "as_at": as_at.day.isoformat(),
        "record": as_at.number,
    }
    return f"{reverse('behind')}?{urlencode(cell, doseq=True)}"
