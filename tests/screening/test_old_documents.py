"""Documents of Word 97 to 2003 as LibreOffice writes them: what lies within, and what only a style hides, is found."""

import io

import docx
import libreoffice
import pytest
from docx.shared import Pt
from PIL import Image

from candour.screening import looking
from candour.screening.cleaning import renditions
from candour.screening.findings import Verdict
from office_corpus import clean, documents, open_documents
from office_corpus.packages import parts_of, with_parts

SECRET = "ask the officer of the north team"


def photographed():
    """A letter with a picture that tells who took it."""
    letter, taken, made = documents.plain(), Image.Exif(), io.BytesIO()
    taken[0x013B] = "Officer"
    Image.new("RGB", (40, 40), "grey").save(made, "JPEG", exif=taken)
    letter.add_picture(io.BytesIO(made.getvalue()))
    return documents.saved(letter)


def hidden_in_a_style():
    letter = documents.plain()
    letter.styles.add_style("Aside", docx.enum.style.WD_STYLE_TYPE.PARAGRAPH).font.hidden = True
    letter.add_paragraph(SECRET, "Aside")
    return documents.saved(letter)


def tiny_in_the_header():
    letter = documents.plain()
    letter.sections[0].header.paragraphs[0].add_run(SECRET).font.size = Pt(1)
    return documents.saved(letter)


def hidden_in_a_cell():
    letter = documents.plain()
    letter.tables[0].cell(1, 1).paragraphs[0].add_run(SECRET).font.hidden = True
    return documents.saved(letter)


def with_a_sheet():
    """A text within which a whole spreadsheet lies."""
    frame = (
        '<text:p><draw:frame svg:width="5cm" svg:height="3cm" text:anchor-type="as-char"><draw:object '
        'xlink:href="./Object 1" xlink:type="simple" xlink:show="embed" xlink:actuate="onLoad"/></draw:frame></text:p>'
    )
    book = parts_of(open_documents.whole(clean.CLEAN["odfdo.ods"]()))
    kept = {f"Object 1/{name}": book[name] for name in ("content.xml", "styles.xml") if name in book}
    made = open_documents.whole(with_parts(open_documents.odt(frame), kept))
    listed = parts_of(made)["META-INF/manifest.xml"].decode()
    kind = 'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"'
    one = f'<manifest:file-entry manifest:full-path="Object 1/" {kind}/>'
    return with_parts(
        made, {"META-INF/manifest.xml": listed.replace("</manifest:manifest>", f"{one}</manifest:manifest>")}
    )


def with_a_box():
    box = '<text:p><draw:frame svg:width="5cm" svg:height="3cm" text:anchor-type="paragraph"><draw:text-box><text:p>'
    return open_documents.whole(open_documents.odt(f"{box}{SECRET}</text:p></draw:text-box></draw:frame></text:p>"))


HEADED = (
    '<text:h text:outline-level="1">Answers</text:h>'
    '<text:p><text:span text:style-name="gone">Secretname</text:span>The first part.</text:p>'
)
GONE = '<style:style style:name="gone" style:family="text"><style:text-properties text:display="none"/></style:style>'


def with_headings_and_lists():
    plain = parts_of(clean.CLEAN["rich.odt"]())["content.xml"].decode()
    made = plain.replace("<text:p>Thank", f"{HEADED}<text:p>Thank", 1).replace("<style:style", f"{GONE}<style:style", 1)
    return open_documents.whole(with_parts(clean.CLEAN["rich.odt"](), {"content.xml": made}))


FOUND = {
    "photographed.docx": (photographed, "picture.author"),
    "style.docx": (hidden_in_a_style, "doc.hidden-text"),
    "header.docx": (tiny_in_the_header, "doc.tiny-text"),
    "cell.docx": (hidden_in_a_cell, "doc.hidden-text"),
    "sheet.odt": (with_a_sheet, "doc.embedded-file"),
    "box.odt": (with_a_box, "doc.in-part"),
    "headed.odt": (with_headings_and_lists, "doc.hidden-text"),
}


@pytest.fixture(scope="module")
def written(office, tmp_path_factory):
    folder = tmp_path_factory.mktemp("old")
    inputs = [folder / name for name in FOUND]
    for place in inputs:
        place.write_bytes(FOUND[place.name][0]())
    libreoffice.convert(office, inputs, "doc", folder / "written")
    return {one.name: (folder / "written" / f"{one.stem}.doc").read_bytes() for one in inputs}


@pytest.fixture(scope="module")
def reports(written):
    return {name: looking.look(content, "reply.doc") for name, content in written.items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", FOUND)
def test_what_a_document_carries_is_found(name, reports):
    assert FOUND[name][1] in {finding.code for finding in reports[name].findings}, reports[name].findings


@pytest.mark.slow
def test_a_picture_that_tells_who_took_it_is_no_reason_to_stop_the_document(reports):
    assert reports["photographed.docx"].verdict is Verdict.WARN


@pytest.mark.slow
def test_a_clean_rendition_holds_the_words_in_order_with_headings_lists_and_tables(written):
    made = renditions.clean(written["headed.odt"], "reply.doc")
    read = docx.Document(io.BytesIO(made.content))
    said = [(one.style.name.partition(" ")[0], one.text) for one in read.paragraphs]
    assert said == [
        ("Heading", "Answers"), ("Letter", "The first part."), ("Letter", "Thank you for your request."),
        ("Letter", "See the page."), ("Letter", "80"), ("Letter", "1.\tfirst"), ("Letter", "2.\tsecond"),
        ("Letter", "\tAs at March."),
    ]  # fmt: skip
    assert [cell.text for cell in read.tables[0].row_cells(0)] == ["Year"]
    assert looking.look(made.content, made.name).verdict is not Verdict.BLOCK
    assert "1 piece of hidden, faint or tiny text" in made.left_out


@pytest.mark.slow
def test_a_clean_rendition_draws_the_pictures_anew(written):
    made = renditions.clean(written["photographed.docx"], "reply.doc")
    assert {one.code for one in looking.look(made.content, made.name).findings} & {"picture.author"} == set()
    assert len(docx.Document(io.BytesIO(made.content)).inline_shapes) == 1
