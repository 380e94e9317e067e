"""What Candour itself writes leaves nothing to find: its letters and tables are screened like anybody's."""

import dataclasses

import pytest

from candour.documents import letter_html, letter_pdf, tables
from candour.documents.blocks import Table
from candour.screening import looking
from candour.screening.findings import Verdict

SENDER = {"identifier.postcode", "identifier.telephone-number", "identifier.email"}
"""What a letterhead shows of the body, and rightly."""

SHEET = tables.Sheet(
    "Incidents by financial year",
    (("Counted", "by the day logged"),),
    ("Year", "Events", "Status"),
    [("2013/14", 39, "held"), ("2014/15", 80, "held"), ("2015/16", None, "not held")],
)


@pytest.mark.parametrize(("write", "name"), [(letter_pdf.pdf, "reply.pdf"), (letter_html.html, "reply.html")])
def test_a_letter_shows_its_sender_and_hides_nothing(reply, write, name):
    report = looking.look(write(reply), name)
    assert report.verdict is not Verdict.BLOCK, report.findings
    assert {finding.code for finding in report.findings} <= SENDER


def test_the_tables_of_a_letter_are_read_and_added_up(reply):
    table = Table("Events", ("Year", "Events"), (("2013/14", "39"), ("2014/15", "*"), ("Total", "119")))
    letter = dataclasses.replace(reply, blocks=(*reply.blocks, table))
    assert "table.worked-out" in {finding.code for finding in looking.look(letter_pdf.pdf(letter), "r.pdf").findings}
    assert "table.worked-out" in {finding.code for finding in looking.look(letter_html.html(letter), "r.html").findings}


def test_a_table_is_clear():
    assert looking.look(tables.csv(SHEET), "table.csv").verdict is Verdict.CLEAR
