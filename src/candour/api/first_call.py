"""The way to the API, which is made at the first call: a process that only shows pages does not pay for it."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import resolve, set_urlconf
from django.views.decorators.csrf import csrf_exempt

ADDRESSES = "candour.api.urls"


@csrf_exempt
@login_not_required
def call(request: HttpRequest, rest: str) -> HttpResponse:  # noqa: ARG001 - the whole address is looked up
    """Lead a call to what answers it; Http404 where nothing does. Its token is its sign-in, and no form is sent."""
    set_urlconf(ADDRESSES)
    found = resolve(request.path_info, ADDRESSES)
    answer: Any = found.func(request, *found.args, **found.kwargs)
    return answer  # type: ignore[no-any-return]
