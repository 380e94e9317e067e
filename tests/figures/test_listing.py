"""The list of incidents for publication: month not day, category not sentence, no small unit, nothing confidential."""

import io
import zipfile
from datetime import date

import pdfplumber
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import extracts
from candour.figures import list_writing, listing, models, questions
from candour.incidents.actions import access
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.organisation.kinds_of_work import Department
from candour.rules import years
from candour.rules.refusals import NotAllowed, NotThere, WrongInput

REGISTER = """
    reference  logged_on   tier            department  category  people_affected  description
    1          2014-05-03  other-incident  Legal       IV        3                Letter about Mrs Example
    2          2014-05-21  event           North       -         -                -
    3          2014-11-02  other-incident  North       V         40               Laptop
    4          2015-04-01  near-miss       Legal       -         -                -
"""
FIRST, LAST = date(2014, 4, 1), date(2015, 3, 31)


def asked(*more, first=FIRST, last=LAST, measure="all-incidents", **narrowed):
    return listing.Asked(questions.question(measure, [years.span(first, last)], **narrowed), more)


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    return body


@pytest.fixture
def now(register):
    """The present coordinates of the register."""
    return lambda: AsAt(extracts.NOW.date(), ledger.head(register.pk).number)


@pytest.fixture
def make(register, operator, now):
    def made(which=None, by=None):
        return listing.listed(register, which or asked(), now(), by=by or operator, at=extracts.NOW)

    return made


@pytest.fixture
def decide(register, operator, now):
    """Decide about a list, and make it."""

    def decided(*more, reason="", by=None):
        number = listing.decide(register, asked(*more), now(), reason=reason, by=by or operator, at=extracts.NOW)
        return listing.decided(register, number, by=operator, at=extracts.NOW)

    return decided


def test_a_line_has_a_month_a_tier_and_a_category_and_no_more(make):
    found = make()
    assert found.asked.header == ("month", "tier", "category")
    assert list(found.lines()) == [
        ("2014-05", "event", None), ("2014-05", "other-incident", "IV"), ("2014-11", "other-incident", "V"),
    ]  # fmt: skip
    assert not models.Decision.objects.exists()


def texts(content, form):
    """Everything that is written in a file."""
    if form == "pdf":
        with pdfplumber.open(io.BytesIO(content)) as paper:
            return "".join(page.extract_text() for page in paper.pages)
    if form in {"ods", "xlsx"}:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            return "".join(packed.read(name).decode() for name in packed.namelist() if name.endswith(".xml"))
    return content.decode()


def test_no_file_says_what_happened_or_on_which_day(make):
    for form in ("csv", "ods", "xlsx", "json", "pdf"):
        text = texts(list_writing.written(make(), form, sender="Sample Body"), form)
        assert ("May 2014" if form == "pdf" else "2014-05") in text, form
        assert "Example" not in text, form
        assert "2014-05-03" not in text, form


def test_lines_stand_in_an_order_that_does_not_tell_the_days(body, tmp_path, operator):
    extracts.load(body, "reference  logged_on  tier\n1  2014-05-30  event\n2  2014-05-02  near-miss", tmp_path)
    as_at = AsAt(extracts.NOW.date(), ledger.head(body.pk).number)
    found = listing.listed(body, asked(), as_at, by=operator, at=extracts.NOW)
    assert [line[1] for line in found.lines()] == ["event", "near-miss"]


def test_a_list_holds_what_its_number_counts(make, register):
    extracts.cover(register, "events", "2014-06-01")
    found = make()
    assert [line[1] for line in found.lines()] == ["other-incident", "other-incident"]
    assert found.table.groups[0].cells[0].value == found.many == 2
    assert "1 of events in 1 April 2014 to 31 March 2015" in dict(found.about())["Outside its coverage"]
    undated = make(asked(basis="occurred"))
    assert (undated.many, dict(undated.about())["Date not known"]) == (0, "4 in no period")
    assert found.as_json()["before_coverage"][0]["incidents"] == 1


def test_a_list_is_of_a_measure_and_a_filter(make):
    assert [line[:2] for line in make(asked(measure="events")).lines()] == [("2014-05", "event")]
    only = asked(measure="other-incidents", where={"category": "V"})
    assert list(make(only).lines()) == [("2014-11", "other-incident", "V")]


def test_a_list_of_few_people_only_takes_a_decision(make, register, operator):
    small = asked(where={"department": "North"})
    for few in (small, asked(where={"staff_group": "Clerks"}), asked(where={"data_subjects": "Children"})):
        with pytest.raises(WrongInput, match=r"to show only .* is a decision"):
            make(few)
    assert make(asked(where={"data_subjects": "Users"})).many == 0
    organisation.say(
        register, Department(name="North", staff=140), from_=date(2010, 1, 1), by=operator, at=extracts.NOW
    )
    assert make(small).many == 2


TIERS = ("near-miss", "event")
MANY = "reference  logged_on  tier  category  people_affected\n" + "\n".join(
    f"M{at}  2014-0{4 + at % 3}-01  {TIERS[at % 2]}  {'-' if at % 4 else 'V'}  {'-' if at % 5 else at}"
    for at in range(23)
)


