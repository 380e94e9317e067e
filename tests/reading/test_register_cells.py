"""What one cell says: on one reading only, or it is held back with its raw text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.reading import days, fields, register, sheet_cells
from candour.rules import refusals

TODAY = date(2016, 3, 10)


def cell(field, text, order="dmy"):
    return sheet_cells.reader(fields.BY_NAME[field], sheet_cells.Setting(TODAY, order))(text)


@pytest.mark.parametrize(
    "text",
    [
        "2012-03-31", "2012/03/31", "31/03/2012", "31.3.2012", "31-03-12", "31 03 2012", "31 March 2012",
        "31st March 2012",
        "31 Mar 12", "31-Mar-12", "31-Mar-2012", "31Mar2012", "March 31, 2012", "Sat 31 March 2012",
        "Saturday, 31st of March 2012",
        " 31/03/2012 ", "2012-03-31T00:00:00", "31/03/2012 09:30",
    ],
)  # fmt: skip
def test_a_day_is_read_as_britons_write_it(text):
    assert cell("logged_on", text) == sheet_cells.Cell("2012-03-31")


@pytest.mark.parametrize(
    "text", ["about 3 May 2014", "c. 3 May 2014", "approx 03/05/2014", "~3 May 2014", "3 May 2014 (approx.)"]
)
def test_an_approximate_day_says_so(text):
    assert cell("occurred_on", text) == sheet_cells.Cell("2014-05-03", "approximate")


@pytest.mark.parametrize(
    ("text", "day"),
    [("May 2014", "2014-05-01"), ("Sept 2014", "2014-09-01"), ("05/2014", "2014-05-01"), ("c. 2014", "2014-01-01")],
)
def test_a_month_or_a_year_is_its_first_day_approximately(text, day):
    assert cell("occurred_on", text) == sheet_cells.Cell(day, "approximate")


@pytest.mark.parametrize("text", ["not known", "Unknown", "N/K", "TBC", "don't know"])
def test_a_day_that_is_not_known_is_not_a_blank(text):
    assert cell("occurred_on", text) == sheet_cells.Cell(precision="unknown")


@pytest.mark.parametrize("text", [" ", "-", "–", "N/A"])
def test_a_dash_is_a_blank(text):
    assert cell("closed_on", text) == sheet_cells.BLANK


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31st September 2020", "no 31 September 2020"),
        ("30/02/2015", "no 30 February 2015"),
        ("03/31/2012", "no month 31"),
        ("31 Smarch 2012", "not the name of a month"),
        ("11/03/2016", "in the future"),
        ("31/12/1989", "before 1990"),
        ("01/01/0012", "before 1990"),
        ("40999", "spreadsheet's own number"),
        ("40999.5", "spreadsheet's own number"),
        ("early 2014", "not the name of a month"),
        ("Mar-12", "cannot be read as a day"),
        ("31/03/2012 or 01/04/2012", "cannot be read as a day"),
        ("20120331", "cannot be read as a day"),
        ("31/03/2012 25:10", "no 25:10"),
        ("=TODAY()", "cannot be read as a day"),
        ("31/03/2012\x00", "control character"),
        ("14:05:00", "cannot be read as a day"),
    ],
)
def test_a_day_on_no_or_two_readings_is_held_back(text, problem):
    assert problem in cell("logged_on", text).problem


def test_the_order_of_figures_is_what_the_mapping_says():
    assert cell("logged_on", "03/04/2012").value == "2012-04-03"
    assert cell("logged_on", "03/04/2012", "mdy").value == "2012-03-04"
    assert cell("logged_on", "12/03/04", "ymd").value == "2012-03-04"
    assert cell("logged_on", "2012-03-04", "mdy").value == "2012-03-04"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("31/03/2012 14:05", "2012-03-31T14:05:00+01:00"),
        ("31/01/2012 at 14:05:30", "2012-01-31T14:05:30+00:00"),
        ("31 January 2012 2.05pm", "2012-01-31T14:05:00+00:00"),
        ("31 January 2012, 12am", "2012-01-31T00:00:00+00:00"),
        ("2012-01-31T14:05:00Z", "2012-01-31T14:05:00+00:00"),
        ("25/10/2015 01:30", "2015-10-25T01:30:00+01:00"),
        ("25/10/2015 01:30 GMT", "2015-10-25T01:30:00+00:00"),
    ],
)
def test_a_moment_keeps_its_time_of_day_in_london(text, at):
    assert cell("discovered_at", text) == sheet_cells.Cell(at[:10], None, at)


def test_a_moment_with_a_zone_has_the_day_it_was_in_london():
    assert cell("aware_at", "2015-03-31T22:59:00Z") == sheet_cells.Cell("2015-03-31", None, "2015-03-31T23:59:00+01:00")
    assert cell("aware_at", "2015-03-31T23:00:00Z") == sheet_cells.Cell("2015-04-01", None, "2015-04-01T00:00:00+01:00")


@given(st.dates(min_value=date(1990, 1, 1), max_value=TODAY))
def test_every_spelling_of_a_day_is_that_day(day):
    for spelling in ("%d/%m/%Y", "%d %B %Y", "%d-%b-%y", "%Y-%m-%d", "%A %d %B %Y", "%d.%m.%Y"):
        assert days.read(day.strftime(spelling)).day == day
    assert days.read(day.strftime("%m/%d/%Y"), "mdy").day == day


@given(st.text(max_size=30))
def test_no_text_breaks_the_reading_of_a_cell(text):
    for field in fields.FIELDS:
        cell(field.name, text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("31/03/2012", ("2012-03-31", None, "yes")), ("yes", (None, "unknown", "yes")), ("Y", (None, "unknown", "yes")),
        ("No", (None, None, "no")), ("n/a", (None, None, "no")), ("not reported", (None, None, "no")),
        ("not known", (None, "unknown", "not-known")),
    ],
)  # fmt: skip
def test_told_the_ico_is_a_day_or_whether(text, said):
    value, precision, told = said
    assert cell("told_ico_on", text) == sheet_cells.Cell(value, precision, also=(("told_ico", told),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("40", (40, None)), ("1,234", (1234, None)), ("1 234 567", (1234567, None)), ("c. 40", (40, "approximate")),
        ("about 1,800", (1800, "approximate")), ("40 approx", (40, "approximate")), ("40.0", (40, None)),
        ("Nil", (0, None)), ("none", (0, None)), ("three", (3, None)), ("12 individuals", (12, None)),
        ("unknown", (None, "unknown")),
        ("c.40 people", (40, "approximate")), ("0", (0, None)),
    ],
)  # fmt: skip
def test_a_number_of_people(text, said):
    assert cell("people_affected", text)[:2] == said


@pytest.mark.parametrize(
    ("text", "bound"), [("up to 50", 50), ("at most 1,000", 1000), ("fewer than 5", 4), ("max 7", 7), ("<5", 4)]
)
def test_a_bound_is_not_a_number_of_people(text, bound):
    assert cell("people_affected", text) == sheet_cells.Cell(also=(("people_affected_at_most", bound),))
    assert cell("people_affected_at_most", text) == sheet_cells.Cell(bound)


@pytest.mark.parametrize("text", ["-5", "12.5", "40-50", "500+", "a few", "1,23", "=1+1", "TRUE", "9" * 5000, "40,00"])
def test_a_number_that_is_none_is_held_back(text):
    assert cell("people_affected", text).problem


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("personal_data", "Y", "yes"), ("personal_data", "TRUE", "yes"), ("personal_data", "Possibly", "suspected"),
        ("encrypted", "No", "no"), ("encrypted", "not known", "not-known"), ("exercise", "1", "yes"),
        ("lost_or_stolen", "Theft", "stolen"), ("lost_or_stolen", "Lost", "lost"),
        ("our_role", "Data Controller", "controller"), ("our_role", "Joint controller", "joint-controller"),
        ("tier", "ICO reported", "reported-to-ico"), ("tier", "Near miss", "near-miss"), ("tier", "EVENT", "event"),
        ("tier", "other-incident", "other-incident"), ("tier", "not known", "undetermined"),
        ("category", "ii", "II"), ("category", "Category IV", "IV"), ("category", "5", "V"),
        ("category", "IV - Unauthorised disclosure", "IV"),
    ],
)  # fmt: skip
def test_words_of_closed_lists_have_their_synonyms(field, text, value):
    assert cell(field, text) == sheet_cells.Cell(value)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("tier", "tier 9"),
        ("category", "VI"),
        ("personal_data", "perhaps"),
        ("encrypted", "Yes (partly)"),
        ("our_role", "✓"),
        ("lost_or_stolen", "Lost / stolen"),
    ],
)
def test_a_word_of_no_list_is_held_back_and_the_list_is_named(field, text):
    problem = cell(field, text).problem
    assert text in problem
    assert "is not one of" in problem


def test_a_formula_as_text_is_kept_in_a_description_and_held_back_elsewhere():
    attack = "=cmd|' /C calc'!A0"
    assert cell("description", attack).value == attack
    for field in ("reference", "department", "people_affected", "logged_on", "tier"):
        assert cell(field, attack).problem


def test_control_characters_are_marked_in_a_description_and_held_back_elsewhere():
    assert cell("description", "a\x00b\x19c\r\nd").value == "a\ufffdb\ufffdc\nd"
    assert "control character" in cell("department", "Chil\x19dren").problem


@pytest.mark.parametrize("text", ["#REF!", "#N/A"])
def test_an_error_of_a_formula_is_held_back(text):
    assert text in cell("department", text).problem


def test_a_short_text_is_tidied_and_a_long_one_held_back():
    assert cell("department", " Child\n protection ").value == "Child protection"
    assert "longer than 255" in cell("department", "x" * 256).problem


def test_a_typed_value_is_read_as_a_cell_is():
    assert register.parse_value("logged_on", "31 March 2012") == "2012-03-31"
    assert register.parse_value("people_affected", "1,234") == 1234
    assert register.parse_value("description", "Lost") == "Lost"
    assert register.parse_value("closed_on", "") is None
    assert register.parse("told_ico_on", "yes").facts == {"told_ico_on": None, "told_ico": "yes"}
    assert register.parse("occurred_on", "May 2014").precision == {"occurred_on": "approximate"}
    with pytest.raises(refusals.WrongInput, match="near-miss"):
        register.parse_value("tier", "nearly")
    with pytest.raises(refusals.WrongInput, match="did you mean logged_on"):
        register.parse_value("loged_on", "2012-03-31")
    with pytest.raises(refusals.WrongInput, match="future"):
        register.parse_value("logged_on", "2016-03-11", today=TODAY)


def test_no_header_means_two_fields():
    said = [header for field in fields.FIELDS for header in dict.fromkeys(field.headers())]
    assert len(said) == len(set(said))
    assert all(header == fields.plain(header) for header in said)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Date Reported (dd/mm/yyyy)", "reported_on"), ("ICO ref. no", None),
        ("ICO Ref:", "ico_reference"),
        ("Ref No.", "reference"), ("people_affected", "people_affected"),
        ("No. of data subjects affected", "people_affected"),
        ("Reported", None), ("LOST/STOLEN", "lost_or_stolen"), ("Date", None),
    ],
)  # fmt: skip
def test_a_header_means_the_field_people_mean_by_it(header, field):
    assert fields.meant(header) == field


@pytest.mark.parametrize(
    ("typed", "number"), [("£1,200", 1200), ("1200.00", 1200), ("0", 0), ("not known", None), (" ", None)]
)
def test_a_whole_number_may_be_of_pounds(typed, number):
    assert register.parse_value("cost_pounds", typed) == number


def test_what_is_no_whole_number_is_held_back():
    with pytest.raises(refusals.WrongInput, match="“a fortune” cannot be read as a whole number; write 40 or 1,200"):
        register.parse_value("devices", "a fortune")
