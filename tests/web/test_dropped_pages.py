"""Words and areas are removed from a file of the drop page, in steps that need no script; nothing of it is kept."""

import html
import io
import re

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from candour.web import dropped
from screening.test_cleaning import nowhere

HERE = "/screen/redact/"


def letter(pages=2):
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=A4, invariant=1)
    for number in range(1, pages + 1):
        page.drawString(100, A4[1] - 100, f"Secretname on page {number}")
        page.drawString(100, 300, f"What stays, and Mary Example, on page {number}")
        page.showPage()
    page.save()
    return made.getvalue()


@pytest.fixture
def officer(visitor):
    return visitor("foi-officer")


def begin(client, content=None, name="letter.pdf"):
    return client.post("/screen/", {"file": SimpleUploadedFile(name, content or letter()), "way": "redact"})


def fields(answer):
    """What the page carries from step to step."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', answer.content.decode())
    carried = {}
    for name, value in found:
        carried.setdefault(name, []).append(html.unescape(value))
    carried.pop("csrfmiddlewaretoken", None)
    return carried


def step(client, before, step, **more):
    return client.post(HERE, {**fields(before), "step": step, **more})


EDGES = {"left": "30", "top": "30", "right": "100", "bottom": "40"}


def test_an_area_is_marked_shown_kept_and_removed(officer, text_of):
    began = begin(officer)
    assert "Page 1 of 2" in text_of(began)
    marked = step(officer, began, "mark", **EDGES)
    assert "Page 1: 30 to 100 mm across, 30 to 40 mm down" in text_of(marked)
    kept = step(officer, marked, "keep:1:30,30,100,40")
    assert "Areas to remove" not in text_of(kept)
    given = step(officer, marked, "remove")
    assert given["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    first, second = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(given.content))
    assert ("Secretname" in first, "What stays" in first, "Secretname" in second) == (False, True, True)


def test_areas_and_words_go_together_over_all_pages(officer, text_of):
    second = step(officer, begin(officer), "page:2")
    assert "Page 2 of 2" in text_of(second)
    marked = step(officer, second, "mark", words="mary example", **EDGES)
    assert "mary example" in marked.content.decode()
    given = step(officer, marked, "remove", words="mary example").content
    assert nowhere("Mary", given)
    first, second = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(given))
    assert ("Secretname" in first, "Secretname" in second) == (True, False)


def test_the_picture_is_in_the_page_and_nothing_is_kept(officer, settings):
    before = set(settings.DATA_DIR.rglob("*"))
    marked = step(officer, begin(officer), "mark", **EDGES).content.decode()
    assert re.search(r'src="data:image/png;base64,[A-Za-z0-9+/=]{1000,}"', marked)
    assert set(settings.DATA_DIR.rglob("*")) == before


def test_a_text_asks_for_words_only(officer, text_of):
    began = begin(officer, b"It was Mary Example.", "note.txt")
    assert "Mark this area" not in text_of(began)
    assert step(officer, began, "remove", words="mary example\n").content == b"It was [removed]."


@pytest.mark.parametrize(
    ("asked", "more", "said"),
    [
        ("mark", {**EDGES, "right": "20"}, "Right edge must lie right of the left edge"),
        ("remove", {}, "Mark an area, or enter the words to remove"),
        ("page:3", {}, "it has 2 pages"),
        ("remove", {"sha256": "0" * 64}, "This is another file than letter.pdf was"),
    ],
)
def test_what_cannot_be_done_is_told(officer, text_of, asked, more, said):
    answer = step(officer, begin(officer), asked, **more)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_large_file_is_asked_for_again_at_each_step(officer, text_of):
    picture = io.BytesIO()
    Image.effect_noise((1500, 1500), 90).save(picture, "PNG")
    made = io.BytesIO()
    page = canvas.Canvas(made, pagesize=A4, invariant=1)
    page.drawInlineImage(Image.open(picture), 50, 50, 300, 300)
    page.drawString(100, A4[1] - 100, "Secretname")
    page.save()
    large = made.getvalue()
    assert len(large) > dropped.CARRIED
    began = begin(officer, large)
    assert "Choose letter.pdf again" in text_of(began)
    assert "held" not in fields(began)
    again = SimpleUploadedFile("letter.pdf", large)
    given = step(officer, began, "remove", words="secretname", file=again)
    assert nowhere("Secretname", given.content)


@pytest.mark.parametrize("held", ["", "%%%"])
def test_without_a_file_one_begins_again(officer, held):
    assert officer.post(HERE, {"held": held, "name": "a.pdf"})["Location"] == "/screen/"


def test_only_who_may_screen_removes(client):
    assert client.post(HERE, {"held": "eA=="}).status_code in (302, 403, 404)
