"""The API itself: who may call it, how it answers what cannot be done, and where its calls are described (OpenAPI)."""

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils import timezone
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from candour.api import problems, screening
from candour.organisation import attempts, tokens
from candour.rules.refusals import Refusal

if TYPE_CHECKING:
    from candour.organisation.models import Person

MOST_WRONG, SECONDS = 20, 60
"""How many wrong tokens an address may try in how many seconds."""


class Token(HttpBearer):
    """A token in the header `Authorization: Bearer …`; the call is its person's."""

    def authenticate(self, request: HttpRequest, token: str) -> "Person | None":
        now, address = timezone.now(), request.META["REMOTE_ADDR"]
        if attempts.count("api-token", address, SECONDS, now) > MOST_WRONG:
            raise HttpError(429, "too many wrong tokens from this address; wait a minute")
        if person := tokens.person(token, at=now):
            attempts.give_back("api-token", address)
        return person


def made() -> NinjaAPI:
    """Return the API with its calls and its answers to what cannot be done."""
    api = NinjaAPI(
        title="Candour",
        version="1",
        description="What people do in the pages, for programs. Make a token with `candour token`.",
        auth=Token(),
        docs_url=None,
        urls_namespace="api-1",
    )
    api.add_router("/", screening.router)
    api.add_exception_handler(Refusal, _refused)
    api.add_exception_handler(ValidationError, _not_understood)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _other)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    return api


def _refused(_request: HttpRequest, refusal: Any) -> HttpResponse:
    return problems.problem(refusal.http, str(refusal))


def _not_understood(_request: HttpRequest, fault: Any) -> HttpResponse:
    told = (f"{'.'.join(str(part) for part in one['loc'][1:])}: {one['msg']}" for one in fault.errors)
    return problems.problem(422, "; ".join(told))


def _unknown(_request: HttpRequest, _fault: Any) -> HttpResponse:
    answer = problems.problem(401, "give a token in the header Authorization: Bearer …; `candour token` makes one")
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _too_large(_request: HttpRequest, _fault: Any) -> HttpResponse:
    return problems.problem(413, "what was sent is larger than 25 MB; send fewer files, or smaller ones")


def _other(_request: HttpRequest, fault: Any) -> HttpResponse:
    return problems.problem(fault.status_code, str(fault))


def paths() -> tuple[list[URLPattern | URLResolver], str, str]:
    """Return the addresses of the API. Its token is its sign-in, so that the pages' gate lets it pass."""
    found, name, space = made().urls
    for pattern in found:
        if isinstance(pattern, URLPattern):
            login_not_required(pattern.callback)
    return list(found), name, space
