"""A register with a retention schedule, and what is due, proposed and disposed of in it, in a few words."""

from datetime import date

import extracts
from candour.incidents.actions import disposing
from candour.incidents.queries import due
from candour.ledger import models as ledger_models
from candour.organisation import actions as organisation
from candour.organisation import cells, kinds

TODAY = extracts.NOW.date()
ALWAYS = date(1900, 1, 1)
NAME = "Zebedee Quill"
REGISTER = """
    reference  logged_on   closed_on   tier            incident_type  description               people_affected
    2012-1     2012-05-03  2012-07-01  other-incident  Loss           Zebedee Quill lost it     3
    2012-2     2012-05-04  -           near-miss       Loss           Zebedee Quill nearly did  -
    2019-1     2019-11-20  2021-01-15  event           Loss           Zebedee Quill again       -
    2020-1     2020-11-20  2020-11-20  event           Loss           six years ago today       -
    2026-1     2026-10-01  -           event           Loss           Zebedee Quill of late     -
"""


def schedule(body, operator, slug="reports", **row):
    row = {"slug": slug, "record": "incidents", "source": "The schedule", **(row or {"keep": 6})}
    organisation.say(body, cells.read(kinds.BY_KIND["retention"], row), from_=ALWAYS, by=operator, at=extracts.NOW)


def on_the_list(body, by, today=TODAY):
    return [row.name for row in due.due(body, by=by, today=today).rows]


def held(body, by, today=TODAY):
    return [row.name for row in due.due(body, by=by, today=today).held]


def propose(body, by, *left_out, reason="", at=extracts.NOW):
    rows = due.due(body, by=by, today=at.date()).rows
    left = [row.entry for row in rows if row.name in left_out]
    return disposing.propose(body, [row.entry for row in rows], left_out=left, reason=reason, by=by, at=at)


def dispose(body, manager, second, at=extracts.NOW):
    number = disposing.approve(body, propose(body, manager, at=at), by=second, at=at)
    disposing.finish()
    return number


def texts(body):
    return [text or "" for text in ledger_models.Words.objects.filter(body=body.pk).values_list("text", flat=True)]
