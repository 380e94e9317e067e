"""What may be kept is told by its content; what is hostile is refused with a sentence, and nothing of it is run."""

import contextlib
import io
import socketserver
import struct
import threading
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules.refusals import Conflict, Refusal, WrongInput
from candour.screening import arrivals, clamav, kinds


def packed(*entries, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


DOCX = packed(("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<w/>"))
KEPT = {
    "letter.pdf": (b"%PDF-1.7 ...", "pdf"),
    "scan.png": (b"\x89PNG\r\n\x1a\n....", "png"),
    "photo.JPG": (b"\xff\xd8\xff\xe0....", "jpeg"),
    "letter.docx": (DOCX, "docx"),
    "list.xlsx": (packed(("xl/workbook.xml", "<w/>")), "xlsx"),
    "letter.odt": (packed(("mimetype", kinds.ODT.mime), ("content.xml", "<o/>")), "odt"),
    "letters.zip": (packed(("a.txt", "hello")), "zip"),
    "note.txt": ("a note: £50".encode(), "text"),
    "rows.csv": (b"a,b\n1,2\n", "text"),
    "mail.eml": (b"From: a@example.org\nSubject: x\n\nhello", "mail"),
}


@pytest.mark.parametrize("name", KEPT)
def test_what_may_be_kept_is_told_by_its_content(name):
    content, slug = KEPT[name]
    assert arrivals.admit(content, name).kind.slug == slug


REFUSED = {
    "nothing": (b"", "a.pdf", "is empty"),
    "a program": (b"MZ\x90\0\x03\0\0\0", "a.pdf", "of no kind"),
    "a program as text": (b"\x7fELF\x02\x01", "a.txt", "of no kind"),
    "a page": (b"<!DOCTYPE html><script>alert(1)</script>", "a.txt", "of no kind"),
    "a drawing with a script": (b"<svg onload='x'>", "a.txt", "of no kind"),
    "a name that lies": (b"%PDF-1.7", "a.docx", "is a pdf file by its content"),
    "macros": (packed(("word/document.xml", ""), ("word/vbaProject.bin", "x")), "a.docx", "macro"),
    "a bomb": (packed(("word/document.xml", b"\0" * 30_000_000)), "a.docx", "unpack to far more"),
    "many files": (packed(*((f"{n}", "") for n in range(2001))), "a.zip", "more than 2,000"),
    "archives within": (
        packed(("b.zip", packed(("c.zip", packed(("d.txt", "x")))))),
        "a.zip",
        "archives within archives",
    ),
    "half an archive": (DOCX[: len(DOCX) // 2], "a.docx", "of no kind"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_may_not_be_kept_is_refused_with_what_to_do(what):
    content, name, says = REFUSED[what]
    with pytest.raises(WrongInput, match=says):
        arrivals.admit(content, name)


def test_a_large_file_is_refused():
    with pytest.raises(WrongInput, match="larger than 25 MB"):
        arrivals.admit(b"%PDF-" + b"0" * arrivals.LARGEST, "a.pdf")


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../x.pdf", "x.pdf"),
        ("C:\\Users\\someone\\letter.pdf", "letter.pdf"),
        ("..", "file"),
        ("a\0b\r\n.pdf", "ab.pdf"),
        ("évidence .pdf", "évidence .pdf"),
    ],
)
def test_a_name_leads_nowhere(given_name, kept):
    assert arrivals.clean_name(given_name) == kept


@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_bytes_are_kept_or_refused_and_never_a_fault(content, name):
    with contextlib.suppress(Refusal):
        arrivals.admit(content, name)


@given(st.binary(max_size=60))
def test_a_damaged_document_is_kept_or_refused_and_never_a_fault(noise):
    with contextlib.suppress(Refusal):
        arrivals.admit(DOCX[:30] + noise + DOCX[30:], "a.docx")


class Scanner(socketserver.StreamRequestHandler):
    """Speaks INSTREAM: reads the pieces, and finds something in whatever says EICAR."""

    def handle(self):
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack(">I", self.rfile.read(4))[0]:
            content += self.rfile.read(length)
        self.wfile.write(b"stream: Eicar FOUND\0" if b"EICAR" in content else b"stream: OK\0")


@pytest.fixture
def scanner():
    with socketserver.TCPServer(("127.0.0.1", 0), Scanner) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_virus_scanner_is_asked_and_heard(scanner):
    clamav.scan(b"x" * 200_000, scanner)
    with pytest.raises(WrongInput, match="found something"):
        clamav.scan(b"..EICAR..", scanner)


def test_without_its_scanner_nothing_is_kept():
    with pytest.raises(Conflict, match="cannot be reached"):
        clamav.scan(b"x", "127.0.0.1:1")
