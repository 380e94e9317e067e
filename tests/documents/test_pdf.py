"""The letter as PDF, read back with another library: tagged, titled, in its language, its tables headed."""

import hashlib
import pickle
import subprocess
import sys
import time
from dataclasses import replace
from io import BytesIO

import pdfplumber
import pikepdf
import pytest

from candour.documents import letter
from candour.documents.blocks import Bullets, Chart, Heading, Note, Paragraph, Question, Table

PDF_UA = "{http://www.aiim.org/pdfua/ns/id/}part"


def opened(reply):
    return pikepdf.open(BytesIO(letter.pdf(reply)))


def elements(element):
    kids = element.get("/K", [])
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def tagged(pdf, *kinds):
    return [each for each in elements(pdf.Root.StructTreeRoot) if str(each.S) in kinds]


def attribute(element, name):
    found = element.get("/A", [])
    rows = list(found) if isinstance(found, pikepdf.Array) else [found]
    return next((str(row[name]) for row in rows if name in row), None)


def text_of(pdf_bytes):
    with pdfplumber.open(BytesIO(pdf_bytes)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_it_is_pdf_ua_and_says_its_title_and_language(reply):
    with opened(reply) as pdf:
        assert pdf.Root.Lang == "en-GB"
        assert bool(pdf.Root.MarkInfo.Marked)
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert pdf.docinfo.Title == reply.title
        with pdf.open_metadata() as metadata:
            assert metadata[PDF_UA] == "1"
            assert metadata["dc:title"] == reply.title


def test_every_table_has_column_headers_and_row_headers_where_asked(reply):
    asked = [block for block in reply.blocks if isinstance(block, Table)]
    with opened(reply) as pdf:
        tables = tagged(pdf, "/Table")
        assert len(tables) == len(asked)
        for table, block in zip(tables, asked, strict=True):
            heads = [each for each in elements(table) if each.S == "/TH"]
            columns = [each for each in heads if attribute(each, "/Scope") == "/Column"]
            rows = [each for each in heads if attribute(each, "/Scope") == "/Row"]
            assert len(columns) == len(block.header)
            assert len(rows) == len(block.rows) * block.row_headers
            assert [str(each.S) for each in elements(table)].count("/Caption") == 1


def test_the_order_of_reading_begins_with_the_sender_and_questions_are_quotations(reply):
    with opened(reply) as pdf:
        kinds = [str(each.S) for each in elements(pdf.Root.StructTreeRoot)]
        assert kinds[:3] == ["/Document", "/P", "/P"]
        assert kinds.count("/BlockQuote") == sum(isinstance(block, Question) for block in reply.blocks)
        assert kinds.count("/H1") == 1
    text = text_of(letter.pdf(reply))
    assert "Page 1 of 3" in text
    assert "The chair of the board, Chair" in text
    assert "Freedom of Information request" in text


def test_the_last_line_can_be_copied_whole(reply):
    digest = reply.last_line.split()[-1]
    assert digest in text_of(letter.pdf(reply))


def test_the_same_letter_gives_the_same_bytes_here_and_in_another_process(reply, tmp_path):
    (tmp_path / "letter").write_bytes(pickle.dumps(reply))
    program = (
        "import pickle, sys, hashlib, pathlib\n"
        "from candour.documents import letter\n"
        "reply = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes())\n"
        "makes = (letter.pdf, letter.docx, letter.odt, letter.html)\n"
        "print(*(hashlib.sha256(make(reply)).hexdigest() for make in makes))"
    )
    there = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "letter")], capture_output=True, text=True, check=True
    ).stdout.split()
    makes = (letter.pdf, letter.docx, letter.odt, letter.html)
    assert [hashlib.sha256(make(reply)).hexdigest() for make in makes] == there
    assert [hashlib.sha256(make(reply)).hexdigest() for make in makes] == there


def test_a_changed_figure_changes_the_bytes(reply):
    assert letter.pdf(replace(reply, last_line="record no. 419")) != letter.pdf(reply)


