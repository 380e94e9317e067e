"""Deeds on incidents, one module for each part of an incident's life."""

from candour.incidents.actions.amending import amend

__all__ = ["amend"]
