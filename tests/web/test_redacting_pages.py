"""Words and areas are removed from a file of a reply on its page: chosen, looked at, and then in no byte of it."""

import hashlib
import io
import re
from urllib.parse import quote

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from candour.foi import papers_out
from screening.test_cleaning import nowhere
from web.test_releasing_pages import CASE, PAGE, approver, case, enclose, officer  # noqa: F401 - fixtures


def letter():
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=A4, invariant=1)
    for number in (1, 2):
        page.drawString(100, A4[1] - 100, f"Secretname on page {number}")
        page.drawString(100, 300, f"What stays, and Mary Example, on page {number}")
        page.showPage()
    page.save()
    return made.getvalue()


@pytest.fixture
def address(officer):  # noqa: F811
    enclose(officer, letter(), "letter.pdf")
    return f"{PAGE}papers/{hashlib.sha256(letter()).hexdigest()}/redact/"


def mark(client, address, left, top, right, bottom, **more):
    said = {"page": 1, "add": 1, "left": left, "top": top, "right": right, "bottom": bottom, **more}
    return client.get(address, said)


def kept(case, name="letter.pdf"):  # noqa: F811
    return next(paper.content for paper in papers_out.standing(case, CASE).papers if paper.name == name)


def test_an_area_is_chosen_shown_and_removed(officer, case, address, text_of):  # noqa: F811
    assert "Page 1 of 2" in text_of(officer.get(address))
    added = mark(officer, address, 30, 30, 100, 40)
    assert added.status_code == 302
    there = added["Location"]
    assert "Page 1: 30 to 100 mm across, 30 to 40 mm down" in text_of(officer.get(there))
    area = re.search(r"area=([^&]+)", added["Location"])[1].replace("%3A", ":").replace("%2C", ",")
    done = officer.post(address, {"page": "1", "area": area})
    assert (done.status_code, done["Location"]) == (302, f"/requests/{quote(CASE)}/#leaving")
    left = kept(case)
    first, second = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(left))
    assert "Secretname" not in first
    assert "What stays" in first
    assert "Secretname on page 2" in second


def test_words_are_removed_from_every_page(officer, case, address):  # noqa: F811
    officer.post(address, {"words": "secretname\nmary example"})
    assert nowhere("Secretname", kept(case))
    assert nowhere("Mary", kept(case))
    assert not nowhere("What stays", kept(case))


def test_the_picture_shows_the_page_the_grid_and_the_areas(officer, address):  # noqa: F811
    def drawn(**said):
        given = officer.get(f"{address}page.png", said)
        assert given["Content-Type"] == "image/png"
        return Image.open(io.BytesIO(given.content)).convert("RGB")

    plain, marked, second = drawn(page=1), drawn(page=1, area="1:30,30,100,40"), drawn(page=2, area="1:30,30,100,40")
    inside = tuple(round(mm / 25.4 * 72 * 1400 / A4[1]) for mm in (95, 38))
    assert plain.size == (990, 1400)
    assert marked.getpixel(inside) != plain.getpixel(inside)
    assert second.getpixel(inside) == plain.getpixel(inside)


@pytest.mark.parametrize(
    ("edges", "said"),
    [
        (("", 30, 100, 40), "Enter left edge in millimetres, for example 35"),
        (("x", 30, 100, 40), "Left edge must be millimetres on the grid, for example 35"),
        ((30, 30, 20, 40), "Right edge must lie right of the left edge"),
        ((30, 30, 100, 30), "Bottom edge must lie below the top edge"),
    ],
)
def test_edges_that_make_no_area_are_told(officer, address, text_of, edges, said):  # noqa: F811
    answer = mark(officer, address, *edges)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_nothing_to_remove_is_told(officer, address, text_of):  # noqa: F811
    answer = officer.post(address, {"words": " \n"})
    assert answer.status_code == 422
    assert "Say which words or areas are to be removed" in text_of(answer)


@pytest.mark.parametrize(
    "area", ["x", "1:1,2,3", "0.5:1,2,3,4", "1:9,9,1,1", "1:nan,1,2,3", "1:-5,1,2,3", "1:1,1,1e9,3"]
)
def test_what_is_no_area_in_an_address_is_left_out(officer, address, text_of, area):  # noqa: F811
    answer = officer.get(address, {"area": area})
    assert answer.status_code == 200
    assert "Areas to remove" not in text_of(answer)


def test_a_page_that_is_not_there_is_told(officer, address, text_of):  # noqa: F811
    answer = officer.get(address, {"page": "3"})
    assert answer.status_code == 422
    assert "it has 2 pages" in text_of(answer)
    assert officer.get(address, {"page": "first"}).status_code == 200


def test_of_a_text_only_words_are_removed(officer, case, text_of):  # noqa: F811
    note = b"It was Mary Example."
    enclose(officer, note, "note.txt")
    address = f"{PAGE}papers/{hashlib.sha256(note).hexdigest()}/redact/"
    assert "Mark this area" not in text_of(officer.get(address))
    officer.post(address, {"words": "mary example"})
    assert kept(case, "note.txt") == b"It was [removed]."


def test_others_remove_nothing(visitor, address):
    assert visitor("handler").get(address).status_code == 404
    assert visitor("handler").post(address, {"words": "x"}).status_code == 404
