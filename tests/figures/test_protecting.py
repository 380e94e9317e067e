"""A table made safe to publish: small numbers, what else would give them away, and how that reads in every format."""

import csv
import io
import json
import random
from dataclasses import replace
from datetime import date

import pytest

import attacker
import extracts
from candour.figures import actions as knowing
from candour.figures import earlier, protecting, public, rendering
from candour.incidents import actions as amending
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.organisation import people
from candour.organisation.kinds_of_work import Department
from candour.rules import years
from candour.rules.disclosure_control import rule
from candour.rules.disclosure_control.protecting import HIDE_TOTALS, CannotBeMet
from candour.rules.disclosure_control.rule import Limits

STANDARD = rule.preset("standard")
COUNTS = {
    ("North", "2011"): 12,
    ("North", "2012"): 9,
    ("South", "2011"): 3,
    ("South", "2012"): 20,
    ("Legal", "2011"): 8,
    ("Legal", "2012"): 11,
}


@pytest.fixture
def departments(body, tmp_path):
    """Other incidents of three departments in two years; South had 3 in 2011/12."""
    return extracts.counted(body, COUNTS, tmp_path)


@pytest.fixture
def table(departments, ask):
    return ask("other-incidents", "2011-04-01", "2013-03-31", group=["department"])


def printed(table):
    return [[rendering.short(cell) for cell in group.cells] for group in table.groups]


def test_a_small_number_takes_a_rectangle_with_it_and_says_so_with_a_key(table):
    safe = protecting.protect(table, STANDARD)
    assert printed(table) == [["8", "11"], ["12", "9"], ["3", "20"]]
    assert sum(row.count("*") for row in printed(safe.table)) == 4
    assert printed(safe.table)[2] == ["*", "*"]
    assert (len(safe.done.small), safe.beside) == (1, 3)
    about = dict(rendering.about(safe.table))
    assert about["Disclosure control"] == "Fewer than 5"
    assert about["Key: *"].startswith("a number from 1 to 4, or another number")


def test_the_attacker_who_knows_every_total_cannot_tell_it(table):
    safe = protecting.protect(table, STANDARD)
    values = protecting.counted(table)
    shown = {cell: ((1, 60) if cell in safe.done.hidden else value) for cell, value in values.items()}
    small = next(iter(safe.done.small))
    sums = [(one.parts, one.least, one.most) for one in protecting.totals(table, values, STANDARD)]
    assert attacker.possible(shown | {small: (1, 4)}, sums, small, range(1, 5)) == {1, 2, 3, 4}


def test_in_every_format_a_hidden_number_is_neither_zero_nor_blank(table):
    safe = protecting.protect(table, STANDARD).table
    rows = list(csv.DictReader(io.StringIO(rendering.written(safe, "csv").decode())))
    hidden = [row for row in rows if row["status"] == "suppressed"]
    assert len(hidden) == 4
    assert {row["value"] for row in hidden} == {"*"}
    assert all("number from 1 to 4" in row["note"] for row in hidden)
    said = json.loads(json.dumps(safe.as_json()))
    cells = [cell for group in said["groups"] for cell in group["cells"] if cell["status"] == "suppressed"]
    assert [(cell["value"], cell["mark"]) for cell in cells] == [(None, "*")] * 4
    assert said["disclosure_control"]["key"]["*"]
    assert "small" not in json.dumps(said["disclosure_control"])
    assert "*" in rendering.text(safe)
    assert "suppressed" in rendering.written(safe, "svg").decode()
    for kind in ("ods", "xlsx"):
        assert rendering.written(safe, kind)


def test_nothing_in_a_protected_file_names_the_small_number(body, tmp_path, ask):
    """Not in the completeness, the notes or the chart either."""
    lines = [
        "reference  logged_on  tier  department",
        *(f"{at}  2011-05-01  other-incident  {'-' if at < 3 else 'North'}" for at in range(20)),
    ]
    extracts.load(body, "\n".join(lines), tmp_path)
    extracts.cover(body, "other-incidents", "2011-04-01")
    table = ask("other-incidents", "2011-04-01", "2012-03-31", group=["department"])
    assert table.completeness == {"department": {"known": 17, "of": 20}}
    assert protecting.protect(table, STANDARD).table.completeness == {}


