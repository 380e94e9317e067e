"""The pages of those who work on incidents: the queue, a page for each step, two at once, and who may see what."""

import re

import pytest
from django.utils import timezone

import staff
from candour.incidents import codes, models
from candour.incidents.actions import access, categorising, reporting, triage
from candour.incidents.said import Said
from candour.ledger.models import OPEN
from candour.organisation import actions as organisation
from candour.organisation import people
from candour.organisation.kinds_of_work import Practice
from candour.rules import years

NOT_THERE, MOVED, WRONG = 404, 409, 422


@pytest.fixture
def reference(body):
    return report(body)


def report(body, what="A letter went to the wrong house"):
    return staff.report(body, what, at=timezone.now(), discovered=None)


@pytest.fixture
def handler(visitor):
    return visitor("handler")


@pytest.fixture
def second(visitor):
    return visitor("handler")


def drawn(client, path):
    """What a page gives out with its form."""
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(seen|once)" value="([^"]*)">', page))
    assert set(hidden) == {"seen", "once"}
    return hidden


def send(client, reference, step, hidden=None, **said):
    path = f"/register/{reference}/{step}/"
    return client.post(path, {**(hidden or drawn(client, path)), **said})


def test_what_is_new_stands_on_the_first_page_and_leads_to_triage(handler, reference, text_of):
    page = handler.get("/")
    assert "New, not yet looked at" in text_of(page)
    assert f'href="/register/{reference}/triage/"' in page.content.decode()
    assert "What runs out next" in text_of(handler.get("/desk/"))


def test_a_clock_says_its_weekday_and_the_hours_left(handler, reference, text_of):
    assert re.search(r"7[12] hours left , ends \w+day \d+ \w+ \d{4}, \d\d:\d\d", text_of(handler.get("/desk/")))


def test_an_incident_is_taken_up(handler, body, reference, text_of):
    hidden = drawn(handler, f"/register/{reference}/triage/")
    me = str(handler.person.number)
    answer = send(handler, reference, "triage", hidden, what="accept", assign_to=me, information_lost="yes")
    assert (answer.status_code, answer.url) == (302, f"/register/{reference}/")
    assert staff.version(body, reference).tier == "other-incident"
    assert reference in text_of(handler.get("/")).partition("Waiting for me")[2]


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ({"what": "dismiss", "reason": "It was ours"}, "not-an-incident"),
        ({"what": "exercise", "reason": "The spring drill"}, "exercise"),
        ({"what": "not-ours", "passed_on_to": "Another Body", "passed_on_on": "1 March 2016"}, "not-ours"),
    ],
)
def test_what_it_is_otherwise(handler, body, reference, said, standing):
    assert send(handler, reference, "triage", **said).status_code == 302
    assert staff.version(body, reference).standing == standing


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Choose an answer to “What is it?”"),
        ({"what": "dismiss"}, "Say why it is not an incident"),
        ({"what": "duplicate"}, "Enter the reference of the incident that this one repeats"),
        ({"what": "duplicate", "other": "2026-0999"}, "There is no incident 2026-0999"),
        ({"what": "not-ours", "passed_on_to": "Another Body"}, "Say when it was passed on"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(handler, body, reference, said, sentence, text_of):
    answer = send(handler, reference, "triage", **said, personal_data="suspected")
    assert answer.status_code == WRONG
    assert sentence.casefold() in text_of(answer).casefold()
    assert staff.version(body, reference).triaged == "no"
    assert '<option value="suspected" selected>' in answer.content.decode()


def test_a_duplicate_and_the_end_of_it(handler, body, reference, text_of):
    other = report(body, "The same letter")
    assert "End a link" not in text_of(handler.get(f"/register/{other}/"))
    assert send(handler, other, "triage", what="duplicate", other=reference).status_code == 302
    assert staff.version(body, other).standing == "duplicate"
    assert "End a link" in text_of(handler.get(f"/register/{other}/"))
    assert send(handler, other, "unlink", other=reference, reason="Two letters").status_code == 302
    assert staff.version(body, other).standing == "counted"


def test_every_step_has_its_page_and_every_page_a_way_back(handler, body, reference):
    triage.accept(body, reference, by=handler.person, at=timezone.now())
    page = handler.get(f"/register/{reference}/").content.decode()
    steps = re.findall(rf'href="(/register/{reference}/[a-z]+/)"', page)
    assert len(steps) > 8
    for path in steps:
        shown = handler.get(path)
        assert shown.status_code == 200, path
        assert f'href="/register/{reference}/"' in shown.content.decode()


def test_each_other_step_does_its_deed(handler, second, body, reference, text_of):
    triage.accept(body, reference, by=handler.person, at=timezone.now())
    other = report(body, "Another letter")
    for step, said in (
        ("role", {"role": "joint"}),
        ("supplier", {"supplier": "IT supplier", "owes": "The log"}),
        ("recipient", {"how": "deleted", "on": "1 March 2016"}),
        ("assign", {"to": str(second.person.number)}),
        ("note", {"text": "Rang the recipient"}),
        ("link", {"other": other, "kind": "related"}),
        ("join", {"others": other, "reason": "one letter", "people_affected": "3"}),
    ):
        answer = send(handler, reference, step, **said)
        assert answer.status_code == 302, (step, text_of(answer))
    assert f"{other} is void already" in text_of(handler.get(f"/register/{other}/void/"))
    history = text_of(handler.get(f"/register/{reference}/"))
    for sentence in ("Note: Rang the recipient", "Our role changed from not stated to joint", "joined into this one"):
        assert sentence in history
    assert "The log" in text_of(handler.get("/desk/"))
    assert send(handler, other, "restore", reason="two letters").status_code == 302
    assert send(handler, other, "void", reason="never happened").status_code == 302


def test_an_incident_is_split_on_one_page(handler, body, register, text_of):
    page = text_of(handler.get("/register/2014-0001/split/"))
    assert "Department: North" in page
    said = {"description": "The second letter", "reason": "two letters", "first_people": "1", "second_people": "2"}
    facts = {"fact-department": "first", "fact-cabinet-office": "both"}
    assert send(handler, "2014-0001", "split", **said, **facts).status_code == 302
    part = models.Link.objects.get(kind="split-from")
    row = models.Version.objects.get(incident=part.incident, closed=None)
    assert (row.people_affected, row.department, row.tier) == (2, None, "other-incident")
    assert staff.whole(body)


def test_what_each_scheme_says_goes_with_the_part_that_is_chosen(handler, body, register):
    said = {"cabinet-office": "IV", "ico-type": "failure-to-redact", "veris": "error"}
    categorising.categorise(body, "2014-0001", said, reason="seen", by=handler.person, at=timezone.now())
    named = {f"fact-{scheme}": part for scheme, part in zip(said, ("both", "first", "second"), strict=True)}
    told = {"description": "The second letter", "reason": "two letters", "fact-department": "first"}
    answer = send(handler, "2014-0001", "split", **told, **named)
    assert answer.status_code == 302
    part = models.Link.objects.get(kind="split-from")
    assert codes_of(body, part.other) == {"cabinet-office": "IV", "ico-type": "failure-to-redact"}
    assert codes_of(body, part.incident) == {"cabinet-office": "IV", "veris": "error"}
    assert staff.whole(body)


def codes_of(body, incident):
    rows = models.Coding.objects.filter(body=body.pk, incident=incident, closed=None, held_until=OPEN)
    return dict(rows.values_list("scheme", "code"))


def test_of_two_at_once_the_second_sees_what_changed_and_decides(handler, second, body, reference, text_of):
    hidden = drawn(second, f"/register/{reference}/note/")
    send(handler, reference, "role", role="joint")
    answer = send(second, reference, "note", hidden, text="Rang the recipient")
    said = text_of(answer)
    assert answer.status_code == MOVED
    assert "Our role changed from not stated to joint" in said
    assert "Rang the recipient" in said
    assert "not stated joint" in said
    assert "Note: Rang the recipient" not in staff.told(body, reference)
    again = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', answer.content.decode()))
    assert again["text"] == "Rang the recipient"
    assert second.post(f"/register/{reference}/note/", again).status_code == 302
    assert staff.told(body, reference)[0] == "Note: Rang the recipient"


def test_of_two_who_describe_it_anew_the_second_reads_what_the_first_wrote(handler, second, reference, text_of):
    hidden = drawn(second, f"/register/{reference}/describe/")
    written = {"description": "Two letters, not one", "how": "changed", "reason": "the recipient rang"}
    send(handler, reference, "describe", **written)
    answer = send(second, reference, "describe", hidden, **{**written, "description": "A letter and a card"})
    assert answer.status_code == MOVED
    assert "Two letters, not one" in text_of(answer)
    assert "A letter and a card" in text_of(answer)


def test_a_double_click_is_one_deed(handler, body, reference):
    hidden = drawn(handler, f"/register/{reference}/note/")
    for _ in range(2):
        assert send(handler, reference, "note", hidden, text="Rang the recipient").status_code == 302
    assert staff.told(body, reference).count("Note: Rang the recipient") == 1


@pytest.mark.parametrize("step", ["triage", "note", "access", "split", "void", "confidential", ""])
def test_a_refusal_does_not_reveal_that_it_exists(handler, second, body, reference, step, text_of):
    access.restrict(body, reference, persons=[], reason="staff", by=handler.person, at=timezone.now())
    tail = f"{step}/" if step else ""
    hidden, nothing = (second.get(f"/register/{name}/{tail}") for name in (reference, "2026-0999"))
    assert hidden.status_code == nothing.status_code == NOT_THERE
    assert text_of(hidden) == text_of(nothing)
    assert reference not in text_of(second.get("/register/"))
    assert reference not in text_of(second.get("/desk/"))


def test_who_looked_at_a_confidential_incident_is_shown(handler, body, reference, text_of):
    assert send(handler, reference, "confidential", reason="a member of staff").status_code == 302
    handler.get(f"/register/{reference}/")
    page = text_of(handler.get(f"/register/{reference}/access/"))
    assert "only those named here see it" in page
    assert models.Look.objects.count() >= 2
    assert "Handler" in page.partition("Who looked at it")[2]
    assert "A letter" not in text_of(handler.get("/register/"))
    assert "Confidential" in text_of(handler.get("/register/"))


def test_names_are_put_on_and_taken_off(handler, second, body, reference, text_of):
    number = second.person.number
    send(handler, reference, "confidential", reason="a member of staff", persons=[])
    assert second.get(f"/register/{reference}/").status_code == NOT_THERE
    assert send(handler, reference, "name", who=f"person:{number}").status_code == 302
    assert second.get(f"/register/{reference}/").status_code == 200
    assert send(handler, reference, "unname", who=f"person:{number}", reason="done").status_code == 302
    assert second.get(f"/register/{reference}/").status_code == NOT_THERE
    assert send(handler, reference, "open", reason="over").status_code == 302
    assert second.get(f"/register/{reference}/").status_code == 200


def test_somebody_named_for_one_incident_sees_its_page_whatever_their_role(handler, visitor, body, reference):
    reviewer = visitor("internal-reviewer")
    assert reviewer.get(f"/register/{reference}/").status_code == NOT_THERE
    access.grant(body, reference, person=reviewer.person.number, by=handler.person, at=timezone.now())
    assert reviewer.get(f"/register/{reference}/").status_code == 200
    assert reviewer.get(f"/register/{reference}/triage/").status_code == NOT_THERE


def test_all_work_of_a_leaver_is_handed_over(handler, second, body, reference, text_of):
    triage.accept(body, reference, by=handler.person, at=timezone.now())
    assert reference in text_of(second.get("/desk/holders/"))
    path = f"/desk/hand-over/?from={handler.person.number}"
    said = {"leaver": str(handler.person.number), "to": str(second.person.number), "reason": "has left"}
    assert second.post(path, {**drawn(second, path), **said}).url == "/desk/holders/"
    assert staff.work(body, reference).assigned_to == second.person.number
    again = second.post(path, {**drawn(second, path), **said})
    assert (again.status_code, "no open work" in text_of(again)) == (WRONG, True)


def test_who_held_what_at_the_end_of_a_month(visitor, body, text_of):
    auditor = visitor("auditor")
    days = re.findall(r"at=(\d{4}-\d\d-\d\d)", auditor.get("/desk/holders/").content.decode())
    assert len(days) == 12
    assert "Auditor" not in text_of(auditor.get(f"/desk/holders/?at={days[-1]}")).partition("Name Roles")[2]


@pytest.mark.parametrize("role", ["auditor", "foi-officer", "reporter"])
def test_the_queue_is_for_those_who_work_on_incidents(visitor, body, role):
    client = visitor(role)
    assert client.get("/desk/").status_code == NOT_THERE
    assert 'href="/desk/"' not in client.get("/").content.decode()


def test_a_body_for_practice_is_marked_on_every_page_and_file(handler, body, register, text_of):
    assert "TRAINING" not in text_of(handler.get("/figures/"))
    now, by = timezone.now(), people.operator(body)
    organisation.say(body, Practice(what="For new handlers"), from_=years.london_day(now), by=by, at=now)
    for path in ("/", "/desk/", "/register/", "/figures/", "/register/2014-0001/"):
        assert "TRAINING" in text_of(handler.get(path)), path
    file = handler.get("/figures/table.csv?measure=near-misses")
    assert 'filename="TRAINING-near-misses' in file["Content-Disposition"]
    assert b"TRAINING" in file.content
    assert handler.get("/figures/table.json").json()["training"] is True


def test_whoever_reported_it_is_asked_and_what_they_told_is_in_sight(handler, body, text_of):
    code = codes.new()
    said = Said(
        description="A folder on a bus", place="Line 12", got_back="partly", reporter="Reporter", near_miss=True
    )
    told = {"code": code, "way": reporting.Way(channel="telephone", language="cy"), "by": None, "at": timezone.now()}
    name = reporting.report(body, said, **told).reference
    page = text_of(handler.get(f"/register/{name}/triage/"))
    for text in ("Where Line 12", "Got back or stopped partly", "Reported by Reporter", "in Welsh", "a near miss"):
        assert text in page
    assert f"/register/{name}/ask/" in handler.get(f"/register/{name}/").content.decode()
    assert send(handler, name, "ask", question=" ").status_code == WRONG
    assert send(handler, name, "ask", question="Which bus was it?").status_code == 302
    reporting.answer(body, code, "The 12 to Hull", at=timezone.now())
    page = text_of(handler.get(f"/register/{name}/ask/"))
    assert "Which bus was it?" in page
    assert "The 12 to Hull" in page
    assert "not answered yet" not in page


def test_nobody_is_asked_where_nobody_reported(handler, register, text_of):
    answer = send(handler, "2014-0001", "ask", question="Who was it?")
    assert answer.status_code == WRONG
    assert "nobody to ask" in text_of(answer)
