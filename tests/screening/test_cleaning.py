"""A clean rendition holds what is seen, is clear when it is screened again, and what was hidden is not in its bytes."""

import csv
import io
import random
import zipfile
import zlib

import openpyxl
import pikepdf
import pypdfium2
import pytest
from openpyxl.styles import Font
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from candour.screening import looking
from candour.screening.cleaning import made, pages, plain, renditions
from candour.screening.findings import Unreadable
from carriers import deceits

HIDDEN = "Mary Secretname"


def layers(content):
    """Every byte of a file, and of every stream and entry inside it, unpacked."""
    found = [content]
    if content.startswith(b"%PDF"):
        with pikepdf.open(io.BytesIO(content)) as pdf:
            for thing in pdf.objects:
                found.append(repr(thing).encode())
                if isinstance(thing, pikepdf.Stream):
                    found.append(thing.read_raw_bytes())
                    try:
                        found.append(thing.read_bytes())
                    except pikepdf.PdfError:
                        continue
        found += [text.encode() for text in words_of(content)]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            found += [archive.read(name) for name in archive.namelist()]
    return found


def words_of(content):
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def nowhere(word, content):
    """Whether a word is in none of the layers, in none of the ways that text is written."""
    forms = [word.encode(form) for form in ("utf-8", "utf-16-be", "utf-16-le")]
    forms += [form.hex().encode() for form in forms] + [form.hex().upper().encode() for form in forms]
    return not any(form in layer for layer in layers(content) for form in forms)


def pdf(draw, **about):
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=A4, **about)
    page.setFont("Helvetica", 12)
    draw(page)
    page.showPage()
    page.save()
    return made.getvalue()


def under_a_box(page):
    page.drawString(72, 700, HIDDEN)
    page.rect(60, 690, 300, 30, fill=1)


def white_on_white(page):
    page.setFillColorRGB(1, 1, 1)
    page.drawString(72, 700, HIDDEN)


def off_the_page(page):
    page.drawString(-900, 700, HIDDEN)


def drawn_unseen(page):
    text = page.beginText(72, 700)
    text.setTextRenderMode(3)
    text.textOut(HIDDEN)
    page.drawText(text)


def too_small(page):
    page.setFont("Helvetica", 0.5)
    page.drawString(72, 700, HIDDEN)


@pytest.mark.parametrize("hide", [under_a_box, white_on_white, off_the_page, drawn_unseen, too_small])
def test_what_is_not_seen_of_a_pdf_is_not_in_its_rendition(hide):
    def draw(page):
        page.drawString(72, 750, "What everybody sees")
        page.saveState()
        hide(page)
        page.restoreState()
        page.drawString(72, 400, "and this below")

    content = pdf(draw)
    assert HIDDEN in words_of(content)[0]
    clean = renditions.clean(content, "reply.pdf").content
    assert nowhere("Secretname", clean)
    (text,) = words_of(clean)
    assert "What everybody sees" in text
    assert "and this below" in text
    assert looking.look(clean, "reply.pdf").verdict == "clear"


def test_what_was_removed_from_a_pdf_is_in_none_of_its_layers():
    def draw(page):
        page.setAuthor(HIDDEN)
        page.drawString(72, 750, f"The report was made by {HIDDEN} on a Tuesday.")

    content = pdf(draw)
    left = renditions.redacted(content, "reply.pdf", ["mary secretname"], []).content
    assert nowhere("Secretname", left)
    assert nowhere("Mary", left)
    (text,) = words_of(left)
    assert "The report was made by" in text
    assert pages.REMOVED in text
    assert "on a Tuesday" in text


def test_an_area_is_removed_with_text_and_picture():
    red = Image.new("RGB", (100, 100), "red")
    shown = io.BytesIO()
    red.save(shown, "PNG")

    def draw(page):
        page.drawInlineImage(red, 72, 500, 100, 100)
        page.drawString(72, 700, HIDDEN)
        page.drawString(72, 300, "below")

    height = A4[1]
    areas = [made.Area(1, 60, height - 720, 400, height - 690), made.Area(1, 72, height - 600, 172, height - 500)]
    left = renditions.redacted(pdf(draw), "reply.pdf", [], areas).content
    assert nowhere("Secretname", left)
    page = pypdfium2.PdfDocument(left)[0]
    seen = page.render(scale=1).to_pil().convert("RGB")
    assert (255, 0, 0) not in {color for _, color in seen.getcolors(100_000)}
    assert "below" in words_of(left)[0]


def test_a_page_that_is_turned_or_holds_other_letters_keeps_what_is_seen():
    def draw(page):
        page.rotate(90)
        page.drawString(300, -200, "turned")

    clean = renditions.clean(pdf(draw), "reply.pdf").content
    seen = pypdfium2.PdfDocument(clean)[0].render(scale=1).to_pil().convert("L")
    assert seen.getextrema()[0] < 100


