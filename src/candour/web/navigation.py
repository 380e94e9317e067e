"""The way through the service: its places, each for those who may do, or see, something there."""

from functools import lru_cache
from typing import NamedTuple

from django.template.loader import render_to_string
from django.urls import get_script_prefix

from candour.rules.rights import Deed
from candour.web.visits import Visit


class Place(NamedTuple):
    """A page of the service, by the name of its address."""

    deed: Deed
    name: str
    text: str


REGISTER = "register"

PLACES = (
    Place(Deed.ACCEPT, "queue", "Work"),
    Place(Deed.SEE_INCIDENTS, REGISTER, "Register"),
    Place(Deed.SEE_FIGURES, "figures", "Figures"),
    Place(Deed.SEE_REQUESTS, "requests", "Requests"),
    Place(Deed.SCREEN, "screen", "Screen a file"),
    Place(Deed.PROPOSE_DISPOSAL, "retention", "Retention"),
    Place(Deed.PLACE_HOLD, "holds", "Holds"),
    Place(Deed.RENEW_SIGN_IN, "people", "People"),
    Place(Deed.STATE, "schemes", "Schemes"),
    Place(Deed.STATE, "duty", "Duty rota"),
)
KEPT = 1_000


def navigation(visit: Visit, here: str) -> str:
    """Return the navigation of every page as HTML."""
    return _made(get_script_prefix(), str(here), tuple(place for place in PLACES if _leads(visit, place)))


def _leads(visit: Visit, place: Place) -> bool:
    """Whether a place is for this visitor; the register also for whoever owns the information of a department."""
    return visit.may(place.deed) or (place.name == REGISTER and bool(visit.owned))


@lru_cache(maxsize=KEPT)
def _made(prefix: str, here: str, places: tuple[Place, ...]) -> str:  # noqa: ARG001 - the prefix is part of the answer
    """Made once for everybody who may see the same places: a quarter of what the frame of a page takes."""
    return render_to_string("navigation.html", {"places": places, "here": here})
