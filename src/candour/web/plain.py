"""Pages that anybody may read without signing in, and the answer for a machine that watches the service."""

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from candour.web.reporting import phrases


@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's shape
    """Answer "ok" while the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return _page(request, "accessibility")


@login_not_required
def cookies(request: HttpRequest) -> HttpResponse:
    return _page(request, "cookies")


@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    return _page(request, "privacy")


def _page(request: HttpRequest, name: str) -> HttpResponse:
    """Return a page in the language that was chosen."""
    say = phrases.of(request)
    template = f"plain/{name}{'' if say.language == 'en' else f'-{say.language}'}.html"
    return render(request, template, {"say": say})


@login_not_required
def forgotten(request: HttpRequest) -> HttpResponse:
    """Say whom to ask: a new one-time link comes from the administrator, never by an unasked e-mail."""
    return render(request, "account/forgotten.html")
