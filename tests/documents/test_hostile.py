"""Text that would be markup, break a file or deceive a reader, in every field of a letter, a table and a chart."""

import zipfile
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from io import BytesIO

import docx
import odfdo
import pdfplumber
import pikepdf
import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st

from candour.documents import characters, charts, letter, tables
from candour.documents.blocks import Bullets, Chart, Heading, Letter, Note, Paragraph, Question, Run, Table
from candour.documents.charts import canvas
from candour.rules import answers

LONG = "".join(sha256(bytes([at])).hexdigest() for at in range(157))[
    :10_000
]  # so that no reader takes it for a zip bomb

HOSTILE = {
    "typst": '#eval("1+1") #read("/etc/passwd") $x$ *b* _i_ `c` <label> @ref // /* ] } #{',
    "word": "</w:t></w:r></w:p><w:p><w:r><w:t>in",
    "odf": "</text:p><text:p>in<text:page-number/>",
    "page": "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;&#x3c;",
    "json": '\\u0022, "blocks": [], \\',
    "controls": "a\x00b\x01c\x0bd\x1fe\x7ff\x85g\u2028h\ufeffi\ufffej",
    "surrogate": "half \ud83d of a pair",
    "direction": "abc \u202egnp.exe\u202c \u2066x\u2069 שלום مرحبا",
    "word of 10,000": LONG,
    "address of 10,000": "https://a.example/" + LONG,
    "hyphens": "-" * 1_000 + "/" * 1_000 + "?" * 1_000,
    "emoji": "well done \U0001f600\U0001f468\u200d\U0001f469\u200d\U0001f467 ❤️ \U0001f1ec\U0001f1e7",
    "scripts": "中文 日本語 한국어 ไทย अनुवाद ქართული \U00012000 \ue000 \U000f0000",
    "blank": " \t\n ",
    "nothing": "",
    "lines": "one\ntwo\r\nthree\rfour\n\n\nfive",
    "marks": "Z\u0351\u036b\u0343" * 200,
    "percent": "%s %(x)s {0} {name} ${y} \\n",
}
MAKES = (letter.pdf, letter.docx, letter.odt, letter.html)


def letter_of(text):
    table = Table(text, (text, text, "2014/15"), ((text, text, "1"), ("b", "1", "not held")), row_headers=True)
    plain = Table(text, (text,) * 3, ((text, "", "b"),), numeric=False)
    blocks = (
        Heading(text, 3),
        Question(text, text),
        Paragraph((Run(text, text, bold=True), Run(text, "https://a.example/?q=" + text[:50]), Run(text))),
        Bullets.of([text, text]),
        table,
        plain,
        Note(text),
        Chart(charts.bars(text, text, [text, "b"], [(text, [answers.Held(1), answers.NotHeld()])]), f"alt {text}"),
    )
    return Letter(
        title=f"Reply {text}",
        language="en-GB",
        sender_name=text,
        letterhead=(text, text),
        references=((text[:300], text[:300]),),
        dated=date(2016, 3, 10),
        addressee=(text,),
        subject=f"Re: {text}",
        blocks=blocks,
        signature=(text,),
        footer=(text[:300],),
        last_line=text,
        marking=text[:40],
    )


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("make", MAKES, ids=lambda make: make.__name__)
def test_hostile_text_in_every_field_makes_a_file_that_opens(make, name):
    made = make(letter_of(HOSTILE[name]))
    match make.__name__:
        case "pdf":
            with pikepdf.open(BytesIO(made)) as pdf:
                assert pdf.check_pdf_syntax() == []
        case "docx":
            assert docx.Document(BytesIO(made)).tables
        case "odt":
            assert odfdo.Document(BytesIO(made)).body.get_tables()
        case "html":
            assert b"\0" not in made


def test_markup_is_printed_as_it_was_written():
    with pdfplumber.open(BytesIO(letter.pdf(letter_of('#eval("1+1") *b* <x>')))) as pdf:
        assert '#eval("1+1") *b* <x>' in pdf.pages[0].extract_text()
    text = docx.Document(BytesIO(letter.docx(letter_of(HOSTILE["word"])))).paragraphs[0].text
    assert text == HOSTILE["word"]


def test_a_page_holds_no_element_that_came_in_as_text():
    page = letter.html(letter_of(HOSTILE["page"])).decode()
    assert "<script" not in page
    assert "<img" not in page


def test_what_no_typeface_has_is_named():
    with pdfplumber.open(BytesIO(letter.pdf(letter_of("Thanks \U0001f600 \U00012000")))) as pdf:
        assert "Thanks [grinning face]" in pdf.pages[0].extract_text()


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_cells_stay_text(name):
    text = HOSTILE[name]
    sheet = tables.Sheet(text, ((text, text),), (text, "status"), [(text, "held"), ("=cmd|' /C calc'!A0", "held")])
    assert tables.csv(sheet).decode("utf-8")
    with zipfile.ZipFile(BytesIO(tables.ods(sheet))) as made:
        ElementTree.fromstring(made.read("content.xml"))
    with zipfile.ZipFile(BytesIO(tables.xlsx(sheet))) as made:
        assert b"<f>" not in made.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_chart_is_well_formed_and_runs_nothing(name):
    text = HOSTILE[name]
    cells = [answers.Held(3), answers.Held(text), answers.Suppressed(text)]
    for draw in (charts.bars, charts.lines, charts.heat):
        drawn = draw(text, text, [text, "b", "c"], [(text, cells), (text, cells)], [("b", text)])
        kinds = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(drawn).iter()}
        assert kinds <= {"svg", "title", "desc", "defs", "pattern", "path", "rect", "circle", "text", "g"}


@given(st.text())
@settings(max_examples=300, deadline=None)
def test_printable_text_is_well_formed_xml_and_stays_so(text):
    clean = characters.printable(text)
    assert characters.printable(clean) == clean
    ElementTree.fromstring(f"<t>{canvas.escaped(clean)}</t>")
    clean.encode("utf-8")


@given(st.text(alphabet=st.characters(codec="utf-8")))
@settings(max_examples=200, deadline=None)
def test_breaking_a_word_adds_nothing_that_is_seen(text):
    assert characters.breakable(text, 10).replace("\u200b", "") == text.replace("\u200b", "")


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_at_all_can_be_set_as_pdf(text):
    plain = Letter(
        **{
            **{field.name: "" for field in fields(Letter)},
            "title": "t",
            "language": "en-GB",
            "subject": "s",
            "dated": date(2016, 3, 10),
            "blocks": (Paragraph.of(text), Table(text, ("a", text), ((text, text),), row_headers=True)),
            **dict.fromkeys(("letterhead", "references", "addressee", "signature", "footer"), ()),
        }
    )
    assert letter.pdf(replace(plain, signature=(text,))).startswith(b"%PDF")
