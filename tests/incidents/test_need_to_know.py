"""Who may see which incident, who changes that, and who looked."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

import extracts
import staff
from candour.figures import questions, tables
from candour.incidents import access, models, queries
from candour.incidents.actions import access as seeing
from candour.incidents.actions import acting, amend, assigning, linking, triage
from candour.incidents.queries import holding, lines, queue
from candour.incidents.queries import seeing as shown
from candour.incidents.queries.shown import Shown
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.models import OPEN
from candour.organisation import actions as organisation
from candour.organisation import people
from candour.organisation.kinds_of_work import Department
from candour.rules import years
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput

NOW = extracts.NOW
LATER = NOW + timedelta(hours=2)
TODAY = NOW.date()


@pytest.fixture
def handler(body):
    return staff.hire(body, "handler", name="First handler")


@pytest.fixture
def second(body):
    return staff.hire(body, "handler", name="Second handler")


@pytest.fixture
def reference(body):
    return staff.report(body)


@pytest.fixture
def secret(body, reference, handler):
    seeing.restrict(body, reference, persons=[], reason="a member of staff", by=handler, at=LATER)
    return reference


def listed(body, by):
    return [row.reference for row in queries.page(body, by=by, today=TODAY).rows]


def test_a_confidential_incident_is_seen_only_by_those_named(body, secret, handler, second):
    assert listed(body, handler) == [secret]
    assert listed(body, second) == []
    assert listed(body, people.operator(body)) == []
    assert queries.page(body, by=second, today=TODAY, words="letter").rows == []


@pytest.mark.parametrize("everything", [True, False])
@pytest.mark.parametrize("departments", [(), ("North",), ("North", "Legal")])
def test_what_is_seen_is_the_same_wherever_the_rule_is_written(body, handler, second, everything, departments):
    names = [staff.report(body) for _ in range(4)]
    by, said = people.operator(body), {"reason": "r", "correction": False}
    amend(body, names[0], {"department": "North"}, by=by, at=LATER, **said)
    amend(body, names[1], {"department": "North"}, by=by, at=LATER, **said)
    seeing.restrict(body, names[1], persons=[], reason="a member of staff", by=handler, at=LATER)
    seeing.restrict(body, names[2], persons=[second.number], reason="a colleague", by=handler, at=LATER)
    for person in (handler, second, by):
        seen = access.Sight(person.number, everything, departments)
        rows = models.Version.objects.filter(body=body.pk, closed=None, held_until=OPEN)
        numbers = list(rows.values_list("incident", flat=True))
        shown_ = Shown(body, seen, None, {}, {}).among(numbers)
        assert set(shown_) == set(access.within(rows, seen).values_list("incident", flat=True))


def test_a_list_does_not_say_what_a_confidential_incident_is_about(body, secret, handler):
    row = queries.page(body, by=handler, today=TODAY).rows[0]
    assert (row.confidential, row.description) == (True, "")
    assert lines.line(body, secret, by=handler, today=TODAY).about == "A letter went to the wrong house"


def test_a_refusal_does_not_reveal_that_it_exists(body, secret, second):
    sentences = set()
    for name in (secret, "2026-0999"):
        with pytest.raises(NotThere) as refused:
            triage.note(body, name, "text", by=second, at=LATER)
        sentences.add(str(refused.value).replace(name, "X"))
        at = AsAt(TODAY, ledger.head(body.pk).number)
        with pytest.raises(NotThere):
            queries.incident(body, name, at, by=second, today=TODAY)
        with pytest.raises(NotThere):
            amend(body, name, {"department": "North"}, reason="r", correction=False, by=second, at=LATER)
        with pytest.raises(NotThere):
            lines.line(body, name, by=second, today=TODAY)
    assert sentences == {"there is no incident X"}


def test_it_is_counted_all_the_same(body, secret):
    period = years.Period(TODAY.replace(month=4, day=1), TODAY, "2026/27", "span")
    asked = questions.question("all-incidents", (period,))
    table = tables.table(body.pk, asked, AsAt(TODAY, ledger.head(body.pk).number))
    assert table.groups[0].cells[0].value == 1


def test_others_are_named_and_taken_off(body, secret, handler, second):
    seeing.grant(body, secret, person=second.number, by=handler, at=LATER)
    assert listed(body, second) == [secret]
    with pytest.raises(Conflict, match="may see"):
        seeing.grant(body, secret, person=second.number, by=handler, at=LATER)
    seeing.revoke(body, secret, person=handler.number, reason="moved", by=second, at=LATER)
    assert listed(body, handler) == []
    with pytest.raises(Conflict, match="nobody would be left"):
        seeing.revoke(body, secret, person=second.number, reason="moved", by=second, at=LATER)
    assert listed(body, second) == [secret]
    assert staff.told(body, secret)[:2] == ["First handler is no longer named for it.", "Second handler may see it."]
    assert staff.whole(body)


def test_what_was_confidential_is_opened_again(body, secret, handler, second):
    with pytest.raises(Conflict, match="confidential already"):
        seeing.restrict(body, secret, persons=[second.number], reason="again", by=handler, at=LATER)
    seeing.open_up(body, secret, reason="the inquiry has ended", by=handler, at=LATER)
    assert listed(body, second) == [secret]
    with pytest.raises(Conflict, match="not confidential"):
        seeing.open_up(body, secret, reason="again", by=handler, at=LATER)


def test_only_people_of_the_body_are_named(body, reference, handler):
    with pytest.raises(WrongInput, match="not there"):
        seeing.restrict(body, reference, persons=[99], reason="r", by=handler, at=LATER)
    with pytest.raises(WrongInput, match="name a person or a department"):
        seeing.grant(body, reference, by=handler, at=LATER)
    with pytest.raises(NotAllowed):
        seeing.grant(body, reference, person=handler.number, by=staff.hire(body, "auditor"), at=LATER)


@pytest.fixture
def owner(body):
    organisation.say(
        body, Department(name="North", owner="north@sample-body.example"), from_=TODAY, by=people.operator(body), at=NOW
    )
    return staff.hire(body, "information-asset-owner", email="North@sample-body.example")


def test_an_asset_owner_sees_the_incidents_of_their_department(body, reference, handler, owner):
    staff.report(body, "Another", at=NOW + timedelta(minutes=1))
    assert listed(body, owner) == []
    amend(body, reference, {"department": "North"}, reason="r", correction=False, by=handler, at=LATER)
    assert listed(body, owner) == [reference]
    triage.note(body, reference, "We told the team", by=owner, at=LATER)
    seeing.restrict(body, reference, persons=[], reason="r", by=handler, at=LATER)
    assert listed(body, owner) == []
    seeing.grant(body, reference, department="North", by=handler, at=LATER)
    assert listed(body, owner) == [reference]
    assert "North may see it." in staff.told(body, reference)[0]


def test_an_asset_owner_notes_nothing_on_what_is_not_theirs(body, reference, owner):
    with pytest.raises(NotThere):
        triage.note(body, reference, "text", by=owner, at=LATER)


def test_somebody_named_for_one_incident_sees_that_one_whatever_their_role(body, reference, handler):
    reviewer = staff.hire(body, "internal-reviewer")
    with pytest.raises(NotThere):
        listed(body, reviewer)
    seeing.grant(body, reference, person=reviewer.number, by=handler, at=LATER)
    assert listed(body, reviewer) == [reference]
    staff.report(body, "Another", at=LATER)
    assert listed(body, reviewer) == [reference]


def test_who_looked_at_a_confidential_incident_is_recorded_for_ever(body, secret, handler):
    other = staff.report(body, "Another", at=LATER)
    seeing.look(body, other, by=handler, at=LATER)
    seeing.look(body, secret, by=handler, at=LATER)
    line = lines.line(body, secret, by=handler, today=TODAY)
    assert [(look.name, look.at) for look in shown.sight(body, line).looks] == [("First handler", LATER)]
    assert models.Look.objects.count() == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Look.objects.update(person=1)
    with pytest.raises(DatabaseError), transaction.atomic():
        models.Look.objects.all().delete()


def test_a_part_of_a_confidential_incident_is_confidential(body, secret, handler, second):
    from candour.incidents.actions import splitting  # noqa: PLC0415

    parts = [splitting.Part(frozenset()), splitting.Part(frozenset(), {}, "The second part")]
    _, part = splitting.split(body, secret, parts, reason="two", by=handler, at=LATER)
    assert part in listed(body, handler)
    assert not access.may_see(second, staff.number(body, part), TODAY)


def test_a_link_to_what_one_may_not_see_is_not_shown(body, secret, handler, second):
    other = staff.report(body, "Another", at=LATER)
    linking.link(body, other, secret, "related", by=handler, at=LATER)
    number = staff.number(body, other)
    assert [one.reference for one in shown.links(body, number, by=handler, today=TODAY)] == [secret]
    assert shown.links(body, number, by=second, today=TODAY) == []


def test_confidential_work_is_handed_over_with_its_name(body, secret, handler, second):
    triage.accept(body, secret, by=handler, at=LATER)
    with pytest.raises(Conflict, match="name them first"):
        assigning.assign(body, secret, second, by=handler, at=LATER)
    assigning.hand_over(body, handler, second, by=handler, at=LATER)
    assert listed(body, second) == [secret]


def test_who_still_holds_what(body, secret, handler, second):
    triage.accept(body, secret, by=handler, at=LATER)
    handler.is_active = False
    handler.save()
    auditor = staff.hire(body, "auditor")
    seen = {one.name: one for one in holding.holders(body, TODAY, by=second, today=TODAY)}
    assert (seen["First handler"].work, seen["First handler"].needs_a_look) == ([], "cannot sign in any more")
    models.Access.objects.create(body=body.pk, incident=staff.number(body, secret), person=second.number, opened=1)
    first = holding.holders(body, TODAY, by=second, today=TODAY)[0]
    assert (first.name, first.work, first.named) == ("First handler", [secret], [secret])
    assert holding.holders(body, TODAY - timedelta(days=40), by=auditor, today=TODAY) == []


def test_the_asset_owner_of_a_department_that_is_named_holds_it(body, reference, owner, handler, second):
    seeing.grant(body, reference, department="North", by=handler, at=LATER)
    held = {one.name: one.named for one in holding.holders(body, LATER.date(), by=second, today=LATER.date())}
    assert held[owner.name] == [reference]


def test_who_held_what_at_the_end_of_a_month_that_is_past(body, handler, second):
    """Work given away, closed or done since then is there still: the page says what was so then."""
    reference = staff.report(body)
    triage.accept(body, reference, by=handler, at=LATER)
    task = acting.Task(handler, TODAY + timedelta(days=60))
    action = acting.plan(body, reference, "Ring them", task, by=handler, at=LATER)
    seeing.grant(body, reference, person=second.number, by=handler, at=LATER)
    december = LATER + timedelta(days=30)
    assigning.assign(body, reference, second, by=handler, at=december)
    acting.end(body, action, "done", by=handler, at=december)
    seeing.revoke(body, reference, person=second.number, reason="over", by=handler, at=december)

    def held(day):
        found = holding.holders(body, day, by=second, today=december.date())
        return [(one.name, one.work, one.named, one.actions) for one in found]

    one, two = "First handler", "Second handler"
    assert held(date(2026, 11, 30)) == [(one, [reference], [], 1), (two, [], [reference], 0)]
    assert held(december.date()) == [(one, [], [], 0), (two, [reference], [], 0)]
    triage.dismiss(body, reference, reason="no letter at all", by=second, at=december + timedelta(hours=1))
    assert held(december.date())[1] == (two, [], [], 0)
    assert held(date(2026, 11, 30))[0] == (one, [reference], [], 1)


def test_the_queue_shows_only_what_one_may_see(body, secret, handler, second):
    assert [line.reference for line in queue.queue(body, by=handler, today=TODAY).new] == [secret]
    found = queue.queue(body, by=second, today=TODAY)
    assert (found.new, found.running, found.waiting) == ([], [], [])
