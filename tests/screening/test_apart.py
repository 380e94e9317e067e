"""Files of strangers are looked into in children: what ends a child blocks the file, and nothing else."""

import io
import os

import pikepdf

from candour.reading import children, warm
from candour.screening import apart, looking
from candour.screening.findings import Known


def test_a_child_says_what_a_look_in_this_process_says():
    for content, name in ((b"", "empty.txt"), (b"\x01", "unknown.bin"), (b"words", "report.pdf")):
        assert apart.look(content, name) == looking.look(content, name)


def test_many_files_are_looked_into_by_warmed_children():
    files = [(b"\x01" * size, f"{size}.bin") for size in range(1, 30)]
    with apart.Lookers(2) as lookers:
        reports = list(lookers.each(lambda file: lookers.look(*file), files))
    assert reports == [looking.look(*file) for file in files]


def test_a_file_that_asks_for_too_much_memory_is_blocked_with_the_reason(monkeypatch):
    monkeypatch.setattr(apart, "MEMORY", 200 << 20)
    (found,) = apart.look(b"x" * (90 << 20), "words.txt").findings
    assert found.code == "file.crash"
    assert "more memory" in found.what


def test_a_crash_blocks_the_file_with_its_reason(monkeypatch):
    monkeypatch.setattr(apart, "answered", os._exit)  # what it is called with ends the child with an error
    report = apart.look(b"words", "words.txt")
    assert (report.type, report.verdict) == ("unknown", "block")
    assert "damaged" in report.findings[0].what


def test_both_ways_into_a_child_are_the_same_machinery():
    assert warm.children is children


def test_a_child_is_told_what_the_body_knows_and_expects():
    known = Known(frozenset(["Jane Smith"]), ("INC-####",), threshold=10, columns=("Year", "Incidents"), rows=1)
    table = b"Year,Incidents,Officer\r\n2013/14,9,Jane Smith\r\n2014/15,80,INC-0042\r\n"
    report = apart.look(table, "table.csv", known)
    assert report == looking.look(table, "table.csv", known=known)
    assert {finding.code for finding in report.findings} == {
        "text.unexpected-column",
        "table.more-rows",
        "identifier.known-name",
        "identifier.case-reference",
        "table.small-number",
    }


def test_names_inside_that_are_no_text_are_told_as_far_as_they_are():
    packed = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.docinfo["/Draft"] = "a draft"
        pdf.save(packed)
    content = packed.getvalue().replace(b"/Draft", b"/#dd#ddt")
    codes = {found.code for found in apart.look(content, "letter.pdf").findings}
    assert "pdf.properties" in codes
    assert apart.CRASH.code not in codes
