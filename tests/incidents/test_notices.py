"""People are told what the record brings, and asked in turn until somebody acknowledges what is urgent."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import notice_board as board
from candour.incidents import history, models, replay
from candour.incidents.actions import access, acting, assessing, notices, reporting, triage, voiding
from candour.incidents.queries import causing
from candour.incidents.queries import notices as queries
from candour.ledger import actions as ledger
from candour.ledger import verification
from candour.ledger.models import Entry, Words
from candour.organisation import actions, people
from candour.organisation.kinds_of_notices import Absence, Notices, Reachable
from candour.reading.days import read
from candour.rules.refusals import NotAllowed, NotThere, WrongInput

FRIDAY = board.FRIDAY
CALM = {"immediate_risk": "no"}
PERSONAL = {**CALM, "data_types": ("basic",), "discovered": read("28 August 2026 17:45")}


@pytest.fixture
def office(db):
    return board.body()


def whole(of):
    return verification.verify(of.pk).ok and replay.compare(of.pk) is None


def acknowledge(of, name, minutes=0):
    at = FRIDAY + timedelta(minutes=minutes)
    return notices.acknowledge(of, board.waiting(of), by=board.person(of, name), at=at)


def test_harm_at_a_quarter_to_six_on_the_friday_before_a_bank_holiday_acknowledged_by_the_deputy(office):
    board.say(office, Notices(webhook="https://chat.example.org/hook", quiet_from="17:30"))
    _, reference = board.report(office)
    assert board.work(office, minutes=1) == [
        ("urgent", "duty", "mail"),
        ("urgent", "https://chat.example.org/hook", "webhook"),
    ]
    assert board.work(office, minutes=2) == []
    assert board.work(office, minutes=16)[0] == ("urgent", "deputy", "mail")
    number = acknowledge(office, "deputy", minutes=20)
    assert Entry.objects.get(body=office.pk, number=number).deed == "notice.acknowledged"
    assert [board.work(office, minutes=minutes) for minutes in (31, 60, 600)] == [[], [], []]
    # the team reads of the report when it is back, on Tuesday at seven
    tuesday = FRIDAY.replace(month=9, day=1, hour=7, minute=0)
    assert board.work(office, tuesday - timedelta(seconds=1)) == []
    assert ("report", "handler", "mail") in board.work(office, tuesday)
    assert whole(office)
    said = [sentence.words for sentence in history.sentences(office, reference)]
    assert "Duty officer was asked by mail to take care of it, because it is urgent." in said
    assert "Acknowledged: “I have it”. Nobody else was asked from then on." in said


def test_unacknowledged_it_goes_to_the_deputy_then_the_siro_and_round_again(office):
    board.report(office)
    asked = [board.work(office, minutes=minutes) for minutes in (0, 15, 30, 45, 60)]
    names = [next(to for kind, to, _ in sent if kind == "urgent") for sent in asked]
    assert names == ["duty", "deputy", "siro", "duty", "deputy"]
    assert Entry.objects.filter(body=office.pk, deed="notice.sent").count() == 5
    assert whole(office)


def test_who_is_away_is_passed_over(office):
    board.say(office, Absence("summer", board.address("duty")), from_=date(2026, 8, 20), until=date(2026, 9, 1))
    board.report(office)
    assert ("urgent", "deputy", "mail") in board.work(office)


def test_without_a_rota_whoever_is_a_duty_officer_is_asked(db):
    of = board.body()
    actions.end(of, "duty", "duty", from_=date(2026, 8, 1), by=people.operator(of), at=FRIDAY)
    board.report(of)
    assert ("urgent", "duty", "mail") in board.work(of)


def test_where_nobody_can_be_asked_it_waits_for_the_first_who_can(db):
    of = actions.add_body("empty", name="Empty Body", kind="ndpb", regime="foia", at=FRIDAY)
    board.report(of)
    assert board.work(of) == []
    later = FRIDAY + timedelta(hours=1)
    by = people.operator(of)
    actions.add_person(of, name="SIRO", roles=["siro"], email="late@empty.example", by=by, at=later)
    assert board.work(of, later) == [("urgent", "late", "mail")]


def test_a_text_message_goes_to_whom_has_a_telephone(office):
    board.say(office, Notices(sms="https://sms.example.org/send"))
    board.say(office, Reachable("first", board.address("duty"), "+44 7700 900000"))
    board.report(office)
    assert {way for _, _, way in board.work(office)} == {"mail", "sms"}
    assert {way for kind, _, way in board.work(office, minutes=15) if kind == "urgent"} == {"mail"}


def test_acknowledged_twice_is_acknowledged_once_and_not_by_everybody(office):
    board.report(office)
    board.work(office)
    number = board.waiting(office)
    for name in ("member", "records"):
        with pytest.raises((NotAllowed, NotThere)):
            notices.acknowledge(office, number, by=board.person(office, name), at=FRIDAY)
    first = notices.acknowledge(office, number, by=board.person(office, "siro"), at=FRIDAY)
    assert notices.acknowledge(office, number, by=board.person(office, "duty"), at=FRIDAY) == first
    shown = queries.notice(office, number, by=board.person(office, "duty"), at=FRIDAY)
    assert shown.taken[0] == "Senior information risk owner"
    with pytest.raises(NotThere):
        queries.notice(office, number, by=board.person(office, "records"), at=FRIDAY)


def test_what_asks_for_nothing_is_not_acknowledged(office):
    board.report(office, **CALM)
    board.work(office)
    number = models.Notice.objects.get(kind="report", person=board.person(office, "handler").number).pk
    with pytest.raises(WrongInput):
        notices.acknowledge(office, number, by=board.person(office, "handler"), at=FRIDAY)


def test_the_same_ledger_read_twice_tells_once(office):
    board.report(office)
    board.work(office)
    before = models.Notice.objects.count()
    models.Bookmark.objects.update(number=0)
    board.work(office)
    assert models.Notice.objects.count() == before


def test_a_worker_that_never_ran_begins_with_the_last_day(office):
    board.report(office)
    late = FRIDAY + timedelta(days=2)
    board.report(office, at=late, **CALM)
    board.work(office, late)
    assert set(models.Notice.objects.values_list("kind", flat=True)) == {"report"}


def test_what_could_not_be_sent_is_tried_again_a_little_later(office):
    board.report(office)
    by = people.operator(office)
    notices.gather(office, by=by, at=FRIDAY)
    parcel = queries.outbox(office, FRIDAY).parcels[0]
    notices.failed(office, parcel.numbers, at=FRIDAY)
    urgent = [queries.outbox(office, FRIDAY + timedelta(minutes=m)).parcels[:1] for m in (0, 1, 2)]
    assert [bool(found and found[0].numbers == parcel.numbers) for found in urgent] == [False, False, True]


def test_what_never_went_out_is_not_said_ten_times_when_the_mail_works_again(office):
    board.report(office)
    by = people.operator(office)
    notices.gather(office, by=by, at=FRIDAY)
    for number in range(12):
        notices.escalate(office, by=by, at=FRIDAY + timedelta(minutes=15 * number))
    sent = board.work(office, minutes=15 * 11)
    assert sorted(to for kind, to, _ in sent if kind == "urgent") == ["deputy", "duty", "siro"]


def test_the_clock_that_runs_over_the_holiday_is_told_at_once_until_the_ico_is_decided_about(office):
    _, reference = board.report(office, **PERSONAL)
    assert ("clock", "duty", "mail") in board.work(office)
    acknowledge(office, "duty")
    handler, siro = board.person(office, "handler"), board.person(office, "siro")
    triage.accept(office, reference, by=handler, at=FRIDAY)
    saturday = FRIDAY + timedelta(hours=24)
    assert ("clock", "duty", "mail") in board.work(office, saturday)
    grounds = assessing.Grounds("Nobody is at risk", without_advice="It is the weekend")
    assessing.decide(office, reference, "ico", "do-not-tell", grounds=grounds, by=siro, at=saturday)
    assert board.work(office, saturday + timedelta(minutes=30)) == []
    assert [one for one in board.work(office, saturday + timedelta(hours=25)) if one[0] == "clock"] == []
    assert models.Notice.objects.filter(insists=True, over=False).count() == 0
    assert whole(office)


def test_an_incident_that_was_a_mistake_asks_nobody_any_more(office):
    _, reference = board.report(office)
    board.work(office)
    triage.dismiss(office, reference, reason="a test of the form", by=board.person(office, "handler"), at=FRIDAY)
    assert [one for one in board.work(office, minutes=20) if one[0] == "urgent"] == []


def test_an_incident_in_the_week_is_told_at_the_hours_to_whoever_has_it(office):
    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    told = {**CALM, "data_types": ("basic",), "discovered": read("7 September 2026 10:00")}
    _, reference = board.report(office, at=monday, **told)
    handler = board.person(office, "handler")
    triage.accept(office, reference, by=handler, at=monday)
    marks = [board.work(office, monday + timedelta(hours=hours)) for hours in (1, 23, 24, 48, 60, 68)]
    assert [[one for one in sent if one[0] == "clock"] for sent in marks] == [
        [], [], *([[("clock", "handler", "mail")]] * 4),
    ]  # fmt: skip


def test_who_reported_hears_of_questions_and_of_the_outcome(office):
    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    code, reference = board.report(office, at=monday, contact="Write to anna@example.org, please", **CALM)
    handler = board.person(office, "handler")
    triage.accept(office, reference, by=handler, at=monday)
    reporting.ask(office, reference, "Which street?", by=handler, at=monday)
    assert ("question", "anna", "mail") in board.work(office, monday)
    reporting.answer(office, code, "The next one", at=monday)
    assert board.work(office, monday) == [("answer", "handler", "mail")]
    triage.dismiss(office, reference, reason="not one", by=handler, at=monday)
    assert board.work(office, monday) == [("outcome", "anna", "mail")]


def test_a_reporter_whose_words_were_erased_is_not_written_to(office):
    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    _, reference = board.report(office, at=monday, contact="anna@example.org", **CALM)
    by = people.operator(office)
    triage.dismiss(office, reference, reason="not one", by=board.person(office, "handler"), at=monday)
    notices.gather(office, by=by, at=monday)
    Words.objects.filter(field="contact").update(text=None, salt=None, erased_at=monday)
    assert [one for one in board.work(office, monday) if one[0] == "outcome"] == []


def test_a_reporter_with_an_account_is_told_by_it_and_may_choose(office):
    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    member = board.person(office, "member")
    notices.prefer(member, {"outcome": "digest"})
    _, reference = board.report(office, at=monday, by=member, **CALM)
    triage.dismiss(office, reference, reason="not one", by=board.person(office, "handler"), at=monday)
    assert [one for one in board.work(office, monday) if one[0] == "outcome"] == []
    tuesday = monday.replace(day=8, hour=8)
    assert ("outcome", "member", "mail") in board.work(office, tuesday)
    lines = queries.mine(member, tuesday)
    assert [(line.kind, line.reference) for line in lines] == [("outcome", "")]


@pytest.mark.parametrize(
    ("contact", "found"),
    [
        ("anna@example.org", "anna@example.org"),
        ("Anna <anna.b@mail.example.org>; 020", "anna.b@mail.example.org"),
        ("020 7946 0000", ""),
        ("a@b", ""),
        (None, ""),
        ("x" * 300 + "@example.org", ""),
        ("a@example.org\nBcc: b@example.org", "a@example.org"),
    ],
)
def test_the_address_that_a_reporter_left(contact, found):
    assert causing.address(contact) == found


def test_work_that_is_given_is_told_to_whom_it_is_given(office):
    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    _, reference = board.report(office, at=monday, **CALM)
    handler, duty = board.person(office, "handler"), board.person(office, "duty")
    triage.accept(office, reference, assign_to=handler, by=duty, at=monday)
    task = acting.Task(board.person(office, "member"), date(2026, 9, 8))
    number = acting.plan(office, reference, "Ring the recipient", task, by=handler, at=monday)
    sent = board.work(office, monday)
    assert {("assigned", "handler", "mail"), ("assigned", "member", "mail")} <= set(sent)
    wednesday = monday.replace(day=9)
    assert board.work(office, wednesday) == [("overdue", "member", "mail")]
    assert board.work(office, wednesday + timedelta(hours=1)) == []
    acting.end(office, number, "done", by=handler, at=wednesday)
    assert board.work(office, wednesday.replace(day=10)) == []


def test_a_confidential_incident_is_told_only_to_those_who_may_see_it(office):
    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    board.work(office, monday)
    _, reference = board.report(office, at=monday)
    handler = board.person(office, "handler")
    access.restrict(office, reference, persons=[], reason="about a colleague", by=handler, at=monday)
    assert board.work(office, monday) == [("urgent", "handler", "mail")]


def test_digests_are_one_mail_a_day_and_none_is_none(office):
    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    notices.prefer(board.person(office, "handler"), {"report": "digest"})
    notices.prefer(board.person(office, "deputy"), {"report": "none"})
    for number in range(3):
        board.report(office, at=monday + timedelta(minutes=number), **CALM)
    assert {to for _, to, _ in board.work(office, monday, minutes=5)} == {"duty"}
    tuesday = monday.replace(day=8, hour=8)
    found = queries.outbox(office, tuesday).parcels
    assert [(parcel.to, parcel.is_digest, len(parcel.items)) for parcel in found] == [
        (board.address("handler"), True, 3)
    ]


@pytest.mark.parametrize("choice", [{"assigned": "none"}, {"urgent": "digest"}, {"weather": "none"}])
def test_what_may_not_be_chosen_is_refused(office, choice):
    with pytest.raises(WrongInput):
        notices.prefer(board.person(office, "handler"), choice)


def test_a_mail_quotes_an_incident_only_where_the_body_says_so(office):
    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    board.report(office, at=monday, **CALM)
    notices.gather(office, by=people.operator(office), at=monday)
    assert not any(item.words for parcel in queries.outbox(office, monday).parcels for item in parcel.items)
    board.say(office, Notices(content=True), at=monday)
    assert all(item.words for parcel in queries.outbox(office, monday).parcels for item in parcel.items)


def test_a_link_leads_to_its_notice_and_no_other(office):
    board.report(office)
    notices.gather(office, by=people.operator(office), at=FRIDAY)
    item = queries.outbox(office, FRIDAY).parcels[0].items[0]
    assert queries.by_token(item.number, item.token) == item.number
    for number, token in ((item.number + 1, item.token), (item.number, "x"), (item.number, "")):
        with pytest.raises(NotThere):
            queries.by_token(number, token)


def test_a_proposed_disposal_is_told_to_the_other_who_may_approve_it(office):
    entry = {"deed": "disposal.proposed", "subject": "disposal", "facts": {}}

    monday = FRIDAY.replace(month=9, day=7, hour=10, minute=0)
    records = board.person(office, "records")
    with transaction.atomic():
        ledger.append(office.pk, **entry, by=people.require(records, "disposal.proposed", monday), at=monday)
    assert board.work(office, monday) == [("disposal", "archive", "mail")]


def test_a_round_that_finds_nothing_costs_little(office, django_assert_max_num_queries):
    board.report(office)
    board.work(office)
    acknowledge(office, "duty")
    with django_assert_max_num_queries(40):
        board.work(office, minutes=1)


steps = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["work", "report", "void", "crash", "acknowledge"])), max_size=14
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_whatever_happens_every_urgent_report_is_asked_about_until_it_is_acknowledged(db, steps):
    """Rounds at any moment, some cut off before anything was recorded as sent; nobody is asked twice at once."""
    with transaction.atomic():
        of, at = board.body(), FRIDAY
        reports = []
        for minutes, what in [(0, "report"), *steps]:
            at += timedelta(minutes=minutes)
            _do(of, what, at, reports)
            board.work(of, at)
            _hold(of, at)
        assert whole(of)
        transaction.set_rollback(True)


def _do(of, what, at, reports):
    if what == "report":
        reports.append(board.report(of, at=at)[1])
    elif what == "crash":
        notices.gather(of, by=people.operator(of), at=at)
        notices.escalate(of, by=people.operator(of), at=at)
    elif what == "acknowledge" and models.Notice.objects.filter(body=of.pk, insists=True, over=False).exists():
        notices.acknowledge(of, board.waiting(of), by=board.person(of, "siro"), at=at)
    elif what == "void" and reports:
        voiding.void(of, reports.pop(), reason="it was a test", by=board.person(of, "handler"), at=at)


def _hold(of, at):
    rows = models.Notice.objects.filter(body=of.pk, insists=True)
    for entry in set(rows.values_list("entry", flat=True)):
        mine = rows.filter(entry=entry).order_by("asked")
        times = list(mine.values_list("due_at", flat=True))
        assert all(later - earlier >= timedelta(minutes=15) for earlier, later in pairwise(times))
        if mine.filter(over=False).exists():
            assert at - times[-1] < timedelta(minutes=15)
        else:
            settled = models.Handling.objects.filter(body=of.pk, state="closed").exists()
            assert settled or mine.exclude(acknowledged=None).exists()


def test_once_a_month_those_who_hand_work_over_are_asked_to_look_through_who_holds_what(office):
    assert board.work(office) == []
    first = FRIDAY.replace(month=9, day=1, hour=9, minute=0)
    asked = {("holders", name, "mail") for name in ("handler", "duty", "deputy")}
    assert set(board.work(office, first)) == asked
    assert [board.work(office, first + timedelta(days=days)) for days in (0, 1, 14)] == [[], [], []]
    assert set(board.work(office, first.replace(month=10))) == asked
    line, *_ = queries.mine(board.person(office, "handler"), first.replace(month=10))
    assert (line.kind.value, line.reference) == ("holders", "")
