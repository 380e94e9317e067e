"""Somebody reports, follows up with the code, is asked and answers: what stands in the register, and what does not."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.apps import apps
from django.db import connection

import extracts
from candour.incidents import codes, lifecycle, models, replay
from candour.incidents.actions import drafting, reporting
from candour.incidents.queries import incident
from candour.incidents.queries import reporting as told
from candour.incidents.said import Said
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.ledger.models import Words
from candour.organisation import actions as organisation
from candour.reading.days import read
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput

NOW = extracts.NOW
LETTER = Said(
    immediate_risk="no",
    description="A letter went to the wrong house",
    occurred=read("18 November 2026"),
    discovered=read("19 November 2026 14:20"),
    data_types=("health", "basic"),
    data_subjects=("children",),
    people_affected=2,
    got_back="partly",
    reporter="Reporter",
    contact="020 7946 0000",
)


def send(body, said=LETTER, *, code=None, way=None, by=None, at=NOW):
    code = code or codes.new()
    return code, reporting.report(body, said, code=code, way=way or reporting.Way(), by=by, at=at)


def version(of, receipt):
    number = models.Incident.objects.get(body=of.pk, reference=receipt.reference).number
    return models.Version.objects.get(body=of.pk, incident=number, closed=None)


def whole(body):
    return verification.verify(body.pk).ok and replay.compare(body.pk) is None


def test_a_report_is_an_incident_that_waits_for_somebody(body, operator):
    _, receipt = send(body)
    row = version(body, receipt)
    assert (row.tier, row.standing, row.triaged, row.immediate_risk) == ("undetermined", "counted", "no", "no")
    assert (row.occurred_on, row.discovered_on, row.reported_on) == (
        date(2026, 11, 18),
        date(2026, 11, 19),
        date(2026, 11, 20),
    )
    assert row.data_types == "Basic personal identifiers; Health data"
    assert row.personal_data == "suspected"
    handling = models.Handling.objects.get(body=body.pk)
    assert (handling.state, handling.changed) == (lifecycle.State.NEW, receipt.number)
    shown = incident(body, receipt.reference, AsAt(NOW.date(), receipt.number), by=operator, today=NOW.date())
    assert shown.description == LETTER.description
    facts = {fact.name: fact.words for fact in shown.facts}
    assert facts["discovered_at"] == "19 November 2026, 14:20"
    assert whole(body)


def test_the_code_is_nowhere_and_the_words_lie_apart(body):
    code, receipt = send(body)
    entry = ledger.event(body.pk, receipt.number)
    assert entry.words["contact"] == "020 7946 0000"
    with connection.cursor() as cursor:
        for table in {model._meta.db_table for model in apps.get_models()}:
            cursor.execute(f'select * from "{table}"')
            rows = cursor.fetchall()
            assert code not in str(rows)
            if table != Words._meta.db_table:
                assert "wrong house" not in str(rows), table
                assert "7946 0000" not in str(rows), table


def test_an_anonymous_reporter_is_nobody_in_the_record(body):
    _, receipt = send(body, Said(description="A door stood open", near_miss=True, immediate_risk="no"))
    entry = ledger.event(body.pk, receipt.number)
    assert (entry.person, entry.role) == (0, "reporter")
    assert entry.facts["claims"] == {"near_miss": "yes"}


def test_a_double_click_makes_one_report(body):
    code, first = send(body)
    _, second = send(body, code=code)
    assert second.again
    assert second.reference == first.reference
    assert models.Incident.objects.filter(body=body.pk).count() == 1


def test_whoever_could_come_to_harm_is_on_record_at_once_and_the_rest_follows(body, operator):
    code = drafting.begin(body, language="en", at=NOW)
    _, receipt = send(body, Said(immediate_risk="yes"), code=code)
    entry = ledger.event(body.pk, receipt.number)
    assert entry.facts["said"]["immediate_risk"] == "yes"
    assert told.draft(body, code, NOW) is None

    drafting.begin(body, language="en", at=NOW, code=code)
    later = NOW + timedelta(minutes=5)
    reporting.ask(body, receipt.reference, "Where are you?", by=operator, at=later)
    more = reporting.tell_more(body, LETTER, code=code, at=later)
    assert more.reference == receipt.reference
    row = version(body, receipt)
    assert (row.immediate_risk, row.occurred_on, row.reported_on) == ("yes", date(2026, 11, 18), date(2026, 11, 20))
    assert reporting.tell_more(body, LETTER, code=code, at=later).again
    reports, _ = told.told(body, receipt.reference, by=operator, today=NOW.date())
    assert [report.words["How to reach the reporter"] for report in reports] == ["020 7946 0000"]
    assert told.progress(body, code).waits
    reporting.answer(body, code, "At home", at=later)
    assert not told.progress(body, code).waits
    assert models.Incident.objects.filter(body=body.pk).count() == 1
    assert whole(body)


def test_told_by_telephone_the_clock_runs_from_the_call(body, operator):
    call = datetime(2026, 11, 19, 16, 55, tzinfo=UTC)
    way = reporting.Way(channel="telephone", language="cy", told_at=call)
    _, receipt = send(body, Said(description="Told on the telephone"), way=way, by=operator)
    row = version(body, receipt)
    assert (row.reported_on, row.discovered_on, row.logged_on) == (
        date(2026, 11, 19),
        date(2026, 11, 19),
        date(2026, 11, 20),
    )
    assert '"discovered_at":"2026-11-19T16:55+00:00"' in row.times
    assert "taken from reported_on" in row.precision
    report = models.Report.objects.get(body=body.pk)
    assert (report.told_at, report.typed_at, report.channel, report.language) == (call, NOW, "telephone", "cy")
    assert ledger.event(body.pk, receipt.number).facts["told_at"] == "2026-11-19T16:55:00.000000Z"


@pytest.mark.parametrize(
    ("said", "told_at", "says"),
    [
        (LETTER, NOW + timedelta(minutes=1), "in the future"),
        (LETTER, datetime(2026, 11, 18, 9, 0, tzinfo=UTC), "up to when we were told"),
        (Said(occurred=read("21 November 2026")), None, "up to when we were told"),
        (Said(occurred=read("20 November 2026"), discovered=read("19 November 2026")), None, "before it happened"),
        (Said(occurred=read("18 November 2026"), occurred_until=date(2026, 11, 17)), None, "before the first"),
        (Said(occurred_until=date(2026, 11, 17)), None, "before the first"),
        (Said(occurred=read("18 November 2026"), occurred_until=date(2027, 1, 1)), None, "in the future"),
        (Said(description="x" * 50_001), None, "50,000 characters"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_recorded(body, said, told_at, says):
    before = ledger.head(body.pk).number
    with pytest.raises(WrongInput, match=says):
        send(body, said, way=reporting.Way(told_at=told_at))
    assert ledger.head(body.pk).number == before


@pytest.mark.parametrize("text", ["ي" * 40_000, "<script>alert(1)</script>", "a\u202eb", "x" * 40_000])
def test_any_text_is_kept_as_it_was_written(body, text):
    _, receipt = send(body, Said(description=text))
    assert ledger.event(body.pk, receipt.number).words["description"] == text
    assert whole(body)


def test_a_reporter_is_asked_and_answers_and_sees_nothing_else(body, operator):
    code, receipt = send(body)
    reporting.ask(body, receipt.reference, "Which house?", by=operator, at=NOW)
    shown = told.progress(body, code)
    assert (shown.state, shown.outcome, shown.waits) == ("new", None, True)
    assert [line.text for line in shown.thread] == ["Which house?"]
    reporting.answer(body, code, "Number 12", at=NOW)
    shown = told.progress(body, code)
    assert [(line.from_reporter, line.text, line.waits) for line in shown.thread] == [
        (False, "Which house?", False),
        (True, "Number 12", False),
    ]
    reports, thread = told.told(body, receipt.reference, by=operator, today=NOW.date())
    assert reports[0].words["What happened"] == LETTER.description
    assert len(thread) == 2
    assert whole(body)


def test_whom_nobody_told_nobody_can_ask(body, operator, tmp_path):
    extracts.load(body, "reference  logged_on\nA-1  2026-01-01", tmp_path)
    with pytest.raises(Conflict, match="nobody to ask"):
        reporting.ask(body, "A-1", "Which house?", by=operator, at=NOW)
    with pytest.raises(NotThere):
        reporting.answer(body, codes.new(), "Number 12", at=NOW)


def test_only_a_handler_asks(body):
    _, receipt = send(body)
    reader = organisation.add_person(
        body, name="Auditor", roles=["auditor"], email=None, by=extracts.people.operator(body), at=NOW
    )
    with pytest.raises(NotAllowed):
        reporting.ask(body, receipt.reference, "Which house?", by=reader, at=NOW)


def test_a_draft_is_sealed_and_gone_when_sent_or_expired(body):
    code = drafting.begin(body, language="cy", at=NOW)
    answers = {"description": ["A letter went to the wrong house"]}
    assert drafting.save(body, code, "what", answers, language="cy", at=NOW)
    row = models.Draft.objects.get(body=body.pk)
    assert "letter" not in row.sealed
    found = told.draft(body, code, NOW)
    assert found.pages["what"] == {"on": "2026-11-20", "answers": answers}
    assert found.language == "cy"
    send(body, code=code)
    assert not models.Draft.objects.exists()
    assert not drafting.save(body, code, "what", answers, language="cy", at=NOW)


def test_a_draft_expires(body):
    code = drafting.begin(body, language="en", at=NOW)
    later = NOW + drafting.LASTS
    assert told.draft(body, code, later) is None
    assert not drafting.save(body, code, "what", {}, language="en", at=later)
    drafting.begin(body, language="en", at=later)
    assert models.Draft.objects.count() == 1


def test_a_code_of_another_body_opens_nothing(body):
    code, _ = send(body)
    other = extracts.body("other")
    assert told.progress(other, code) is None


def test_recording_a_report_takes_few_queries(body, django_assert_max_num_queries):
    code = drafting.begin(body, language="en", at=NOW)
    with django_assert_max_num_queries(20):
        send(body, code=code)
    with django_assert_max_num_queries(6):
        told.progress(body, code)
