"""What nobody should send, wherever something is taken in: it is refused in words, or not there; never a fault."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from candour.incidents import queries
from candour.incidents.actions import recording, triage
from candour.ledger import verification

NUL = "%00"
IN_THE_ADDRESS = (
    *("/register/{}/", "/register/{}/risk/", "/register/{}/triage/", "/register/{}/access/", "/register/{}/compare/"),
    *("/register/?words={}", "/register/?department={}", "/register/?before={}.1", "/register/?tier={}"),
    *("/register/?period={}", "/register/?as_at={}", "/register/2014-0001/?as_at={}", "/register/?record={}"),
    *("/register/2014-0001/categories/{}/", "/register/2014-0001/risk/{}/", "/register/2014-0001/change/{}/"),
    *("/files/{}/", "/files/{}/1/", "/requests/{}/", "/requests/{}/files/reply.pdf", "/requests/SB-1/files/{}"),
    *("/figures/?measure={}", "/figures/?start={}", "/figures/?group={}", "/figures/incidents/?measure={}"),
    *("/report/{}/", "/report/sample-body/{}/", "/report/sample-body/form.{}", "/report/sample-body/?lang={}"),
    *("/notices/1/{}/", "/welcome/{}/", "/schemes/{}/", "/duty/away/{}/back/", "/actions/?of={}", "/{}"),
)
ODD = (NUL, "..%2F..%2Fx", "%F0%9F%92%A5", "%D8%B1%D8%B3%D8%A7%D9%84%D8%A9", "%3Cscript%3E", "9" * 400, "%27%3B--")
WORDS = ("a\0b", "<script>alert(1)</script>", "رسالة", "x" * 40_000, "'; drop table incidents_version; --")


@pytest.fixture
def handler(visitor):
    return visitor("handler")


@pytest.fixture
def reference(register, handler):
    now = timezone.now()
    found, _ = recording.record(register, {}, words={"description": "A letter"}, by=handler.person, at=now)
    triage.accept(register, found, by=handler.person, at=now)
    return found


@pytest.mark.parametrize("odd", ODD)
def test_an_odd_address_is_answered(handler, register, odd):
    for address in IN_THE_ADDRESS:
        answer = handler.get(address.format(odd))
        assert answer.status_code in {200, 301, 302, 404, 409, 422}, (address, answer.status_code)
        assert b"<script>alert" not in answer.content


def send(client, address, **typed):
    page = client.get(address).content.decode()
    given = dict(re.findall(r'<input type="hidden" name="(seen|once)" value="([^"]*)"', page))
    return client.post(address, {**given, **typed})


@pytest.mark.parametrize("text", WORDS)
def test_any_words_are_kept_as_words_or_refused_in_words(handler, register, reference, text):
    own = f"/register/{reference}"
    for page, typed in {
        "note": {"text": text},
        "void": {"reason": text},
        "describe": {"description": text, "how": "changed", "reason": text},
        "supplier": {"supplier": text, "owes": text},
        "link": {"other": text, "kind": "related", "reason": text},
        "join": {"others": text, "reason": text},
        "close": {"outcome": text, "reason": text},
    }.items():
        answer = send(handler, f"{own}/{page}/", **typed)
        assert answer.status_code in {302, 404, 409, 422}, (page, answer.status_code)
        assert b"<script>alert" not in answer.content
    assert b"<script>alert" not in handler.get(f"{own}/").content
    assert verification.verify(register.pk).ok


def facts(body, handler, reference):
    at = handler.get("/").wsgi_request
    visit = vars(at)["visit"]
    return {
        one.name: one.words for one in queries.facts(body, reference, visit.now, by=visit.person, today=visit.today)
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("occurred_on", "1 January 1989"),
        ("occurred_on", (timezone.localdate() + timedelta(days=40)).isoformat()),
        ("occurred_until", "1 January 2014"),
        ("told_ico_on", (timezone.localdate() + timedelta(days=40)).isoformat()),
        ("people_affected", "-1"),
        ("people_affected", "9" * 40),
        ("occurred_on", "31 February 2020"),
    ],
)
def test_a_day_or_number_that_cannot_be_is_refused(handler, register, reference, text_of, name, value):
    send(
        handler,
        f"/register/{reference}/change/occurred_on/",
        value="10 March 2016",
        sure="exact",
        how="changed",
        reason="r",
    )
    before = facts(register, handler, reference)
    answer = send(
        handler, f"/register/{reference}/change/{name}/", value=value, sure="exact", how="changed", reason="r"
    )
    assert answer.status_code == 422, name
    assert "There is a problem" in text_of(answer)
    assert facts(register, handler, reference) == before


@pytest.mark.parametrize("name", ["../../x.pdf", "x\0.pdf", "a" * 400 + ".pdf", "رسالة.pdf", ".pdf", "con.pdf"])
def test_any_name_of_a_file_stays_a_name(handler, register, reference, name):
    address = f"/files/{reference}/"
    file = SimpleUploadedFile("x.pdf", b"%PDF-1.7 a letter")
    file._name = name
    answer = handler.post(address, {"file": file, "marking": "OFFICIAL"})
    assert answer.status_code in {302, 422}
    for link in re.findall(rf'href="({address}\d+/)"', handler.get(address).content.decode()):
        given = handler.get(link)
        assert "/" not in given["Content-Disposition"].partition("filename")[2].replace("UTF-8''", "")
