"""A reply goes out from its page, one step at a time; what hides in a file stops it."""

import io
from datetime import date

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candour.foi import actions, papers_out
from candour.organisation import people
from carriers import mails, packed
from office_corpus import shows
from office_corpus.compound import compound

CASE = "Gov/SB 16-9"
PAGE = f"/requests/{CASE}/"
LETTER = b"Dear Sir or Madam\n\nPlease find our reply enclosed.\n"


@pytest.fixture
def case(register):
    """A request whose answer needs a person."""
    arrived = actions.Arrived(b"1. What colour is the bicycle?", "request.txt", date(2016, 2, 28), our_reference=CASE)
    dated, by = date(2016, 3, 10), people.operator(register)
    actions.answer(register, arrived, as_at=dated, dated=dated, redraft=False, by=by, at=timezone.now())
    return register


@pytest.fixture
def officer(visitor, case):
    return visitor("foi-officer")


@pytest.fixture
def approver(visitor, case):
    return visitor("release-approver")


def enclose(client, content, name, what="enclosure"):
    return client.post(f"{PAGE}steps/enclose/", {"file": SimpleUploadedFile(name, content), "as": what})


def step(client, name, **said):
    return client.post(f"{PAGE}steps/{name}/", said)


def workbook(hidden):
    book = openpyxl.Workbook()
    book.active.append(["Year", "Incidents"])
    book.active.append(["2014/15", 80])
    if hidden:
        book.create_sheet("Officers").append(["a hidden name"])
        book["Officers"].sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_one_button_at_a_time_until_it_is_out(officer, approver, text_of, stranger):
    assert enclose(officer, LETTER, "reply.txt", "letter").status_code == 302
    assert "Ask for clearance" in text_of(officer.get(PAGE))
    assert step(officer, "ask").status_code == 302
    page = text_of(officer.get(PAGE))
    assert "Waits for clearance" in page
    assert "Ask for clearance" not in page
    assert "A second person has to clear it" in page
    assert step(approver, "clear").status_code == 302
    assert "Release" in text_of(officer.get(PAGE))
    step(officer, "release")
    page = officer.get(PAGE).content.decode()
    link = page.split("/released/")[1].split("/")[0]
    public = stranger.get(f"/released/{link}/")
    assert "reply.txt" in text_of(public)
    assert public["X-Robots-Tag"] == "noindex, nofollow"
    assert stranger.get(f"/released/{link}/1/").content == LETTER
    assert stranger.get(f"/released/{link}/2/").status_code == 404
    step(officer, "withdraw", reason="a mistake")
    assert stranger.get(f"/released/{link}/").status_code == 404
    assert stranger.get(f"/released/{link}/1/").status_code == 404


def test_a_hidden_sheet_stops_it_and_its_clean_rendition_goes(officer, approver, text_of, case):
    enclose(officer, LETTER, "reply.txt", "letter")
    enclose(officer, workbook(hidden=True), "figures.xlsx")
    stopped = step(officer, "ask", reason="the requester asked for a spreadsheet")
    assert stopped.status_code == 409
    said = text_of(stopped)
    assert "The file figures.xlsx may not leave as it is" in said
    assert "Blocked" in said
    paper = papers_out.standing(case, CASE).papers[1]
    compared = text_of(officer.get(f"{PAGE}papers/{paper.sha256}/compare/"))
    assert "Use the clean rendition" in compared
    assert "Not seen" in compared
    officer.post(f"{PAGE}papers/{paper.sha256}/clean/")
    assert papers_out.standing(case, CASE).papers[1].name == "figures.csv"
    assert step(officer, "ask").status_code == 302
    assert step(approver, "clear").status_code == 302


def test_a_spreadsheet_without_a_reason_is_told_so(officer, text_of):
    enclose(officer, LETTER, "reply.txt", "letter")
    enclose(officer, workbook(hidden=False), "figures.xlsx")
    said = step(officer, "ask")
    assert said.status_code in {409, 422}
    assert "PDF or CSV" in text_of(said) or "may not leave" in text_of(said)


def test_a_second_person_lets_a_file_go(officer, approver, text_of, case):
    enclose(officer, LETTER, "reply.txt", "letter")
    enclose(officer, b"name,number\nA person,AB 12 34 56 C\n", "people.csv")
    step(officer, "screen")
    paper = papers_out.standing(case, CASE).papers[1]
    assert officer.post(f"{PAGE}papers/{paper.sha256}/let-go/", {"reason": "fine"}).status_code == 404
    approver.post(f"{PAGE}papers/{paper.sha256}/let-go/", {"reason": "invented for an example"})
    assert "let it go as it is: invented for an example" in text_of(officer.get(PAGE))
    assert step(officer, "ask").status_code == 302


def test_a_file_of_a_reply_comes_as_a_download(officer, case):
    enclose(officer, LETTER, "reply.txt", "letter")
    paper = papers_out.standing(case, CASE).papers[0]
    sent = officer.get(f"{PAGE}papers/{paper.sha256}/")
    assert sent.content == LETTER
    assert sent["Content-Security-Policy"] == "sandbox; default-src 'none'"


@pytest.mark.parametrize("name", ["ask", "clear", "release", "enclose", "withdraw"])
def test_others_take_no_step(visitor, case, name):
    assert step(visitor("handler"), name).status_code == 404


def offer(client, content, name, **said):
    return client.post("/screen/", {"file": SimpleUploadedFile(name, content), "way": "look", **said})


def test_is_this_file_safe_to_send(officer, text_of):
    said = text_of(offer(officer, workbook(hidden=True), "figures.xlsx"))
    assert "Do not send it as it is" in said
    assert "A sheet is hidden" in said.partition("Taken out")[2].partition("The file:")[0]
    assert "hidden" in said
    assert "Nothing hides in it" in text_of(offer(officer, b"year,incidents\n2014/15,80\n", "figures.csv"))


def test_the_clean_rendition_is_handed_out(officer):
    sent = offer(officer, workbook(hidden=True), "figures.xlsx", way="clean")
    assert sent["Content-Disposition"] == 'attachment; filename="figures.csv"'
    assert b"hidden" not in sent.content


def test_only_a_pdf_or_a_text_can_be_redacted(officer, text_of):
    assert "can be redacted" in text_of(offer(officer, workbook(hidden=False), "a.xlsx", way="redact"))


def test_the_drop_page_is_not_there_for_strangers(stranger):
    assert stranger.get("/screen/").status_code == 302


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("show.pptx", lambda: shows.powerpoint("Secretname")),
        ("reply.eml", lambda: mails.eml(Bcc="secretname@body.example")),
        ("files.zip", lambda: packed.zipped(("a.txt", "a\n"), ("thing.exe", b"MZ\0\1"))),
    ],
)
def test_a_rendition_says_what_is_left_out_of_it(officer, text_of, name, make):
    said = text_of(offer(officer, make(), name))
    assert "Its clean rendition: " in said
    assert "Taken out" in said


def test_a_file_without_a_rendition_says_what_to_do_instead(officer, text_of):
    locked = compound({"EncryptionInfo": b"\4\0\4\0", "EncryptedPackage": bytes(64)})
    assert "Take its lock off" in text_of(offer(officer, locked, "locked.docx"))
    assert "Take its lock off" in text_of(offer(officer, locked, "locked.docx", way="clean"))
