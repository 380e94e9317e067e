"""The clean rendition of a document holds what is read in it, and nothing of its past."""

import io
import zipfile

import docx
import odfdo
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt
from PIL import Image

from candour.documents import values
from candour.screening import looking
from candour.screening.cleaning import renditions

HIDDEN = "Secretname"


def holds(content, word):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return any(word.encode() in archive.read(name) for name in archive.namelist())


def saved(document):
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def picture():
    made = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = HIDDEN
    Image.new("RGB", (60, 40), "green").save(made, "JPEG", exif=exif)
    return made


def w(xml):
    """Read a piece of WordprocessingML."""
    return parse_xml(xml.replace(" ", f" {nsdecls('w')} ", 1))


@pytest.fixture
def word():
    """A Word document with a past."""
    document = docx.Document()
    document.core_properties.author = HIDDEN
    document.add_heading("The report", 1)
    seen = document.add_paragraph("What everybody reads. ")
    seen.add_run("In bold.").bold = True
    seen.add_run(HIDDEN).font.hidden = True
    tiny = seen.add_run(HIDDEN)
    tiny.font.size = Pt(0.5)
    gone = f'<w:del w:id="1" w:author="{HIDDEN}"><w:r><w:delText>{HIDDEN} gone</w:delText></w:r></w:del>'
    seen._p.append(w(gone))
    seen._p.append(w(f'<w:ins w:id="2" w:author="{HIDDEN}"><w:r><w:t>Put in later.</w:t></w:r></w:ins>'))
    field = f'<w:fldSimple w:instr="INCLUDETEXT {HIDDEN}.docx"><w:r><w:t>The field says.</w:t></w:r></w:fldSimple>'
    seen._p.append(w(field))
    seen._p.append(w(f'<w:bookmarkStart w:id="3" w:name="{HIDDEN}"/>'))
    document.add_paragraph("An item", style="List Bullet")
    table = document.add_table(2, 2)
    for place, text in enumerate(("Year", "Incidents", "2014/15", "80")):
        table.cell(place // 2, place % 2).text = text
    document.add_picture(picture())
    document.add_comment(seen.runs[0], text=HIDDEN, author=HIDDEN)
    return document


def test_a_word_document_keeps_what_is_read_and_loses_its_past(word):
    content = saved(word)
    assert holds(content, HIDDEN)
    clean = renditions.clean(content, "report.docx")
    assert not holds(clean.content, HIDDEN)
    read = docx.Document(io.BytesIO(clean.content))
    text = "\n".join(paragraph.text for paragraph in read.paragraphs)
    for words in ("The report", "What everybody reads. In bold.", "Put in later.", "The field says.", "An item"):
        assert words in text
    assert read.paragraphs[0].style.name == "Heading 1"
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [
        ["Year", "Incidents"],
        ["2014/15", "80"],
    ]
    assert len(read.inline_shapes) == 1
    assert looking.look(content, "report.docx").verdict == "block"
    assert looking.look(clean.content, clean.name).verdict != "block"


def test_what_is_cropped_from_a_picture_is_cut_off_for_good(word):
    for blip in word.element.iter("{*}blipFill"):
        cut = f'<a:srcRect {nsdecls("a")} l="50000" t="0" r="0" b="50000"/>'
        blip.insert(1, parse_xml(cut))
    clean = renditions.clean(saved(word), "report.docx").content
    with zipfile.ZipFile(io.BytesIO(clean)) as archive:
        (name,) = [name for name in archive.namelist() if "media/" in name]
        with Image.open(io.BytesIO(archive.read(name))) as left:
            assert left.size == (30, 20)


@pytest.fixture
def text():
    """An OpenDocument text with a past."""
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "The report"))
    style = odfdo.Style("text", name="unseen", display="none")
    style.set_properties({"text:display": "none"}, area="text")
    document.insert_style(style, automatic=True)
    paragraph = odfdo.Paragraph("What everybody reads. ")
    paragraph.append(odfdo.Span(f"{HIDDEN} unseen", style="unseen"))
    paragraph.append(odfdo.Annotation(HIDDEN, creator=HIDDEN))
    document.body.append(paragraph)
    section = odfdo.Element.from_tag(f'<text:section text:name="{HIDDEN}" text:display="none"/>')
    section.append(odfdo.Paragraph(HIDDEN))
    document.body.append(section)
    document.body.append(odfdo.List(["An item"]))
    document.meta.creator = HIDDEN
    return saved(document)


def test_an_open_document_keeps_what_is_read_and_loses_its_past(text):
    assert holds(text, HIDDEN)
    clean = renditions.clean(text, "report.odt")
    assert not holds(clean.content, HIDDEN)
    for words in ("The report", "What everybody reads. ", "An item"):
        assert holds(clean.content, words)
    assert looking.look(text, "report.odt").verdict == "block"
    assert looking.look(clean.content, clean.name).verdict != "block"


def test_a_spreadsheet_of_open_document_keeps_what_is_seen():
    plain = values.spreadsheet([("Figures", [["Year", "Incidents"], ["2014/15", "80"], [HIDDEN, "1"]])])
    with zipfile.ZipFile(io.BytesIO(plain)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    row = f'<table:table-row><table:table-cell office:value-type="string"><text:p>{HIDDEN}'.encode()
    assert row in parts["content.xml"]
    hidden = row.replace(b"<table:table-row", b'<table:table-row table:visibility="collapse"')
    parts["content.xml"] = parts["content.xml"].replace(row, hidden)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    clean = renditions.clean(made.getvalue(), "figures.ods")
    assert clean.content.decode().splitlines() == ["Year,Incidents", "2014/15,80"]
