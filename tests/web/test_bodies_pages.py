"""Several bodies on one page: what a sponsor may see, and what became part of us, with references as they read here."""

from datetime import date

import pytest
from django.utils import timezone

import extracts
from candour.figures import actions as knowing
from candour.incidents import loading
from candour.organisation import actions, kinds, people, succession
from candour.organisation.kinds_of_bodies import Shared

ASKED = "measure=events&by=financial-year&start=1+April+2014&end=31+March+2016"


@pytest.fixture
def other(db, tmp_path):
    """Another body with two incidents in 2014/15."""
    now = timezone.now()
    made = actions.add_body("other", name="Other Body", kind="ndpb", regime="foia", at=now)
    by = people.operator(made)
    path = tmp_path / "other.csv"
    path.write_text("reference,logged_on,tier\nO-1,2014-05-01,event\nO-2,2014-06-01,event\n", encoding="utf-8")
    with extracts.read(path, today=now.date()) as rows:
        loading.load(rows, body=made, source="sheet", update=False, dry_run=False, by=by, at=now)
    since = date(2011, 4, 1)
    knowing.state_coverage(
        made, "events", since=since, until=None, where={}, kept_in=None, reason="sample", by=by, at=now
    )
    return made


@pytest.fixture
def shared(other, body):
    for stated in (kinds.Sponsor("Sample Body", body=body.slug), Shared(body.slug, "events")):
        actions.say(other, stated, from_=date(2014, 4, 1), by=people.operator(other), at=timezone.now())
    return other


@pytest.fixture
def merged(other, body, register):
    on, now = date(2015, 4, 1), timezone.now()
    by = people.operator(other)
    succession.hand_over(other, [body], how="merged", on=on, reason="the order of 2015", by=by, at=now)
    succession.take_over(body, other, prefix="OB/", by=people.operator(body), at=now)
    return other


def test_a_sponsor_sees_the_bodies_that_share_a_measure(visitor, shared, text_of):
    page = text_of(visitor("foi-officer").get(f"/figures/bodies/?of=sponsored&{ASKED}"))
    assert "Events and anomalies, by body and financial year" in page
    assert "Other Body 2 0" in page
    assert "Record of Other Body no." in page


def test_unasked_it_shows_what_is_shared_and_without_anything_it_says_how_to_share(visitor, shared, text_of):
    client = visitor("foi-officer")
    assert "Events and anomalies, by body" in text_of(client.get("/figures/bodies/"))
    nothing = text_of(client.get("/figures/bodies/?of=sponsored&measure=near-misses"))
    assert "No body shares this measure with us; they share events." in nothing


def test_a_table_of_bodies_is_filtered_by_a_scheme_and_shows_middle_values(visitor, merged, text_of):
    client = visitor("handler")
    asked = ASKED.replace("measure=events", "measure=all-incidents")
    page = text_of(client.get(f"/figures/bodies/?of=joined&only=category&value=V&{asked}"))
    assert "Sample Body 0 1" in page
    assert "Only where category V" in page
    middle = text_of(client.get(f"/figures/bodies/?of=joined&{ASKED.replace('events', 'people-affected-median')}"))
    assert "Together the middle of several bodies is not made of their middles" in middle


def test_what_came_with_a_body_is_named_with_the_entry_that_took_it_over(visitor, merged, text_of):
    page = visitor("handler").get(f"/figures/bodies/?of=joined&{ASKED}&against=1")
    assert "OB/O-1 not counted Event, 2014/15 Other Body merged into us on 1 April 2015" in text_of(page)
    assert "/register/OB/" not in page.content.decode()
    assert "3 that you may not see" in text_of(
        visitor("foi-officer").get(f"/figures/bodies/?of=joined&{ASKED}&against=1")
    )


def test_a_sponsor_is_led_to_no_incident_of_its_bodies(visitor, shared):
    client = visitor("handler", "siro")
    page = client.get(f"/figures/bodies/?of=sponsored&{ASKED}").content.decode()
    assert "/figures/bodies/incidents/" not in page
    assert client.get(f"/figures/bodies/incidents/?from=other&of=joined&{ASKED}").status_code == 404


def test_what_became_part_of_us_is_a_line_of_its_own_and_a_total_that_says_so(visitor, merged, text_of):
    page = text_of(visitor("handler").get(f"/figures/bodies/?of=joined&{ASKED}"))
    assert "Other Body 2 ended on 1 April 2015 Sample Body 0 1 Together 2 1" in page
    assert "Other Body: merged into us on 1 April 2015" in page
    assert "Together, 2015/16: without Other Body: not applicable" in page


def test_its_references_read_with_the_prefix_we_gave_them(visitor, merged, text_of):
    client = visitor("handler")
    page = client.get(f"/figures/bodies/?of=joined&{ASKED}").content.decode()
    assert page.count("/figures/bodies/incidents/?from=other") == 1
    listed = text_of(client.get(f"/figures/bodies/incidents/?from=other&of=joined&{ASKED}"))
    assert "OB/O-1 Event OB/O-2 Event" in listed
    assert visitor("foi-officer").get(f"/figures/bodies/incidents/?from=other&of=joined&{ASKED}").status_code == 404


@pytest.mark.parametrize("kind", ["csv", "ods", "xlsx", "json", "svg", "pdf"])
def test_the_same_table_as_a_file(visitor, shared, kind):
    answer = visitor("auditor").get(f"/figures/bodies/table.{kind}?of=sponsored&{ASKED}")
    assert answer.status_code == 200
    assert "events-by-body-as-at-" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("only=category&value=IV&against=1", "a sponsor sees numbers"),
        ("as_at=1+January+2099", "still to come"),
        ("start=1+April+2016&end=1+April+2015", "before"),
        ("of=everybody", "Choose bodies from the list"),
    ],
)
def test_a_question_that_makes_no_sense_says_what_to_mend(visitor, shared, asked, says, text_of):
    client = visitor("auditor")
    assert says.lower() in text_of(client.get(f"/figures/bodies/?{asked}")).lower()
    assert client.get(f"/figures/bodies/table.csv?{asked}").status_code == 422
    assert client.get("/figures/bodies/table.exe").status_code == 404
