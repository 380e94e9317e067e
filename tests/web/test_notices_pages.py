"""My notices: what I was told, the button by which I take something over, and when I want to be told."""

from datetime import date

import pytest
from django.utils import timezone

from candour.incidents import codes, said
from candour.incidents.actions import notices, reporting
from candour.incidents.models import Notice
from candour.incidents.queries import notices as queries
from candour.ledger.models import Entry
from candour.organisation import actions, kinds_of_notices, people


@pytest.fixture
def urgent(body):
    """An urgent report, of which the worker has read; the link in the message to whoever is asked first."""

    def happen(duty, deputy):
        now, by = timezone.now(), people.operator(body)
        stated = kinds_of_notices.Duty(person=duty.person.email, deputy=deputy.person.email)
        actions.say(body, stated, from_=date(2020, 1, 1), by=by, at=now)
        told = said.Said(immediate_risk="yes", description="A list of addresses went out")
        reporting.report(body, told, code=codes.new(), way=reporting.Way(), by=None, at=now)
        notices.gather(body, by=by, at=now)
        item = queries.outbox(body, now).parcels[0].items[0]
        return f"/notices/{item.number}/{item.token}/"

    return happen


def test_a_link_asks_for_sign_in_first(visitor, stranger, urgent):
    link = urgent(visitor("duty-officer"), visitor("duty-officer"))
    sent = stranger.get(link)
    assert sent.status_code == 302
    assert sent["Location"].startswith("/sign-in/?next=/notices/")


def test_the_deputy_opens_the_link_and_takes_it_over_with_one_button(visitor, urgent, text_of):
    duty, deputy = visitor("duty-officer"), visitor("duty-officer")
    link = urgent(duty, deputy)
    page = deputy.get(link, follow=True)
    assert "I have it" in text_of(page)
    assert Entry.objects.filter(deed="notice.acknowledged").count() == 0  # to open it changes nothing
    address = page.request["PATH_INFO"]
    for _ in range(2):  # a double click
        assert "has it, since" in text_of(deputy.post(address, follow=True))
    assert Entry.objects.filter(deed="notice.acknowledged").count() == 1
    assert "Nobody else is asked any more" in text_of(duty.get(address))
    assert "I have it" not in text_of(duty.get(address))


def test_an_altered_link_and_anothers_notice_are_not_there(visitor, urgent):
    duty = visitor("duty-officer")
    link = urgent(duty, visitor("duty-officer"))
    auditor, member = visitor("foi-officer"), visitor("reporter")
    assert duty.get(link[:-3] + "xx/").status_code == 404
    number = Notice.objects.filter(insists=True).first().pk
    for client in (auditor, member):
        assert client.get(f"/notices/{number}/").status_code == 404
        assert client.post(f"/notices/{number}/").status_code == 404
    assert duty.get("/notices/999999/").status_code == 404
    assert Entry.objects.filter(deed="notice.acknowledged").count() == 0


def test_what_i_was_told_and_who_is_called_today(visitor, urgent, text_of, django_assert_max_num_queries):
    duty, deputy = visitor("duty-officer"), visitor("duty-officer")
    urgent(duty, deputy)
    with django_assert_max_num_queries(24):
        text = text_of(duty.get("/notices/"))
    assert "An urgent report waits for somebody" in text
    assert "Who is called today" in text
    assert "Where nobody answers, the next one after 15 minutes" in text
    assert "Nothing yet" in text_of(visitor("reporter").get("/notices/"))


def test_i_choose_when_i_am_told(visitor, text_of):
    handler = visitor("handler")
    page = handler.get("/notices/")
    assert 'name="urgent"' not in page.content.decode()
    given = {kind.value: choice.value for kind, choice in queries.preferences(handler.person).items()}
    handler.post("/notices/", {**given, "report": "digest"})
    assert queries.preferences(handler.person)["report"] == "digest"
    wrong = handler.post("/notices/", {**given, "assigned": "none"})
    assert "Choose work that is given to me from the list" in text_of(wrong)
    assert queries.preferences(handler.person)["assigned"] == "immediate"
