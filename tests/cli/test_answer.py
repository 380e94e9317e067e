"""`candour read` and `candour answer`: promised keys, exit codes, and the same request twice."""

import io
import sys

import pytest

REQUEST = """Dear Test Body,

1. How many members of staff do you have?
2. How many information security near misses did you have in 2014/15?

Yours faithfully
"""
READ = {"subject", "received", "our_reference", "their_reference", "preamble", "questions", "unread"}
QUESTION = {"number", "text", "kind", "measure", "confidence", "why", "periods", "refers_to"}
ANSWER = {"case", "received", "due", "as_at", "dated", "working_day", "questions"}
PART = {"status", "words", "figures", "document", "scheme", "section", "enclosed"}
GIVEN = ("--received", "2016-02-28", "--as-at", "2016-03-10", "--dated", "2016-03-10")


@pytest.fixture
def request_file(tmp_path):
    path = tmp_path / "request.txt"
    path.write_text(REQUEST)
    return path


def test_what_a_request_asks(call, request_file):
    said = call("read", request_file, "--format", "json")
    assert said.code == 0
    assert set(said.json) >= READ
    first, second = said.json["questions"]
    assert set(first) >= QUESTION
    assert (second["measure"], second["periods"][0]["period"]) == ("near-misses", "2014/15")
    assert "asks for near-misses" in call("read", request_file).out


def test_a_request_comes_by_standard_input_too(call, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REQUEST.encode())))
    assert len(call("read", "-", "--format", "json").json["questions"]) == 2


def test_a_text_without_a_question_needs_a_person(call, tmp_path):
    (tmp_path / "thanks.txt").write_text("Dear all,\n\nThank you for the tea.\n")
    said = call("read", tmp_path / "thanks.txt")
    assert said.code == 3
    assert "a person has to read it" in said.out


@pytest.mark.parametrize(("content", "says"), [(b"", "is empty"), (b"x" * (20 << 20), "is larger than")])
def test_an_empty_or_an_over_large_request_is_refused(call, tmp_path, content, says):
    (tmp_path / "request.txt").write_bytes(content)
    said = call("read", tmp_path / "request.txt")
    assert said.code == 2
    assert says in said.err


def test_a_reply_that_was_sent_says_what_it_answered(call, tmp_path):
    (tmp_path / "reply.txt").write_text("1. How many near misses did you have?\n\n2013/14: 4\n\n2014/15: not held\n")
    said = call("read", "--reply", tmp_path / "reply.txt", "--format", "json")
    assert said.code in {0, 3}
    assert set(said.json) >= {"answers", "doubts"}


def test_a_reply_is_drafted_and_what_is_open_is_marked(body, request_file, tmp_path):
    body("fact", "set", "staff", "1800", "--on", "2015-04-01", "--unit", "headcount", "--approximate")
    said = body("answer", request_file, *GIVEN, "--out", tmp_path / "reply", "--format", "json")
    assert said.code == 3, said.err
    assert set(said.json) >= ANSWER
    assert (said.json["due"], said.json["working_day"]) == ("2016-03-30", 9)
    staff, near_misses = (question["answer"] for question in said.json["questions"])
    assert set(staff["parts"][0]) >= PART
    assert staff["parts"][0]["fact"]["value"] == 1800
    assert (staff["needs"], near_misses["needs"]) == ("nothing", "a-person")
    names = {"reply.pdf", "reply.docx", "reply.odt", "reply.html", "answers.json"}
    assert {path.name for path in (tmp_path / "reply").iterdir()} == names
    assert (tmp_path / "reply" / "reply.pdf").read_bytes().startswith(b"%PDF")


def test_the_same_request_again_is_the_same_reply_and_no_second_case(body, request_file, tmp_path):
    first = body("answer", request_file, *GIVEN, "--out", tmp_path / "one", "--format", "json")
    body("fact", "set", "staff", "1800", "--on", "2015-04-01", "--unit", "headcount")
    entries = body("verify", "--format", "json").json["entries"]
    again = body("answer", request_file, *GIVEN, "--out", tmp_path / "two", "--format", "json")
    assert again.out == first.out
    assert body("verify", "--format", "json").json["entries"] == entries
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()
    anew = body("answer", request_file, *GIVEN, "--out", tmp_path / "three", "--redraft", "--format", "json")
    assert anew.json["case"] == first.json["case"]
    assert anew.json["questions"][0]["answer"]["parts"][0]["fact"]["value"] == 1800


@pytest.mark.parametrize(
    "given",
    [
        ["--received", "2999-01-01"],
        ["--received", "2016-02-28", "--dated", "2016-02-01"],
        ["--received", "2016-02-28", "--as-at", "2999-01-01"],
    ],
)
def test_days_that_cannot_be_are_refused(body, request_file, tmp_path, given):
    assert body("answer", request_file, *given, "--out", tmp_path / "reply").code == 2


def test_a_place_that_is_no_folder_is_refused_before_anything_is_done(body, request_file):
    assert body("answer", request_file, *GIVEN, "--out", request_file).code == 2
    assert body("verify", "--format", "json").json["entries"] == 3
