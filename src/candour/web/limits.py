"""How often an address may do a thing: so that nobody guesses codes or fills the register."""

from django.http import HttpRequest
from django.utils import timezone

from candour.organisation import attempts


def taken(request: HttpRequest, what: str, most: int, seconds: int) -> bool:
    """Count that an address does a thing; False where it has done it as often as it may in `seconds`."""
    return attempts.count(what, request.META["REMOTE_ADDR"], seconds, timezone.now()) <= most


def give_back(request: HttpRequest, what: str) -> None:
    """Take back what was counted: it was no wrong guess."""
    attempts.give_back(what, request.META["REMOTE_ADDR"])
