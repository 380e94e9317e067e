"""Questions about incidents, for pages: one module for each kind of page."""

from candour.incidents.queries.one import Incident, Shown, Whole, facts, incident, whole
from candour.incidents.queries.register import FILTERS, Page, page, sources
from candour.incidents.queries.shown import Row
from candour.incidents.queries.telling import descriptions

__all__ = [
    "FILTERS",
    "Incident",
    "Page",
    "Row",
    "Shown",
    "Whole",
    "descriptions",
    "facts",
    "incident",
    "page",
    "sources",
    "whole",
]
