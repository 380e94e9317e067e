"""The kinds of particular by which incidents are worked on: who owns what, and whether it is only practice."""

from dataclasses import dataclass
from typing import Annotated

from candour.organisation import cells
from candour.organisation.cells import Count, Line, Mailbox
from candour.organisation.stated import Stated
from candour.rules import markings


@dataclass(frozen=True)
class Department(Stated):
    """A department, as incidents name it; `owner` owns its information and sees its incidents: their e-mail address.

    `staff`: how many people work there, which decides whether a publication may name it; None: not known.
    """

    kind = "department"
    table = "departments"
    key_field = "name"
    names = {"owner": ""}
    name: Line
    owner: Mailbox = ""
    staff: Count = None


@dataclass(frozen=True)
class Marked(Stated):
    """The marking that pages about incidents carry, unless an incident is marked higher."""

    kind = "marking"
    table = "marking"
    incidents: Annotated[str, cells.one_of(*markings.MARKINGS)] = markings.MARKINGS[-1]


@dataclass(frozen=True)
class Practice(Stated):
    """Says of a body that it is made for practice: its pages and files are marked, for ever, and nothing in it is real.

    `what` tells those who look at it what it is for.
    """

    kind = "practice"
    table = "practice"
    undated = True
    what: Line
