"""Finding incidents by words and codes, in the order of the register, at any size of it."""

from candour.incidents.search.asking import Asked, places
from candour.incidents.search.index import forget, incident, place, place_of, put_up, rebuild

__all__ = ["Asked", "forget", "incident", "place", "place_of", "places", "put_up", "rebuild"]
