"""The letter around the answers: its furniture is that of its day, and every format says the same."""

import io
import re
import zipfile
from datetime import date

import docx
import pdfplumber
import pikepdf
import pytest

from foi import asking

STAFF = "1. About how many members of staff do you have?"


@pytest.fixture
def drafted(body):
    asking.state(
        body,
        """
        from = 2011-04-01
        [[office_holders]]
        title = "Chief executive"
        order = 2
        [[office_holders]]
        from = 2018-01-01
        title = "Chair"
        name = "The new one"
        [[regulators]]
        name = "Regulator of Examples"
        web = "https://regulator.example"
        contacts = [["Post", ["1 Street,", "Town"]], ["Telephone", ["0303"]], ["Textphone", ["0304"]]]
        """,
    )
    return asking.reply(body, asking.arrived(STAFF, their_reference="808"))


@pytest.fixture
def page(drafted):
    return drafted.files["reply.html"].decode()


def text_of(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def test_the_regulators_ways_of_contact_are_an_open_list(page):
    assert "Regulator of Examples" in page
    assert '<li>Website: <a href="https://regulator.example">https://regulator.example</a></li>' in page
    assert [one in page for one in ("Post: 1 Street, Town", "Telephone: 0303", "Textphone: 0304")] == [True] * 3


def test_the_head_the_foot_and_the_signature(page):
    assert "<dt>Our ref</dt><dd>SB/FOI 16-1</dd><dt>Your ref</dt><dd>808</dd></dl><p><time" in page
    assert "1 Example Street\nExampletown\nTel 020 7946 0000" in page
    assert "Governance team\nSample Body\ngovernance@sample-body.example" in page
    assert re.search(r"<footer><p class=\"lines\">Chair\nChief executive</p>", page)
    assert page.index("Yours sincerely") < page.index("governance@sample-body.example</p>")


def test_the_annex_is_one_line_with_the_record_number_and_its_digest(drafted, page):
    said = drafted.answers
    assert f"Figures as at 10 March 2016 · record no. {said['ledger_number']} · {said['digest']}" in page


def test_settings_are_those_of_the_day_of_the_letter(drafted, body):
    later = asking.reply(body, STAFF + " ", dated=date(2018, 7, 4), as_at=date(2016, 2, 28))
    page = later.files["reply.html"].decode()
    assert "The new one, Chair" in page
    assert "within 40 working days of this letter" in page
    assert "within 40 working days" not in drafted.files["reply.html"].decode()


def test_every_format_says_the_same(drafted):
    document = docx.Document(io.BytesIO(drafted.files["reply.docx"]))
    said = "About 1,750 members of staff (headcount)."
    assert said in [paragraph.text for paragraph in document.paragraphs]
    assert said in zipfile.ZipFile(io.BytesIO(drafted.files["reply.odt"])).read("content.xml").decode()
    assert said in drafted.files["reply.html"].decode()
    assert said in text_of(drafted.files["reply.pdf"])


def test_the_pdf_is_tagged_and_names_its_language(drafted):
    with pikepdf.open(io.BytesIO(drafted.files["reply.pdf"])) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-GB"
        assert str(pdf.docinfo["/Title"]) == "Reply to your request of 28 February 2016, SB/FOI 16-1"


def test_the_question_is_quoted_before_its_answer(page):
    assert page.index("About how many members of staff do you have?") < page.index("About 1,750 members of staff")
