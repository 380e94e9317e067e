"""How many, and since when: every state of a cell reads as what it is, and nothing is made up."""

from datetime import date

import pytest

import extracts
from candour.figures import actions as knowing
from candour.organisation import people
from candour.rules import years
from foi import asking

PART = "We hold this information for part of this time only."
REGISTER = """
    reference  logged_on   tier            people_affected
    1          2011-05-02  other-incident  30
    2          2013-02-01  other-incident  -
    3          2013-02-02  other-incident  12
    4          2014-06-30  event           -
    5          2015-06-01  near-miss       -
    6          2015-07-01  near-miss       -
    7          2015-12-24  near-miss       -
"""


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    for measure in ("incidents-reported-to-ico", "other-incidents", "events"):
        extracts.cover(body, measure, "2011-04-01")
    extracts.cover(body, "near-misses", "2015-04-01")
    return body


@pytest.fixture
def searched(register):
    knowing.record_search(
        register, "near-misses", since=date(2011, 4, 1), until=date(2015, 3, 31), places="the shared drive",
        searcher="Records manager", on=date(2016, 3, 2), by=people.operator(register), at=extracts.NOW,
    )  # fmt: skip
    return register


def ask(body, question, **more):
    """The answer to one question."""
    (answer,) = asking.answers(asking.reply(body, f"1. {question}", redraft=True, **more)).values()
    return answer


def notes(answer):
    return list(answer["parts"][0]["notes"])


def test_zero_not_held_and_held_only_since_read_as_three_different_things(searched):
    answer = ask(searched, "How many near misses did you record in 2014, 2015 and 2016?")
    assert asking.cells(answer) == [("not_held", None), ("held_since", 3), ("held", 0)]
    letter = asking.reply(searched, "1. How many near misses did you record in 2014, 2015 and 2016?").files[
        "reply.html"
    ]
    text = letter.decode()
    assert ">not held<" in text
    assert "3 (from 1 April 2015)" in text
    assert ">0<" in text
    assert answer["words"].startswith(PART)
    assert "2016: to 10 March 2016." in notes(answer)
    assert "We searched the shared drive, on 2 March 2016, and found nothing." in notes(answer)


def test_without_a_search_record_nothing_is_said_to_be_not_held(register):
    answer = ask(register, "How many near misses occurred in 2012/13 and 2013/14?")
    assert asking.cells(answer) == [("not_in_register", None)] * 2
    assert answer["words"] == "Our register has no record of this for any of these years."
    assert answer["needs"] == "a-person"
    assert "search the places outside this register" in answer["open"][0]


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("in 2012/13", "We recorded 2 for 2012/13."),
        ("in 2014/15", "We recorded none for 2014/15."),
        ("in February 2013", "We recorded 2 for February 2013."),
        ("in Q4 2012/13", "We recorded 2 for Q4 2012/13."),
        ("in 2011", "We recorded 1 for 2011, counted only from 1 April 2011."),
        ("between 1 February 2013 and 1 February 2013", "We recorded 1 for 1 February 2013 to 1 February 2013."),
        ("in 2019/20", "2019/20 is still to come."),
        ("in 2010", "Our register has no record of this for 2010."),
        ("in 2010/11 and 2011/12", f"{PART} For each of these years we recorded:"),
        ("in 2013/14 and 2014/15", "We recorded none in any of these years."),
        ("in 2018/19 and 2019/20", "All of these years are still to come."),
    ],
)  # fmt: skip
def test_the_answer_in_a_sentence(register, asked, words):
    assert ask(register, f"How many other information security incidents did you have {asked}?")["words"] == words


def test_one_number_needs_no_table_several_stand_under_their_periods(register):
    one = asking.reply(register, "1. How many near misses did you have in 2015?").files["reply.html"].decode()
    assert "<table" not in one
    assert "We recorded 3 for 2015, counted only from 1 April 2015." in one
    two = asking.reply(register, "1. How many information security events in 2013/14, 2014/15?").files["reply.html"]
    assert '<th scope="col" class="number">2013/14</th>' in two.decode()


def test_what_is_counted_by_which_day_and_since_when_stands_under_it(register):
    (note,) = notes(ask(register, "How many other information security incidents in 2012/13?"))
    assert note == (
        "Incidents in which information was lost, disclosed, altered or made unavailable, also where it was got back, "
        "and of which the Information Commissioner was not told. Counted by the day it was logged in the register, as "
        "the register stood on 10 March 2016. Recorded since 1 April 2011."
    )


def test_people_are_counted_where_their_number_is_stated(register):
    answer = ask(register, "How many people were affected by breaches in 2011/12 and 2012/13?")
    assert [value for _, value in asking.cells(answer)] == [30, 12]
    assert "The number of people is stated for 2 of 3 incidents; only those count." in notes(answer)
    assert any(note.startswith("2011/12 and 2012/13: without near") for note in notes(answer))


def test_a_figure_published_before_is_quoted_with_its_document(register):
    knowing.add_statement(
        register, "other-incidents", period=years.read("2010/11"), value=29, said_on=date(2011, 7, 14),
        document="the Annual Report 2010/11", by=people.operator(register), at=extracts.NOW,
    )  # fmt: skip
    answer = ask(register, "How many other information security incidents in 2010/11 and 2011/12?")
    assert asking.cells(answer) == [("held", 29), ("held", 1)]
    assert "2010/11: as published in the Annual Report 2010/11 on 14 July 2011." in notes(answer)