def test_text_that_says_other_letters_than_it_shows_becomes_a_picture():
    content = deceits.set_in_type(said_otherwise=True)
    assert "pbhapvy" in words_of(content)[0]
    clean = renditions.clean(content, "reply.pdf").content
    assert words_of(clean) == [""]
    seen = pypdfium2.PdfDocument(clean)[0].render(scale=1).to_pil().convert("L")
    assert seen.getextrema()[0] < 100


def test_what_stands_for_a_text_is_not_set_in_its_place():
    (carrier,) = [one for one in deceits.CARRIERS if one.name == "stands-for.pdf"]
    assert words_of(carrier.make())[0].count("Mary Smith of Hull") == 2
    clean = renditions.clean(carrier.make(), "reply.pdf").content
    assert words_of(clean)[0].count("Mary Smith of Hull") == 1
    assert "what nobody sees" in words_of(clean)[0]


def test_outlined_letters_are_seen_in_the_rendition():
    (carrier,) = [one for one in deceits.CARRIERS if one.name == "outlined.pdf"]
    clean = renditions.clean(carrier.make(), "reply.pdf").content
    seen = pypdfium2.PdfDocument(clean)[0].render(scale=1).to_pil().convert("L")
    assert seen.crop((60, 180, 300, 200)).getextrema()[0] < 160


@pytest.mark.parametrize("content", [b"%PDF-1.7 broken", b"%PDF-"])
def test_a_broken_pdf_has_no_rendition(content):
    with pytest.raises(Unreadable):
        renditions.clean(content, "reply.pdf")


@pytest.fixture
def book():
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Figures"
    for row in (["Year", "Incidents", "Who"], ["2014/15", 80, HIDDEN], ["2015/16", 76, HIDDEN], [HIDDEN, 1, 2]):
        sheet.append(row)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[4].hidden = True
    sheet["A6"], sheet["A6"].font = HIDDEN, Font(color="FFFFFFFF")
    sheet["B6"] = "=SUM(B2:B3)"
    sheet["A900"] = HIDDEN
    made.create_sheet("Officers").append([HIDDEN])
    made["Officers"].sheet_state = "veryHidden"
    made.properties.creator = HIDDEN
    return made


def saved(book):
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_the_rendition_of_a_workbook_is_what_is_seen_as_csv(book):
    clean = renditions.clean(saved(book), "figures.xlsx")
    assert clean.name == "figures.csv"
    rows = list(csv.reader(io.StringIO(clean.content.decode(), newline="")))
    assert rows[:3] == [["Year", "Incidents"], ["2014/15", "80"], ["2015/16", "76"]]
    assert nowhere("Secretname", clean.content)
    assert looking.look(clean.content, clean.name).verdict == "clear"


def test_the_rendition_of_a_workbook_of_several_sheets_is_a_spreadsheet(book):
    book.create_sheet("Notes").append(["a note"])
    clean = renditions.clean(saved(book), "figures.xlsx")
    assert clean.name == "figures.ods"
    assert nowhere("Secretname", clean.content)
    assert not nowhere("a note", clean.content)


def test_a_table_of_text_runs_nothing():
    clean = renditions.clean('name,sum\r\n=cmd|x!A1,-5\r\n@SUM,"+x\u200b"\r\n'.encode(), "table.csv")
    assert clean.content.decode().splitlines() == ["name,sum", "'=cmd|x!A1,-5", "'@SUM,'+x"]


def test_words_are_removed_from_a_text_whatever_their_case_and_gaps():
    text = f"It was {HIDDEN.upper()} who told\nMary\n  Secretname."
    assert plain.without(text, [HIDDEN]) == f"It was {plain.REMOVED} who told\n{plain.REMOVED}."
    left = renditions.redacted(text.encode(), "note.txt", [HIDDEN], [])
    assert nowhere("secretname", left.content.lower())


def test_a_picture_keeps_only_its_pixels():
    shown = io.BytesIO()
    about = Image.Exif()
    about[0x010E] = HIDDEN
    Image.new("RGB", (30, 20), "blue").save(shown, "JPEG", exif=about)
    clean = renditions.clean(shown.getvalue() + HIDDEN.encode(), "photo.jpg")
    assert nowhere("Secretname", clean.content)
    with Image.open(io.BytesIO(clean.content)) as picture:
        assert picture.size == (30, 20)


def test_what_is_transparent_stands_on_white():
    shown = io.BytesIO()
    Image.new("RGBA", (3, 3), (255, 0, 0, 0)).save(shown, "PNG")
    clean = renditions.clean(shown.getvalue(), "picture.png")
    with Image.open(io.BytesIO(clean.content)) as picture:
        assert picture.mode == "RGB"
        assert picture.getpixel((1, 1)) == (255, 255, 255)


def test_a_kind_without_a_rendition_says_so():
    assert renditions.clean(b"PK\x05\x06" + bytes(18), "empty.zip") is None


def test_bytes_without_sense_make_no_rendition_and_no_fault():
    chance = random.Random(5)  # noqa: S311 - the same each time
    for start in (b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"GIF89a"):
        content = start + chance.randbytes(300) + zlib.compress(b"x")
        with pytest.raises(Unreadable):
            renditions.clean(content, "thing")
