"""Damaged files make findings, never a fault: neither here nor of the children that look."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import fuzzed
from candour.screening import apart
from candour.screening.findings import Verdict

MAY_END = (".xls", ".xlsb")
"""What calamine reads: where a damaged file asks it for more memory than there is, it ends its process."""


@pytest.fixture(scope="module")
def seeds():
    return fuzzed.seeds(each=5)


@pytest.fixture(scope="module")
def lookers():
    with apart.Lookers(2) as found:
        yield found


@pytest.mark.parametrize("number", range(2))
def test_damaged_files_are_told_and_end_no_child_of_ours(lookers, seeds, number):
    broken = [(fuzzed.mutated(content, place * 100 + number), name) for place, (name, content) in enumerate(seeds)]
    reports = list(lookers.each(lambda file: lookers.look(*file), broken))
    assert [report.name for report in reports] == [name for _, name in broken]
    ended = [report for report in reports if apart.CRASH.code in {one.code for one in report.findings}]
    assert [report.name for report in ended if not report.name.endswith(MAY_END)] == []
    assert {report.verdict for report in ended} <= {Verdict.BLOCK}


def test_damaged_files_are_cleaned_or_told_to_be_damaged(lookers, seeds):
    broken = [(fuzzed.mutated(content, place), name) for place, (name, content) in enumerate(seeds[::3])]
    made = list(lookers.each(lambda file: lookers.clean(*file), broken))
    assert any(made)
    assert not all(made)


BEGINNINGS = (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\x89PNG\r\n\x1a\n")
NAMES = ("a.pdf", "a.xlsx", "a.docx", "a.eml", "a.csv", "a.png", "a.msg", "")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(some.binary(max_size=200), some.sampled_from(BEGINNINGS), some.sampled_from(NAMES))
def test_any_bytes_have_a_verdict_and_leave_the_parent_alone(lookers, content, begin, name):
    assert lookers.look(begin + content, name).verdict in Verdict
