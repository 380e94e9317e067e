"""The same few questions out of every format that a request comes in."""

import io

import docx
import odfdo
import pytest
import typst
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from candour.reading import requests, texts
from candour.rules.refusals import WrongInput

QUESTIONS = (
    "1a. Roughly how many staff do you employ?",
    "1b. Roughly how many contractors have access to your information?",
    "3a. Do you know how many breaches there were since April 2011? (Those reported to the ICO as a DPA breach)",
    "Answer: Yes, No, Only since (date):",
    "3b. How many were there for each financial year that figures are available for?",
    "Answer FY11-12: FY12-13: FY13-14: FY14-15:",
)
LEVELS = """<w:abstractNum {ns} w:abstractNumId="77"><w:multiLevelType w:val="multilevel"/>
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="{second}"/></w:lvl>
</w:abstractNum>"""
FURNITURE = (
    "#set page(height: 9cm, width: 12cm, header: [Sample Body],"
    ' footer: context [Page #counter(page).display("1 of 1", both: true)])\n'
)


def as_docx(paragraphs):
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return _saved(document)


def _saved(document):
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def as_odt(paragraphs):
    document = odfdo.Document("text")
    document.body.clear()
    for text in paragraphs:
        document.body.append(odfdo.Paragraph(text))
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def as_html(paragraphs):
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"<!doctype html><title>x</title><script>no()</script>{body}".encode()


def as_pdf(paragraphs):
    text = "\n\n".join(text.replace("(", "\\(") for text in paragraphs)
    return typst.compile((FURNITURE + text).encode())


def as_text(paragraphs):
    return "\n\n".join(paragraphs).encode()


FORMATS = {"docx": as_docx, "odt": as_odt, "html": as_html, "pdf": as_pdf, "txt": as_text}


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_gives_the_same_questions(kind):
    request = requests.read(FORMATS[kind](QUESTIONS), f"request.{kind}", today=None)
    assert [question.key for question in request.questions] == ["1a", "1b", "3a", "3b"]
    texts_of = [f"{question.number}. {question.text}" for question in request.questions]
    assert texts_of == [QUESTIONS[at] for at in (0, 1, 2, 4)]
    assert [len(question.periods) for question in request.questions] == [0, 0, 4, 4]


def test_the_kind_is_told_by_content_not_by_name():
    assert texts.read(as_docx(QUESTIONS), "request.txt").kind == "docx"
    assert texts.read(as_html(QUESTIONS), "-").kind == "html"


def test_word_list_numbers_are_put_back():
    document = docx.Document()
    for text in ("How many staff do you employ?", "How many near misses were there?"):
        document.add_paragraph(text, style="List Number")
    request = requests.read(_saved(document), "request.docx", today=None)
    assert [question.number for question in request.questions] == ["1", "2"]


@pytest.mark.parametrize(
    ("second", "numbers"),
    [("%2)", ["1. a)", "1. b)", "2. a)"]), ("%1%2.", ["1a", "1b", "2a"]), ("%1.%2", ["1.a", "1.b", "2.a"])],
)
def test_word_lists_of_two_levels_are_put_back(second, numbers):
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(LEVELS.format(ns=nsdecls("w"), second=second)))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="78"><w:abstractNumId w:val="77"/></w:num>'))
    for level, text in (
        (0, "About staff"),
        (1, "How many staff do you employ?"),
        (1, "How many contractors have access to your information?"),
        (0, "About near misses"),
        (1, "How many near misses were there?"),
    ):
        properties = document.add_paragraph(text)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="78"/></w:numPr>')
        )
    request = requests.read(_saved(document), "request.docx", today=None)
    assert [question.number for question in request.questions] == numbers


def test_word_tables_headers_and_footers_are_read():
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Your ref: 552901"
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("2011/12", "37", "2012/13", "54"), strict=True):
        cell.text = text
    text = texts.read(_saved(document), "request.docx")
    assert text.lines[0] == "Your ref: 552901"
    assert [line for line in text.lines if "\t" in line] == ["2011/12\t37", "2012/13\t54"]


def test_deleted_words_of_tracked_changes_are_not_read():
    document = docx.Document()
    paragraph = document.add_paragraph("How many staff?")
    gone = f'<w:del {nsdecls("w")} w:id="1" w:author="x"><w:r><w:delText>gone</w:delText></w:r></w:del>'
    paragraph._p.append(parse_xml(gone))
    assert [line for line in texts.read(_saved(document), "x.docx").lines if line] == ["How many staff?"]


def test_opendocument_list_numbers_are_put_back():
    document = odfdo.Document("text")
    document.body.clear()
    style = odfdo.Element.from_tag(
        '<text:list-style style:name="Q">'
        '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
        '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/></text:list-style>'
    )
    document.insert_style(style, automatic=True)
    document.body.append(
        odfdo.Element.from_tag(
            '<text:list text:style-name="Q"><text:list-item><text:p>Staff</text:p><text:list>'
            "<text:list-item><text:p>How many<text:s text:c='1'/>staff do you employ?</text:p></text:list-item>"
            "<text:list-item><text:p>How many contractors<text:line-break/>have access?</text:p></text:list-item>"
            "</text:list></text:list-item>"
            "<text:list-item><text:p>How many near misses?</text:p></text:list-item></text:list>"
        )
    )
    kept = io.BytesIO()
    document.save(kept)
    request = requests.read(kept.getvalue(), "request.odt", today=None)
    assert [question.number for question in request.questions] == ["1. a)", "1. b)", "2"]
    assert request.questions[1].text == "How many contractors have access?"


def test_html_lists_are_numbered_and_tables_keep_their_rows():
    page = (
        "<ol start=2><li>How many staff?</li><li>How many near misses?<ol type=a><li>In 2014/15?</li></ol></li></ol>"
        "<ul><li>a point</li></ul><table><tr><td>2011/12</td><td>37</td></tr></table><pre>as\n  it is</pre>"
    )
    lines = [line for line in texts.read(f"<html>{page}".encode(), "x.html").lines if line]
    assert lines[:4] == ["2. How many staff?", "3. How many near misses?", "a) In 2014/15?", "• a point"]
    assert lines[4:] == ["2011/12\t37", "as", "  it is"]


def test_a_pdf_without_text_is_a_picture():
    with pytest.raises(WrongInput, match="a picture without text, such as a scan; type the questions"):
        texts.read(typst.compile(b"#rect(width: 3cm)"), "scan.pdf")


def test_a_cut_off_pdf_is_refused():
    with pytest.raises(WrongInput):
        texts.read(as_pdf(QUESTIONS)[:400], "request.pdf")


def test_the_furniture_of_pdf_pages_is_kept_apart():
    request = requests.read(as_pdf(QUESTIONS * 3), "request.pdf", today=None)
    assert [line for line in request.unread if line.startswith(("Sample Body", "Page"))][:1] == ["Sample Body"]
    assert not any("Page" in question.text for question in request.questions)
