"""A page that cannot be shown says what to do, and reveals nothing."""

import base64
import hashlib
import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import path

from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput
from candour.urls import handler404, handler429, handler500  # noqa: F401 - Django looks for them here
from candour.urls import urlpatterns as ours
from candour.web import home


def refuse(request, kind):
    raise {"conflict": Conflict, "input": WrongInput, "allowed": NotAllowed, "there": NotThere}[kind](
        "somebody was faster"
    )


def break_down(request):
    raise RuntimeError("a bug of ours")


urlpatterns = [*ours, path("refuse/<kind>", refuse), path("break", break_down), path("form", home.home)]
pytestmark = pytest.mark.urls(__name__)


@pytest.mark.parametrize(
    ("kind", "status", "says"),
    [("conflict", 409, "This cannot be done now"), ("input", 422, "This cannot be used as it is")],
)
def test_a_refusal_is_a_page_that_says_why(visitor, kind, status, says):
    answer = visitor("handler").get(f"/refuse/{kind}")
    page = answer.content.decode()
    assert answer.status_code == status
    assert says in page
    assert "Somebody was faster." in page


def test_what_may_not_be_seen_looks_like_what_is_not_there(visitor):
    client = visitor("handler")
    pages = [client.get(address) for address in ("/refuse/allowed", "/refuse/there", "/no-such-page")]
    assert [page.status_code for page in pages] == [404, 404, 404]
    texts = {re.sub(rb'value="[^"]*"', b"", page.content) for page in pages}
    assert len(texts) == 1
    assert b"faster" not in texts.pop()


def test_a_page_for_another_role_is_not_there(visitor):
    assert visitor("administrator").get("/figures/").status_code == 404


def test_a_forged_form_is_turned_away(somebody):
    answer = Client(enforce_csrf_checks=True).post("/sign-in/", {"login": "a@b.example", "password": "x"})
    assert answer.status_code == 403
    assert "The form has expired" in answer.content.decode()


def test_a_fault_of_ours_says_so_and_nothing_of_its_cause(visitor):
    client = visitor("handler")
    client.raise_request_exception = False
    answer = client.get("/break")
    assert answer.status_code == 500
    assert "Something went wrong here" in answer.content.decode()
    assert "a bug of ours" not in answer.content.decode()


def test_every_page_forbids_what_it_does_not_need(stranger, body):
    policy = stranger.get("/sign-in/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_one_inline_script_is_the_one_whose_digest_is_allowed(stranger, body):
    page = stranger.get("/sign-in/").content.decode()
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts]
    assert digests == [settings.JS_ENABLED]
    assert " style=" not in page


def test_what_a_signed_in_person_saw_stays_in_no_cache(visitor):
    assert "no-store" in visitor("handler").get("/").headers["Cache-Control"]
