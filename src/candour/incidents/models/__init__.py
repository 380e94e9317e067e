"""The tables of incidents, one module for each part of an incident's life."""

from candour.incidents.models.handling import Access, Handling, Link
from candour.incidents.models.register import Coding, Incident, Load, Version
from candour.incidents.models.reports import Draft, Message, Report
from candour.incidents.models.work import Awaited, Look, Sent

__all__ = [
    "Access",
    "Awaited",
    "Coding",
    "Draft",
    "Handling",
    "Incident",
    "Link",
    "Load",
    "Look",
    "Message",
    "Report",
    "Sent",
    "Version",
]
