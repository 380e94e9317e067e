"""The tables of incidents, one module for each part of an incident's life."""

from candour.incidents.models.acting import Action
from candour.incidents.models.assessments import Advice, Assessment, Decision
from candour.incidents.models.balances import Balance
from candour.incidents.models.files import Attachment
from candour.incidents.models.handling import Access, Assigned, Handling, Link
from candour.incidents.models.notices import Bookmark, Notice, Preference
from candour.incidents.models.register import Coding, Incident, Load, Version
from candour.incidents.models.reports import Draft, Message, Report
from candour.incidents.models.retention import Disposal, Disposed, Hold, Proposal, Proposed
from candour.incidents.models.work import Awaited, Look, Sent

__all__ = [
    "Access",
    "Action",
    "Advice",
    "Assessment",
    "Assigned",
    "Attachment",
    "Awaited",
    "Balance",
    "Bookmark",
    "Coding",
    "Decision",
    "Disposal",
    "Disposed",
    "Draft",
    "Handling",
    "Hold",
    "Incident",
    "Link",
    "Load",
    "Look",
    "Message",
    "Notice",
    "Preference",
    "Proposal",
    "Proposed",
    "Report",
    "Sent",
    "Version",
]
