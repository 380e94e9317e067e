"""What a number of several bodies is made of: each body's own number, what it rests on, and where it leads on."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.figures import across, recorded, rendering
from candour.rules import answers, years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.web import bodies, visits


@dataclass(frozen=True)
class Part:
    """One body's number for a period: its words, the page behind it, the days counted, its record, and notes.

    `elsewhere`: the incidents behind it are another body's own.
    """

    slug: str
    name: str
    words: str
    behind: str | None
    days: tuple[across.Days, ...]
    number: int
    digest: str
    notes: tuple[str, ...]
    elsewhere: bool


@visits.may(Deed.SEE_FIGURES)
def parts(request: HttpRequest) -> HttpResponse:
    """List the bodies of one period, each with its number; the total over them, where there is one."""
    visit = visits.of(request)
    form = bodies.Question(request.GET, visit)
    if not form.is_valid():
        raise WrongInput(form.problems)
    found: across.Across = form.cleaned_data["found"]
    if len(found.question.periods) != 1:
        raise WrongInput("a number of several bodies is of one period")
    total = rendering.short(found.total[0]) if len(found.rows) > 1 else ""
    shown = {"found": found, "period": found.question.periods[0], "parts": list(_parts(found, visit)), "total": total}
    return render(request, "parts.html", {**shown, "asked": request.GET.urlencode()})


def _parts(found: across.Across, visit: visits.Visit) -> Iterator[Part]:
    (period,) = found.question.periods
    for row in found.rows:
        (cell,), line = row.cells, row.line
        behind = bodies.behind(found, line, period, cell, visit)
        notes = tuple(_notes(row, cell))
        days = tuple(_within(period, line.days or ((period.start, period.end),)))
        elsewhere = bool(cell.value) and behind is None and line.body != visit.body
        said = rendering.short(cell)
        yield Part(line.body.slug, line.body.name, said, behind, days, line.number, row.digest, notes, elsewhere)


def _within(period: years.Period, days: Iterable[across.Days]) -> Iterator[across.Days]:
    both = ((max(first, period.start), min(last, period.end)) for first, last in days)
    return (one for one in both if one[0] <= one[1])


def _notes(row: across.Row, cell: answers.Answer) -> Iterator[str]:
    yield from (note for note in (row.line.note, cell.note, recorded.flagged(row.early)) if note)
