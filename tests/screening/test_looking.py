"""A file is looked into by the family of its kind, and everything inside it by theirs, within limits."""

import io
import zipfile

import pytest

from candour.screening import archives, families, findings, kinds, looking, markup
from candour.screening.findings import Seen, Severity, Unreadable, Verdict
from candour.screening.inside import Inside, Limits

BOX = families.Family(
    "box",
    (kinds.ZIP,),
    opens=archives.Archive,
    parts=lambda archive: ((entry.filename, archive.read_entry(entry)) for entry in archive.entries),
)
NOTE = families.Family("note", (kinds.TEXT,), opens=lambda content, _inside: content.decode())


@NOTE.check("hidden", Severity.BLOCK, says="A line is hidden", do="Take it out")
def hidden_lines(text):
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("hidden"):
            yield Seen(f"line {number}", findings.masked(line))


@pytest.fixture(autouse=True)
def two_families(monkeypatch):
    monkeypatch.setattr(families, "every", lambda: (BOX, NOTE))


def boxed(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return made.getvalue()


def codes(report):
    return [finding.code for finding in report.findings]


def test_a_file_without_anything_hidden_is_clear():
    report = looking.look(b"nothing to see", "note.txt")
    assert (report.type, report.verdict, report.findings) == ("text", Verdict.CLEAR, ())


def test_a_finding_says_what_where_and_what_to_do_and_masks_what_it_found():
    (found,) = looking.look(b"seen\nhidden Mary Smith", "note.txt").findings
    assert (found.code, found.severity, found.where) == ("note.hidden", "block", "note.txt › line 2")
    assert found.what == "A line is hidden: hi**** Ma** Sm***. Take it out."


def test_many_findings_of_one_check_are_counted():
    found = looking.look(b"hidden\n" * 1_000, "note.txt").findings
    assert len(found) == families.MOST + 1
    assert "980 more of these" in found[-1].what


def test_files_within_files_are_looked_into():
    report = looking.look(boxed(inner_zip=boxed(note_txt="hidden")), "outer.zip")
    assert [finding.where for finding in report.findings] == ["outer.zip › inner.zip › note.txt › line 1"]


def test_files_within_files_are_not_looked_into_without_end():
    content = boxed(note_txt="open")
    for _ in range(6):
        content = boxed(inner_zip=content)
    assert codes(looking.look(content, "outer.zip")) == ["file.too-deep"]


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [
        (b"", "note.txt", "file.empty"),
        (b"\x01\x02\x03", "note.bin", "file.unknown"),
        (b"plain words", "report.pdf", "file.ending"),
        (b"%PDF-1.7", "report.pdf", "file.unknown"),  # of a kind that no family of this test knows
        (b"x" * 3_000, "note.txt", "file.too-large"),
        (b"PK\x03\x04 and nothing more", "note.zip", "file.unknown"),
    ],
)
def test_what_cannot_be_looked_into_is_blocked(content, name, code):
    report = looking.look(content, name, limits=Limits(largest=2_000))
    assert (codes(report), report.verdict) == ([code], Verdict.BLOCK)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(entries=1), "more than 1 files"),
        (Limits(total=1 << 20), "unpack to more than 1 MB"),
        (Limits(ratio=10), "far more than its size"),
    ],
)
def test_an_archive_is_read_within_limits(limits, why):
    (found,) = looking.look(boxed(a_txt="a" * (2 << 20), b_txt="b"), "outer.zip", limits=limits).findings
    assert found.code == "file.unreadable"
    assert why in found.what


def test_what_an_archive_unpacks_to_is_counted_over_all_archives_inside_it():
    inner = boxed(a_txt="a" * (1 << 20))
    report = looking.look(boxed(one_zip=inner, two_zip=inner), "outer.zip", limits=Limits(total=3 << 19))
    assert codes(report) == ["file.unreadable"]


def test_an_archive_that_lies_about_its_sizes_is_damaged():
    content = boxed(a_txt="abc" * 100)
    broken = content.replace((300).to_bytes(4, "little"), (200).to_bytes(4, "little"))
    with pytest.raises(Unreadable, match=r"a\.txt"):
        archives.Archive(broken, Inside("a.zip", kinds.ZIP)).read("a.txt")


@pytest.mark.parametrize(
    "attack",
    [
        b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'.encode("utf-16"),
        b"<a>",
    ],
)
def test_xml_with_entities_or_broken_is_unreadable(attack):
    with pytest.raises(Unreadable):
        markup.parsed(attack)


def test_two_checks_never_share_a_code():
    with pytest.raises(ValueError, match=r"note\.hidden"):
        NOTE.check("hidden", Severity.WARN, says="Again", do="Nothing")
