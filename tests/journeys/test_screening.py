"""A spreadsheet with a hidden sheet stops a release; its clean rendition goes out, cleared by a second person."""

import io

import openpyxl
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

LEGIBLE = 200
"""Pixels: a side that a person is to compare is at least so wide."""

REQUEST = "/requests/Gov/SB%2016-1/"


@pytest.fixture(scope="module")
def workbook():
    """Figures for a requester, and a sheet that nobody sees."""
    book = openpyxl.Workbook()
    for row in (["Year", "Incidents"], ["2013/14", 50], ["2014/15", 80]):
        book.active.append(row)
    hidden = book.create_sheet("Officers")
    hidden.append(["Surname", "Initial"])
    hidden.sheet_state = "hidden"
    made = io.BytesIO()
    book.save(made)
    return {"name": "figures.xlsx", "mimeType": "application/octet-stream", "buffer": made.getvalue()}


@pytest.fixture(scope="module")
def letter():
    """A letter with an address in it that is not to leave."""
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=A4, invariant=1)
    page.setFont("Helvetica", 12)
    for down, text in enumerate(("Dear Sir or Madam", "The reporter lives at 12 Example Street.", "Yours faithfully")):
        page.drawString(72, 742 - 40 * down, text)
    page.save()
    return {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": made.getvalue()}


def test_an_area_is_read_off_the_grid_and_removed(page_at, letter):
    officer = page_at(who="information.rights").opens(REQUEST).sees("On its way out")
    page = officer.page
    page.get_by_text("Enclose a file").click()
    page.get_by_label("File", exact=True).set_input_files(letter)
    officer.presses("Enclose").sees("letter.pdf")
    page.get_by_role("button", name="Remove words or areas of letter.pdf").click()
    officer.sees("Page 1 of 1").looks("redact")
    for edge, millimetres in (("Left edge", "24"), ("Right edge", "110"), ("Top edge", "42"), ("Bottom edge", "20")):
        page.get_by_label(edge).fill(millimetres)
    officer.presses("Mark this area").sees("There is a problem").looks("redact-wrong")
    page.get_by_label("Bottom edge").fill("52")
    officer.presses("Mark this area").sees("Areas to remove").looks("redact-marked")
    officer.presses("Remove for good").sees("letter.pdf")
    with page.expect_download() as kept:
        page.get_by_role("link", name="letter.pdf").first.click()
    (text,) = (one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(kept.value.path()))
    assert "Example Street" not in text
    assert "Yours faithfully" in text
    page.get_by_role("button", name="Take out letter.pdf").click()


def test_a_hidden_sheet_stops_a_release_and_its_clean_rendition_goes_out(page_at, workbook):
    officer = page_at(who="information.rights").opens(REQUEST).sees("On its way out")
    page = officer.page
    page.get_by_text("Enclose a file").click()
    page.get_by_label("File", exact=True).set_input_files(workbook)
    officer.presses("Enclose").sees("figures.xlsx").presses("Ask for clearance")
    officer.sees("There is a problem").looks("release-blocked")
    assert page.get_by_text("A sheet is hidden").count() >= 1
    page.get_by_role("button", name="Compare with a clean rendition of figures.xlsx").click()
    officer.sees("Compare figures.xlsx").sees("The file: figures.xlsx").sees("Its clean rendition: ")
    assert page.get_by_role("region", name="What the file says").bounding_box()["width"] > LEGIBLE
    officer.looks("release-compare").presses("Use the clean rendition")
    officer.sees("figures.csv").presses("Ask for clearance").looks("release-asked")
    approver = page_at(who="records.manager").opens(REQUEST).looks("release-to-clear").presses("Clear")
    officer.opens(REQUEST).presses("Release").looks("release-released")
    link = page.get_by_role("link", name="/released/").inner_text()
    assert approver.page.get_by_role("button", name="Release").count() == 0
    requester = page_at().opens(link).sees("Documents released to you").looks("released")
    with requester.page.expect_download() as kept:
        requester.page.get_by_role("link", name="figures.csv").click()
    assert b"Surname" not in kept.value.path().read_bytes()


def test_are_these_files_safe_to_send(page_at, workbook, letter):
    visitor = page_at(who="information.rights").opens("/").follows("Screen a file").looks("screen")
    visitor.page.get_by_label("Files", exact=True).set_input_files(workbook)
    visitor.presses("Continue").sees("figures.xlsx").looks("screen-blocked")
    visitor.page.get_by_label("Files", exact=True).set_input_files([letter, workbook])
    visitor.presses("Continue").sees("2 files: 1 blocked").looks("screen-many")


def test_words_and_areas_are_removed_without_a_case(page_at, letter):
    visitor = page_at(who="information.rights").opens("/screen/")
    page = visitor.page
    page.get_by_label("Files", exact=True).set_input_files(letter)
    page.get_by_label("Remove words or areas of it").check()
    visitor.presses("Continue").sees("Page 1 of 1").looks("screen-redact")
    for edge, millimetres in (("Left edge", "24"), ("Right edge", "110"), ("Top edge", "42"), ("Bottom edge", "20")):
        page.get_by_label(edge).fill(millimetres)
    visitor.presses("Mark this area").sees("There is a problem").looks("screen-redact-wrong")
    page.get_by_label("Bottom edge").fill("52")
    visitor.presses("Mark this area").sees("Areas to remove")
    page.get_by_label("Words to remove").fill("Yours faithfully")
    visitor.looks("screen-redact-marked")
    with page.expect_download() as kept:
        page.get_by_role("button", name="Give me the file without them").click()
    (text,) = (one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(kept.value.path()))
    assert ("Dear Sir" in text, "Example Street" in text, "faithfully" in text) == (True, False, False)
