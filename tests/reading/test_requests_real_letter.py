"""A real reply to the four-tier questionnaire, read where it lies beside the checkout and never copied."""

import io
import re
import textwrap
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest
import typst

from candour.reading import replies, requests

LETTERS = sorted((Path(__file__).resolve().parents[2].parent / "shared" / "seed").glob("*.txt"))
YEARS = ["2011/12", "2012/13", "2013/14", "2014/15"]

pytestmark = pytest.mark.skipif(not LETTERS, reason="the real letter is not on this machine (../shared/seed)")


@pytest.fixture(scope="module")
def request_read():
    return requests.read(LETTERS[0].read_bytes(), LETTERS[0].name, today=None)


@pytest.fixture(scope="module")
def reply_read():
    return replies.read(LETTERS[0].read_bytes(), LETTERS[0].name).as_json()


def test_all_twelve_questions_come_out_without_their_answers(request_read):
    found = {question.number: question for question in request_read.questions}
    printed = dict(re.findall(r"^([1-6][ab])\. (.+)$", LETTERS[0].read_text(), re.MULTILINE))
    assert list(found) == [f"{number}{letter}" for number in range(1, 7) for letter in "ab"]
    assert {number: question.text for number, question in found.items()} == printed
    assert found["1a"].given == ("1800",)
    assert found["4b"].given == ("2011/12: 37", "2012/13: 54", "2013/14: 75", "2014/15: 81")
    assert [len(question.given) for question in found.values()] == [1, 1, 8, 2, 1, 4, 1, 4, 1, 4, 1, 1]


def test_what_they_are_about(request_read):
    slugs = [None] * 4 + [
        slug for slug in ("incidents-reported-to-ico", "other-incidents", "events", "near-misses") for _ in "ab"
    ]
    assert [question.measure for question in request_read.questions] == slugs
    assert [question.topic for question in request_read.questions[:4]] == [
        "staff",
        "contractors-with-access",
        "policy",
        "policy-copy",
    ]
    assert all(question.confidence >= 0.85 for question in request_read.questions)
    assert all([one.label for one in question.periods] == YEARS for question in request_read.questions[4:])


def test_references_subject_and_page_furniture(request_read):
    text = LETTERS[0].read_text()
    assert f"Re: {request_read.subject}" in text
    assert f"Our ref: {request_read.our_reference}\n" in text
    assert f"Your ref: {request_read.their_reference}\n" in text
    assert request_read.received is None
    chief = [line for line in request_read.unread if line.endswith("Chief Executive")]
    assert len(chief) == 3


def test_every_word_is_kept(request_read):
    text = LETTERS[0].read_text()
    record = str(request_read.as_json())
    assert [word for word in text.split() if word.strip(".:") not in record] == []


def test_the_reply_is_read_back(reply_read):
    found = {answer["number"]: answer["parts"] for answer in reply_read["answers"]}
    read_back = {number: [one["value"] for part in parts for one in part["values"]] for number, parts in found.items()}
    assert read_back["3b"] == [0, 0, 0, 1]
    assert read_back["4b"] == [37, 54, 75, 81]
    assert read_back["5b"] == [4, 11, 39, 80]
    assert [one["status"] for one in found["6b"][0]["values"]] == ["not_held"] * 4
    assert [one["period"] for one in found["6b"][0]["values"]] == YEARS
    assert found["1a"][0]["values"] == [{"period": None, "status": "approximate", "value": 1800}]
    assert [read_back[number] for number in ("3a", "4a", "5a", "6a")] == [["Yes"], ["Yes"], ["Yes"], ["No"]]


def test_what_it_says_in_words_is_doubted(reply_read):
    found = {answer["number"]: answer["parts"] for answer in reply_read["answers"]}
    assert [found[number] for number in ("1b", "2a", "2b")] == [[], [], []]
    assert [doubt.split(":")[0] for doubt in reply_read["doubts"]] == ["1b", "2a", "2b", "6a"]


def test_as_a_request_it_has_no_day_of_receipt_of_its_own(request_read):
    assert requests.read(LETTERS[0].read_bytes(), "-", today=date(2016, 3, 10)).questions == request_read.questions


def _as_docx(text):
    document = docx.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _as_pdf(text):
    escaped = re.sub(r"([\\#*_$@<>\[\]`~=/-])", r"\\\1", text)
    pages = [page.replace("\n", "\n\n") for page in re.split(r"\n{6,}", escaped)]
    return typst.compile("\n#pagebreak()\n".join(pages).encode())


def _as_quoted_mail(text):
    message = EmailMessage()
    message["From"], message["Subject"] = "somebody@example.org", "FW: request"
    wrapped = "\n".join("\n".join(textwrap.wrap(line, 70)) for line in text.split("\n"))
    message.set_content("\n".join(f"> {line}" for line in wrapped.split("\n")))
    return message.as_bytes()


def _as_page(text):
    return f"<html>{'<br>'.join(text.split(chr(10)))}".encode()


@pytest.mark.parametrize("made", [_as_docx, _as_pdf, _as_quoted_mail, _as_page])
def test_the_same_letter_says_the_same_in_every_format(made, request_read):
    again = requests.read(made(LETTERS[0].read_text()), "letter", today=None)
    assert [(one.number, one.text) for one in again.questions] == [
        (one.number, one.text) for one in request_read.questions
    ]
    assert [one.given for one in again.questions[4:]] == [one.given for one in request_read.questions[4:]]
