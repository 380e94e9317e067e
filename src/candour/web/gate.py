"""The gate: every page, but for the few that say otherwise, is for people signed in with a second factor."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from candour.web import accounts, again
from candour.web.reporting import reporter

BEFORE_SECOND_FACTOR = {"mfa_activate_totp", "account_logout", "account_reauthenticate"}
"""The pages by which somebody who has only a password so far sets up the second factor, or leaves."""


class Gate(LoginRequiredMiddleware):
    """Sends whoever is not signed in to sign in, and whoever has no second factor to set one up.

    Whoever was signed out while they typed keeps what they typed.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        turned_away = super().process_view(request, view_func, view_args, view_kwargs)
        if turned_away and again.can_be_sent(request):
            return again.offer(request, signed_out=True)
        if turned_away or not getattr(view_func, "login_required", True) or _has_second_factor(request):
            return turned_away
        return redirect("mfa_activate_totp")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Keep the language that was chosen; let what a signed-in person saw stay in no cache, here or on the way."""
        if request.user.is_authenticated:
            add_never_cache_headers(response)
        return reporter.keep_language(request, response)


def _has_second_factor(request: HttpRequest) -> bool:
    match = request.resolver_match
    on_the_way = match is not None and match.url_name in BEFORE_SECOND_FACTOR
    return on_the_way or accounts.has_second_factor(request.user)
