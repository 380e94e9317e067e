"""A form that could not be taken as it came: what was typed is shown, kept in the page, and can be sent once more."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

from candour.web.reporting import phrases

FORBIDDEN = 403
_OURS = {"csrfmiddlewaretoken", "seen", "once", "code", "next"}
"""What our pages send along besides what somebody typed or chose."""


def can_be_sent(request: HttpRequest) -> bool:
    """Say whether something was typed, on a page of ours, that can be sent again: never a password."""
    secret = any("password" in name for name in request.POST)
    return request.method == "POST" and _is_from_us(request) and not secret and any(_typed(request))


def _is_from_us(request: HttpRequest) -> bool:
    """Browsers name the site that a form was sent from; another's is not shown here with a button to press."""
    return request.headers.get("Origin", "") == f"{request.scheme}://{request.get_host()}"


def offer(request: HttpRequest, *, signed_out: bool) -> HttpResponse:
    """Show what was typed, with a button to send it again; `signed_out`: after signing in in another tab."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    kept = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    shown = {
        "typed": list(_typed(request)),
        "kept": kept,
        "address": request.get_full_path(),
        "say": phrases.of(request),
        "signed_out": signed_out,
        "had_file": bool(request.FILES),
    }
    answer = render(request, "again.html", shown, status=FORBIDDEN)
    add_never_cache_headers(answer)
    return answer


def _typed(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """What somebody typed or chose, by the last part of its field's name."""
    for name, values in request.POST.lists():
        for value in values:
            if name not in _OURS and str(value).strip():
                yield name.rpartition("-")[2].replace("_", " ").capitalize(), str(value)
