"""What may be read at all, and the sentence that a file gets which may not."""

import io
import zipfile
from datetime import date
from email.message import EmailMessage

import pytest

from candour.reading import texts
from candour.rules.refusals import WrongInput

WHAT_TO_DO = r"save|give|type|send|ask|open|try again"


def mail(body="How many staff have you?", *attachments, **headers):
    message = EmailMessage()
    defaults = {
        "From": "A Requester <a@example.org>",
        "Subject": "Data breaches",
        "Date": "Sun, 28 Feb 2016 23:30:00 -0500",
    }
    for name, value in {**defaults, **headers}.items():
        message[name] = value
    message.set_content(body)
    for name, content in attachments:
        message.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return message


def zipped(**parts):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"x" * (20 << 20), "20 MB"),
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "older Office file"),
        (b"{\\rtf1 hello}", "Rich Text"),
        (b"\x00\x01\x02\x03", "not text"),
        (b"PK\x03\x04 cut short", "damaged"),
        (zipped(readme="hello"), "without a letter"),
        (zipped(word__document_xml="<not finished"), "damaged"),
        (zipped(word__document_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "damaged"),
        (zipped(word__document_xml="<a/>"), "no text in it"),
        (zipped(content_xml="<a/>"), "no text in it"),
        (b"%PDF-1.7 but nothing else", "damaged"),
        (b"<html><body><img src='scan.png'></body></html>", "no text in it"),
    ],
)
def test_what_cannot_be_read_is_refused_in_a_sentence_that_helps(data, said):
    with pytest.raises(WrongInput, match=said) as refusal:
        texts.read(data, "request")
    assert str(refusal.value).endswith(".")


def test_far_more_text_than_a_letter_is_refused():
    with pytest.raises(WrongInput, match="characters of text; give only the letter"):
        texts.read(b"1a. How many staff have you?\n" * 10_000, "request.txt")


def test_a_part_that_unpacks_to_far_too_much_is_refused():
    bomb = zipped(word__document_xml=b"<a>" + b" " * (40 << 20) + b"</a>")
    assert len(bomb) < texts.LARGEST
    with pytest.raises(WrongInput, match="unpacks to far more"):
        texts.read(bomb, "request.docx")


def test_a_mail_of_only_attachments_names_the_one_to_read():
    message = mail("", ("scan.png", b"x"), ("request.docx", b"x"))
    with pytest.raises(WrongInput, match=r"only attachments \(scan\.png, request\.docx\); save request\.docx"):
        texts.read(message.as_bytes(), "request.eml")


def test_a_mail_of_only_pictures_says_to_ask_for_text():
    with pytest.raises(WrongInput, match="ask the requester for the text"):
        texts.read(mail("", ("scan.png", b"x")).as_bytes(), "request.eml")


def test_an_empty_mail_is_refused():
    with pytest.raises(WrongInput, match="The mail has no text"):
        texts.read(mail("").as_bytes(), "request.eml")


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("£50 for staff".encode(), "£50 for staff"),
        ("£50 for staff".encode("cp1252"), "£50 for staff"),
        ("\ufeff£50 for staff".encode(), "£50 for staff"),
        ("£50 for staff".encode("utf-16"), "£50 for staff"),
        (b"one\r\ntwo\rthree", "two"),
    ],
)
def test_text_is_decoded_as_it_was_written(data, line):
    assert line in texts.read(data, "request.txt").lines


def test_a_form_feed_is_a_line_of_its_own():
    assert texts.read(b"one\ftwo", "-").lines == ("one", "\f", "two")


def test_a_mail_gives_its_headers_and_the_london_day_it_came():
    text = texts.read(mail("How many?", ("list.ods", b"x")).as_bytes(), "-")
    assert text.mail == texts.Mail("Data breaches", "A Requester", "a@example.org", date(2016, 2, 29))
    assert text.lines == ("How many?",)
    assert text.attachments == ("list.ods",)


@pytest.mark.parametrize(
    ("header", "day"),
    [
        ("Sun, 27 Mar 2016 23:30:00 +0000", date(2016, 3, 28)),
        ("Sat, 26 Mar 2016 23:30:00 +0000", date(2016, 3, 26)),
        ("Sat, 26 Mar 2016 23:30:00 -0000", date(2016, 3, 26)),
        ("some day", None),
    ],
)
def test_the_day_of_a_mail_is_londons(header, day):
    raw = f"From: a@example.org\nSubject: x\nDate: {header}\n\nHow many?\n".encode()
    found = texts.read(raw, "request.eml").mail
    assert found
    assert found.received == day


def test_a_mail_that_is_only_html_is_read_as_a_page():
    message = mail()
    message.set_content(
        "<p>1a. How many <b>staff</b>?</p><style>p {}</style><blockquote>Quoted</blockquote>", subtype="html"
    )
    assert [line for line in texts.read(message.as_bytes(), "x.eml").lines if line.strip("> ")] == [
        "1a. How many staff?",
        "> Quoted",
    ]


def test_an_attached_mail_follows_under_its_headers():
    outer = mail("Please log this.", Subject="FW: breaches")
    outer.add_attachment(mail("1. How many near misses?"))
    text = texts.read(outer.as_bytes(), "x.eml")
    assert "From: A Requester <a@example.org>" in text.lines
    assert "1. How many near misses?" in text.lines


def test_a_mail_in_a_character_set_nobody_knows_is_still_read():
    raw = b"From: a@example.org\nContent-Type: text/plain; charset=x-none\n\nHow many \xa3?\n"
    assert texts.read(raw, "x.eml").lines == ("How many £?",)
