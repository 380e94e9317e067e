"""Categorise, assess, advise, decide, act, learn, close and reopen: a page for each, in the browser of who may."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from candour.incidents import codes
from candour.incidents.actions import categorising, recording, reporting, triage
from candour.incidents.said import Said
from candour.ledger import verification
from candour.organisation import actions as organisation
from candour.organisation import people


@pytest.fixture
def handler(visitor):
    return visitor("handler")


@pytest.fixture
def reference(body, handler):
    """An incident that the handler has taken up."""
    facts = {"information_lost": "yes", "personal_data": "yes"}
    words = {"description": "Letter sent to a former address"}
    found, _ = recording.record(body, facts, words=words, by=handler.person, at=timezone.now())
    triage.accept(body, found, by=handler.person, at=timezone.now())
    return found


@pytest.fixture
def state(body):
    """State a particular of the body from today."""

    def say(kind, key, content):
        by, at = people.operator(body), timezone.now()
        return organisation.state(body, kind, key, content, from_=timezone.localdate(), by=by, at=at)

    return say


def hidden(page):
    """What a page's form carries besides what is typed."""
    return dict(re.findall(r'<input type="hidden" name="(seen|once)" value="([^"]*)"', page.content.decode()))


def send(client, address, **typed):
    """Open a page and send its form, as a browser does."""
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()
    return client.post(address, {**hidden(page), **typed})


def done(response):
    assert response.status_code == 302, re.sub(r"<[^>]+>", " ", response.content.decode())[:3000]
    return response


def test_what_it_counts_as_names_every_scheme(handler, reference, text_of):
    page = text_of(handler.get(f"/register/{reference}/categories/"))
    assert "Other incident, follows from the facts Information was lost" in page
    for title in ("Cabinet Office categories", "ICO incident types", "VERIS actions", "VERIS security incident"):
        assert title in page


def test_a_category_is_chosen_by_a_person_among_suggestions_with_why(handler, reference, text_of):
    address = f"/register/{reference}/categories/ico-type/"
    page = handler.get(address)
    assert "Because the description says “letter” and “former address”" in text_of(page)
    assert not re.search(r"<input[^>]* checked", page.content.decode())
    assert "Choose category from the list" in text_of(send(handler, address))
    done(send(handler, address, code="data-posted-or-faxed-to-incorrect-recipient"))
    page = text_of(handler.get(f"/register/{reference}/categories/"))
    assert "Data posted or faxed to incorrect recipient since" in page


def test_a_page_does_not_open_for_what_cannot_be_done_yet(body, handler, text_of):
    said = Said(description="A letter went to a former address")
    told = {"way": reporting.Way(), "by": handler.person, "at": timezone.now()}
    reference = reporting.report(body, said, code=codes.new(), **told).reference
    risk = f"/register/{reference}/risk/"
    page = handler.get(risk)
    assert "Look at it first" in text_of(page)
    assert f"{risk}ico-self-assessment/" not in page.content.decode()
    refused = handler.get(f"{risk}ico-self-assessment/")
    assert refused.status_code == 409
    assert "Nobody has taken up 2026-0001 yet; look at it and take it up first" in text_of(refused)
    assert "See how 2026-0001 stands" in text_of(refused)


def test_to_change_a_category_takes_a_reason(handler, reference, text_of):
    address = f"/register/{reference}/categories/cabinet-office/"
    done(send(handler, address, code="II"))
    page = send(handler, address, code="IV")
    assert page.status_code == 422
    assert "It has a code in this scheme already; say why it changes" in text_of(page)
    done(send(handler, address, code="IV", reason="posted, not lost", correction="yes"))
    done(send(handler, address, code="-", reason="none fits"))
    assert "Cabinet Office categories of personal data related incidents not stated" in text_of(
        handler.get(f"/register/{reference}/categories/")
    )


def test_the_tier_is_decided_with_a_reason_and_follows_again(handler, reference, text_of):
    address = f"/register/{reference}/tier/"
    done(send(handler, address, tier="near-miss", reason="came back unopened"))
    assert "Near miss, decided by a person" in text_of(handler.get(f"/register/{reference}/categories/"))
    done(send(handler, address, tier="facts", reason="it was read after all"))
    assert "Other incident, follows from the facts" in text_of(handler.get(f"/register/{reference}/categories/"))


def test_the_self_assessment_is_asked_one_question_a_page(handler, reference, text_of):
    address = f"/register/{reference}/risk/ico-self-assessment/"
    assert "Does it involve personal data of living people?" in text_of(handler.get(address))
    page = handler.get(address, {"asked": "living_people"})
    assert (page.status_code, "Choose an answer" in text_of(page)) == (422, True)
    second = handler.get(address, {"asked": "living_people", "answer": "yes"})
    assert second["Location"] == f"{address}?living_people=yes"
    assert "How likely is it" in text_of(handler.get(second["Location"]))
    last = f"{address}?living_people=yes&likelihood=unlikely"
    assert "A risk to people is unlikely" in text_of(handler.get(last))
    done(send(handler, last))
    assert "A risk to people is unlikely" in text_of(handler.get(f"/register/{reference}/risk/"))
    assert "What is known now that was not" in text_of(handler.get(last))


