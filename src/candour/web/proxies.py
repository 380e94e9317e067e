"""Who really asks: behind a proxy of the body's own, the address that the proxy saw, and nobody else's word for it."""

from collections.abc import Callable
from ipaddress import IPv4Network, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Networks = tuple[IPv4Network | IPv6Network, ...]


class Proxies:
    """Puts the address of who asks where every limit looks for it, before anything else reads the request.

    Only the proxies that CANDOUR_TRUSTED_PROXIES names are believed. `X-Forwarded-For` is read from its right end,
    where the nearest proxy wrote: the first address that is no proxy of ours is who asks. What stands left of it
    anybody could have sent.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META["REMOTE_ADDR"] = address(
            request.META.get("REMOTE_ADDR", ""),
            request.META.get("HTTP_X_FORWARDED_FOR", ""),
            settings.TRUSTED_PROXIES,
        )
        return self.get_response(request)


def address(connected: str, forwarded: str, trusted: Networks) -> str:
    """Return the address of who asks: `connected`, or, where that is a trusted proxy, the one it was forwarded for."""
    nearest = connected
    for said in reversed([one.strip() for one in forwarded.split(",")]):
        if not _is_in(nearest, trusted) or not _is_address(said):
            break
        nearest = said
    return nearest


def _is_in(text: str, networks: Networks) -> bool:
    return _is_address(text) and any(ip_address(text) in network for network in networks)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
