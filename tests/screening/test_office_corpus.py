"""Every check of office files finds what it looks for, and nothing stops a file in which nothing is hidden."""

import io
import zipfile
from functools import cache

import pytest

from candour.screening import looking
from candour.screening.findings import Verdict
from candour.screening.office import every
from office_corpus import (
    binaries,
    clean,
    documents,
    open_documents,
    presentations,
    shared,
    smuggled,
    workbook_parts,
    workbooks,
)
from office_corpus.packages import FILES, packed, parts_of

MADE = (workbooks, workbook_parts, documents, shared, open_documents, presentations, binaries, smuggled)
CASES = [(code, name, make) for code, files in FILES.items() for name, make in files]
NAMES = [f"{code}: {name}" for code, name, _ in CASES]


def registered():
    return {code for family in every.FAMILIES for code in family.checks}


@cache
def report(make, name):
    return looking.look(make(), name)


def codes(found):
    return {finding.code for finding in found.findings}


def test_every_check_of_office_files_has_a_file_in_the_corpus():
    assert registered() - set(FILES) == set()


def test_no_file_of_the_corpus_is_for_a_check_that_is_gone():
    assert set(FILES) - registered() == set()


@pytest.mark.parametrize(("code", "name", "make"), CASES, ids=NAMES)
def test_a_check_finds_what_it_looks_for(code, name, make):
    assert code in codes(report(make, name))


REPACKED = [case for case in CASES if not case[0].endswith(".trailing-data")]
"""What lies outside of the parts is gone when they are packed anew."""


@pytest.mark.parametrize(("code", "name", "make"), REPACKED, ids=[f"{code}: {name}" for code, name, _ in REPACKED])
def test_another_name_order_and_packing_keep_the_verdict(code, name, make):
    before = report(make, name)
    after = looking.look(repacked(make()), f"renamed.{name.rpartition('.')[2]}")
    assert (codes(after), after.verdict) == (codes(before), before.verdict)


@pytest.mark.parametrize(("code", "name", "make"), CASES, ids=NAMES)
def test_what_was_found_is_shown_masked(code, name, make):
    told = [f"{finding.where} {finding.what}" for finding in report(make, name).findings]
    assert [one for one in told if "Smith" in one or "msmith" in one] == []


@pytest.mark.parametrize("name", clean.CLEAN)
def test_nothing_blocks_a_file_in_which_nothing_is_hidden(name):
    report = looking.look(clean.CLEAN[name](), name)
    assert report.verdict is not Verdict.BLOCK, report.findings


def repacked(content):
    """Pack a package in the other order, without compression; what it says of itself stays in front, as formats ask."""
    if not content.startswith(b"PK"):
        return content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        comment = archive.comment
    parts = parts_of(content)
    first = {name: parts[name] for name in ("mimetype",) if name in parts}
    made = io.BytesIO(packed({**first, **dict(reversed(parts.items()))}, zipfile.ZIP_STORED))
    with zipfile.ZipFile(made, "a") as archive:
        archive.comment = comment
    return made.getvalue()


def test_an_empty_protection_as_openpyxl_writes_it_is_none():
    assert "xlsx.protection" not in codes(report(clean.CLEAN["table.xlsx"], "table.xlsx"))
