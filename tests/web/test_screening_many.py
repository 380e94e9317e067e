"""Many files are dropped at once on the page that needs no case: what each holds, or all renditions in one archive."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from candour.screening.arrivals import LARGEST
from candour.web import screening, uploads
from office_corpus import workbooks

SAFE, TABLE = ("reply.txt", b"Thank you for your letter.\n"), ("figures.xlsx", workbooks.hidden_sheet())


@pytest.fixture
def officer(visitor):
    return visitor("foi-officer")


def drop(client, *files, way="look"):
    return client.post("/screen/", {"file": [SimpleUploadedFile(*file) for file in files], "way": way})


def test_what_blocks_comes_first_and_all_are_counted(officer, text_of):
    page = text_of(drop(officer, SAFE, TABLE, ("note.txt", b"Write to someone@example.org\n")))
    assert "3 files: 1 blocked, 1 to look at, 1 clear" in page
    assert page.index("figures.xlsx") < page.index("note.txt") < page.index("reply.txt")
    assert "A sheet is hidden" in page


def test_their_clean_renditions_come_as_one_archive_that_names_what_has_none(officer):
    twice = ("figures.csv", b"Year,Events\r\n2014/15,80\r\n")
    answer = drop(officer, TABLE, twice, ("old.bin", b"\x01\x02"), way="clean")
    assert answer["Content-Disposition"] == 'attachment; filename="clean.zip"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        assert packed.namelist() == ["figures.csv", "2 figures.csv", "left out.txt"]
        assert packed.read("2 figures.csv") == twice[1]
        assert b"old.bin" in packed.read("left out.txt")


@pytest.mark.parametrize(
    ("files", "way", "said"),
    [
        ([SAFE, TABLE], "redact", "Choose one file to remove words or areas of it"),
        ([SAFE] * (screening.MOST + 1), "look", f"Choose {screening.MOST} files at most"),
        ([("a.bin", b"\x01"), ("b.bin", b"\x02")], "clean", "No clean rendition can be made of any of these files"),
    ],
)
def test_what_cannot_be_done_with_many_says_how_to_put_it_right(officer, text_of, files, way, said):
    answer = drop(officer, *files, way=way)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_one_file_is_still_compared_with_its_rendition(officer, text_of):
    page = text_of(drop(officer, TABLE))
    assert "Its clean rendition: figures.csv" in page
    assert page.count("A sheet is hidden. ") == 1  # in the list of what was found, and not once more beside the text


def test_more_than_may_be_sent_is_told_as_too_large(officer, text_of):
    answer = drop(officer, ("a.txt", b"a" * (LARGEST + uploads.FORM + 1)))
    assert answer.status_code == 413
    assert "larger than 25 MB" in text_of(answer)
