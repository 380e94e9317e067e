"""What a document keeps in its clean rendition besides its text: headers, numbers of lists, tables, cut pictures."""

import io
import zipfile

import docx
import odfdo
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from candour.screening import looking
from candour.screening.cleaning import numbering, renditions
from candour.screening.cleaning.numbering import Counts, Level
from office_corpus import open_documents
from screening.test_cleaning_documents import HIDDEN, holds, picture, saved, w


def field(name):
    return w(f'<w:fldSimple w:instr="{name}"><w:r><w:t>9</w:t></w:r></w:fldSimple>')


def complex_field(name):
    return [
        w(f"<w:r>{inner}</w:r>".replace("<w:r>", '<w:r w:rsidR="1">'))
        for inner in (
            '<w:fldChar w:fldCharType="begin"/>', f"<w:instrText> {name} </w:instrText>",
            '<w:fldChar w:fldCharType="separate"/>', "<w:t>9</w:t>", "<w:t>9</w:t>", '<w:fldChar w:fldCharType="end"/>',
        )
    ]  # fmt: skip


def cleaned(document, name="report.docx"):
    clean = renditions.clean(saved(document), name)
    assert not holds(clean.content, HIDDEN)
    assert looking.look(clean.content, clean.name).verdict != "block"
    return clean, docx.Document(io.BytesIO(clean.content))


def test_headers_and_footers_stay_and_page_numbers_count():
    document = docx.Document()
    document.add_paragraph("The text.")
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "The letterhead"
    section.header.paragraphs[0].text = "Annual report"
    hidden = section.header.paragraphs[0].add_run(HIDDEN)
    hidden.font.hidden = True
    footer = section.footer.paragraphs[0]
    footer.add_run("Page ")
    for one in (*complex_field("PAGE"), field("NUMPAGES")):
        footer._p.append(one)
    _, read = cleaned(document)
    kept = read.sections[0]
    assert kept.different_first_page_header_footer
    assert kept.first_page_header.paragraphs[0].text == "The letterhead"
    assert kept.header.paragraphs[0].text == "Annual report"
    found = [one.get(f"{{{footer._p.nsmap['w']}}}instr") for one in kept.footer._element.iter("{*}fldSimple")]
    assert found == ["PAGE", "NUMPAGES"]
    assert "9" not in kept.footer.paragraphs[0].text


def test_every_section_keeps_its_own_headers_and_footers():
    document = docx.Document()
    first = document.sections[0]
    first.header.paragraphs[0].text, first.footer.paragraphs[0].text = "First above", "Below all"
    document.add_paragraph("The text.")
    later = document.add_section()
    later.header.is_linked_to_previous = False
    later.header.paragraphs[0].text = "Later above"
    document.add_paragraph("The annex.")
    _, read = cleaned(document)
    assert [one.text for one in read.paragraphs if one.text] == ["The text.", "The annex."]
    assert [one.header.paragraphs[0].text for one in read.sections] == ["First above", "Later above"]
    assert [one.footer.paragraphs[0].text for one in read.sections] == ["Below all", "Below all"]


def test_even_pages_keep_theirs_and_a_section_that_changes_nothing_is_none():
    document = docx.Document()
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].header.paragraphs[0].text = "Odd"
    document.sections[0].even_page_header.paragraphs[0].text = "Even"
    document.add_section()
    document.add_paragraph("The text.")
    _, read = cleaned(document)
    (section,) = read.sections
    assert (section.header.paragraphs[0].text, section.even_page_header.paragraphs[0].text) == ("Odd", "Even")
    assert read.settings.odd_and_even_pages_header_footer


NUMBERS = """<w:abstractNum w:abstractNumId="77">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1(%2)"/></w:lvl>
</w:abstractNum>"""


