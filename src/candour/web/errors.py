"""Pages for what cannot be done: each says what happened and what to do now."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from candour.rules.refusals import Refusal


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
        if exception.http == 404:  # noqa: PLR2004 - the status that both kinds share
            return not_there(request)
        template = f"errors/{exception.kind.replace(' ', '-')}.html"
        return render(request, template, {"sentence": _sentence(exception)}, status=exception.http)


def _sentence(refusal: Refusal) -> str:
    text = str(refusal)
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the page of an address that leads nowhere, or not for this person."""
    return render(request, "errors/not-there.html", status=404)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the page of a form that came without the token we gave out with it."""
    return render(request, "errors/forged.html", status=403)


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Return the page of a request that is too large, or not what a browser sends."""
    return render(request, "errors/too-large.html", status=400)


def too_many(request: HttpRequest) -> HttpResponse:
    """Return the page of somebody who tries too often in too short a time."""
    return render(request, "errors/too-many.html", status=429)


def fault(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the page may depend on nothing that may be broken
    """Return the page of a fault of ours."""
    return HttpResponse(render_to_string("errors/fault.html"), status=500)
