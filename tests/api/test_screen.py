"""`POST /api/v1/screen`: the verdicts of the command line, for programs with a token."""

import base64
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import extracts
from candour.api import service
from candour.organisation import people, tokens
from candour.screening.arrivals import LARGEST
from candour.web import uploads

SCREEN = "/api/v1/screen"


def send(client, *files, **more):
    return client.post(SCREEN, {"file": [SimpleUploadedFile(name, content) for name, content in files], **more})


def problem(answer, status):
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    told = answer.json()
    assert told["status"] == status
    return told["detail"]


def test_each_file_has_a_verdict_and_findings(program):
    answer = send(program, ("figures.csv", b"year,incidents\n2014/15,80\n"), ("thing.bin", b"\x01\x02"))
    assert answer.status_code == 200
    clear, blocked = answer.json()["files"]
    assert (clear["file"], clear["verdict"], clear["findings"]) == ("figures.csv", "clear", [])
    assert clear["sha256"] == hashlib.sha256(b"year,incidents\n2014/15,80\n").hexdigest()
    assert [list(one) for one in blocked["findings"]] == [["code", "severity", "where", "what"]]
    assert blocked["verdict"] == "block"


def test_a_clean_rendition_comes_with_it(program):
    (file,) = send(program, ("table.csv", b"a,b\n=1+1,2\n"), clean="true").json()["files"]
    assert base64.b64decode(file["clean"]["content"]).decode().splitlines()[1] == "'=1+1,2"


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer candour_nonsense"}, {"Authorization": "Basic abc"}])
def test_nobody_without_a_token(db, header):
    answer = send(Client(headers=header), ("a.txt", b"a"))
    assert "candour token" in problem(answer, 401)
    assert answer["WWW-Authenticate"] == "Bearer"


def test_a_revoked_token_opens_nothing(program, body):
    (one,) = tokens.given(body, by=people.operator(body), at=extracts.NOW)
    tokens.revoke(body, one.number, by=people.operator(body), at=extracts.NOW)
    problem(send(program, ("a.txt", b"a")), 401)


def test_guessing_ends_soon(db):
    guesser = Client(headers={"Authorization": "Bearer candour_guess"})
    answers = [guesser.post(SCREEN).status_code for _ in range(service.MOST_WRONG + 1)]
    assert answers[-1] == 429


@pytest.mark.parametrize("call", [{}, {"file": "no file"}])
def test_a_call_without_a_file_is_told_so(program, call):
    assert "file" in problem(program.post(SCREEN, call), 422)


def test_too_many_files_are_refused(program):
    files = [(f"{number}.txt", b"a") for number in range(21)]
    assert "20 files" in problem(send(program, *files), 422)


def test_the_calls_are_described(client):
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert list(described["paths"]) == [SCREEN]
    assert described["paths"][SCREEN]["post"]["security"]


def test_another_way_of_calling_is_a_problem(program):
    assert program.get(SCREEN).status_code == 405


def test_more_than_may_be_sent_is_a_problem_of_its_own(program):
    assert "25 MB" in problem(send(program, ("a.txt", b"a" * (LARGEST + uploads.FORM + 1))), 413)
