"""How many: a table with its chart, what it rests on, and the incidents behind each number."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from candour.figures import differences, grouping, leaflet, measures, questions, rendering, tables
from candour.ledger import queries as ledger
from candour.organisation import classification
from candour.organisation import queries as organisation
from candour.rules import years
from candour.rules.refusals import NotThere, WrongInput
from candour.rules.rights import Deed
from candour.web import beside, forms, visits, wording

KINDS = tuple((kind, kind.replace("-", " ")) for kind in years.KINDS if kind != "accounting-period")
GROUPS = (("", "nothing"), *((name, wording.fact(name)) for name in sorted(grouping.GROUPABLE)))
BASES = (("", "the measure’s own"), *((slug, sentence) for slug, (_, sentence) in measures.BASES.items()))
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
}
YEARS_SHOWN = 5
MOST_DRAWN = 40
"""Rows that a heat table on a page shows; more are shown as a table only."""


def named(pairs: Iterable[str]) -> dict[str, str]:
    """Read facts and their values as an address carries them: "department=North"."""
    return {name: value for name, found, value in (pair.partition("=") for pair in pairs) if found}


class Question(forms.Asked):
    """What a person asks of the register; unasked, the last five financial years by tier."""

    measure = forms.Choice("Count", [(one.slug, one.title) for one in measures.STANDARD])
    by = forms.Choice("By", KINDS)
    group = forms.Choice("Grouped by", GROUPS, required=False)
    start = forms.Day("From", required=True)
    end = forms.Day("To", required=True)
    only = forms.Choice("Only where", GROUPS, required=False)
    value = forms.Text("is")
    basis = forms.Choice("A period is decided", BASES, required=False)
    as_at = forms.Day("As at")
    record = forms.Whole("Record number")
    against = forms.Whole("Compared with record no.")

    def __init__(self, given: QueryDict, visit: visits.Visit) -> None:
        this_year = years.containing("financial-year", visit.today)
        first = years.containing("financial-year", this_year.start - timedelta(days=366 * (YEARS_SHOWN - 1) - 180))
        shown = {"start": years.spoken(first.start), "end": given.get("as_at") or years.spoken(visit.today)}
        self.pairs: list[str] = given.getlist("where")
        super().__init__(given, {"measure": "all-incidents", "by": "financial-year", "group": "tier", **shown})
        self.visit = visit
        self.own = classification.own_slugs(visit.body, visit.now.number)
        for name in ("group", "only"):
            self.fields[name].choices = [*GROUPS, *((slug, slug) for slug in sorted(self.own))]  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> bool:
        """Whether more is asked than the first row of the form says."""
        return any(self.data.get(name) for name in ("only", "value", "basis", "as_at", "record", "against"))

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            self._settle(self.cleaned_data)
        return self.cleaned_data

    def _settle(self, said: dict[str, Any]) -> None:
        """Make the question and its two coordinates, or say what does not fit."""
        visit = self.visit
        group = [said["group"]] if said["group"] else []
        where = {said["only"]: said["value"]} if said["only"] else {}
        where |= named(self.pairs)
        try:
            periods = years.periods(said["by"], said["start"], said["end"])
            said["question"] = questions.question(
                said["measure"], periods, group=group, where=where, basis=said["basis"] or None, own=self.own
            )
            day = said["as_at"] or visit.today
            said["at"] = ledger.coordinates(visit.body.pk, day, said["record"], today=visit.today)
            if said["against"] is not None:
                ledger.coordinates(visit.body.pk, day, said["against"], today=visit.today)
        except WrongInput as refusal:
            self.refuse(refusal)

    def table(self) -> tables.Table | None:
        """Answer the question, or None where it cannot be understood."""
        if not self.is_valid():
            return None
        return tables.table(self.visit.body.pk, self.cleaned_data["question"], self.cleaned_data["at"])

    def changed(self) -> differences.Seen | None:
        """The incidents that count otherwise than at the record number compared with; None where none is given."""
        if not self.is_valid() or self.cleaned_data["against"] is None:
            return None
        said, visit = self.cleaned_data, self.visit
        asked = said["question"], said["at"], said["against"]
        return differences.seen(visit.body.pk, *asked, by=visit.person, today=visit.today)


@visits.may(Deed.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Show the form and, where it can be understood, the table that answers it."""
    visit = visits.of(request)
    form = Question(request.GET, visit)
    table = form.table()
    shown = shown_table(table, behind=visit.may(Deed.SEE_INCIDENTS)) if table else None
    changed = form.changed()
    asked = request.GET.urlencode()
    published = beside.of(table, request.GET, visit) if table else None
    known = {"form": form, "table": shown, "changed": changed, "asked": asked, "beside": published}
    return render(request, "figures.html", known)


@visits.may(Deed.SEE_FIGURES)
def download(request: HttpRequest, kind: str) -> HttpResponse:
    """Give the same table as a file."""
    if kind not in TYPES:
        raise NotThere(f"figures are not written as {kind}")
    form = Question(request.GET, visits.of(request))
    table = form.table()
    if table is None:
        raise WrongInput(form.problems)
    content = _written(table, kind, form.visit.body.name)
    plain = f"{table.measure.slug}-as-at-{table.as_at.day}-record-{table.as_at.number}.{kind}"
    name = organisation.file_name(form.visit.body.pk, plain)
    return HttpResponse(
        content, content_type=TYPES[kind], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _written(table: tables.Table, kind: str, body: str) -> bytes:
    if kind == "json":
        return json.dumps(table.as_json(), indent=2).encode()
    return leaflet.pdf(table, sender=body, words=wording.TIERS) if kind == "pdf" else rendering.written(table, kind)


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
        chart=rendering.chart(table, words=wording.TIERS, headed=False) if drawn else "",
        header=tuple(period.label for period in periods),
        named=" · ".join(wording.fact(name) for name in table.question.group).capitalize() or None,
        rows=tuple((wording.group(group.key), tuple(_cells(table, group, behind=behind))) for group in table.groups),
        about=rendering.about(table),
        notes=tuple(_notes(table)),
    )


def _cells(table: tables.Table, group: tables.Group, *, behind: bool) -> Iterator[Cell]:
    for period, answer in zip(table.question.periods, group.cells, strict=True):
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
    """The address of the incidents that one cell counts, at the table's own coordinates."""
    cell = {
        "measure": table.measure.slug,
        "by": period.kind,
        "group": "",
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "where": [f"{name}={value}" for name, value in table.question.where.items()],
        "key": [f"{name}={value}" for name, value in key.items() if value is not None],
        "unstated": [name for name, value in key.items() if value is None],
        "basis": table.question.basis,
        "as_at": table.as_at.day.isoformat(),
        "record": table.as_at.number,
    }
    return f"{reverse('behind')}?{urlencode(cell, doseq=True)}"
