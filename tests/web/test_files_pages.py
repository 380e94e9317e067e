"""Files of an incident come in by a form that says what is wrong, and go out as downloads only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from candour.incidents import models
from candour.incidents.actions import access, attaching

FILES = reverse("files", args=["2015-0001"])


def send(client, content, name, marking="OFFICIAL"):
    return client.post(FILES, {"file": SimpleUploadedFile(name, content), "marking": marking})


@pytest.fixture
def handler(visitor, register):
    return visitor("handler")


def test_a_file_is_kept_and_comes_back_as_a_download_that_cannot_act(handler, text_of):
    assert send(handler, b"%PDF-1.7 a letter", "../../Letter.pdf").status_code == 302
    page = handler.get(FILES)
    assert "Letter.pdf" in text_of(page)
    link = next(part for part in page.content.decode().split('"') if part.startswith(f"{FILES}") and part != FILES)
    sent = handler.get(link)
    assert sent.content == b"%PDF-1.7 a letter"
    assert sent["Content-Disposition"] == 'attachment; filename="Letter.pdf"'
    assert sent["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert sent["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("content", "name", "marking", "says"),
    [
        (b"", "a.pdf", "OFFICIAL", "A.pdf is empty"),
        (b"<html><script>", "a.txt", "OFFICIAL", "of no kind that is kept here"),
        (b"%PDF-1.7", "a.docx", "OFFICIAL", "is a pdf file by its content"),
        (b"%PDF-1.7", "a.pdf", "SECRET or higher", "security officer"),
    ],
)
def test_what_may_not_be_kept_is_said_at_the_field(handler, text_of, content, name, marking, says):
    page = send(handler, content, name, marking)
    assert page.status_code == 422
    assert says in text_of(page)
    assert "No file is kept" in text_of(handler.get(FILES))


def test_no_file_at_all_is_said(handler, text_of):
    assert "Choose a file" in text_of(handler.post(FILES, {"marking": "OFFICIAL"}))


def test_an_upload_of_two_gigabytes_is_refused_before_it_is_read(handler):
    page = handler.post(FILES, {"file": SimpleUploadedFile("a.pdf", b"%PDF")}, CONTENT_LENGTH=2 << 30)
    assert page.status_code == 413
    assert b"larger than 25 MB" in page.content


def test_a_file_is_taken_away_with_a_reason(handler, text_of):
    send(handler, b"%PDF-1.7", "a.pdf")
    page = handler.get(FILES).content.decode()
    remove = next(part for part in page.split('"') if part.endswith("/remove/"))
    assert handler.post(remove, {"reason": ""}).status_code == 422
    assert handler.post(remove, {"reason": "the wrong file"}).status_code == 302
    assert "No file is kept" in text_of(handler.get(FILES))


def test_to_others_there_is_nothing(visitor, handler):
    send(handler, b"%PDF-1.7", "a.pdf")
    assert visitor("administrator").get(FILES).status_code == 404
    assert handler.get(reverse("files", args=["1999-0001"])).status_code == 404


def test_a_reporters_file_is_sealed_until_somebody_says_why(handler, body, text_of):
    offered = attaching.Offered(b"%PDF-1.7 a letter", "Letter.pdf", sealed=True)
    number = attaching.attach(body, "2015-0001", offered, by=handler.person, at=timezone.now())
    assert handler.get(f"{FILES}{number}/").status_code == 404
    page = handler.get(FILES)
    assert "Why Letter.pdf has to be opened" in text_of(page)
    assert handler.post(f"{FILES}{number}/open/", {"reason": ""}).status_code == 422
    sent = handler.post(f"{FILES}{number}/open/", {"reason": "is it the list?"})
    assert sent.content == b"%PDF-1.7 a letter"
    assert sent["Content-Disposition"] == 'attachment; filename="Letter.pdf"'
    assert "is it the list?" in text_of(handler.get("/register/2015-0001/"))


def test_a_look_at_the_files_of_a_confidential_incident_is_recorded(handler, body):
    send(handler, b"%PDF-1.7 a letter", "Letter.pdf")
    now = {"by": handler.person, "at": timezone.now()}
    access.restrict(body, "2015-0001", persons=[handler.person.number], reason="staff", **now)
    number = models.Attachment.objects.values_list("opened", flat=True).get()
    for looks, address in enumerate((FILES, f"{FILES}{number}/"), 1):
        assert handler.get(address).status_code == 200
        assert models.Look.objects.count() == looks
