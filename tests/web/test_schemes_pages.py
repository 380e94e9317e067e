"""An administrator makes, words and retires categories; nobody else changes them, and no incident is re-pointed."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

import staff
from candour.incidents.actions import categorising
from candour.ledger import queries as ledger
from candour.rules.refusals import WrongInput


@pytest.fixture
def administrator(visitor):
    return visitor("administrator")


def send(client, address, **typed):
    page = client.get(address).content.decode()
    given = dict(re.findall(r'<input type="hidden" name="(seen|once)" value="([^"]*)"', page))
    return client.post(address, {**given, **typed})


def made(client):
    send(client, "/schemes/add/", title="Their types", slug="ministry-types", made_by="sponsor")
    send(client, "/schemes/ministry-types/add/", code="1", label="Loss")


def test_the_schemes_that_come_with_candour_are_there(administrator, text_of):
    page = text_of(administrator.get("/schemes/"))
    for title in ("Cabinet Office categories", "ICO incident types", "VERIS actions"):
        assert title in page
    assert "since 25 Jun 2008" in text_of(administrator.get("/schemes/cabinet-office/"))


def test_a_scheme_is_made_with_its_categories(administrator, text_of):
    made(administrator)
    assert "Their types ministry-types, your own" in text_of(administrator.get("/schemes/"))
    page = text_of(administrator.get("/schemes/ministry-types/"))
    assert "made by our sponsor" in page
    assert "1 Loss since" in page


def test_a_category_is_worded_anew_and_retired(administrator, text_of):
    made(administrator)
    tomorrow = timezone.localdate() + timedelta(days=1)
    send(administrator, "/schemes/ministry-types/1/word/", label="Loss or theft", since=str(tomorrow))
    assert "1 Loss or theft since" in text_of(administrator.get("/schemes/ministry-types/"))
    later = timezone.localdate() + timedelta(days=9)
    send(administrator, "/schemes/ministry-types/1/retire/", since=str(later))
    assert re.search(r"Loss or theft \d+ \w+ \d+ to", text_of(administrator.get("/schemes/ministry-types/")))


def test_a_shipped_category_is_worded_and_not_retired(administrator, text_of):
    send(administrator, "/schemes/cabinet-office/II/word/", label="Lost outside our premises")
    assert "Lost outside our premises" in text_of(administrator.get("/schemes/cabinet-office/"))
    assert administrator.get("/schemes/cabinet-office/II/retire/").status_code == 404
    assert administrator.get("/schemes/cabinet-office/add/").status_code == 404
    assert administrator.get("/schemes/cabinet-office/VI/word/").status_code == 404


def test_a_whole_scheme_is_retired_in_one_deed_and_no_code_changes(administrator, visitor, body, text_of):
    made(administrator)
    handler, at = visitor("handler").person, timezone.now()
    reference = staff.report(body, at=at)
    categorising.categorise(body, reference, {"ministry-types": "1"}, by=handler, at=at)
    other = staff.report(body, "Another letter", at=at)
    assert "Retire this scheme" in text_of(administrator.get("/schemes/ministry-types/"))
    wanting = send(administrator, "/schemes/ministry-types/retire/")
    assert wanting.status_code == 422
    before = ledger.head(body.pk).number
    done = send(administrator, "/schemes/ministry-types/retire/", reason="Our sponsor has a new one.")
    assert (done.status_code, ledger.head(body.pk).number) == (302, before + 1)
    assert "retired since" in text_of(administrator.get("/schemes/"))
    page = text_of(administrator.get("/schemes/ministry-types/"))
    assert "Our sponsor has a new one." in page
    assert "Add a category" not in page
    reader = visitor("handler")
    assert "Loss" in text_of(reader.get(f"/register/{reference}/categories/"))
    assert "Their types" not in text_of(reader.get(f"/register/{other}/categories/"))
    with pytest.raises(WrongInput, match="no category of Their types that is in force today"):
        categorising.categorise(body, other, {"ministry-types": "1"}, by=handler, at=at)
    send(administrator, "/schemes/ministry-types/bring-back/")
    assert "Their types" in text_of(reader.get(f"/register/{other}/categories/"))
    assert administrator.get("/schemes/tiers/retire/").status_code == 404


@pytest.mark.parametrize("slug", ["types", "ico-type", "Big Words", "a-" * 40])
def test_a_name_that_cannot_be_is_refused_and_nothing_typed_is_lost(administrator, text_of, slug):
    page = send(administrator, "/schemes/add/", title="Their types", slug=slug, made_by="body")
    assert (page.status_code, "There is a problem" in text_of(page)) == (422, True)
    assert 'value="Their types"' in page.content.decode()


def test_only_an_administrator_changes_them(visitor):
    auditor = visitor("auditor")
    assert auditor.get("/schemes/").status_code == 200
    for address in ("/schemes/add/", "/schemes/cabinet-office/II/word/"):
        assert auditor.get(address).status_code == 404
    assert visitor("handler").get("/schemes/").status_code == 404
