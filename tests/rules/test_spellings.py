"""Every spelling of a period that people write is read, and none is guessed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules import years
from candour.rules.refusals import WrongInput

REQUEST = date(2016, 2, 28)


def found(text, on=REQUEST):
    return [period.label for period in years.find(text, on)]


@pytest.mark.parametrize(
    "text",
    [
        "2011/12", "2011-12", "2011/2012", "2011-2012", "2011 - 2012", "2011 to 2012", "11/12", "11-12", "2011‑12",
        "FY11-12", "FY11–12", "FY 11/12", "FY11/12", "FY 2011/12", "FY2011-12", "FY: 2011/12", "F/Y 11-12",
        "fy 2011 to 2012", "FY2011/2012", "2011/12:", "2011/12.", "2011-04-01 - 2012-03-31", "year 2011/12",
        "Financial Year 2011/12", "financial year 2011-2012", "Financial Year: 2011 – 2012",
        "the financial year 2011/12", "fiscal year 2011/12", "2011/12 financial year",
        "April 2011 to March 2012", "April 2011 - March 2012", "April 2011—March 2012", "Apr 2011 to Mar 2012",
        "April to March 2012", "from April 2011 to March 2012", "between April 2011 and March 2012",
        "1 April 2011 - 31 March 2012", "1st April 2011 to 31st March 2012", "1 Apr 2011 to 31 Mar 2012",
        "01/04/2011 to 31/03/2012", "01/04/2011-31/03/2012", "1.4.2011 - 31.3.2012", "01/04/11 to 31/03/12",
        "2011-04-01 to 2012-03-31", "April 1, 2011 to March 31, 2012", "Friday 1 April 2011 to Saturday 31 March 2012",
        "year ending 31 March 2012", "year ended 31 March 2012", "year to 31 March 2012", "year ending March 2012",
        "financial year ending 2012", "financial year ended 31 March 2012", "12 months to March 2012",
        "twelve months ending 31 March 2012", "the year ending on 31 March 2012", "12-month ending March 2012",
    ],
)  # fmt: skip
def test_every_way_of_writing_a_financial_year(text):
    assert years.read(text) == years.containing("financial-year", date(2011, 4, 1))


@pytest.mark.parametrize(
    ("text", "label", "start", "end"),
    [
        ("2014", "2014", "2014-01-01", "2014-12-31"),
        ("calendar year 2014", "2014", "2014-01-01", "2014-12-31"),
        ("January 2014 to December 2014", "2014", "2014-01-01", "2014-12-31"),
        ("January to December 2014", "2014", "2014-01-01", "2014-12-31"),
        ("year ended 31 December 2014", "2014", "2014-01-01", "2014-12-31"),
        ("98/99", "1998/99", "1998-04-01", "1999-03-31"),
        ("99/00", "1999/2000", "1999-04-01", "2000-03-31"),
        ("1999-2000", "1999/2000", "1999-04-01", "2000-03-31"),
        ("tax year 2014-15", "tax year 2014/15", "2014-04-06", "2015-04-05"),
        ("tax year 2014 to 2015", "tax year 2014/15", "2014-04-06", "2015-04-05"),
        ("6 April 2014 to 5 April 2015", "tax year 2014/15", "2014-04-06", "2015-04-05"),
        ("year ending 5 April 2015", "tax year 2014/15", "2014-04-06", "2015-04-05"),
        ("academic year 2014/15", "academic year 2014/15 from 1 September", "2014-09-01", "2015-08-31"),
        ("school year 2014-15", "academic year 2014/15 from 1 September", "2014-09-01", "2015-08-31"),
        ("2014/15 academic year", "academic year 2014/15 from 1 September", "2014-09-01", "2015-08-31"),
        ("academic year 2014/15, starting 1 August", "academic year 2014/15 from 1 August", "2014-08-01", "2015-07-31"),
        ("Q1 2014/15", "Q1 2014/15", "2014-04-01", "2014-06-30"),
        ("Q4 FY14-15", "Q4 2014/15", "2015-01-01", "2015-03-31"),
        ("2014/15 Q3", "Q3 2014/15", "2014-10-01", "2014-12-31"),
        ("Qtr 2 2014-15", "Q2 2014/15", "2014-07-01", "2014-09-30"),
        ("quarter 2 of 2014/15", "Q2 2014/15", "2014-07-01", "2014-09-30"),
        ("third quarter of 2014/15", "Q3 2014/15", "2014-10-01", "2014-12-31"),
        ("4th quarter of the financial year 2014/15", "Q4 2014/15", "2015-01-01", "2015-03-31"),
        ("Q1 2014", "Q1 2014", "2014-01-01", "2014-03-31"),
        ("2014 Q4", "Q4 2014", "2014-10-01", "2014-12-31"),
        ("March 2016", "March 2016", "2016-03-01", "2016-03-31"),
        ("Feb. 2016", "February 2016", "2016-02-01", "2016-02-29"),
        ("Sept 2015", "September 2015", "2015-09-01", "2015-09-30"),
        ("Apr-14", "April 2014", "2014-04-01", "2014-04-30"),
        ("April ’14", "April 2014", "2014-04-01", "2014-04-30"),
        ("1 April 2015 to 30 September 2015", "1 April 2015 to 30 September 2015", "2015-04-01", "2015-09-30"),
        ("April to September 2015", "1 April 2015 to 30 September 2015", "2015-04-01", "2015-09-30"),
        ("1 November to 31 January 2016", "1 November 2015 to 31 January 2016", "2015-11-01", "2016-01-31"),
        ("year ending 30 June 2014", "1 July 2013 to 30 June 2014", "2013-07-01", "2014-06-30"),
        ("2011 to 2015", "1 January 2011 to 31 December 2015", "2011-01-01", "2015-12-31"),
        ("2011/12 to 2014/15", "1 April 2011 to 31 March 2015", "2011-04-01", "2015-03-31"),
        ("2015/16 (to 30 September 2015)", "2015/16 (to 30 September 2015)", "2015-04-01", "2015-09-30"),
    ],
)  # fmt: skip
def test_other_periods(text, label, start, end):
    period = years.typed(text)
    assert (period.label, period.start.isoformat(), period.end.isoformat()) == (label, start, end)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("soon", "is not a period"),
        ("", "is not a period"),
        ("10 March 2016", "is not a period"),
        ("2016-03-10", "is not a period"),
        ("since April 2011", "is not a period"),
        ("2011/15", "15 does not follow 2011"),
        ("2012/11", "11 does not follow 2012"),
        ("12/11", "11 does not follow 12"),
        ("financial year 2014", "write both"),
        ("FY14", "write both"),
        ("year ending 2014", "write both"),
        ("Q1 FY 2014", "write both"),
        ("31 March 2012 to 1 April 2011", "before it begins"),
        ("2015 to 2011", "earlier year first"),
        ("31 September 2014 to 31 October 2014", "There is no day 31 in month 9"),
        ("1850/51", "1900 to 2200"),
        ("2250", "1900 to 2200"),
        ("1 April 1850 to 31 March 2012", "1900"),
        ("April to September", "is not a period|no year"),
        ("last three financial years", "depends on the day"),
    ],
)  # fmt: skip
def test_what_is_no_period_is_refused_in_a_sentence_and_read_as_none(text, says):
    with pytest.raises(WrongInput, match=says):
        years.typed(text)
    assert years.read(text) is None


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Answer FY11-12: FY12-13: FY13-14: FY14-15:", ["2011/12", "2012/13", "2013/14", "2014/15"]),
        ("2011/12: 37\n\n2012/13: 54", ["2011/12", "2012/13"]),
        ("financial years 2011/12, 2012/13 and 2013/14", ["2011/12", "2012/13", "2013/14"]),
        ("for 11/12, 12/13 and 13/14 financial years", ["2011/12", "2012/13", "2013/14"]),
        ("each financial year 2011/12 to 2014/15", ["2011/12", "2012/13", "2013/14", "2014/15"]),
        ("between 2011/12 and 2013/14", ["2011/12", "2012/13", "2013/14"]),
        ("financial years 2011 to 2014", ["2011/12", "2012/13", "2013/14"]),
        ("financial years between 2011 and 2014", ["2011/12", "2012/13", "2013/14"]),
        ("academic years 2012/13, 2013/14", [f"academic year {y} from 1 September" for y in ("2012/13", "2013/14")]),
        ("tax years 2012/13 and 2013/14", ["tax year 2012/13", "tax year 2013/14"]),
        ("between 2013 and 2015", ["2013", "2014", "2015"]),
        ("from 2013 to 2015", ["2013", "2014", "2015"]),
        ("from 2013 to 2014", ["2013", "2014"]),
        ("in 2013, 2014 and 2015", ["2013", "2014", "2015"]),
        ("in 2013\n2014\n2015", ["2013", "2014", "2015"]),
        ("(a) 2013 (b) 2014", ["2013", "2014"]),
        ("the 2014 calendar year", ["2014"]),
        ("FY11/12 to FY14/15", ["2011/12", "2012/13", "2013/14", "2014/15"]),
        ("for the 2014/15 and 2015/16 financial years", ["2014/15", "2015/16"]),
        ("for the financial years ending 31 March 2013, 2014 and 2015", ["2012/13", "2013/14", "2014/15"]),
        ("Apr 11 to Mar 12", ["2011/12"]),
        ("Jan 14 - Dec 14", ["2014"]),
        ("April 2014 – March 2015; April 2015 – present", ["2014/15"]),
        ("calendar years 2014 to 2016", ["2014", "2015", "2016"]),
        ("from April 2011 to March 2015", ["1 April 2011 to 31 March 2015"]),
        ("between 1 April 2011 and 31 March\n2012", ["2011/12"]),
        ("in March 2016 and again in April 2016", ["March 2016", "April 2016"]),
        ("Q1 2014/15 and Q2 2014/15", ["Q1 2014/15", "Q2 2014/15"]),
        ("2014/15, and once more 2014/15", ["2014/15"]),
        ("the last financial year", ["2014/15"]),
        ("in each of the last three financial years", ["2012/13", "2013/14", "2014/15"]),
        ("the past 2 complete financial years", ["2013/14", "2014/15"]),
        ("the current financial year", ["2015/16"]),
        ("this year", ["2016"]),
        ("last year", ["2015"]),
        ("the last two calendar years", ["2014", "2015"]),
        ("the previous tax year", ["tax year 2014/15"]),
        ("last quarter", ["Q3 2015/16"]),
        ("last month", ["January 2016"]),
        ("the last 12 months", ["1 March 2015 to 28 February 2016"]),
        ("in the past three years", ["1 March 2013 to 28 February 2016"]),
    ],
)  # fmt: skip
def test_periods_found_in_a_running_text(text, labels):
    assert found(f"How many incidents were there, {text}?") == labels


@pytest.mark.parametrize(
    "text",
    [
        "How many have you had since April 2011?",
        "from 2011/12 onwards",
        "Thank you for your email of 28 February 2016, received on 2016-02-29 or 29/02/2016.",
        "under the Freedom of Information Act 2000 and the Environmental Information Regulations 2004",
        "the Freedom of Information (Scotland) Act 2002, the DPA 1998 and the Data Protection Act of 2018",
        "our reference CAS-2014-0012, FOI/2016/17, ISO 27001:2013, Windows Server 2012",
        "telephone 020 7946 2014, £2000, 2,014 people",
        "in 2000 cases, about 2000 people",
        "pages 11-12 and item 11/12",
        "May 10 - Jun 12",
        "the period 1 April 2011 to date, 2015/16 to date",
        "1 of 2; 3-4",
        "31 September 2014 to 31 October 2014, 2015 to 2011, 1850/51",
    ],
)
def test_what_is_no_period_is_not_found(text):
    assert found(text) == []


def test_relative_periods_need_the_day_they_are_said_on():
    assert years.find("the last three financial years") == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("incidents your organisation has had since April 2011? (reported)", date(2011, 4, 1)),
        ("since 1 April 2011", date(2011, 4, 1)),
        ("since 2011/12", date(2011, 4, 1)),
        ("since the start of 2012", date(2012, 1, 1)),
        ("since FY11-12", date(2011, 4, 1)),
        ("from 2011/12 onwards", date(2011, 4, 1)),
        ("from January 2012 to date", date(2012, 1, 1)),
        ("from April 2011, by year", date(2011, 4, 1)),
        ("since\nApril\n2011", date(2011, 4, 1)),
        ("No; this is collected from 2015/16 but not before", date(2015, 4, 1)),
        ("from FY 2011/12, 2012/13", None),
        ("from 2011/12 to 2014/15", None),
        ("from April 2011 to March 2012", None),
        ("since May", None),
        ("the period 1 April 2011 to date", date(2011, 4, 1)),
        ("2015/16 to date", date(2015, 4, 1)),
        ("April 2015 – present", date(2015, 4, 1)),
        ("after 31 March 2011", date(2011, 4, 1)),
        ("after April 2011", date(2011, 4, 1)),
        ("since 31 September 2014", None),
        ("in 2014/15", None),
    ],
)
def test_since_when(text, day):
    assert years.since(text) == day


def test_the_questionnaire_names_its_years_in_order(shared):
    letter = next((shared / "seed").glob("*.txt")).read_text(encoding="utf-8")
    assert found(letter) == ["2011/12", "2012/13", "2013/14", "2014/15"]
    assert years.since(letter) == date(2011, 4, 1)


PIECES = st.sampled_from(
    [
        *(
            "2011",
            "12",
            "2011/12",
            "11/12",
            "1",
            "31",
            "April",
            "March",
            "FY",
            "financial year",
            "tax year",
            "Q1",
            "since",
        ),
        *(
            "to",
            "and",
            "between",
            "from",
            "-",
            "/",
            ",",
            "year ending",
            "last",
            "three",
            "years",
            "(",
            ")",
            "1/4/2011",
            " ",
        ),
        *(
            "academic year",
            "onwards",
            "2200",
            "1900",
            "00",
            "Act",
            "quarter",
            "99/00",
            "’14",
            "30 February",
            "the end of",
        ),
    ]
)


@given(st.lists(PIECES, max_size=12).map(" ".join) | st.lists(PIECES, max_size=8).map("".join) | st.text())
def test_whatever_is_written_reading_gives_periods_or_nothing(text):
    read = years.read(text, REQUEST)
    assert read is None or read.start <= read.end
    for period in years.find(text, REQUEST):
        assert date(1900, 1, 1) <= period.start <= period.end <= date(2200, 12, 31)
    years.since(text)


@pytest.mark.parametrize(
    "piece", ["2011 ", "between 2011 ", "2011/12, ", "1 April 2011 - ", "last ", "Act (a) ", "April "]
)
def test_a_long_text_takes_time_in_proportion(piece):
    assert len(years.find(piece * 5000)) <= 2