def test_the_numbers_of_a_list_stay_as_they_are_read():
    document = docx.Document()
    lists = document.part.numbering_part.element
    lists.insert(0, w(NUMBERS))
    for name in ("771", "772"):
        over = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>' if name == "772" else ""
        lists.append(w(f'<w:num w:numId="{name}"><w:abstractNumId w:val="77"/>{over}</w:num>'))
    for name, depth, text in (
        ("771", 0, "one"),
        ("771", 1, "a"),
        ("771", 1, "b"),
        ("771", 0, "two"),
        ("772", 0, "anew"),
    ):
        settings = document.add_paragraph(text)._p.get_or_add_pPr()
        settings.append(w(f'<w:numPr w:x=""><w:ilvl w:val="{depth}"/><w:numId w:val="{name}"/></w:numPr>'))
    _, read = cleaned(document)
    assert [one.text for one in read.paragraphs] == ["1.\tone", "1(a)\ta", "1(b)\tb", "2.\ttwo", "1.\tanew"]


def test_merged_cells_keep_their_columns_and_what_is_under_them_goes():
    document = docx.Document()
    table = document.add_table(3, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = str(number)
    table.cell(2, 2).text = HIDDEN
    table.cell(0, 0).merge(table.cell(0, 1)).text = "wide"
    under = table.cell(2, 2)._tc
    table.cell(1, 2)._tc.get_or_add_tcPr().append(w('<w:vMerge w:val="restart"/>'))
    under.get_or_add_tcPr().append(w('<w:vMerge w:x=""/>'))
    _, read = cleaned(document)
    rows = [[cell.text for cell in row.cells] for row in read.tables[0].rows]
    assert rows == [["wide", "", "2"], ["3", "4", "5"], ["6", "7", ""]]


def test_rows_in_a_control_of_the_page_stay():
    document = docx.Document()
    table = document.add_table(2, 1)
    table.cell(0, 0).text, table.cell(1, 0).text = "above", "in a control"
    row = table.rows[1]._tr
    control = w('<w:sdt w:x=""><w:sdtContent/></w:sdt>')
    row.addprevious(control)
    control[0].append(row)
    _, read = cleaned(document)
    assert [cell.text for cell in read.tables[0].columns[0].cells] == ["above", "in a control"]


def test_a_picture_in_a_table_stays():
    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).paragraphs[0].add_run().add_picture(picture())
    _, read = cleaned(document)
    assert len(read.inline_shapes) == 1


def test_what_is_left_out_of_a_document_is_counted():
    document = docx.Document()
    text = document.add_paragraph("What everybody reads.")
    text.add_run(HIDDEN).font.hidden = True
    text._p.append(w(f'<w:del w:id="1"><w:r><w:delText>{HIDDEN}</w:delText></w:r></w:del>'))
    document.add_comment(text.runs[0], text=HIDDEN)
    clean, _ = cleaned(document)
    assert {"1 piece of hidden, faint or tiny text", "1 tracked deletion", "1 comment"} <= set(clean.left_out)


LISTS = """<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"
style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="("
style:num-suffix=")"/></text:list-style>"""
ITEMS = """<text:list text:style-name="L"><text:list-item><text:p>one</text:p><text:list><text:list-item><text:p>inner
</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>two</text:p></text:list-item></text:list>
<text:list text:style-name="L"><text:list-item><text:p>anew</text:p></text:list-item></text:list>"""
PAGE = """<office:master-styles><style:master-page style:name="Standard"><style:header><text:p>Annual report</text:p>
</style:header><style:footer><text:p>Page <text:page-number>9</text:page-number></text:p></style:footer>
<style:footer-left style:display="false"><text:p>SECRET</text:p></style:footer-left></style:master-page>
</office:master-styles>""".replace("SECRET", HIDDEN)


def open_text(inner="", styles="", common="", **parts):
    clean = renditions.clean(open_documents.odt(inner, styles, common, **parts), "report.odt")
    assert not holds(clean.content, HIDDEN)
    assert looking.look(clean.content, clean.name).verdict != "block"
    return clean


def test_an_open_document_keeps_its_numbers_header_and_footer():
    clean = open_text(ITEMS, LISTS, PAGE)
    read = odfdo.Document(io.BytesIO(clean.content))
    text = read.get_formatted_text()
    for label, words in (("1.", "one"), ("(a)", "inner"), ("2.", "two"), ("1.", "anew")):
        assert f"{label}\t{words}" in text
    styles = read.get_part("styles.xml").serialize().decode()
    assert "Annual report" in styles
    assert "<text:page-number>" in styles


