"""The tables of an Annual Report: what was told the Commissioner, the rest by category, and what stands beside them."""

from datetime import date

import pytest

import extracts
from candour.documents import letter
from candour.figures import actions, annual, annual_paper
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.organisation import people, succession
from candour.organisation.kinds_of_publishing import AnnualReport
from candour.rules import years

REGISTER = """
    reference  occurred_on  tier             category  personal_data  people_affected  told_ico_on  data_types
    1          2014-05-01   other-incident   IV        yes            3                -            -
    2          2014-06-01   other-incident   IV        yes            -                -            -
    3          2014-07-01   other-incident   V         no             -                -            -
    4          2014-11-03   reported-to-ico  I         yes            120              2014-11-21   Health data
    5          2014-12-03   other-incident   -         suspected      -                -            -
    6          2012-12-03   other-incident   II        yes            -                -            -
"""
YEAR = years.read("2014/15")


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    for measure in ("incidents-reported-to-ico", "other-incidents"):
        extracts.cover(body, measure, "2012-04-01")
    return body


@pytest.fixture
def report(register):
    return lambda day=date(2026, 11, 1): annual.annual(
        register, YEAR, AsAt(day, ledger.head(register.pk).number)
    )  # fmt: skip


def test_table_1_tells_month_nature_data_people_and_who_was_told(report):
    (row,) = report().listed
    assert (row.month, row.people, row.data) == ("November 2014", "120", "Health data")
    assert "secured Government premises" in row.nature
    assert row.notification == "Told: Information Commissioner. The people affected were not told"


def test_table_2_counts_by_category_with_nil_rows(report):
    assert [(one.code, one.total) for one in report().categories] == [
        ("I", 0),
        ("II", 0),
        ("III", 0),
        ("IV", 2),
        ("V", 0),
    ]


def test_table_3_gives_the_years_before_and_says_what_is_not_held(report):
    _, others = report().before
    assert [(cell.status, cell.value) for cell in others.groups[0].cells] == [
        ("not_in_register", None), ("held", 1), ("held", 0), ("held", 2),
    ]  # fmt: skip


def test_the_reconciliation_says_why_table_2_is_not_the_answer_to_a_request(report):
    first, second = report().reconciliation
    assert "Table 2 counts 2" in first
    assert "is answered with 4" in first
    assert "1 concern no personal data; 1 are only suspected to" in second


def test_notes_tell_part_years_and_breaks(report, register, operator):
    actions.note_break(
        register, "other-incidents", day=date(2014, 9, 1), note="a new form", by=operator, at=extracts.NOW
    )
    assert any("a new form" in note for note in report().notes)
    assert "Part of the year only: to 1 January 2015." in report(date(2015, 1, 1)).notes


def change(of, to, how, day):
    """The work of one body goes to another on a day, as both say."""
    succession.hand_over(of, [to], how=how, on=day, reason="the order", by=people.operator(of), at=extracts.NOW)
    succession.take_over(to, of, prefix=f"{of.slug}/", by=people.operator(to), at=extracts.NOW)


def test_notes_tell_which_bodies_work_came_and_where_a_part_went(report, register, db):
    merged, gave, later, takes = (extracts.body(slug) for slug in ("merged", "gave", "later", "takes"))
    change(merged, register, "merged", date(2014, 10, 1))
    change(gave, register, "transferred", date(2013, 4, 1))
    change(later, register, "merged", date(2015, 4, 1))
    change(register, takes, "transferred", date(2015, 1, 1))
    bodies = [note for note in report().notes if "Sample Body" in note]
    elsewhere = "; what it recorded until then stands in its own tables, and not in these."
    assert bodies == [
        f"A part of the work of Sample Body came to us on 1 April 2013{elsewhere}",
        f"Sample Body merged into us on 1 October 2014{elsewhere}",
        "On 1 January 2015 a part of our work went to Sample Body.",
    ]
    assert len([note for note in report(date(2014, 9, 30)).notes if "Sample Body" in note]) == 1


def test_an_annual_table_carries_each_kind_of_note_on_paper(report, register, operator, tmp_path):
    extracts.load(
        register,
        "reference  logged_on  tier  personal_data\n7  2014-08-08  other-incident  yes",
        tmp_path,
        name="7.csv",
    )
    extracts.cover(register, "other-incidents", "2014-06-01")
    actions.note_break(
        register, "other-incidents", day=date(2014, 9, 1), note="a new form", by=operator, at=extracts.NOW
    )
    says = AnnualReport(counting_policy="Every report is recorded.", small_incidents="Small, localised ones are not.")
    organisation.say(register, says, from_=date(2011, 4, 1), by=operator, at=extracts.NOW)
    change(extracts.body("merged"), register, "merged", date(2014, 10, 1))
    said = letter.html(annual_paper.paper(register, report(date(2015, 1, 1)))).decode()
    for note in (
        "Part of the year only: to 1 January 2015",
        "From 1 September 2014: a new form",
        "held only from 1 June 2014",
        "1 more have no date and stand in no year",
        "merged into us on 1 October 2014",
        "Every report is recorded",
        "Small, localised ones are not",
        "Table 2 counts",
    ):
        assert note in said, note


def test_the_paper_says_all_of_it_in_every_format(report, register, operator):
    says = AnnualReport(
        counting_policy="We record every incident that is reported.", small_incidents="Small ones are not recorded.",
        further_action="We train everybody.",
    )  # fmt: skip
    organisation.say(register, says, from_=date(2011, 4, 1), by=operator, at=extracts.NOW)
    made = annual_paper.paper(register, report())
    said = letter.html(made).decode()
    for words in ("every incident that is reported", "Small ones are not", "We train", "Table 1", "Table 3", ">nil<"):
        assert words in said
    assert letter.pdf(made).startswith(b"%PDF")