def test_a_break_is_said_under_the_table_that_spans_it(register):
    knowing.note_break(
        register, "events", day=date(2014, 9, 1), note="A new form made reporting easier.",
        by=people.operator(register), at=extracts.NOW,
    )  # fmt: skip
    said = "Compare figures before and after 1 September 2014 with care. A new form made reporting easier."
    assert said in notes(ask(register, "How many information security events in 2013/14 and 2014/15?"))
    assert said not in notes(ask(register, "How many information security events in 2012/13 and 2013/14?"))


def test_a_number_whose_coverage_nobody_stated_waits_for_a_person(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    answer = ask(body, "How many near misses in 2015/16?")
    assert asking.cells(answer) == [("held", 3)]
    assert "state since when the register records this" in answer["open"][0]


def test_what_lies_outside_its_own_coverage_waits_for_a_person(searched):
    question = "How many near misses in 2014/15 and 2015/16?"
    assert not ask(searched, question)["open"]
    extracts.cover(searched, "near-misses", "2015-07-01")
    answer = ask(searched, question)
    assert asking.cells(answer) == [("not_held", None), ("held_since", 2)]
    (what,) = answer["open"]
    assert what.startswith("look whether these answer the question, too: 1 of near misses in 2015/16: in the register")


def test_a_question_without_periods_waits_for_a_person(register):
    answer = ask(register, "How many near misses did you have?")
    assert answer["open"] == ["say for which periods: the question names none"]
    assert answer["words"] == ""


def test_each_year_since_a_day_goes_to_the_day_of_receipt(register):
    answer = ask(
        register, "How many other information security incidents have you had since April 2012, by financial year?"
    )
    labels = [cell["period"] for cell in answer["parts"][0]["figures"]["groups"][0]["cells"]]
    assert labels == ["2012/13", "2013/14", "2014/15", "2015/16 (to 28 February 2016)"]


def test_more_periods_than_fit_side_by_side_stand_as_rows(register):
    question = (
        "1. How many other information security incidents were there each month from January 2013 to December 2013?"
    )
    html = asking.reply(register, question).files["reply.html"].decode()
    assert '<th scope="row">February 2013</th><td class="number">2</td>' in html
    assert html.count('<th scope="row"') == 12


def test_more_periods_than_a_table_may_have_are_left_to_a_person(register):
    answer = ask(register, "How many near misses were there each month from January 1960 to December 2015?")
    assert answer["parts"] == []
    assert "672 periods" in answer["open"][0]


NOT_BEFORE = "We do not hold this information for the time before."
NO_FURTHER = "Our register does not go back further."
OFFER = (
    "We have collected this information since 1 April 2015, and can send you the number from then to 10 March 2016 if "
    "you would like it."
)
OFFERED = "Answer: Yes, No, Only since (date):\n"


@pytest.mark.parametrize(
    ("measure", "asked", "words"),
    [
        ("near misses", "2013/14: 2014/15: 2015/16:", f"Only since 1 April 2015. {NOT_BEFORE}"),
        ("near misses", "2014: 2015: 2016:", f"Only since 1 April 2015. {NOT_BEFORE}"),
        ("other information security incidents", "2012/13: 2013/14:", "Yes, for all the years you list."),
        ("other information security incidents", "2013/14:", "Yes, for 2013/14."),
        ("other information security incidents", "2010/11: 2011/12:", f"Only since 1 April 2011. {NO_FURTHER}"),
        ("near misses", "2013/14:", f"No, not for 2013/14. {OFFER}"),
        ("near misses", "2019/20: 2020/21:", "No, that time is still to come."),
    ],
)  # fmt: skip
def test_whether_we_know(searched, measure, asked, words):
    answer = ask(searched, f"Do you know how many {measure} you have had?\n{OFFERED}{asked}")
    assert answer["words"] == words


def test_the_first_word_is_one_the_requester_offered(searched):
    answer = ask(
        searched, "Do you know how many near misses you had? Answer: YES, NO, ONLY SINCE (date)\n2013/14: 2015/16:"
    )
    assert answer["words"].startswith("ONLY SINCE 1 April 2015.")


def test_what_is_known_with_a_gap_is_neither_yes_nor_only_since(register):
    for since, until in (("2011-04-01", "2012-03-31"), ("2013-04-01", None)):
        extracts.cover(register, "events", since, until)
    answer = ask(
        register, f"Do you know how many information security events you had?\n{OFFERED}2011/12: 2012/13: 2013/14:"
    )
    assert answer["words"] == "No, not for all of this time: only for 2011/12 and 2013/14."
    assert answer["needs"] == "a-person"


def test_figures_that_were_recorded_here_in_time_are_not_called_reconstructed(register):
    reconstructed = "worked out from what our earlier register says it knew on that day"
    question = "1. How many near misses did you have in 2015?"
    late = asking.reply(register, question)
    assert late.files["reply.html"].decode().count(reconstructed) == 1
    here = asking.arrived(question, received=extracts.NOW.date())
    now = asking.reply(register, here, as_at=extracts.NOW.date(), dated=extracts.NOW.date())
    assert reconstructed not in now.files["reply.html"].decode()
