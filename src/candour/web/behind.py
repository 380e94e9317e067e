"""The incidents behind a number of a table, each as it stood at the table's coordinates."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.figures import behind as figures_behind
from candour.figures import measures
from candour.incidents import queries as incidents
from candour.incidents.queries import seeing
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed
from candour.web import figures, visits, wording

MOST = 500


@visits.may(Deed.SEE_INCIDENTS)
def behind(request: HttpRequest) -> HttpResponse:
    """List the incidents that one cell counts; the cell is a question of one period, and the key of its row."""
    visit = visits.of(request)
    form = figures.Question(request.GET, visit)
    if not form.is_valid():
        raise WrongInput(form.problems)
    question, at = form.cleaned_data["question"], form.cleaned_data["at"]
    key = {**figures.named(request.GET.getlist("key")), **dict.fromkeys(request.GET.getlist("unstated"))}
    found = figures_behind.references(question, at, 0, key, by=visit.person, today=visit.today, limit=MOST)
    narrowed = {**question.where, **key}
    shown = {
        "question": question,
        "at": at,
        "basis": measures.basis(question.basis)[1],
        "narrowed": [(wording.fact(name), wording.group({name: value})) for name, value in narrowed.items()],
        "references": found,
        "is_cut": len(found) == MOST,
        "told": incidents.descriptions(visit.body, sorted(set(found) - seeing.confidential(visit.body, found))),
    }
    return render(request, "behind.html", shown)
