"""What a reply says of numbers that it does not give because they are small, and which tables it carried out."""

import json
from collections.abc import Iterator
from datetime import date

from candour.figures import printed
from candour.figures.models import Printed
from candour.figures.tables import Table
from candour.foi import models
from candour.organisation import files
from candour.organisation.models import Body
from candour.rules import answers
from candour.rules.disclosure_control import paragraph

KINDS = frozenset({answers.Suppressed, answers.Rounded})
"""Numbers that are held, and not given as they are."""


def section(table: Table, regime: str) -> str | None:
    """Return the section under which numbers of a table are not given; None where all are."""
    return paragraph.section(regime) if _protected(table) else None


def notes(table: Table, regime: str) -> Iterator[str]:
    """Yield the key to a table's marks, and the paragraph that says why numbers are not given."""
    if table.control and _protected(table):
        yield from (f"{mark}: {says}." for mark, says in table.control.key())
        yield paragraph.draft(table.control.rule, regime=regime, reason="")


def _protected(table: Table) -> bool:
    return any(type(cell) in KINDS for group in table.groups for cell in group.cells)


def tables(body: Body, draft: models.Draft, document: str, on: date) -> list[Printed]:
    """Return the tables that a reply carries, each once, as its frozen answers say them."""
    said = json.loads(files.read(draft.files["answers.json"]))
    parts = [part for question in said["questions"] for part in question["answer"]["parts"] if part["figures"]]
    paper = printed.Paper(document, on)
    found = [printed.of_answer(body, part["figures"], part.get("protection"), paper) for part in parts]
    return list({json.dumps(one.told, sort_keys=True): one for one in found}.values())
