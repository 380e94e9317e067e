"""Pages for what cannot be done: each says what happened and what to do now, to reporters in their language."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from candour.rules.refusals import Refusal
from candour.web import again
from candour.web.reporting import phrases

REPORTING = "/report/"
"""How the addresses of those who report begin."""


class Refusals:
    """Turns a refusal that rises to the door into its page; what may not be seen looks like what is not there.

    Nothing here has a NUL in its name, and PostgreSQL takes none: such an address leads nowhere.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return not_there(request) if "\0" in request.path_info else self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refusal):
            return None
        if exception.http == HTTPStatus.NOT_FOUND:
            return not_there(request)
        return _page(request, exception.kind.replace(" ", "-"), exception.http, sentence=_sentence(exception))


def _page(request: HttpRequest, what: str, status: int, **shown: Any) -> HttpResponse:
    if not request.path_info.startswith(REPORTING):
        return render(request, f"errors/{what}.html", shown, status=status)
    shown |= {"what": what, "say": phrases.of(request), "reporter": None}
    return render(request, "reporting/problem.html", shown, status=status)


def _sentence(refusal: Refusal) -> str:
    text = str(refusal)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the page of an address that leads nowhere, or not for this person."""
    return _page(request, "not-there", HTTPStatus.NOT_FOUND)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the page of a form that came without the token we gave out with it; what was typed can be sent again."""
    if again.can_be_sent(request):
        return again.offer(request, signed_out=False)
    return _page(request, "forged", HTTPStatus.FORBIDDEN)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Return the page of a request that is too large (413), or not what a browser sends (400)."""
    large = isinstance(exception, RequestDataTooBig)
    return _page(request, "too-large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE if large else HTTPStatus.BAD_REQUEST)


def too_many(request: HttpRequest) -> HttpResponse:
    """Return the page of somebody who tries too often in too short a time."""
    return render(request, "errors/too-many.html", status=HTTPStatus.TOO_MANY_REQUESTS)


def fault(request: HttpRequest) -> HttpResponse:
    """Return the page of a fault of ours; it depends on nothing that may be broken, and says it in both languages."""
    shown = {"reports": request.path_info.startswith(REPORTING)}
    return HttpResponse(render_to_string("errors/fault.html", shown), status=HTTPStatus.INTERNAL_SERVER_ERROR)
