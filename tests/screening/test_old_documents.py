"""Documents of Word 97 to 2003 as LibreOffice writes them: what lies within, and what only a style hides, is found."""

import io

import docx
import libreoffice
import pytest
from docx.shared import Pt
from PIL import Image

from candour.screening import looking
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


FOUND = {
    "photographed.docx": (photographed, "picture.author"),
    "style.docx": (hidden_in_a_style, "doc.hidden-text"),
    "header.docx": (tiny_in_the_header, "doc.tiny-text"),
    "cell.docx": (hidden_in_a_cell, "doc.hidden-text"),
    "sheet.odt": (with_a_sheet, "doc.embedded-file"),
    "box.odt": (with_a_box, "doc.in-part"),
}


@pytest.fixture(scope="module")
def reports(office, tmp_path_factory):
    folder = tmp_path_factory.mktemp("old")
    inputs = [folder / name for name in FOUND]
    for place in inputs:
        place.write_bytes(FOUND[place.name][0]())
    libreoffice.convert(office, inputs, "doc", folder / "written")
    written = {one.name: folder / "written" / f"{one.stem}.doc" for one in inputs}
    return {name: looking.look(made.read_bytes(), made.name) for name, made in written.items()}


@pytest.mark.slow
@pytest.mark.parametrize("name", FOUND)
def test_what_a_document_carries_is_found(name, reports):
    assert FOUND[name][1] in {finding.code for finding in reports[name].findings}, reports[name].findings


@pytest.mark.slow
def test_a_picture_that_tells_who_took_it_is_no_reason_to_stop_the_document(reports):
    assert reports["photographed.docx"].verdict is Verdict.WARN
