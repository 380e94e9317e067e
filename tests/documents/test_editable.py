"""The letter as DOCX, ODT and HTML, read back with the libraries that other people use."""

import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import docx
import odfdo
from docx.oxml.ns import qn

from candour.documents import letter
from candour.documents.blocks import Chart, Paragraph, Question, Run, Table

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240"><rect width="5" height="5"/></svg>'


def word(reply):
    return docx.Document(BytesIO(letter.docx(reply)))


def open_document(reply):
    return odfdo.Document(BytesIO(letter.odt(reply)))


class Page(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.text = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.tags if name == tag]


def test_word_has_real_styles_a_title_and_a_language(reply):
    document = word(reply)
    styles = {paragraph.style.name for paragraph in document.paragraphs}
    assert {"Heading 1", "Heading 2", "Question", "List Bullet", "Caption", "Note", "Signature", "Last Line"} <= styles
    assert document.core_properties.title == reply.title
    assert document.core_properties.language == "en-GB"
    assert document.core_properties.created.date() == reply.dated
    assert document.styles.element.find(f".//{qn('w:lang')}").get(qn("w:val")) == "en-GB"


def test_word_counts_its_pages_in_every_footer(reply):
    section = word(reply).sections[0]
    for footer in (section.footer, section.first_page_footer):
        fields = [each.get(qn("w:instr")).strip() for each in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert "The chair of the board, Chair" in footer.paragraphs[0].text


def test_word_marks_header_rows_and_does_not_split_a_table(reply):
    asked = [block for block in reply.blocks if isinstance(block, Table)]
    tables = word(reply).tables
    assert [[cell.text for cell in table.rows[0].cells] for table in tables] == [list(block.header) for block in asked]
    for table, block in zip(tables, asked, strict=True):
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
        look = table._tbl.tblPr.find(qn("w:tblLook"))
        assert look.get(qn("w:firstColumn")) == str(int(block.row_headers))
        assert all(paragraph.paragraph_format.keep_with_next for paragraph in table.rows[0].cells[0].paragraphs)


def test_word_keeps_links(reply):
    document = word(reply)
    targets = {each.target_ref for each in document.part.rels.values() if each.is_external}
    assert any(target.endswith("information-assurance-policy-version-3-2.pdf") for target in targets)


def test_word_says_nothing_of_the_program_it_was_made_with(reply):
    names = zipfile.ZipFile(BytesIO(letter.docx(reply))).namelist()
    assert not [name for name in names if "customXml" in name or "thumbnail" in name or "app.xml" in name]


def test_word_and_odt_show_a_chart_with_its_words(reply):
    with_chart = replace(reply, blocks=(Chart(DRAWING, "Events rose."), Chart(DRAWING, "They fell.")))
    inline = word(with_chart).inline_shapes
    assert [shape._inline.docPr.get("descr") for shape in inline] == ["Events rose.", "They fell."]
    content = open_document(with_chart)
    frames = content.body.get_elements("//draw:frame")
    assert [frame.get_element("svg:desc").text for frame in frames] == ["Events rose.", "They fell."]
    assert content.get_part("Pictures/chart0.png").startswith(b"\x89PNG")


def test_odt_has_headings_styles_footer_and_page_numbers(reply):
    document = open_document(reply)
    assert [head.get_attribute("text:outline-level") for head in document.body.get_headers()][:2] == ["1", "2"]
    styles = document.get_part("styles.xml").serialize().decode()
    assert styles.count("<text:page-number") == 2
    assert "The chair of the board, Chair" in styles
    assert 'fo:language="en" fo:country="GB"' in styles
    meta = document.get_part("meta.xml")
    assert meta.title == reply.title
    assert str(meta.creation_date) == "2016-03-10 12:00:00"


def test_odt_tables_have_header_rows_and_header_columns(reply):
    tables = open_document(reply).body.get_tables()
    asked = [block for block in reply.blocks if isinstance(block, Table)]
    assert len(tables) == len(asked)
    for table, block in zip(tables, asked, strict=True):
        assert len(table.get_elements("table:table-header-rows/table:table-row")) == 1
        assert len(table.get_elements("table:table-header-columns")) == int(block.row_headers)
        assert [
            cell.text_recursive.strip() for cell in table.get_elements("table:table-header-rows//table:table-cell")
        ] == list(block.header)


def test_odt_uses_no_style_that_it_does_not_define(reply):
    made = zipfile.ZipFile(BytesIO(letter.odt(reply)))
    content, styles = made.read("content.xml").decode(), made.read("styles.xml").decode()
    used = set(re.findall(r'(?:text|table):style-name="([^"]+)"', content + styles))
    defined = set(re.findall(r'style:name="([^"]+)"', content + styles))
    assert used <= defined


def test_the_type_of_an_odt_comes_first_and_plain(reply):
    made = letter.odt(reply)
    assert made[30:38] == b"mimetype"
    assert made[38:].startswith(b"application/vnd.oasis.opendocument.text")


def test_the_page_stands_alone_with_headers_language_and_no_script(reply):
    page = Page(letter.html(reply).decode())
    assert page.all("html") == [{"lang": "en-GB"}]
    assert len(page.all("h1")) == 1
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("img")
    assert not [attrs for _, attrs in page.tags if "style" in attrs or any(name.startswith("on") for name in attrs)]
    scopes = [attrs.get("scope") for attrs in page.all("th")]
    assert scopes.count("row") == 7
    assert None not in scopes
    assert len(page.all("caption")) == sum(isinstance(block, Table) for block in reply.blocks)
    assert len(page.all("blockquote")) == sum(isinstance(block, Question) for block in reply.blocks)


def test_only_the_web_and_mailboxes_are_linked(reply):
    runs = (
        Run("web", "https://www.sample-body.example/"),
        Run("mail", "mailto:governance@sample-body.example"),
        Run("script", "javascript:alert(1)"),
        Run("file", "file:///etc/passwd"),
        Run("data", "data:text/html,<script>"),
        Run("spaces", "https://a b"),
    )
    page = Page(letter.html(replace(reply, blocks=(Paragraph(runs),))).decode())
    assert [attrs["href"] for attrs in page.all("a")] == [runs[0].link, runs[1].link]
    document = word(replace(reply, blocks=(Paragraph(runs),)))
    assert len([each for each in document.part.rels.values() if each.is_external]) == 2


def test_all_formats_say_the_same_words(reply):
    spoken = [
        "Approximately how many members of staff do you have?",
        "About 1,800, as at 31 December 2015.",
        "Other information security incidents, by financial year",
        "governance@sample-body.example",
    ]
    page = " ".join(Page(letter.html(reply).decode()).text)
    office = open_document(reply).get_formatted_text()
    document = " ".join(element.text or "" for element in word(reply).element.body.iter(qn("w:t")))
    for sentence in spoken:
        assert sentence in page
        assert sentence in office
        assert sentence in document