@pytest.mark.parametrize("asked", ["living_people=perhaps", "living_people=yes&likelihood=<script>"])
def test_answers_that_are_none_are_refused(handler, reference, asked):
    assert handler.get(f"/register/{reference}/risk/ico-self-assessment/?{asked}").status_code == 422


def test_enisa_and_the_grid_are_there_where_the_body_turned_them_on(handler, reference, state, text_of):
    address = f"/register/{reference}/risk/enisa-2013/"
    assert handler.get(address).status_code == 404
    assert "Assess by ENISA" not in text_of(handler.get(f"/register/{reference}/risk/"))
    state("assessing", "assessing", {"methods": ["enisa-2013", "grid-5x5"]})
    parts = {"identification": "maximum", "confidentiality": "known-recipients", "integrity": "none"}
    assert "Choose at least one kind of data" in text_of(send(handler, address, **parts, availability="none"))
    done(send(handler, address, **parts, availability="none", financial="3", people="150"))
    page = text_of(handler.get(f"/register/{reference}/risk/"))
    assert "3 × 1 + 0.25 = 3.25: high" in page
    assert "Beside the score: more than 100 people." in page
    grid = f"/register/{reference}/risk/grid-5x5/"
    assert "were not checked against the guide" in text_of(handler.get(grid))
    done(send(handler, grid, likelihood="3", effect="4"))
    assert "3 × 4 = 12" in text_of(handler.get(f"/register/{reference}/risk/"))


def test_advice_decision_and_telling_are_three_people_s_pages(handler, visitor, reference, text_of):
    dpo, siro = visitor("dpo"), visitor("siro")
    done(send(handler, f"/register/{reference}/risk/ico-self-assessment/?living_people=yes&likelihood=unlikely"))
    decision = f"/register/{reference}/decision/ico/"
    assert handler.get(decision).status_code == 404
    assert dpo.get(decision).status_code == 404
    assert siro.get(f"/register/{reference}/advice/ico/").status_code == 404
    page = send(siro, decision, outcome="tell", grounds="It names an illness.")
    assert "Enter why it is decided without advice" in text_of(page)
    assert "It names an illness." in text_of(page)
    done(send(dpo, f"/register/{reference}/advice/ico/", advises="tell", words="They will be upset."))
    page = text_of(siro.get(decision))
    assert "Advice: tell them. They will be upset." in page
    assert "A risk to people is unlikely" in page
    done(send(siro, decision, outcome="tell", grounds="It names an illness."))
    page = text_of(handler.get(f"/register/{reference}/risk/"))
    assert "Decided: tell the Information Commissioner" in page
    assert "Grounds: It names an illness." in page
    assert siro.get(f"/register/{reference}/told/ico/").status_code == 404
    done(send(handler, f"/register/{reference}/told/ico/", on=str(timezone.localdate()), ico_reference="IC-1"))
    assert "Reported to the ICO, follows from the facts" in text_of(handler.get(f"/register/{reference}/categories/"))


def test_nobody_can_be_told_who_is_not_there(handler, reference):
    assert handler.get(f"/register/{reference}/told/everybody/").status_code == 404


def test_actions_are_planned_changed_and_ended(handler, reference, text_of):
    soon, later = (str(timezone.localdate() + timedelta(days=days)) for days in (3, 9))
    page = send(handler, f"/register/{reference}/actions/add/", words="Ring them", due_on="yesterday")
    assert page.status_code == 422
    assert "Ring them" in text_of(page)
    owner = str(handler.person.number)
    done(send(handler, f"/register/{reference}/actions/add/", words="Ring them", owner=owner, due_on=soon))
    page = handler.get(f"/register/{reference}/actions/").content.decode()
    number = re.search(rf"/register/{reference}/actions/(\d+)/end/", page)[1]
    own = f"/register/{reference}/actions/{number}"
    done(send(handler, f"{own}/change/", owner=owner, due_on=later, reason="on leave"))
    assert "Ring them" in text_of(handler.get("/actions/"))
    assert "say why it need not be done" in text_of(send(handler, f"{own}/end/", how="dropped")).lower()
    done(send(handler, f"{own}/end/", how="done", words="they answered"))
    assert "done: they answered" in text_of(handler.get(f"/register/{reference}/actions/"))
    assert handler.get(f"{own}/end/").status_code == 404
    assert "Nothing is open" in text_of(handler.get("/actions/?of=everybody"))


def test_templates_propose_actions_that_are_planned_by_a_press(handler, reference, state, text_of):
    state("action-template", "thank", {"slug": "thank", "words": "Thank the reporter", "days": 5})
    address = f"/register/{reference}/actions/"
    assert "Thank the reporter, by" in text_of(handler.get(address))
    assert "Choose" in text_of(send(handler, address))
    done(send(handler, address, chosen=["thank"]))
    page = text_of(handler.get(address))
    assert "Thank the reporter" in page
    assert "Thank the reporter, by" not in page