def test_rounding_needs_no_other_cell_to_be_hidden(table):
    safe = protecting.protect(table, rule.preset("nhs-digital"))
    assert printed(safe.table) == [["10", "10"], ["10", "10"], ["*", "20"]]
    assert safe.beside == 0
    assert {cell.status for group in safe.table.groups for cell in group.cells} == {"rounded", "suppressed"}


def test_what_was_published_before_is_reckoned_with(table):
    alone = protecting.protect(table, STANDARD)
    (first, second) = table.question.periods
    others = [cell for cell in alone.done.hidden - alone.done.small if cell[1] == first.start]
    told = [
        earlier.Published(
            "other-incidents", "logged", *cell[1:], COUNTS[cell[0][0], "2011"], "reply 12/7", {"department": cell[0][0]}
        )
        for cell in others
    ]
    safe = protecting.protect(table, STANDARD, published=told)
    assert safe.table.control.earlier == ("reply 12/7",)
    assert not safe.done.hidden & set(others)
    assert all(found.possible >= 3 for found in safe.done.ranges.values())
    assert second


def test_monthly_figures_of_before_make_up_a_year_of_now(table):
    months = years.periods("month", date(2011, 4, 1), date(2012, 3, 31))
    told = [
        earlier.Published("other-incidents", "logged", month.start, month.end, 3 if month.start.month == 5 else 0,
                          "bulletin", {"department": "South"})
        for month in months
    ]  # fmt: skip
    known = earlier.sums(table.question, protecting.counted(table), told)
    assert [(len(one.parts), one.least, one.most) for one in known] == [(1, 3, 3)]
    assert not protecting.protect(table, STANDARD, published=told).done.small


def test_a_published_table_hands_on_its_numbers_and_its_totals(table, ask):
    numbers = earlier.of_table(table, "annual report")
    assert len(numbers) == 8
    assert sorted(one.value for one in numbers if not one.facts) == [23, 40]
    hidden = earlier.of_table(protecting.protect(table, STANDARD).table, "annual report")
    assert [one.value for one in hidden if one.between.least == one.between.most] == [12, 9]
    assert {one.between for one in hidden if one.facts.get("department") == "South"} == {Limits(1, None)}
    whole = ask("other-incidents", "2011-04-01", "2013-03-31")
    assert not earlier.sums(whole.question, protecting.counted(whole), [])
    assert len(earlier.sums(whole.question, protecting.counted(whole), numbers)) == 2
    rounded = earlier.of_table(protecting.protect(table, rule.preset("round-5")).table, "bulletin")
    assert {one.between for one in rounded if one.facts.get("department") == "South"} == {Limits(3, 7), Limits(18, 22)}


def test_a_statement_of_the_body_is_public(departments, table, operator):
    knowing.add_statement(
        departments, "other-incidents", period=years.containing("financial-year", date(2011, 5, 1)), value=23,
        said_on=date(2012, 7, 1), document="Annual report", by=operator, at=extracts.NOW,
    )  # fmt: skip
    found = public.statements(departments.pk, "logged", 10**9)
    assert [(one.value, one.said) for one in found] == [(23, "Annual report")]
    assert len(earlier.sums(table.question, protecting.counted(table), found)) == 1


def test_a_suppression_that_cannot_be_met_offers_to_publish_no_total(body, tmp_path, ask):
    extracts.load(body, "reference  logged_on  tier\n" + "\n".join(
        f"{at}  {2011 if at < 3 else 2012}-05-01  other-incident" for at in range(7)), tmp_path)  # fmt: skip
    extracts.cover(body, "other-incidents", "2011-04-01")
    table = ask("other-incidents", "2011-04-01", "2013-03-31")
    with pytest.raises(CannotBeMet) as refused:
        protecting.protect(table, STANDARD)
    assert refused.value.offers[0] == HIDE_TOTALS
    assert printed(protecting.protect(table, STANDARD, hide_totals=True).table) == [["*", "*"]]


# The procedure.


def test_incidents_of_the_whole_body_need_no_control(departments, ask):
    advice = protecting.advise(ask("other-incidents", "2011-04-01", "2013-03-31"), departments, rule=STANDARD)
    assert not advice.protect
    assert [step.means for step in advice.steps] == ["no control is needed"]


