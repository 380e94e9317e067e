"""One page per incident: its clock, its facts with a change for each, its history, and any two moments compared."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

import staff
from candour.incidents.actions import access, acting, amending, linking, marking, triage
from candour.ledger import queries as ledger
from candour.organisation import people

ADDRESS = "/register/2014-0001/"


def amend(body, reference="2014-0001", *, correction=False, **changes):
    by = people.operator(body)
    return amending.amend(
        body, reference, changes, reason="the letter was read again", correction=correction, by=by, at=timezone.now()
    )


def filled(client, address):
    """The hidden fields of a form as the page gave them out."""
    page = client.get(address).content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', page)[1] for name in ("seen", "once")}


def send(client, address, **said):
    given = {"sure": "exact", "how": "changed", "reason": "it came out", **filled(client, address), **said}
    return client.post(address, given)


@pytest.fixture
def reported(body):
    """An incident that came in an hour ago and was noticed before that."""
    now = timezone.now()
    noticed = timezone.localtime(now - timedelta(hours=2)).strftime("%d %B %Y %H:%M")
    return staff.report(body, at=now, discovered=noticed)


def test_the_seventy_two_hours_say_what_is_left_and_what_to_do(visitor, body, reported, text_of):
    client = visitor("handler")
    page = text_of(client.get(f"/register/{reported}/"))
    assert re.search(r"72 hours end \w+ \d+ \w+ \d{4}, \d\d:\d\d · 70 hours left · noticed", page) or "69 hours" in page
    assert "Look at it and take it up" in page
    triage.accept(body, reported, assign_to=client.person, by=client.person, at=timezone.now())
    page = text_of(client.get(f"/register/{reported}/"))
    assert "Answer the ICO’s self-assessment" in page
    assert f"Assigned to {client.person.name}" in page


def test_no_clock_runs_for_what_an_older_register_kept(visitor, register, text_of):
    assert "72 hours" not in text_of(visitor("handler").get(ADDRESS))


def test_each_fact_can_be_changed_by_those_who_may(visitor, register):
    page = visitor("handler").get(ADDRESS).content.decode()
    assert f'href="{ADDRESS}change/department/"' in page
    assert f'href="{ADDRESS}role/"' in page
    assert "/change/source/" not in page
    assert "/change/" not in visitor("auditor").get(ADDRESS).content.decode()
    assert visitor("auditor").get(f"{ADDRESS}change/department/").status_code == 404


@pytest.mark.parametrize(
    ("name", "said", "shows"),
    [
        ("department", {"value": "Legal"}, "Department Legal"),
        ("people_affected", {"value": "40", "sure": "about"}, "People affected about 40"),
        ("people_affected", {"value": "", "sure": "unknown"}, "People affected not known"),
        ("aware_at", {"value": "12 May 2014 14:20"}, "Aware 12 May 2014, 14:20"),
        ("encrypted", {"value": "no"}, "Encrypted no"),
        ("devices", {"value": "2"}, "Devices 2"),
    ],
)
def test_a_fact_is_changed_with_how_sure_it_is_and_why(visitor, register, text_of, name, said, shows):
    client = visitor("handler")
    assert send(client, f"{ADDRESS}change/{name}/", **said).status_code == 302
    page = text_of(client.get(ADDRESS))
    assert shows in page
    assert "Reason: it came out" in page
    assert staff.whole(register)


@pytest.mark.parametrize(
    ("name", "said", "says"),
    [
        ("people_affected", {"value": "some"}, "people_affected"),
        ("aware_at", {"value": "31 September 2014"}, "September"),
        ("devices", {"value": "a few"}, "cannot be read as a whole number"),
        ("department", {"value": "Legal", "reason": ""}, "why"),
        ("department", {"value": "North"}, "nothing would change"),
    ],
)
def test_what_cannot_be_taken_says_so_and_loses_nothing(visitor, register, text_of, name, said, says):
    answer = send(visitor("handler"), f"{ADDRESS}change/{name}/", **said)
    assert answer.status_code == 422
    assert says.lower() in text_of(answer).lower()
    assert f'value="{said["value"]}"' in answer.content.decode()


@pytest.mark.parametrize("name", ["source", "our_role", "closed_on", "moon"])
def test_what_is_no_fact_to_change_is_not_there(visitor, register, name):
    assert visitor("handler").get(f"{ADDRESS}change/{name}/").status_code == 404


def test_the_second_of_two_sees_what_changed_and_decides(visitor, register, text_of):
    client = visitor("handler")
    address = f"{ADDRESS}change/department/"
    seen = filled(client, address)
    amend(register, department="South")
    answer = client.post(address, {**seen, "value": "Legal", "sure": "exact", "how": "changed", "reason": "moved"})
    assert answer.status_code == 409
    assert "Department North South" in text_of(answer)
    assert "Department South" in text_of(client.get(ADDRESS))


def test_a_history_is_told_newest_first_with_who_and_why(visitor, register, text_of):
    amend(register, department="Legal")
    page = text_of(visitor("handler").get(ADDRESS))
    said = "Operator (Operator): Department changed from North to Legal. Reason: the letter was read again"
    assert page.index(said) < page.index("Recorded from old sheet")


def test_an_earlier_standpoint_tells_nothing_of_what_came_later(visitor, register, text_of):
    before = ledger.head(register.pk).number
    amend(register, department="Legal", description="A parcel")
    client, yesterday = visitor("handler"), timezone.localdate() - timedelta(days=1)
    for asked in (f"as_at={yesterday}", f"record={before}"):
        page = text_of(client.get(f"{ADDRESS}?{asked}"))
        assert "Letter to a former address" in page
        assert "Department North" in page
        assert "Legal" not in page
        assert "parcel" not in page
        assert "What can be done" not in page


def test_any_two_moments_are_compared(visitor, register, text_of):
    before = ledger.head(register.pk).number
    amend(register, department="Legal", description="A parcel")
    client, yesterday = visitor("handler"), timezone.localdate() - timedelta(days=1)
    for first in (f"no. {before}", f"{yesterday}"):
        page = text_of(client.get(f"{ADDRESS}compare/", {"first": first, "second": str(timezone.localdate())}))
        assert "Department North Legal" in page
        assert "What happened Letter to a former address A parcel" in page
        assert "Tier other incident" not in page
    same = client.get(f"{ADDRESS}compare/", {"first": str(before), "second": str(before)})
    assert "Nothing differs" in text_of(same)
    early = text_of(client.get(f"{ADDRESS}compare/", {"first": "1 May 2012", "second": str(timezone.localdate())}))
    assert "Department not in the record Legal" in early


@pytest.mark.parametrize("first", ["soon", "no. 999999", "1 January 2099", ""])
def test_a_moment_that_is_none_says_so(visitor, register, text_of, first):
    page = visitor("handler").get(f"{ADDRESS}compare/", {"first": first, "second": "1"})
    assert "There is a problem" in text_of(page)


def test_who_may_not_see_it_may_not_compare_or_change_it(visitor, register):
    for address in (ADDRESS, f"{ADDRESS}compare/", f"{ADDRESS}change/department/", f"{ADDRESS}mark/"):
        assert visitor("foi-officer").get(address).status_code == 404


def test_an_incident_carries_the_higher_of_two_markings(visitor, register, text_of):
    client = visitor("handler")
    assert "OFFICIAL-SENSITIVE" in text_of(client.get(ADDRESS))
    answer = send(client, f"{ADDRESS}mark/", marking="OFFICIAL-SENSITIVE")
    assert answer.status_code == 302
    assert "Marked OFFICIAL-SENSITIVE." in text_of(client.get(ADDRESS))


def test_an_incident_with_everything_takes_few_queries(
    visitor, body, register, reported, django_assert_max_num_queries
):
    client = visitor("handler")
    by, now = client.person, timezone.now()
    triage.accept(body, reported, assign_to=by, by=by, at=now)
    triage.note(body, reported, "Rang the recipient", by=by, at=now)
    linking.link(body, reported, "2014-0001", linking.RELATED, by=by, at=now)
    task = acting.Task(by, timezone.localdate() + timedelta(days=7))
    acting.plan(body, reported, "Write to everyone", task, by=by, at=now)
    marking.mark(body, reported, "OFFICIAL-SENSITIVE", reason="names in it", by=by, at=now)
    address = f"/register/{reported}/"
    assert "Write to everyone" in client.get(address).content.decode()
    with CaptureQueriesContext(connection) as empty:
        client.get("/accessibility")
    with django_assert_max_num_queries(len(empty) + 12):
        client.get(address)


CELL = "/figures/incidents/?measure={}&by=span&group=&start=2014-04-01&end=2016-03-31"


def test_behind_a_number_nothing_confidential_is_told_and_all_is_counted(visitor, register, text_of):
    named, other = visitor("handler"), visitor("handler")
    access.restrict(
        register, "2014-0002", persons=[named.person.number], reason="staff", by=named.person, at=timezone.now()
    )
    page = text_of(other.get(CELL.format("all-incidents")))
    assert "4 incidents behind the number" in page or "3 incidents behind the number" in page
    assert "1 more that you may not see; it is counted all the same" in page
    assert "2014-0002" not in page
    assert "Laptop" not in page
    seen = text_of(named.get(CELL.format("all-incidents")))
    assert "2014-0002 Confidential" in seen
    assert "Laptop" not in seen


def test_behind_people_stands_how_many(visitor, register, text_of):
    page = text_of(visitor("handler").get(CELL.format("people-affected")))
    assert "Together: 121 people" in page
    assert "Laptop left on a train Reported to the ICO 120" in page


def test_a_difference_in_a_confidential_incident_is_only_counted(visitor, register, text_of):
    before = ledger.head(register.pk).number
    amend(register, "2014-0002", tier="event", correction=True)
    named, other = visitor("handler"), visitor("handler")
    access.restrict(
        register, "2014-0002", persons=[named.person.number], reason="staff", by=named.person, at=timezone.now()
    )
    years = "by=financial-year&group=tier&start=1+April+2014&end=31+March+2016"
    asked = f"/figures/?measure=all-incidents&{years}&against={before}"
    assert "corrected: the letter was read again" in text_of(named.get(asked))
    page = text_of(other.get(asked))
    assert "1 that you may not see" in page
    assert "2014-0002" not in page
    assert "read again" not in page
