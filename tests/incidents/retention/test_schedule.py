"""What is due is decided by the narrowest row of the schedule, and by the day that it counts from."""

from datetime import date, timedelta

import pytest

import extracts
from candour.incidents import models
from candour.incidents.queries import due
from candour.rules.refusals import NotThere
from retained import REGISTER, TODAY, on_the_list, schedule


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
