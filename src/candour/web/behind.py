"""The incidents behind a number of a table, each as it stood at the table's coordinates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.figures import behind as figures_behind
from candour.figures import measures
from candour.rules.refusals import WrongInput
from candour.web import figures, visits, wording


def behind(request: HttpRequest) -> HttpResponse:
    """List the incidents that one cell counts; the cell is a question of one period, and the key of its row.

    To somebody who may see none of them the page is not there.
    """
    visit = visits.of(request)
    form = figures.Question(request.GET, visit)
    if not form.is_valid():
        raise WrongInput(form.problems)
    question, at = form.cleaned_data["question"], form.cleaned_data["at"]
    key = {**figures.named(request.GET.getlist("key")), **dict.fromkeys(request.GET.getlist("unstated"))}
    found = figures_behind.page(
        question, at, 0, key, by=visit.person, today=visit.today, after=request.GET.get("after", "")
    )
    narrowed = {**question.where, **key}
    shown = {
        "question": question,
        "at": at,
        "basis": measures.basis(question.basis)[1],
        "narrowed": [(wording.fact(name), wording.group({name: value})) for name, value in narrowed.items()],
        "found": found,
        "next": _next(request, found.next),
    }
    return render(request, "behind.html", shown)


def _next(request: HttpRequest, after: str | None) -> str | None:
    """The address of the incidents after these."""
    if after is None:
        return None
    asked = request.GET.copy()
    asked["after"] = after
    return f"{request.path}?{asked.urlencode()}"
