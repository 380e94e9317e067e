"""A spreadsheet with a hidden sheet stops a release; its clean rendition goes out, cleared by a second person."""

import io

import openpyxl
import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

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


def test_a_hidden_sheet_stops_a_release_and_its_clean_rendition_goes_out(page_at, workbook):
    officer = page_at(who="information.rights").opens(REQUEST).sees("On its way out")
    page = officer.page
    page.get_by_text("Enclose a file").click()
    page.get_by_label("File", exact=True).set_input_files(workbook)
    officer.presses("Enclose").sees("figures.xlsx").presses("Ask for clearance")
    officer.sees("There is a problem").looks("release-blocked")
    assert page.get_by_text("A sheet is hidden").count() >= 1
    page.get_by_role("button", name="Compare with a clean rendition of figures.xlsx").click()
    officer.sees("Compare figures.xlsx").looks("release-compare").presses("Use the clean rendition")
    officer.sees("figures.csv").presses("Ask for clearance").looks("release-asked")
    approver = page_at(who="records.manager").opens(REQUEST).looks("release-to-clear").presses("Clear")
    officer.opens(REQUEST).presses("Release").looks("release-released")
    link = page.get_by_role("link", name="/released/").inner_text()
    assert approver.page.get_by_role("button", name="Release").count() == 0
    requester = page_at().opens(link).sees("Documents released to you").looks("released")
    with requester.page.expect_download() as kept:
        requester.page.get_by_role("link", name="figures.csv").click()
    assert b"Surname" not in kept.value.path().read_bytes()


def test_is_this_file_safe_to_send(page_at, workbook):
    visitor = page_at(who="information.rights").opens("/").follows("Screen a file").looks("screen")
    visitor.page.get_by_label("File", exact=True).set_input_files(workbook)
    visitor.presses("Continue").sees("figures.xlsx").looks("screen-blocked")
