"""How often an address may do a thing: so that nobody guesses codes or fills the register."""

import time

from django.core.cache import cache
from django.http import HttpRequest


def spent(request: HttpRequest, what: str, most: int) -> bool:
    """Say whether an address has done a thing as often as it may in the time that is counted."""
    count, until = cache.get(_key(request, what)) or (0, 0.0)
    return count >= most and until > time.time()


def count(request: HttpRequest, what: str, seconds: int) -> None:
    """Count that an address has done a thing; the count is forgotten `seconds` after the first time."""
    now = time.time()
    counted, until = cache.get(_key(request, what)) or (0, now + seconds)
    if until <= now:
        counted, until = 0, now + seconds
    cache.set(_key(request, what), (counted + 1, until), timeout=max(1, int(until - now)))


def _key(request: HttpRequest, what: str) -> str:
    return f"limit {what} {request.META['REMOTE_ADDR']}".replace(" ", "-")
