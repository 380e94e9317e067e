"""What has left by a public exit, for whoever holds its link; a link that was withdrawn leads nowhere."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.organisation import exits
from candour.rules.refusals import NotThere
from candour.web.releasing import handed_out


@login_not_required
def released(request: HttpRequest, link: str) -> HttpResponse:
    """List the files behind a link."""
    shown = {"papers": exits.public(link), "link": link}
    return _private(render(request, "screening/released.html", shown))


@login_not_required
def file(request: HttpRequest, link: str, place: int) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Give one file behind a link: byte for byte what was cleared."""
    papers = exits.public(link)
    if not 1 <= place <= len(papers):
        raise NotThere("there is no such file")
    found = papers[place - 1]
    return _private(handed_out(found.content, found.name))


def _private(response: HttpResponse) -> HttpResponse:
    """Keep a link out of search engines, of other sites' logs and of shared memories: it is a secret."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
