"""What a body said of itself comes out as at any day and ledger number."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from candour.ledger.verification import verify
from candour.organisation import actions, kinds, queries
from candour.organisation.models import Particular, RoleHeld
from candour.rules.answers import Approximate, Held
from candour.rules.refusals import NotAllowed, WrongInput

SPONSORS = """
    2011-04-01  Department of Examples
    2014-04-01  Ministry of Samples
"""


def sponsor_on(register, text, number=None):
    found = queries.sponsor(register.body, register.on(text, number))
    return found.name if found else None


def test_a_sponsor_is_the_one_of_its_day(register):
    register.tell(SPONSORS)
    assert sponsor_on(register, "2011-03-31") is None
    assert sponsor_on(register, "2014-03-31") == "Department of Examples"
    assert sponsor_on(register, "2014-04-01") == "Ministry of Samples"


def test_what_is_said_of_earlier_days_later_leaves_what_came_after(register):
    register.tell("""
        2014-04-01  Ministry of Samples
        2011-04-01  Department of Examples
    """)
    assert sponsor_on(register, "2014-03-31") == "Department of Examples"
    assert sponsor_on(register, "2026-01-01") == "Ministry of Samples"


def test_a_correction_leaves_the_old_answer_at_its_ledger_number(register):
    register.tell(SPONSORS)
    before = register.on("2012-01-01").number
    register.tell("2011-04-01  Office of Examples")
    assert sponsor_on(register, "2012-01-01", before) == "Department of Examples"
    assert sponsor_on(register, "2012-01-01") == "Office of Examples"
    assert sponsor_on(register, "2014-04-01") == "Ministry of Samples"


def test_saying_the_same_again_is_no_deed(register):
    register.tell(SPONSORS)
    head = register.on("2016-03-10").number
    register.tell(SPONSORS)
    assert register.on("2016-03-10").number == head


def test_what_ends_is_gone_from_that_day(register):
    register.say(kinds.Supplier("it-supplier", "the IT supplier"), "2011-04-01")
    actions.end(register.body, "supplier", "it-supplier", from_=date(2015, 1, 1), **register.now())
    assert queries.suppliers(register.body, register.on("2014-12-31"))
    assert queries.suppliers(register.body, register.on("2015-01-01")) == ()
    assert actions.end(register.body, "supplier", "it-supplier", from_=date(2015, 1, 1), **register.now()) is None


def test_a_range_in_the_middle_gives_back_what_stood_around_it(register):
    register.say(kinds.Fact("staff", 1750), "2011-04-01")
    register.say(kinds.Fact("staff", 1700), "2013-04-01", until="2014-04-01")
    held = [queries.staff(register.body, register.on(f"{year}-06-01")).value for year in (2012, 2013, 2014)]
    assert held == [1750, 1700, 1750]


def test_a_range_that_ends_before_it_begins_is_refused(register):
    with pytest.raises(WrongInput, match="the last day comes before the first"):
        register.say(kinds.Fact("staff", 1), "2014-04-01", until="2014-04-01")


def test_content_that_is_not_of_its_kind_is_refused(register):
    with pytest.raises(WrongInput, match="value is 'many'"):
        actions.state(
            register.body, "fact", "staff", {"name": "staff", "value": "many"}, from_=date(2016, 1, 1), **register.now()
        )


def test_nobody_states_anything_for_a_body_that_is_not_theirs(register):
    other = type(register)(slug="other-body")
    with pytest.raises(NotAllowed):
        actions.set_fact(other.body, "staff", "3", from_=date(2016, 1, 1), **register.now())


def test_a_fact_is_read_as_a_person_types_it(register):
    for name, value in {"staff": "1,800", "sites": "not-known", "motto": "Say what you know"}.items():
        actions.set_fact(register.body, name, value, from_=date(2016, 2, 28), **register.now())
    facts = {name: queries.fact(register.body, name, register.on("2016-03-10")) for name in ("staff", "sites", "motto")}
    assert (facts["staff"].value, facts["sites"].value, facts["motto"].text) == (1800, None, "Say what you know")
    assert facts["staff"].since == date(2016, 2, 28)
    assert queries.as_answer(facts["sites"]) is None
    assert queries.as_answer(facts["motto"]) == Held("Say what you know")


def test_an_approximate_fact_is_an_approximate_answer(register):
    register.say(kinds.Fact("staff", 1800, unit="headcount", approximate=True), "2016-02-28")
    assert queries.as_answer(queries.staff(register.body, register.on("2016-03-10"))) == Approximate(1800)


def test_a_sponsor_set_as_a_fact_is_the_relation(register):
    actions.set_fact(register.body, "sponsor", "Ministry of Samples", from_=date(2014, 4, 1), **register.now())
    assert sponsor_on(register, "2014-04-01") == "Ministry of Samples"


@pytest.mark.parametrize(
    ("suppliers", "people", "approximate"),
    [
        ([kinds.Supplier("a", "A", people=3), kinds.Supplier("b", "B", people=4)], 7, False),
        ([kinds.Supplier("a", "A", people=3, approximate=True), kinds.Supplier("b", "B", people=4)], 7, True),
        ([kinds.Supplier("a", "A", people=3), kinds.Supplier("b", "B")], None, False),
        ([kinds.Supplier("a", "A", people=3), kinds.Supplier("b", "B", people=9, routine_access=False)], 3, False),
    ],
)
def test_contractors_follow_from_the_suppliers_in_force(register, suppliers, people, approximate):
    for supplier in suppliers:
        register.say(supplier, "2011-04-01")
    found = queries.contractors(register.body, register.on("2016-03-10"))
    assert (found.people, found.approximate) == (people, approximate)


def test_a_stated_number_of_contractors_stands_only_without_suppliers(register):
    assert queries.contractors(register.body, register.on("2016-03-10")) is None
    register.say(kinds.Fact("contractors-with-access", 12), "2011-04-01")
    assert queries.contractors(register.body, register.on("2016-03-10")).people == 12
    register.say(kinds.Supplier("it-supplier", "the IT supplier"), "2015-04-01")
    assert queries.contractors(register.body, register.on("2016-03-10")).people is None
    assert queries.contractors(register.body, register.on("2015-03-31")).people == 12


def test_documents_and_policies_are_found_by_topic_in_the_version_of_the_day(register):
    for version, first in (("1.0", "2011-04-01"), ("2.0", "2014-09-01")):
        register.say(kinds.Policy("assurance", "Policy", version, topics=("policy",)), first)
    register.say(kinds.Document("report", "Report", link="https://example.org/", topics=("scheme",)), "2011-04-01")
    then, now = register.on("2014-08-31"), register.on("2016-03-10")
    assert [policy.version for policy in queries.policies(register.body, then, "policy")] == ["1.0"]
    assert [policy.version for policy in queries.policies(register.body, now)] == ["2.0"]
    assert queries.policies(register.body, now, "scheme") == ()
    assert [document.slug for document in queries.documents(register.body, now, "scheme")] == ["report"]


def test_own_labels_periods_and_days(register):
    register.say(kinds.Wording("cabinet-office", "II", "Outside our premises"), "2013-04-01")
    register.say(kinds.AccountingPeriod("P1", date(2015, 4, 1), date(2015, 4, 26)), "1900-01-01")
    register.say(kinds.ClosedDay(date(2030, 2, 15), "Celebration", ("SCT",), "The gazette"), "1900-01-01")
    register.say(kinds.AcademicYear(8, 1), "2015-01-01")
    register.say(kinds.StandingAnswer("training", "Every year.", "1", "Governance team"), "2015-01-01")
    now, before = register.on("2016-03-10"), register.on("2013-03-31")
    assert queries.wordings(register.body, "cabinet-office", now) == {"II": "Outside our premises"}
    assert queries.wordings(register.body, "cabinet-office", before) == {}
    assert [period.label for period in queries.accounting_periods(register.body, before)] == ["P1"]
    assert [closed.nations for closed in queries.closed_days(register.body, now)] == [("SCT",)]
    assert queries.academic_start(register.body, now) == (8, 1)
    assert queries.academic_start(register.body, before) is None
    assert queries.standing_answer(register.body, "training", now).words == "Every year."


def test_everything_is_one_query_however_much_was_said(register, django_assert_num_queries):
    for number in range(30):
        register.say(kinds.Supplier(f"supplier-{number}", f"Supplier {number}"), "2011-04-01")
    as_at = register.on("2016-03-10")
    with django_assert_num_queries(1):
        found = queries.everything(register.body, as_at)
    assert len(found.stated["suppliers"]) == 30
    assert found.as_json()["suppliers"][0]["key"] == "supplier-0"
    assert found.as_json()["contractors"]["people"] is None


def test_the_record_is_whole_after_it_all(register):
    register.tell(SPONSORS)
    actions.end(register.body, "sponsor", "sponsor", from_=date(2016, 1, 1), **register.now())
    assert verify(register.body.pk).ok


@pytest.mark.parametrize("model", [Particular, RoleHeld])
@pytest.mark.parametrize(
    "statement",
    [
        "update {} set held_from = '2000-01-01'",
        "update {} set closed = 99 where closed is not null",
        "update {} set closed = null",
        "delete from {}",
    ],
)
def test_the_database_refuses_to_alter_what_was_believed(register, model, statement):
    register.tell(SPONSORS)
    register.tell("2011-04-01  Office of Examples")
    handler = register.person("Handler", "handler")
    actions.take_role(handler, "handler", **register.now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(model._meta.db_table))


def test_the_database_refuses_to_replace_a_belief(register):
    register.tell(SPONSORS)
    row = Particular.objects.earliest("pk")
    with pytest.raises(DatabaseError), transaction.atomic():
        Particular(
            pk=row.pk, body=row.body, kind=row.kind, key=row.key, content={}, opened=1, held_from=row.held_from,
            held_until=row.held_until,
        ).save(force_insert=True)  # fmt: skip
