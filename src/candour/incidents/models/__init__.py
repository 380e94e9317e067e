"""The tables of incidents, one module for each part of an incident's life."""

from candour.incidents.models.handling import Access, Handling, Link
from candour.incidents.models.register import Coding, Incident, Load, Version

__all__ = ["Access", "Coding", "Handling", "Incident", "Link", "Load", "Version"]