def test_a_department_of_unknown_size_is_a_high_risk_and_a_large_one_is_not(departments, table, operator):
    advice = protecting.advise(table, departments, rule=STANDARD)
    assert advice.protect
    assert advice.high_risk
    assert "South (size not known)" in advice.steps[2].answer
    for name in ("North", "South", "Legal"):
        organisation.say(
            departments, Department(name=name, staff=140), from_=date(2010, 1, 1), by=operator, at=extracts.NOW
        )
    later = replace(table, as_at=AsAt(table.as_at.day, ledger.head(departments.pk).number))
    assert not protecting.advise(later, departments, rule=STANDARD).high_risk


def test_people_are_protected_unless_it_was_published_already(body, tmp_path, ask):
    extracts.load(body, """
        reference  logged_on   tier            people_affected
        1          2011-05-03  other-incident  3
        2          2012-05-03  other-incident  40
    """, tmp_path)  # fmt: skip
    extracts.cover(body, "other-incidents", "2011-04-01")
    table = ask("people-affected", "2011-04-01", "2013-03-31")
    assert protecting.advise(table, body, rule=STANDARD).protect
    told = [earlier.Published("people-affected", "logged", date(2011, 4, 1), date(2012, 3, 31), 3, "Annual report")]
    advice = protecting.advise(table, body, rule=STANDARD, published=told)
    assert not advice.protect
    assert "Annual report" in advice.steps[-1].answer


def test_a_year_in_which_all_fall_into_one_department_is_a_question_of_its_own(body, tmp_path, ask):
    lines = ["reference  logged_on  tier  department", *(f"{at}  2011-05-01  other-incident  North" for at in range(9)),
             *(f"s{at}  2012-05-01  other-incident  South" for at in range(9))]  # fmt: skip
    extracts.load(body, "\n".join(lines), tmp_path)
    extracts.cover(body, "other-incidents", "2011-04-01")
    table = ask("other-incidents", "2011-04-01", "2013-03-31", group=["department"])
    assert "2011/12: North" in protecting.advise(table, body, rule=STANDARD).steps[-1].answer


def test_many_rows_are_protected_in_seconds(body, tmp_path, ask):
    chance = random.Random(7)  # noqa: S311 - a table, no secret
    lines = ["reference  logged_on  tier  department"]
    lines += [
        f"{at}  {chance.randint(2006, 2014)}-05-01  other-incident  D{chance.randint(1, 12)}" for at in range(500)
    ]
    extracts.load(body, "\n".join(lines), tmp_path)
    extracts.cover(body, "other-incidents", "2006-04-01")
    table = ask("other-incidents", "2006-04-01", "2015-03-31", group=["department"])
    safe = protecting.protect(table, STANDARD)
    assert safe.done.small
    assert all(found.possible >= 3 for found in safe.done.ranges.values())


def known(body, folder, *facts):
    """Other incidents of North, one for each set of facts that is known of it."""
    lines = [f"{at}  2011-05-01  other-incident  North" for at in range(len(facts))]
    extracts.load(body, "\n".join(["reference  logged_on  tier  department", *lines]), folder)
    for at, changes in enumerate(facts):
        by = people.operator(body)
        amending.amend(body, str(at), changes, reason="asked", correction=True, by=by, at=extracts.NOW)


@pytest.mark.parametrize(
    ("group", "where", "facts"),
    [
        (["data_subjects"], {}, ("data_subjects",)),
        ([], {"data_subjects": "Children"}, ("data_subjects",)),
        ([], {"data_subjects": "Users"}, ()),
        ([], {"data_subjects": "Residents of a home"}, ("data_subjects",)),
        (["staff_group"], {"department": "North"}, ("department", "staff_group")),
        (["cause"], {}, ()),
    ],
)
def test_what_leads_to_people_is_told_kind_by_kind(body, tmp_path, ask, group, where, facts):
    known(body, tmp_path, {"data_subjects": "Children; Users", "staff_group": "Clerks"},
          {"data_subjects": "Users; Residents of a home"})  # fmt: skip
    table = ask("other-incidents", "2011-04-01", "2012-03-31", group=group, where=where)
    found = protecting.circumstances(table, body, rule=STANDARD)
    assert found.singles_out == facts
    assert protecting.speaks_of_people(table) == bool(facts)


def test_a_table_by_kinds_of_people_who_lead_to_nobody_needs_no_control(body, tmp_path, ask):
    known(body, tmp_path, {"data_subjects": "Users"}, {"data_subjects": "Unknown"})
    table = ask("other-incidents", "2011-04-01", "2012-03-31", group=["data_subjects"])
    assert not protecting.advise(table, body, rule=STANDARD).protect
