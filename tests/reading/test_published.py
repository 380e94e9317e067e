"""Figures that others published as a sheet: which column is which, what a blank means, and what may be added up."""

import textwrap

import pytest

from candour.reading import published
from candour.rules.refusals import WrongInput

MADE = """
    quarter,type,sector,reports
    Q1 2019-2020,Phishing,Justice,3
    Q1 2019-2020,Failure to redact,Justice,
    Q1 2019-2020,Phishing,Health,"1,200"
    Q1 2019-2020,Not Provided,Health,2
    Q2 2019-2020,Phishing,Justice,4
"""
MAPPING = """
    measure = "incidents-reported-to-ico"
    document = "Trends, as published"
    published_on = 2022-03-31
    about = "Reports to the regulator"
    each = "sector"
    period = "quarter"
    count = "reports"
    blank = 0
    adds_up = true

    [where]
    ico-type = "type"

    [values.ico-type]
    "Not Provided" = ""
"""
SPANNING = """
    Reference,Year,Quarter,Kind of data,Sector
    R-1,2019,Qtr 2,Health data,Justice
    R-1,2019,Qtr 2,Basic personal identifiers,Justice
    R-2,2019,Qtr 2,Health data,Justice
    R-3,2019,Qtr 3,Health data,Health
"""
BY_REFERENCE = """
    measure = "incidents-reported-to-ico"
    document = "Trends, as published"
    published_on = 2020-03-31
    about = "Reports"
    period = ["Quarter", "Year"]
    distinct = "Reference"

    [where]
    data_types = "Kind of data"
"""


@pytest.fixture
def read(tmp_path):
    def sheet(text, mapping):
        path = tmp_path / "trends.csv"
        path.write_text(textwrap.dedent(text).strip() + "\n", encoding="utf-8")
        found = published.read(path, published.guide(textwrap.dedent(mapping)))
        return {(one.period.label, one.about, *one.only.values()): one.value for one in found.figures}

    return sheet


def test_each_series_has_its_figures_by_kind_and_its_total_and_a_blank_is_what_the_mapping_says(read):
    found = read(MADE, MAPPING)
    assert found["Q1 2019/20", "Reports to the regulator: Justice", "phishing"] == 3
    assert found["Q1 2019/20", "Reports to the regulator: Justice", "failure-to-redact"] == 0
    assert found["Q1 2019/20", "Reports to the regulator: Justice"] == 3
    assert found["Q1 2019/20", "Reports to the regulator", "phishing"] == 1203
    assert found["Q1 2019/20", "Reports to the regulator"] == 1205
    assert len(found) == 12


def test_without_leave_to_add_up_there_is_no_total(read):
    found = read(MADE, MAPPING.replace("adds_up = true", ""))
    assert set(found) == {
        ("Q1 2019/20", "Reports to the regulator: Justice", "phishing"),
        ("Q1 2019/20", "Reports to the regulator: Justice", "failure-to-redact"),
        ("Q1 2019/20", "Reports to the regulator: Health", "phishing"),
        ("Q2 2019/20", "Reports to the regulator: Justice", "phishing"),
    }


def test_where_a_report_spans_several_rows_its_different_references_are_counted(read):
    assert read(SPANNING, BY_REFERENCE) == {
        ("Q2 2019", "Reports", "Health data"): 2,
        ("Q2 2019", "Reports", "Basic personal identifiers"): 1,
        ("Q2 2019", "Reports"): 2,
        ("Q3 2019", "Reports", "Health data"): 1,
        ("Q3 2019", "Reports"): 1,
    }


@pytest.mark.parametrize(
    ("found", "instead", "says"),
    [
        ("Phishing,Justice,3", "Phishing,Justice,some", "Row 2: “some” is not a whole number"),
        ("Phishing,Justice,3", "Witchcraft,Justice,3", "Row 2: “Witchcraft” is not in the scheme ico-type"),
        ("Q1 2019-2020,Phishing,Justice", "some day,Phishing,Justice", "Row 2: “some day” is not a period"),
        ("quarter,type", "when,type", "No sheet has a row with the columns quarter, sector, reports, type"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(read, found, instead, says):
    with pytest.raises(WrongInput, match=says):
        read(MADE.replace(found, instead), MAPPING)


def test_a_blank_is_a_fault_unless_the_mapping_says_what_it_means(read):
    with pytest.raises(WrongInput, match="Row 3: “” is not a whole number; where an empty cell means 0"):
        read(MADE, MAPPING.replace("blank = 0", ""))


@pytest.mark.parametrize(
    ("found", "instead", "says"),
    [
        ('about = "Reports to the regulator"', "", "lacks about"),
        ("blank = 0", "colour = 1", "does not know colour"),
        ("blank = 0", 'blank = "0"', "blank is '0', which is of the wrong kind"),
        ("blank = 0", 'distinct = "Reference"', "either count"),
        ("published_on = 2022-03-31", 'published_on = "soon"', "of the wrong kind"),
        ("about =", "about", "not TOML"),
    ],
)
def test_a_mapping_that_makes_no_sense_says_so(found, instead, says):
    with pytest.raises(WrongInput, match=says):
        published.guide(textwrap.dedent(MAPPING).replace(found, instead))
