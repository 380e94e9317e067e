"""`candour screen`: verdicts and findings as JSON in the promised keys, folders, clean renditions."""

import hashlib
import io
import json
import subprocess
import sys

import pytest
from django.utils import timezone
from PIL import Image

from candour.incidents import codes, said
from candour.incidents.actions import reporting
from candour.organisation import bodies

FILE_KEYS = ["file", "sha256", "type", "verdict", "findings"]


@pytest.fixture
def screen(call):
    def screened(*words, code):
        said = call("screen", *words, "--format", "json")
        assert said.code == code, said.err
        return said.json["files"]

    return screened


@pytest.fixture
def photo(tmp_path):
    """A photo that says where it was taken."""
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (51.0, 30.0, 0.0), 3: "W", 4: (0.0, 7.0, 0.0)}
    path = tmp_path / "photo.jpg"
    Image.new("RGB", (40, 30), "red").save(path, exif=exif)
    return path


def test_the_keys_are_the_promised_ones(screen, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_text("plain words")
    (file,) = screen(path, code=3)
    assert list(file) == FILE_KEYS
    assert file["sha256"] == hashlib.sha256(b"plain words").hexdigest()
    assert (file["file"], file["type"], file["verdict"]) == (str(path), "text", "block")
    assert list(file["findings"][0]) == ["code", "severity", "where", "what"]


@pytest.mark.parametrize(("content", "code"), [(b"", "file.empty"), (b"\x01\x02", "file.unknown")])
def test_what_cannot_be_looked_into_is_blocked(screen, tmp_path, content, code):
    path = tmp_path / "thing.bin"
    path.write_bytes(content)
    (file,) = screen(path, code=3)
    assert [finding["code"] for finding in file["findings"]] == [code]


def test_a_folder_is_looked_through_with_a_summary_for_people(call, tmp_path):
    (tmp_path / "deep").mkdir()
    for name in ("a.bin", "deep/b.bin", "c.bin"):
        (tmp_path / name).write_bytes(b"\x01")
    said = call("screen", tmp_path, "--format", "json")
    assert [file["file"].removeprefix(f"{tmp_path}/") for file in said.json["files"]] == [
        "a.bin",
        "c.bin",
        "deep/b.bin",
    ]
    assert said.err == "3 files: 0 clear, 0 to look at, 3 blocked\n"


def test_standard_input_takes_a_name(screen, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\x01")))
    (file,) = screen("-", "--name", "letter.pdf", code=3)
    assert (file["file"], file["type"]) == ("letter.pdf", "unknown")


def test_a_clean_rendition_is_written_and_screened_again(call, photo, tmp_path):
    said = call("screen", photo, "--clean", tmp_path / "clean", "--format", "json")
    (file,) = said.json["files"]
    clean = tmp_path / "clean" / "photo.jpg"
    assert list(file["clean"]) == [*FILE_KEYS, "left_out"]
    assert file["clean"]["file"] == str(clean)
    assert file["clean"]["sha256"] == hashlib.sha256(clean.read_bytes()).hexdigest()
    with Image.open(clean) as picture:
        assert not picture.getexif()
        assert picture.size == (40, 30)


def test_a_clean_rendition_never_takes_the_place_of_a_file(call, photo, tmp_path):
    before = photo.read_bytes()
    call("screen", photo, "--clean", tmp_path)
    assert photo.read_bytes() == before
    assert (tmp_path / "photo-2.jpg").exists()


def test_a_file_that_is_not_there_cannot_be_screened(call, tmp_path):
    said = call("screen", tmp_path / "nothing.pdf")
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_people_read_the_same_in_words(call, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_text("plain words")
    said = call("screen", path)
    assert f"block {path}  (text)" in said.out
    assert "[file.ending]" in said.out


def test_it_needs_neither_a_database_nor_django(tmp_path):
    path = tmp_path / "empty.txt"
    path.touch()
    program = (
        "import sys; from candour import cli; code = cli.main(); assert 'django' not in sys.modules; sys.exit(code)"
    )
    environment = {"CANDOUR_DATABASE_URL": "nonsense"}
    said = subprocess.run(
        [sys.executable, "-c", program, "screen", path, "--format", "json"],
        check=False,
        capture_output=True,
        env=environment,
    )
    assert said.returncode == 3, said.stderr
    assert json.loads(said.stdout)["files"][0]["verdict"] == "block"


def test_what_a_table_may_hold_is_handed_in(screen, tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("Year,Incidents,Officer\n2013/14,9,INC-0042\n2014/15,80,x\n")
    (file,) = screen(path, code=0)
    assert file["verdict"] == "clear"
    (file,) = screen(path, "--threshold", "10", "--columns", "Year, Incidents", "--reference", "INC-####", code=3)
    assert {finding["code"] for finding in file["findings"]} == {
        "table.small-number",
        "text.unexpected-column",
        "identifier.case-reference",
    }


def test_words_and_areas_are_removed(call, tmp_path):
    path = tmp_path / "note.txt"
    path.write_text("It was Mary Example who wrote it.")
    said = call("screen", path, "--clean", tmp_path / "out", "--remove", "mary example")
    assert said.code == 0, said.err
    assert (tmp_path / "out" / "note.txt").read_text() == "It was [removed] who wrote it."


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--remove", "x"], "--clean"),
        (["--clean", "out", "--area", "1:2,3"], "is no area"),
        (["--clean", "out", "--remove", "x"], "can be redacted"),
    ],
)
def test_what_cannot_be_removed_is_said(call, photo, tmp_path, monkeypatch, words, why):
    monkeypatch.chdir(tmp_path)
    said = call("screen", photo, *words)
    assert (said.code, said.out) == (2, "")
    assert why in said.err


def test_where_a_body_is_named_what_its_register_holds_is_found_by_itself(body, tmp_path):
    path = tmp_path / "reply.txt"
    path.write_text("Incident INC/2015/0002 was reported by Morfudd Probert.")
    asked = ("screen", path, "--body", "test", "--format", "json")
    assert body(*asked).json["files"][0]["findings"] == []
    acting, now = bodies.body("test"), timezone.now()
    told = said.Said(description="A letter went astray", reporter="Morfudd Probert")
    reporting.report(acting, told, code=codes.new(), way=reporting.Way(), by=None, at=now)
    found = body(*asked).json["files"][0]["findings"]
    assert [one["code"] for one in found] == ["identifier.known-name"]
