"""Records are kept as long as the schedule says, held while somebody asks for them, and disposed of by two people."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

import extracts
from candour.figures import measures, questions, tables
from candour.incidents import actions, disposals, erasing, models, queries, replay
from candour.incidents.actions import disposing, holding
from candour.incidents.actions.holding import Scope
from candour.incidents.queries import due, retention
from candour.ledger import models as ledger_models
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.organisation import cells, kinds, people
from candour.organisation import erasing as names
from candour.organisation import queries as stated
from candour.organisation.models import Particular, Person
from candour.rules import years
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput
from candour.rules.rights import Deed

TODAY = extracts.NOW.date()
ALWAYS = date(1900, 1, 1)
REGISTER = """
    reference  logged_on   closed_on   tier            incident_type  description               people_affected
    2012-1     2012-05-03  2012-07-01  other-incident  Loss           Zebedee Quill lost it     3
    2012-2     2012-05-04  -           near-miss       Loss           Zebedee Quill nearly did  -
    2019-1     2019-11-20  2021-01-15  event           Loss           Zebedee Quill again       -
    2020-1     2020-11-20  2020-11-20  event           Loss           six years ago today       -
    2026-1     2026-10-01  -           event           Loss           Zebedee Quill of late     -
"""
NAME = "Zebedee Quill"


@pytest.fixture(autouse=True)
def own_list(tmp_path, settings):
    settings.DATA_DIR = tmp_path / "data"
    settings.FILES_DIR = settings.DATA_DIR / "files"
    settings.DATA_DIR.mkdir()


def schedule(body, operator, slug="reports", **row):
    row = {"slug": slug, "record": "incidents", "source": "The schedule", **({"keep": 6} if not row else {}), **row}
    value = cells.read(kinds.BY_KIND["retention"], row)
    organisation.say(body, value, from_=ALWAYS, by=operator, at=extracts.NOW)


@pytest.fixture
def register(body, operator, tmp_path):
    assert extracts.load(body, REGISTER, tmp_path).loaded == 5
    schedule(body, operator)
    return body


@pytest.fixture
def manager(body, operator):
    return organisation.add_person(
        body, name="Records manager", roles=["records-manager"], email=None, by=operator, at=extracts.NOW
    )


@pytest.fixture
def second(body, operator):
    return organisation.add_person(
        body, name="Second records manager", roles=["records-manager"], email=None, by=operator, at=extracts.NOW
    )


@pytest.fixture
def foi_officer(body, operator):
    return organisation.add_person(
        body, name="FOI officer", roles=["foi-officer"], email=None, by=operator, at=extracts.NOW
    )


def on_the_list(body, by, today=TODAY):
    return [row.name for row in due.due(body, by=by, today=today).rows]


def held(body, by, today=TODAY):
    return [row.name for row in due.due(body, by=by, today=today).held]


def propose(body, by, *left_out, reason=""):
    rows = due.due(body, by=by, today=TODAY).rows
    left = [row.entry for row in rows if row.name in left_out]
    entries = [row.entry for row in rows]
    return disposing.propose(body, entries, left_out=left, reason=reason, by=by, at=extracts.NOW)


def dispose(body, manager, second):
    number = disposing.approve(body, propose(body, manager), by=second, at=extracts.NOW)
    disposing.finish()
    return number


def texts(body):
    return [text or "" for text in ledger_models.Words.objects.filter(body=body.pk).values_list("text", flat=True)]


# ------------------------------------------------------------------------------------------------ what is due, and when


def test_an_incident_is_due_when_its_period_is_over_from_the_day_it_was_closed(register, operator):
    assert on_the_list(register, operator) == ["2012-2", "2012-1", "2020-1"]
    assert on_the_list(register, operator, TODAY - timedelta(days=1)) == ["2012-2", "2012-1"]
    assert on_the_list(register, operator, date(2027, 1, 15)) == ["2012-2", "2012-1", "2020-1", "2019-1"]


def test_where_no_closing_day_is_known_it_counts_from_the_day_logged_and_says_so(register, manager):
    rows = {row.name: row for row in due.due(register, by=manager, today=TODAY).rows}
    assert (rows["2012-2"].counted_from, rows["2012-2"].due_on) == ("logged", date(2018, 5, 4))
    assert (rows["2012-1"].counted_from, rows["2012-1"].due_on) == ("closed", date(2018, 7, 1))


def test_nothing_is_due_where_nothing_was_decided(body, manager, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    assert on_the_list(body, manager) == []


def test_the_narrowest_row_of_the_schedule_decides(register, operator, manager):
    schedule(register, operator, "near-misses", tier="near-miss", permanent=True)
    assert on_the_list(register, manager) == ["2012-1", "2020-1"]
    schedule(register, operator, "losses", incident_type="Loss", keep=20)
    assert on_the_list(register, manager) == []
    schedule(register, operator, "lost-near-misses", incident_type="Loss", tier="near-miss", keep=18, unit="months")
    assert on_the_list(register, manager) == ["2012-2"]


def test_of_two_rows_that_fit_equally_the_longer_decides(register, operator, manager):
    schedule(register, operator, "another", keep=10)
    assert on_the_list(register, manager) == ["2012-2", "2012-1"]
    schedule(register, operator, "for-ever", permanent=True)
    assert on_the_list(register, manager) == []


@pytest.mark.parametrize(("state", "listed"), [("new", False), ("open", False), ("closed", True), ("kept", True)])
def test_what_somebody_works_on_is_never_due(register, manager, state, listed):
    number = models.Incident.objects.get(reference="2012-1").number
    models.Handling.objects.create(
        body=register.pk, incident=number, state=state, opened_on=date(2012, 5, 3), changed=number
    )
    assert ("2012-1" in on_the_list(register, manager)) is listed


def test_the_list_is_for_those_who_dispose(register, operator, foi_officer):
    assert on_the_list(register, operator)
    with pytest.raises(NotThere):
        due.due(register, by=foi_officer, today=TODAY)


# ------------------------------------------------------------------------------------------------ holds


def test_a_hold_keeps_one_incident_a_span_or_everything_until_it_is_lifted(register, manager):
    for scope, kept in [
        (Scope("2012-1"), ["2012-1"]),
        (Scope(logged_from=date(2012, 5, 4), logged_until=date(2020, 11, 19)), ["2012-2"]),
        (Scope(logged_until=date(2012, 5, 3)), ["2012-1"]),
        (Scope(), ["2012-2", "2012-1", "2020-1"]),
    ]:
        number = holding.place_hold(
            register, scope, kind="litigation", reason="a claim", case="QB-1", by=manager, at=extracts.NOW
        )
        assert held(register, manager) == kept
        assert not set(on_the_list(register, manager)) & set(kept)
        holding.lift_hold(register, number, reason="settled", by=manager, at=extracts.NOW)
    assert len(on_the_list(register, manager)) == 3
    assert verification.verify(register.pk).ok


def test_a_request_holds_what_was_logged_in_the_periods_it_asks_about_once(register, foi_officer, manager):
    asked = [years.read("2011/12"), years.read("2012/13")]
    number = holding.hold_for_request(register, "SB/FOI 26-1", asked, by=foi_officer, at=extracts.NOW)
    assert held(register, manager) == ["2012-2", "2012-1"]
    (hold,) = retention.holds(register, by=foi_officer, today=TODAY)
    assert (hold.case, hold.logged_from, hold.logged_until) == ("SB/FOI 26-1", date(2011, 4, 1), date(2013, 3, 31))
    assert holding.hold_for_request(register, "SB/FOI 26-1", asked, by=foi_officer, at=extracts.NOW) is None
    holding.lift_hold(register, number, reason="the time for a review has passed", by=manager, at=extracts.NOW)
    assert holding.hold_for_request(register, "SB/FOI 26-1", asked, by=foi_officer, at=extracts.NOW) is None


def test_a_request_that_names_no_period_holds_everything(register, foi_officer, manager):
    holding.hold_for_request(register, "SB/FOI 26-1", [], by=foi_officer, at=extracts.NOW)
    assert on_the_list(register, manager) == []


def test_who_may_place_and_lift_holds(register, foi_officer, manager):
    scope, why = Scope(logged_until=TODAY), {"kind": "appeal", "reason": "an appeal"}
    number = holding.place_hold(register, scope, **why, by=foi_officer, at=extracts.NOW)
    with pytest.raises(NotAllowed):
        holding.lift_hold(register, number, reason="over", by=foi_officer, at=extracts.NOW)
    for reference in ("2012-1", "none-such"):
        with pytest.raises(NotThere, match=f"there is no incident {reference}"):
            holding.place_hold(register, Scope(reference), **why, by=foi_officer, at=extracts.NOW)
    with pytest.raises(WrongInput, match="say why"):
        holding.lift_hold(register, number, reason=" ", by=manager, at=extracts.NOW)
    holding.lift_hold(register, number, reason="over", by=manager, at=extracts.NOW)
    with pytest.raises(Conflict, match="lifted already"):
        holding.lift_hold(register, number, reason="over", by=manager, at=extracts.NOW)
    with pytest.raises(NotThere):
        holding.lift_hold(register, 10**6, reason="over", by=manager, at=extracts.NOW)


def test_a_hold_says_what_it_keeps_and_why(register, manager):
    with pytest.raises(WrongInput, match="not on both"):
        Scope("2012-1", logged_from=TODAY)
    with pytest.raises(WrongInput, match="comes before the first"):
        Scope(logged_from=TODAY, logged_until=ALWAYS)
    for wrong in ({"kind": "whim", "reason": "x"}, {"kind": "other", "reason": ""}):
        with pytest.raises(WrongInput):
            holding.place_hold(register, Scope(), **wrong, by=manager, at=extracts.NOW)


# ------------------------------------------------------------------------------------------------ two people, one list


def test_who_proposed_does_not_approve(register, manager, second, operator):
    number = propose(register, manager)
    with pytest.raises(Conflict, match="a second person"):
        disposing.approve(register, number, by=manager, at=extracts.NOW)
    with pytest.raises(NotAllowed):
        disposing.approve(register, number, by=operator, at=extracts.NOW)
    assert any(NAME in text for text in texts(register))
    disposing.approve(register, number, by=second, at=extracts.NOW)
    with pytest.raises(Conflict, match="is closed"):
        disposing.approve(register, number, by=second, at=extracts.NOW)


def test_what_is_left_out_takes_a_reason_and_stays(register, manager, second):
    with pytest.raises(WrongInput, match="say why"):
        propose(register, manager, "2012-1")
    number = propose(register, manager, "2012-1", reason="the family asked us to keep it")
    shown = retention.proposal(register, number, by=second, today=TODAY)
    assert {line.name: line.left_out for line in shown.lines} == {"2012-1": True, "2012-2": False, "2020-1": False}
    assert shown.reason == "the family asked us to keep it"
    disposing.approve(register, number, by=second, at=extracts.NOW)
    assert on_the_list(register, manager) == ["2012-1"]
    with pytest.raises(WrongInput, match="nothing is left"):
        propose(register, manager, "2012-1", reason="still")


def test_a_list_that_changed_since_it_was_looked_at_is_not_proposed(register, manager):
    entries = [row.entry for row in due.due(register, by=manager, today=TODAY).rows]
    holding.place_hold(register, Scope("2012-1"), kind="other", reason="wait", by=manager, at=extracts.NOW)
    with pytest.raises(Conflict, match="changed since you looked"):
        disposing.propose(register, entries, by=manager, at=extracts.NOW)


def test_what_was_held_between_proposal_and_approval_is_skipped(register, manager, second):
    number = propose(register, manager)
    holding.place_hold(register, Scope("2012-1"), kind="request", reason="asked for", by=manager, at=extracts.NOW)
    done = ledger.event(register.pk, disposing.approve(register, number, by=second, at=extracts.NOW))
    assert (len(done.facts["incidents"]), done.facts["skipped"]) == (2, 1)
    assert f"{NAME} lost it" in texts(register)


def test_nothing_happens_where_all_of_it_is_held_by_then(register, manager, second):
    number = propose(register, manager)
    holding.place_hold(register, Scope(), kind="request", reason="asked for", by=manager, at=extracts.NOW)
    with pytest.raises(Conflict, match="nothing on the list"):
        disposing.approve(register, number, by=second, at=extracts.NOW)


def test_a_new_proposal_takes_the_place_of_the_one_before(register, manager, second):
    first, later = propose(register, manager), propose(register, second)
    assert retention.open_proposal(register) == later
    with pytest.raises(Conflict, match="is closed"):
        disposing.approve(register, first, by=second, at=extracts.NOW)


# ------------------------------------------------------------------------------------------------ what goes, what stays


def every_table(body):
    """Every standard table at every ledger number, and as at several days: the same bytes as ever."""
    periods = years.periods("calendar-year", date(2011, 1, 1), date(2026, 12, 31))
    return {
        (measure.slug, number, day): tables.table(
            body.pk, questions.question(measure.slug, periods), AsAt(day, number)
        ).as_json()
        for measure in measures.STANDARD
        for number in range(HEAD + 1)
        for day in (date(2012, 5, 3), date(2020, 12, 31), TODAY)
    }


HEAD = 14


def test_every_figure_is_as_before_at_every_coordinate_and_the_record_is_whole(register, manager, second):
    head = ledger.head(register.pk)
    assert head.number >= HEAD
    before = every_table(register)
    number = dispose(register, manager, second)
    assert every_table(register) == before
    verdict = verification.verify(register.pk, (head.number, head.digest))
    assert verdict.ok, verdict.fault
    assert replay.compare(register.pk) is None
    assert number == ledger.head(register.pk).number


def test_words_and_salts_go_and_one_entry_says_so_in_numbers(register, manager, second):
    number = dispose(register, manager, second)
    gone = ledger_models.Words.objects.exclude(erased_at=None)
    assert {(row.text, row.salt) for row in gone} == {(None, None)}
    assert sorted(text for text in texts(register) if NAME in text) == [f"{NAME} again", f"{NAME} of late"]
    entry = ledger_models.Entry.objects.get(body=register.pk, number=number)
    said = json.loads(entry.content)
    assert set(said) == {"facts"}
    assert said["facts"]["texts"] == 3
    assert on_the_list(register, manager) == []


def test_a_page_of_what_was_disposed_of_says_so_and_names_nobody(register, operator, manager, second):
    actions.amend(
        register, "2012-1", {"department": "North"}, reason=f"{NAME} said so", correction=False, by=operator,
        at=extracts.NOW,
    )  # fmt: skip
    number = dispose(register, manager, second)
    at = AsAt(TODAY, number)
    shown = queries.incident(register, "2012-1", at, by=operator, today=TODAY)
    last, *earlier = shown.history
    assert "erased under the retention schedule" in last.words
    assert last.who.startswith("Second records manager")
    assert [one.who for one in earlier] == ["somebody (Operator)"] * 2
    assert NAME not in str(shown)
    assert shown.description is None


def test_what_is_done_with_an_incident_after_its_disposal_is_due_again(register, operator, manager, second):
    dispose(register, manager, second)
    actions.amend(
        register, "2012-1", {"department": "North"}, reason=f"{NAME} wrote", correction=True, by=operator,
        at=extracts.NOW,
    )  # fmt: skip
    assert on_the_list(register, manager) == ["2012-1"]
    dispose(register, manager, second)
    assert on_the_list(register, manager) == []
    assert not any(f"{NAME} wrote" in text for text in texts(register))


def test_a_register_loaded_again_brings_nothing_back(register, manager, second, tmp_path):
    dispose(register, manager, second)
    again = extracts.load(register, REGISTER, tmp_path)
    assert (again.loaded, again.already_there) == (0, 5)
    assert not any(f"{NAME} lost it" in text for text in texts(register))


def test_every_deed_is_known_to_speak_of_an_incident_or_not():
    others = {
        "body", "person", "role", "organisation", "register", "coverage", "search", "statement", "break", "request",
        "reply", "disposal", "work",
    }  # fmt: skip
    about = {beginning.removesuffix(".") for beginning in erasing.ABOUT_INCIDENTS}
    assert {deed.partition(".")[0] for deed in Deed if "." in deed} == others | about


def test_every_table_that_names_a_file_of_an_incident_is_erased_from():
    listed = {erasable.model for erasable in erasing.ERASABLE if erasable.files}
    mine = [model for model in models.Incident._meta.app_config.get_models()]
    assert {
        model for model in mine if {"incident", "sha256"} <= {field.name for field in model._meta.concrete_fields}
    } <= listed


# ------------------------------------------------------------------------------------------------ people and particulars


LEFT = datetime(2019, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def leaver(body, operator):
    """Somebody who left in 2019, as the record would have them: the clock of a chain only goes forward."""
    person = organisation.add_person(
        body, name=NAME, roles=["handler"], email="zebedee.quill@sample-body.example", by=operator, at=extracts.NOW
    )
    organisation.take_role(person, "handler", by=operator, at=extracts.NOW)
    return person


def later(years_=7):
    return extracts.NOW.replace(year=extracts.NOW.year + years_)


def test_the_name_of_somebody_who_left_is_erased_wherever_it_stands(body, operator, manager, second, leaver):
    schedule(body, operator, "people", record="people", keep=6)
    assert on_the_list(body, manager) == []
    then = later()
    (row,) = due.due(body, by=manager, today=then.date()).rows
    assert (row.name, row.counted_from) == (f"person {leaver.number}", "left")
    number = disposing.propose(body, [row.entry], by=manager, at=then)
    disposing.approve(body, number, by=second, at=then)
    found = Person.objects.get(pk=leaver.pk)
    assert (found.name, found.email, found.is_active) == (names.ERASED_NAME, None, False)
    assert not any("quill" in text.lower() for text in texts(body))
    assert verification.verify(body.pk).ok
    assert due.due(body, by=manager, today=then.date()).rows == []


def test_names_that_the_body_no_longer_says_are_erased_and_numbers_stay(body, operator, manager, second):
    schedule(body, operator, "names", record="particulars", keep=6)
    for name, since in ((NAME, date(2012, 1, 1)), ("Somebody else", date(2015, 1, 1))):
        for value in (
            kinds.OfficeHolder(title="Chair", name=name),
            kinds.Supplier(slug="it", name=name, people=9 if name == NAME else 4),
        ):
            organisation.say(body, value, from_=since, by=operator, at=extracts.NOW)
    before = AsAt(date(2013, 1, 1), ledger.head(body.pk).number)
    assert stated.contractors(body, before).people == 9
    assert on_the_list(body, manager) == ["office-holder chair", "supplier it"]
    dispose(body, manager, second)
    assert stated.contractors(body, before).people == 9
    (supplier,) = stated.suppliers(body, before)
    assert supplier.name == names.ERASED_NAME
    (chair,) = stated.Particulars(body, before).all(kinds.OfficeHolder)
    assert (chair.title, chair.name) == ("Chair", "")
    assert [one.name for one in stated.suppliers(body, AsAt(TODAY, before.number))] == ["Somebody else"]
    assert NAME not in str(list(Particular.objects.values_list("content", flat=True)))
    assert not any(NAME in text for text in texts(body))
    assert verification.verify(body.pk).ok
    assert on_the_list(body, manager) == []


@pytest.mark.parametrize(
    "changed",
    [{"slug": "it", "name": "Another", "people": 9}, {"slug": "it", "people": 8}, {"slug": "it"}, {"people": 9}],
)
def test_the_database_lets_a_particular_lose_its_names_and_nothing_else(body, operator, changed):
    organisation.say(body, kinds.Supplier(slug="it", name=NAME, people=9), from_=ALWAYS, by=operator, at=extracts.NOW)
    mine = Particular.objects.filter(body=body.pk, kind="supplier")
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(content=changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(content={"slug": "it", "people": 9}, key="other")
    mine.update(content={"slug": "it", "people": 9})
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(content={"slug": "it", "name": NAME, "people": 9})


# ------------------------------------------------------------------------------------------------ the list outside


def test_the_list_outside_holds_numbers_and_digests_only(register, manager, second):
    dispose(register, manager, second)
    lines = disposals.read(disposals.path())
    assert len(lines) == 3
    assert {line.disposal for line in lines} == {ledger.head(register.pk).digest}
    text = disposals.path().read_text()
    assert "2012-1" not in text
    assert NAME not in text
    assert disposals.path().stat().st_mode & 0o077 == 0
    disposing.finish()
    assert disposals.path().read_text() == text
    assert disposals.outstanding(lines) == []


def test_an_older_copy_is_told_by_the_list_what_to_erase_again(register, manager, second):
    with transaction.atomic():
        dispose(register, manager, second)
        transaction.set_rollback(True)
    lines = disposals.read(disposals.path())
    assert disposals.outstanding(lines) == lines
    disposing.repeat(lines, at=extracts.NOW)
    assert disposals.outstanding(lines) == []
    assert not any(f"{NAME} lost it" in text for text in texts(register))
    assert ledger.event(register.pk, ledger.head(register.pk).number).deed == "disposal.repeated"
    assert verification.verify(register.pk).ok
    assert replay.compare(register.pk) is None
    assert on_the_list(register, manager) == []
    assert disposing.repeat(lines, at=extracts.NOW) == frozenset()


def test_a_record_that_went_on_differently_loses_nothing_of_its_own(register, manager, second):
    dispose(register, manager, second)
    (line, *_) = disposals.read(disposals.path())
    other = disposals.Line(line.body, line.entry, "0" * 64, "1" * 64)
    elsewhere = disposals.Line("another-body", line.entry, line.digest, "1" * 64)
    assert disposals.outstanding([other, elsewhere]) == []
    again = disposals.Line(line.body, line.entry, line.digest, "1" * 64)
    assert disposals.outstanding([again]) == [again]


def test_a_line_that_was_cut_off_is_written_again_and_a_strange_one_is_refused(register, manager, second):
    dispose(register, manager, second)
    whole = disposals.path().read_bytes()
    disposals.path().write_bytes(whole[:-20])
    assert len(disposals.read(disposals.path())) == 2
    disposing.finish()
    assert disposals.path().read_bytes() == whole
    disposals.path().write_bytes(b"{}\n" + whole)
    with pytest.raises(WrongInput, match="line 1"):
        disposals.read(disposals.path())


def test_the_operator_repeats_and_never_approves(body, operator):
    assert people.may(operator, Deed.REPEAT_DISPOSAL, TODAY)
    assert not people.may(operator, Deed.DISPOSE, TODAY)
    assert connection.vendor in {"sqlite", "postgresql"}