def test_a_root_cause_is_recorded_with_a_paragraph(handler, reference, state, text_of):
    at = "https://sample-body.example/sending"
    policy = {"slug": "sending", "title": "Sending things", "version": "2", "topics": ["policy"], "link": at}
    state("policy", "sending", policy)
    typed = {"cause": "process", "root_cause": "Two letters on one desk", "policy": "sending", "paragraph": "2.1"}
    done(send(handler, f"/register/{reference}/lessons/", **typed))
    page = text_of(handler.get(f"/register/{reference}/actions/"))
    assert "A process that is missing, unclear or not followed. Two letters on one desk" in page
    assert "See Sending things , version 2, paragraph 2.1" in page
    state("policy", "sending", {**policy, "title": "Sending anew", "version": "3"})
    for shown in (f"/register/{reference}/", f"/register/{reference}/actions/"):
        page = handler.get(shown)
        assert "See Sending things , version 2, paragraph 2.1" in text_of(page)
        assert f'href="{at}"' in page.content.decode()


def test_closing_says_what_is_missing_and_reopening_takes_a_reason(handler, visitor, reference, body, text_of):
    close = f"/register/{reference}/close/"
    page = text_of(handler.get(close))
    assert "Nobody has decided whether to tell the Information Commissioner. No reason stands in for this." in page
    assert "It has no category in any scheme." in page
    refused = send(handler, close, reason="never mind")
    assert (refused.status_code, "Nobody has decided" in text_of(refused)) == (422, True)
    by, at = handler.person, timezone.now()
    categorising.categorise(body, reference, {"cabinet-office": "IV"}, by=by, at=at)
    done(send(visitor("dpo"), f"/register/{reference}/advice/ico/", advises="do-not-tell", words="No risk."))
    done(send(visitor("siro"), f"/register/{reference}/decision/ico/", outcome="do-not-tell", grounds="No risk."))
    assert "The ICO's self-assessment has not been answered." in text_of(handler.get(close)).replace("’", "'")
    done(send(handler, close, outcome="Thanked the finder", reason="assessed by telephone"))
    page = text_of(handler.get(f"/register/{reference}/categories/"))
    assert "Closed" in page
    assert "Open it again" in page
    assert send(handler, f"/register/{reference}/reopen/").status_code == 422
    done(send(handler, f"/register/{reference}/reopen/", reason="a second letter turned up"))
    assert "Close the incident" in text_of(handler.get(f"/register/{reference}/categories/"))
    assert verification.verify(body.pk).ok


def test_two_at_once_the_second_sees_what_changed_and_nothing_is_lost(handler, visitor, reference, text_of):
    address = f"/register/{reference}/categories/veris/"
    other = visitor("handler")
    first, second = handler.get(address), other.get(address)
    done(handler.post(address, {**hidden(first), "code": "error"}))
    page = other.post(address, {**hidden(second), "code": "misuse"})
    assert page.status_code == 409
    assert "Category (VERIS actions) changed from not stated to “Error”" in text_of(page)
    assert "Misuse" in text_of(page)


def test_the_same_form_twice_is_one_deed(handler, reference, text_of):
    address = f"/register/{reference}/actions/add/"
    typed = {"words": "Ring them", "owner": str(handler.person.number), "due_on": str(timezone.localdate())}
    form = hidden(handler.get(address))
    for _ in range(2):
        done(handler.post(address, {**form, **typed}))
    assert text_of(handler.get("/actions/")).count("Ring them") == 1


@pytest.mark.parametrize(
    "page",
    [
        "categories/",
        "categories/veris/",
        "tier/",
        "risk/",
        "risk/ico-self-assessment/",
        "advice/ico/",
        "decision/ico/",
        "told/ico/",
        "actions/",
        "actions/add/",
        "lessons/",
        "close/",
        "reopen/",
    ],
)
def test_to_somebody_without_the_right_no_page_is_there(visitor, reference, page):
    assert visitor("foi-officer").get(f"/register/{reference}/{page}").status_code == 404
    assert visitor("handler").get(f"/register/2099-0001/{page}").status_code == 404


def test_a_scheme_that_there_is_not_is_not_there(handler, reference):
    assert handler.get(f"/register/{reference}/categories/dewey/").status_code == 404
    assert handler.get(f"/register/{reference}/categories/tiers/").status_code == 404


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "نص عربي", "x" * 19_000])
def test_what_is_typed_is_shown_as_typed_and_never_acts(handler, reference, text):
    done(send(handler, f"/register/{reference}/lessons/", cause="process", root_cause=text))
    page = handler.get(f"/register/{reference}/actions/").content.decode()
    assert "<script>alert" not in page
    assert text.replace("<", "&lt;").replace(">", "&gt;") in page