def test_a_warm_letter_in_all_four_formats_takes_less_than_its_allowance(reply):
    def seconds(serial):
        fresh = replace(reply, blocks=(*reply.blocks, Note(f"Drawn {serial} times.")))
        started = time.perf_counter()
        for make in (letter.pdf, letter.docx, letter.odt, letter.html):
            make(fresh)
        return time.perf_counter() - started

    seconds(0)
    assert min(seconds(serial) for serial in range(1, 4)) < 0.3


def test_a_heading_level_is_never_skipped(reply):
    with opened(replace(reply, blocks=(Heading("Deep", 3), Heading("Deeper", 3)))) as pdf:
        assert [str(each.S) for each in tagged(pdf, "/H1", "/H2", "/H3")] == ["/H1", "/H2", "/H3"]


def test_a_long_table_goes_over_pages_and_repeats_its_header(reply):
    rows = tuple((f"Department {at}", str(at)) for at in range(120))
    long = Table("Incidents by department", ("Department", "Incidents"), rows, row_headers=True)
    made = letter.pdf(replace(reply, blocks=(long,)))
    assert "Department 119" in text_of(made)
    assert text_of(made).count("Department Incidents") > 2


def test_a_question_is_on_the_page_of_the_first_line_of_its_answer(reply):
    for lines in range(24, 40):
        blocks = (
            *(Paragraph.of(f"Line {at}.") for at in range(lines)),
            Question("1.", "How many?"),
            Paragraph.of("As many as the table says:"),
            Table("Counted", ("2014/15",), (("81",),)),
            Note("Counted by the day logged."),
        )
        pages = [page for page in _pages(letter.pdf(replace(reply, blocks=blocks))) if "How many?" in page]
        assert len(pages) == 1
        assert "As many as" in pages[0]
        assert "81" in pages[0]
        assert "Counted by the day logged" in pages[0]


def _pages(pdf_bytes):
    with pdfplumber.open(BytesIO(pdf_bytes)) as pdf:
        return [page.extract_text() for page in pdf.pages]


def test_a_chart_carries_its_words(reply):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 5"><rect width="5" height="5"/></svg>'
    with opened(replace(reply, blocks=(Chart(drawing, "Events rose from 4 to 80."),))) as pdf:
        assert [str(each.Alt) for each in tagged(pdf, "/Figure")] == ["Events rose from 4 to 80."]


def test_a_chart_without_words_is_refused():
    with pytest.raises(ValueError, match="says what it shows"):
        Chart("<svg/>", " ")


def test_the_marking_stands_at_the_top_and_bottom_of_every_page(reply):
    for page in _pages(letter.pdf(replace(reply, marking="OFFICIAL-SENSITIVE"))):
        lines = page.splitlines()
        assert "OFFICIAL-SENSITIVE" in lines[0]
        assert "OFFICIAL-SENSITIVE" in lines[-1]


def test_a_welsh_letter_speaks_welsh_and_its_letters_are_in_the_typeface(reply):
    made = letter.pdf(replace(reply, language="cy", blocks=(Paragraph.of("Tŷ, dŵr, Ŵy a ŷd"),)))
    text = text_of(made)
    assert "10 Mawrth 2016" in text
    assert "Tudalen 1 o 1" in text
    assert "Tŷ, dŵr, Ŵy a ŷd" in text


def test_a_letter_with_the_least_of_everything_can_be_set(reply):
    bare = replace(
        reply,
        letterhead=(),
        references=(),
        addressee=(),
        blocks=(),
        signature=(),
        footer=(),
        last_line="",
        language="cy",
    )
    for make in (letter.pdf, letter.docx, letter.odt, letter.html):
        assert make(bare)


def test_bullets_are_a_list(reply):
    with opened(replace(reply, blocks=(Bullets.of(["one", "two"]),))) as pdf:
        assert len(tagged(pdf, "/LI")) == 2