@pytest.mark.parametrize("many", [1, 2, 5, 30])
def test_page_by_page_it_is_the_whole_list(decide, make, register, tmp_path, many):
    extracts.load(register, MANY, tmp_path, name="many.csv")
    for found in (make(), decide("day", "people_affected", reason="the days stand in the annual report")):
        lines, after = [], ""
        while page := found.page(after, many):
            lines += page.rows
            after = page.next
            if not after:
                break
        assert lines == list(found.lines())


@pytest.mark.parametrize(
    "after", ["x", "[]", "5", '["2014-05"]', '["x", "event", "IV", 1]', '["2014-05-01", "a", "b", -1]']
)
def test_what_is_no_key_of_a_page_says_so(make, after):
    with pytest.raises(WrongInput, match="there is no such page"):
        make().page(after, 2)


def test_more_takes_a_decision_that_is_recorded(make, decide):
    with pytest.raises(WrongInput, match="is a decision"):
        make(asked("day"))
    with pytest.raises(WrongInput, match="give the reason"):
        decide("day", reason=" ")
    with pytest.raises(WrongInput, match="take no decision"):
        decide(reason="why not")
    found = decide("day", "people_affected", reason="the days stand in the annual report")
    assert next(found.lines()) == ("2014-05", "event", None, "2014-05-21", None)
    kept = models.Decision.objects.get()
    assert (kept.kind, kept.opened, kept.choice) == ("list", found.decision, "with day, people_affected")


def test_what_was_decided_is_listed_as_it_was_then(decide, register, operator, tmp_path):
    found = decide("day", reason="the days stand in the annual report")
    extracts.load(register, "reference  logged_on  tier\n9  2014-06-01  event", tmp_path, name="more.csv")
    again = listing.decided(register, found.decision, by=operator, at=extracts.NOW)
    assert list_writing.written(again, "csv", sender="") == list_writing.written(found, "csv", sender="")
    with pytest.raises(NotThere):
        listing.decided(register, found.decision + 1, by=operator, at=extracts.NOW)


def test_a_unit_of_fewer_than_a_hundred_people_or_of_unknown_size_is_not_named(decide, register, operator):
    organisation.say(
        register, Department(name="North", staff=140), from_=date(2010, 1, 1), by=operator, at=extracts.NOW
    )
    organisation.say(register, Department(name="Legal", staff=12), from_=date(2010, 1, 1), by=operator, at=extracts.NOW)
    found = decide("department", reason="large departments only")
    assert [line[-1] for line in found.lines()] == ["North", listing.NOT_NAMED, "North"]


def test_units_that_are_not_named_are_not_told_apart_by_their_order(body, decide, tmp_path):
    more = "reference  logged_on  tier  department  cause\n7  2014-11-01  event  Zoo  a\n8  2014-11-02  event  Arts  b"
    extracts.load(body, more, tmp_path, name="more.csv")
    found = decide("department", "day", reason="departments are too small to be named")
    november = [line for line in found.lines() if line[:2] == ("2014-11", "event")]
    assert [line[-2:] for line in november] == [
        (listing.NOT_NAMED, "2014-11-01"), (listing.NOT_NAMED, "2014-11-02"),
    ]  # fmt: skip


def test_a_confidential_incident_is_counted_and_not_described(make, register, operator):
    access.restrict(register, "3", persons=[operator.number], reason="staff", by=operator, at=extracts.NOW)
    found = make()
    assert len(list(found.lines())) == found.many == 2
    assert found.confidential == 1
    assert dict(found.about())["Incidents"] == "2 listed, 1 more that are confidential, not described"


def test_free_text_and_what_a_list_does_not_know_are_refused():
    for name in ("description", "reference", "supplier"):
        with pytest.raises(WrongInput, match="a list cannot show"):
            asked(name)
    with pytest.raises(WrongInput, match="of one period"):
        asked(group=["department"])


def test_who_may_not_see_figures_may_not_list_and_who_only_sees_may_not_decide(make, decide, register, operator):
    added = {
        role: organisation.add_person(
            register, name=role, roles=[role], email=f"{role}@example.org", by=operator, at=extracts.NOW
        )
        for role in ("reporter", "auditor")
    }
    with pytest.raises(NotAllowed):
        make(by=added["reporter"])
    assert make(by=added["auditor"]).many == 3
    with pytest.raises(NotAllowed):
        decide("day", reason="why not", by=added["auditor"])


def test_questions_to_the_database_do_not_grow_with_the_lines(body, register, make, tmp_path):
    def asks():
        with CaptureQueriesContext(connection) as taken:
            list(make().lines())
        return len(taken)

    few = asks()
    many = [f"{number}  2014-07-{1 + number % 28:02}  event  North" for number in range(100, 160)]
    extracts.load(body, "\n".join(["reference  logged_on  tier  department", *many]), tmp_path, name="more.csv")
    assert make().many == 63
    assert asks() == few
