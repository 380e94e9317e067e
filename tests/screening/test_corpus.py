"""Every check finds its file in a corpus that is made anew, and a like set of clean files is never blocked."""

import pytest

from candour.screening import families, looking
from candour.screening.findings import Known, Severity, Verdict
from carriers import deceits, mails, packed, pages, pictures, portable, texts

CARRIERS = tuple(
    one for module in (texts, portable, deceits, packed, pages, pictures, mails) for one in module.CARRIERS
)
FAMILIES = ("text", "pdf", "zip", "html", "picture", "mail")
"""The families whose corpus this is; office documents have one of their own."""


def codes(report):
    return {finding.code for finding in report.findings}


@pytest.mark.parametrize("carrier", [one for one in CARRIERS if one.codes], ids=str)
def test_what_a_file_carries_is_found(carrier):
    report = looking.look(carrier.make(), carrier.name)
    assert codes(report) >= set(carrier.codes), report.findings


@pytest.mark.parametrize("carrier", [one for one in CARRIERS if not one.codes], ids=str)
def test_a_clean_file_is_not_blocked(carrier):
    report = looking.look(carrier.make(), carrier.name)
    assert report.verdict is not Verdict.BLOCK, report.findings


def test_every_check_has_a_file_that_it_finds():
    checks = {code for family in families.every() if family.name in FAMILIES for code in family.checks}
    handed_in = {"text.unexpected-column"}  # what was approved is handed in: a test of its own
    assert checks - handed_in - {code for carrier in CARRIERS for code in carrier.codes} == set()


def test_a_check_that_blocks_stops_its_file():
    checks = {code: check for family in families.every() for code, check in family.checks.items()}
    for carrier in CARRIERS:
        blocks = any(checks[code].severity is Severity.BLOCK for code in carrier.codes if code in checks)
        if blocks:
            assert looking.look(carrier.make(), carrier.name).verdict is Verdict.BLOCK, carrier.name


def test_a_table_has_only_the_columns_that_were_approved():
    approved = Known(columns=("Year", "incidents"))
    report = looking.look(b"Year,Incidents,Officer\r\n2013/14,39,x\r\n", "table.csv", known=approved)
    assert [(finding.code, finding.where) for finding in report.findings] == [
        ("text.unexpected-column", "table.csv › column C")
    ]


def test_what_lies_under_a_box_is_told_letter_by_letter_and_masked():
    (box,) = [one for one in CARRIERS if one.name == "box.pdf"]
    (found,) = looking.look(box.make(), box.name).findings
    assert (found.where, "Ma** Sm***" in found.what) == ("box.pdf › page 1", True)
    assert "Hull" not in found.what
