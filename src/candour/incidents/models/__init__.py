"""The tables of incidents, one module for each part of an incident's life."""

from candour.incidents.models.register import Coding, Incident, Load, Version

__all__ = ["Coding", "Incident", "Load", "Version"]
