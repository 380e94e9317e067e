"""Files of a body are kept by their digest and proved when they are read."""

import io
import zipfile

import pytest

from candour.organisation import files
from candour.rules.refusals import Conflict, NotThere, WrongInput

PDF = b"%PDF-1.7\n%%EOF\n"


def archive(**parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as zipped:
        for name, text in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return content.getvalue()


DOCX = archive(word__document_DOT_xml="<w/>")
ODT = archive(mimetype="application/vnd.oasis.opendocument.text", content_DOT_xml="<o/>")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", PDF),
        ("A Form.DOCX", DOCX),
        ("a.odt", ODT),
        ("a.xlsx", archive(xl__workbook_DOT_xml="<x/>")),
        ("a.csv", "name,Ynys Môn\n".encode()),
        ("a.txt", b"\xef\xbb\xbfplain"),
    ],
)
def test_a_file_comes_back_as_it_was_kept(files_dir, name, content):
    kept = files.keep(content, name)
    assert (kept.name, kept.size) == (name, len(content))
    assert files.read(kept.sha256) == content
    assert files.keep(content, name) == kept
    assert [path.name for path in files_dir.rglob("*") if path.is_file()] == [kept.sha256]


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.pdf", b"", "is empty"),
        ("a.docx", PDF, "is pdf by its content"),
        ("a.pdf", DOCX, "is docx by its content"),
        ("a.exe", b"MZ\x90\x00", "none of pdf, docx"),
        ("a.txt", b"a\x00b", "none of pdf, docx"),
        ("a.txt", "£".encode("cp1252"), "none of pdf, docx"),
        ("a.docx", b"PK\x03\x04 cut short", "none of pdf, docx"),
        ("a.docx", archive(word__document_DOT_xml="<w/>", word__vbaProject_DOT_bin="x"), "none of pdf, docx"),
        ("a.zip", archive(readme="x"), "none of pdf, docx"),
        ("a.ods", archive(mimetype="application/vnd.oasis.opendocument.sheet"), "none of pdf, docx"),
    ],
)
def test_other_files_are_refused(files_dir, name, content, says):
    with pytest.raises(WrongInput, match=says):
        files.keep(content, name)
    assert not files_dir.exists()


def test_a_file_that_is_too_large_is_refused(files_dir, monkeypatch):
    monkeypatch.setattr(files, "LARGEST", 1024 * 1024)
    with pytest.raises(WrongInput, match="larger than 1 MB"):
        files.keep(PDF + b" " * 1024 * 1024, "a.pdf")


def test_only_the_last_part_of_a_name_is_kept(files_dir):
    assert files.keep(PDF, "C:\\Users\\somebody\\form.pdf").name == "form.pdf"
    assert files.keep(PDF, "../../form.pdf").name == "form.pdf"


@pytest.mark.parametrize("sha256", ["0" * 64, "../../secret-key", ""])
def test_a_file_that_is_not_there_is_not_there(files_dir, sha256):
    with pytest.raises(NotThere):
        files.read(sha256)


def test_a_file_that_was_changed_on_the_disk_is_not_given_out(files_dir):
    kept = files.keep(PDF, "a.pdf")
    next(path for path in files_dir.rglob("*") if path.is_file()).write_bytes(b"other")
    with pytest.raises(Conflict, match="changed on the disk"):
        files.read(kept.sha256)
