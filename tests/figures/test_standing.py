"""What stands in the balances is what the versions say, whatever was done, for every span and as at every day."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import extracts
import histories
from candour.figures import counting, measures, standing
from candour.figures.coverage import Span
from candour.incidents import actions, balances, models, recounting
from candour.ledger import queries as ledger
from candour.ledger.models import OPEN
from candour.rules import tiers

DAY = st.one_of(
    st.sampled_from([date(2012, 2, 29), date(2012, 3, 1), date(2013, 3, 31), date(2016, 2, 29), date(1900, 1, 1)]),
    st.sampled_from([*histories.LOGGED]),
    st.dates(date(2012, 1, 1), date(2015, 1, 31)),
)
SPAN = st.tuples(DAY, DAY).map(lambda days: Span(min(days), max(days)))
SPANS = st.lists(SPAN, min_size=20, max_size=20)
DAYS = st.lists(DAY, min_size=4, max_size=4)
ALWAYS = {date(1900, 1, 1), date(2013, 3, 31), date(2016, 2, 29), extracts.NOW.date(), date(9999, 12, 30)}


@settings(
    max_examples=25,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=histories.DEEDS, spans=SPANS, days=DAYS)
def test_what_stands_is_what_the_versions_say(db, deeds, spans, days):
    history = histories.History()
    history.do(deeds)
    body = history.body.pk
    asked = [(tier, span) for tier in tiers.TIERS for span in (*spans, None)]
    versions = list(models.Version.objects.filter(body=body))
    for day in {*days, *ALWAYS}:
        known = ledger.number_at_end_of(body, day)
        for where in ("counted", "exercise"):
            now, then = (of(versions, day, number, where) for number in (history.head, known))
            found = list(standing.add_up(body, day, where, asked))
            assert found == [added_up(now, then, *one) for one in asked], (day, where)


def of(versions, day, number, where):
    """What is believed for a day at a ledger number, of the incidents that stand so."""
    return [
        row
        for row in versions
        if row.opened <= number < (row.closed or number + 1)
        and row.held_from <= day < row.held_until
        and row.standing == where
    ]


def added_up(now, then, tier, span):
    """The sums of a tier and span: what is believed now, what was known then, and what of that is the same."""
    rows, known = ([row for row in some if row.tier == tier and within(row.logged_on, span)] for some in (now, then))
    people = [row.people_affected for row in rows if row.people_affected is not None]
    pairs = [(row, one) for row in rows for one in known if row.incident == one.incident]
    same = [(row, one) for row, one in pairs if row.logged_on == one.logged_on]
    alike = [(row, one) for row, one in same if row.people_affected == one.people_affected]
    return len(rows), sum(people), len(people), len(known), len(same), len(alike)


def within(day, span):
    return day is None if span is None else day is not None and span.start <= day <= span.end


@pytest.fixture
def register(body, tmp_path):
    extracts.load(
        body,
        """
        reference  logged_on   tier            people_affected
        A          2012-02-29  event           -
        B          2012-03-31  event           40
        C          2012-04-01  other-incident  3
        """,
        tmp_path,
    )
    for measure in measures.OF_TIER.values():
        extracts.cover(body, measure, "1990-01-01")
    return body


@pytest.mark.parametrize("more", [{}, {"group": ["tier"]}, {"where": {"tier": "event"}}])
def test_a_standard_table_at_the_head_asks_no_version(register, ask, asked_of, more):
    assert asked_of("incidents_version", lambda: ask("all-incidents", **more)) == 0
    assert asked_of("incidents_balance", lambda: ask("all-incidents", **more)) == 3  # years, months, days


@pytest.mark.parametrize("more", [{"number": 3}, {"group": ["department"]}, {"basis": "occurred"}])
def test_every_other_table_asks_the_versions(register, ask, asked_of, more):
    assert asked_of("incidents_balance", lambda: ask("all-incidents", **more)) == 0


def test_a_table_of_many_months_asks_as_often_as_one_of_a_year(register, ask, asked_of):
    def months():
        return ask("all-incidents", "1990-01-01", "2023-03-31", by="month", group=["tier"])

    assert len(months().groups[0].cells) == 399
    assert sum(cell.value or 0 for group in months().groups for cell in group.cells) == 3
    assert asked_of("", months) == asked_of("", lambda: ask("all-incidents", "2011-04-01", "2012-03-31"))


def test_a_period_may_begin_and_end_within_a_month(register, ask, said):
    assert said(ask("events", "2012-02-29", "2012-03-30", by="span")) == [("held", 1)]
    assert said(ask("events", "2012-03-01", "2012-04-05", by="span")) == [("held", 1)]
    assert said(ask("events", "2011-04-06", "2012-04-05", by="tax-year")) == [("held", 2)]
    assert said(ask("people-affected", "2012-03-31", "2012-04-01", by="span")) == [("held", 43)]


def test_a_table_says_that_it_is_reconstructed_where_the_record_itself_could_not_count_so(register, ask, operator):
    assert ask("events", as_at="2013-04-01").reconstructed
    assert not ask("near-misses", as_at="2013-04-01").reconstructed
    today = extracts.NOW.date()
    assert not ask("events", as_at=today).reconstructed
    later = extracts.NOW + timedelta(days=9)
    actions.amend(
        register, "B", {"logged_on": date(2012, 3, 30)}, reason="misread", correction=True, by=operator, at=later
    )
    assert not ask("events", as_at=today).reconstructed
    assert ask("events", "2012-03-30", "2012-03-30", by="span", as_at=today).reconstructed
    actions.amend(register, "B", {"people_affected": 41}, reason="misread", correction=True, by=operator, at=later)
    assert not ask("events", as_at=today).reconstructed
    assert ask("people-affected", as_at=today).reconstructed
    assert not ask("people-affected", as_at=later.date()).reconstructed


@pytest.mark.parametrize("first", [1, counting.FIRST])
def test_whether_it_is_reconstructed_is_the_same_for_few_and_for_many_changes(
    register, ask, operator, monkeypatch, first
):
    monkeypatch.setattr(counting, "FIRST", first)
    today, later = extracts.NOW.date(), extracts.NOW + timedelta(days=9)

    def correct(reference, **facts):
        actions.amend(register, reference, facts, reason="misread", correction=True, by=operator, at=later)

    for reference in ("A", "B"):
        correct(reference, department="Post room")
    by_type = {"as_at": today, "group": ["incident_type"]}
    assert not ask("people-affected", **by_type).reconstructed
    assert ask("events", as_at=today, group=["department"]).reconstructed
    correct("B", people_affected=41)
    assert not ask("events", **by_type).reconstructed
    assert ask("people-affected", **by_type).reconstructed


def test_where_nothing_lies_outside_the_coverage_nothing_is_said_of_it(body, ask, tmp_path):
    extracts.cover(body, "events", "2012-03-01")
    extracts.load(body, "reference  logged_on   tier\nA          2013-05-01  event", tmp_path)
    assert ask("events").early == ()


def test_what_was_logged_on_no_day_stands_by_itself(register):
    book = balances.Book(register.pk, date(2014, 1, 5))
    book.enter([(99, ("counted", "event", None, 3, date(2014, 1, 1), OPEN))])
    book.write()
    asked = [("event", None), ("event", Span(date(1900, 1, 1), date(2200, 12, 31)))]
    dated = (2, 40, 1, 0, 0, 0)
    assert list(standing.add_up(register.pk, date(2014, 1, 4), "counted", asked)) == [(1, 3, 1, 0, 0, 0), dated]
    assert list(standing.add_up(register.pk, date(2014, 1, 5), "counted", asked)) == [(1, 3, 1, 1, 1, 1), dated]


def test_a_register_that_is_there_already_gets_its_balances(register, ask, said):
    models.Balance.objects.all().delete()
    assert said(ask("events")) == [("held", 0)] * 4
    import_module("candour.incidents.migrations.0004_what_was_recorded").fill(apps, None)
    assert recounting.compare(register.pk) is None
    assert said(ask("events"))[0] == ("held", 2)


def test_a_balance_that_is_not_what_the_versions_say_is_named(register):
    row = {"body": register.pk, "tier": "event", "logged_in": "month", "held_in": "month", "logged": date(2012, 3, 1)}
    assert recounting.compare(register.pk) is None
    models.Balance.objects.filter(**row, held=date(2012, 3, 1)).update(people=39)
    assert recounting.compare(register.pk).what == (
        "the balance of event (counted) logged in the month 2012-03-01, held in the month 2012-03-01, is not what the "
        "versions say: +1 people"
    )
    recounting.rebuild(register.pk)
    assert recounting.compare(register.pk) is None


def test_a_balance_that_is_missing_is_named(register):
    models.Balance.objects.filter(body=register.pk, tier="other-incident", logged_in="day", held_in="day").delete()
    assert "other-incident (counted) logged in the day 2012-04-01" in recounting.compare(register.pk).what