PAGES = """<office:master-styles>
<style:master-page style:name="Cover" style:next-style-name="Standard"><style:header><text:p>On the cover</text:p>
</style:header></style:master-page><style:master-page style:name="Standard"><style:header><text:p>On all pages</text:p>
</style:header><style:header-left><text:p>On the left</text:p></style:header-left></style:master-page>
<style:master-page style:name="Annex"><style:header><text:p>In the annex</text:p></style:header></style:master-page>
<style:master-page style:name="Unused"><style:header><text:p>SECRET</text:p></style:header></style:master-page>
</office:master-styles>""".replace("SECRET", HIDDEN)
TURNS = """<style:style style:name="C" style:family="paragraph" style:master-page-name="Cover"/>
<style:style style:name="A" style:family="paragraph" style:master-page-name="Annex"/>"""


def test_every_page_style_of_an_open_document_keeps_what_stands_around_it():
    # the corpus begins with a paragraph of its own, on the standard page
    text = '<text:p text:style-name="C">One</text:p><text:p>Two</text:p><text:p text:style-name="A">Three</text:p>'
    read = odfdo.Document(io.BytesIO(open_text(text, TURNS, PAGES).content))
    pages = read.get_part("styles.xml").get_elements("//style:master-page")
    shown = [
        {child.tag.removeprefix("style:"): child.text_recursive.strip() for child in page.children} for page in pages
    ]
    assert [{name: text for name, text in page.items() if text} for page in shown] == [
        {"header": "On all pages", "header-left": "On the left"},
        {"header": "On all pages", "header-left": "On the left", "header-first": "On the cover"},
        {"header": "In the annex"},
    ]
    assert "Three" in read.get_formatted_text()


@pytest.mark.parametrize(("dots", "size"), [(None, (30, 40)), (192, (0, 40))])
def test_a_cropped_picture_of_an_open_document_is_cut_off_for_good(dots, size):
    drawn = io.BytesIO()
    Image.new("RGB", (60, 40), "green").save(drawn, "PNG", **({"dpi": (dots, dots)} if dots else {}))
    style = open_documents.style(
        "cut", "graphic", '<style:graphic-properties fo:clip="rect(0in, 0in, 0in, 0.3125in)"/>'
    )
    frame = '<draw:frame draw:style-name="cut" svg:width="60pt"><draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    clean = renditions.clean(
        open_documents.odt(f"<text:p>{frame}</text:p>", style, **{"Pictures/a_png": drawn.getvalue()}), "report.odt"
    )
    with zipfile.ZipFile(io.BytesIO(clean.content)) as archive:
        kept = [Image.open(io.BytesIO(archive.read(name))).size for name in archive.namelist() if "Pictures/" in name]
    assert kept == ([size] if size[0] else [])
    if not kept:
        assert any("picture that cannot be drawn" in what for what in clean.left_out)


def test_a_text_box_of_an_open_document_stays():
    box = open_documents.frame("In the box")
    assert holds(open_text(f"<text:p>{box}</text:p>").content, "In the box")


def test_numbers_as_programs_write_them():
    assert [numbering.said(number, "a") for number in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
    assert [numbering.said(number, "I") for number in (1, 4, 9, 40, 1994)] == ["I", "IV", "IX", "XL", "MCMXCIV"]


@given(st.lists(st.integers(0, 3), max_size=30))
def test_a_deeper_level_begins_anew_under_each_item(depths):
    levels = {depth: Level("1", 1, ".".join(f"%{one}" for one in range(1, depth + 2))) for depth in range(4)}
    counts, seen = Counts(), set()
    for depth in depths:
        label = counts.label("list", levels, depth)
        assert len(label.split(".")) == depth + 1
        assert all(int(number) >= 1 for number in label.split("."))
        seen.add(label)
    flat = [depth for depth in depths if depth == 0]
    assert all(str(number) in seen for number in range(1, len(flat) + 1))


def test_the_same_document_gives_the_same_bytes():
    content = open_documents.odt(ITEMS, LISTS, PAGE)
    assert renditions.clean(content, "a.odt") == renditions.clean(content, "a.odt")
