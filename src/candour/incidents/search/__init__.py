"""Finding incidents by words and codes, in the order of the register, at any size of it."""

from candour.incidents.search.asking import Asked, places
from candour.incidents.search.index import forget, incident, place, put_up, rebuild

__all__ = ["Asked", "forget", "incident", "place", "places", "put_up", "rebuild"]
