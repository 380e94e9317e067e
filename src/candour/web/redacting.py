"""Words and areas are removed from a file of a reply: chosen on a page with a grid, looked at, and then gone for good.

The areas chosen stand in the address until they are removed, so that nothing is kept of what was only tried; words do
not, for addresses are logged.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render

from candour.foi import enclosing
from candour.rules.refusals import Conflict, WrongInput
from candour.rules.rights import Deed
from candour.screening import apart
from candour.screening.cleaning.made import Drawn
from candour.web import areas, forms, requests, visits


@visits.may(Deed.SCREEN)
def redact(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """Show a page of a file under a grid, take areas and words, and with POST remove them."""
    visit = visits.of(request)
    paper = enclosing.paper(visit.body, reference, sha256, by=visit.person, at=visit.at)
    given = request.POST if request.method == "POST" else request.GET
    chosen, words, problem = areas.chosen(given), request.POST.get("words", ""), ""
    if request.method == "POST":
        try:
            enclosing.redact(
                visit.body, reference, sha256, words=words.splitlines(), areas=[areas.read(one) for one in chosen],
                by=visit.person, at=visit.at,
            )  # fmt: skip
        except (Conflict, WrongInput) as refusal:
            problem = forms.sentence(refusal)
        else:
            return redirect(requests.address(reference) + "#leaving")
    form = areas.AnArea(given) if "add" in given else areas.AnArea()
    number = areas.number(given.get("page", ""))
    if form.is_bound and form.is_valid() and len(chosen) < areas.MOST:
        return HttpResponseRedirect(f"{request.path}?{areas.query(number, [*chosen, form.on_page(number)])}")
    shown = _shown(paper.content, paper.name, number)
    context = {
        "reference": reference, "sha256": sha256, "name": paper.name, "form": form, "number": number, "words": words,
        "drawn": shown, "chosen": [_told(one, chosen, number) for one in chosen], "problem": problem,
        "query": areas.query(number, chosen), "raw": chosen,
        "other_pages": [(page, areas.query(page, chosen)) for page in (number - 1, number + 1)],
    }  # fmt: skip
    return render(request, "screening/redact.html", context, status=422 if problem or form.errors else 200)


@visits.may(Deed.SCREEN)
def picture(request: HttpRequest, reference: str, sha256: str) -> HttpResponse:
    """Give a page of a file as a picture under its grid, with the areas that were chosen."""
    visit = visits.of(request)
    paper = enclosing.paper(visit.body, reference, sha256, by=visit.person, at=visit.at)
    marked = [areas.read(one) for one in areas.chosen(request.GET)]
    drawn = apart.page(paper.content, paper.name, areas.number(request.GET.get("page", "")), marked)
    return HttpResponse(drawn.content, content_type="image/png")


def _shown(content: bytes, name: str, number: int) -> Drawn | None:
    """Return the page of a PDF; None for a text, of which only words are removed. Raises WrongInput."""
    return apart.page(content, name, number) if content.startswith(b"%PDF-") else None


def _told(text: str, chosen: list[str], number: int) -> dict[str, str]:
    """Say an area in words, with the address at which it is chosen no more."""
    return {"said": areas.told(text), "without": areas.query(number, [one for one in chosen if one != text])}
