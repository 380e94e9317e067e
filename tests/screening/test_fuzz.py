"""Damaged files make findings, never a fault: neither here nor of the children that look."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import fuzzed
from candour.screening import apart, looking
from candour.screening.findings import Verdict
from carriers import mails
from office_corpus import binary_tables
from office_corpus.compound import old_document

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


@pytest.mark.parametrize("number", range(2))
def test_damage_to_what_calamine_reads_is_told_or_blocked(lookers, number):
    binary = [one for one in fuzzed.seeds() if one[0].endswith(MAY_END)][number::4]
    broken = [(fuzzed.mutated(content, place * 7 + number), name) for place, (name, content) in enumerate(binary)]
    reports = list(lookers.each(lambda file: lookers.look(*file), broken))
    assert [report.name for report in reports] == [name for _, name in broken]
    assert sum(report.verdict is Verdict.BLOCK for report in reports) > len(reports) // 2


def test_a_workbook_that_ends_calamine_is_blocked_with_its_reason_and_the_next_one_is_looked_into(lookers):
    for make, name in ((binary_tables.far_apart, "far.xlsb"), (binary_tables.old_far_apart, "far.xls")):
        report = lookers.look(make(), name)
        (why,) = [one.what for one in report.findings if one.code == apart.CRASH.code]
        assert (report.verdict, "memory" in why or "damaged" in why) == (Verdict.BLOCK, True)
        assert lookers.clean(make(), name) is None
    assert lookers.look(b"Thank you.\n", "reply.txt").verdict is Verdict.CLEAR


@pytest.mark.parametrize(
    ("make", "name", "stream"),
    [(old_document, "letter.doc", "WordDocument"), (mails.msg, "mail.msg", "__properties_version1.0")],
)
def test_a_stream_that_says_it_is_longer_than_its_file_costs_no_memory(make, name, stream):
    """Found by fuzzing: sectors that lead in a circle were read until the memory of the child was full."""
    content = bytearray(make())
    entry = content.index(stream.encode("utf-16-le"))
    content[entry + 120 : entry + 124] = b"\0\0\0\x7f"
    (found,) = looking.look(bytes(content), name).findings
    assert (found.code, "longer than the file" in found.what) == ("file.unreadable", True)


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
