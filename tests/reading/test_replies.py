"""What a reply that was sent earlier said, and where that cannot be told."""

import pytest

from candour.reading import replies, stated


def read(text):
    return replies.read(f"Thank you for your request. You asked:\n\n{text}".encode(), "reply.txt").as_json()


def values(answer):
    return [(one["period"], one["status"], one["value"]) for part in answer["parts"] for one in part["values"]]


def first(text):
    return values(read(text)["answers"][0])


@pytest.mark.parametrize(
    "given",
    [
        "2011/12: 37\n2012/13: 1,054",
        "FY11-12: 37 FY12-13: 1,054",
        "FY 11-12 - 37, FY 12-13 - 1,054",
        "2011/12 – 37\n2012/13 – 1,054",
        "2011-12\t37\n2012-13\t1,054",
        "Year\t2011/12\t2012/13\nNumber\t37\t1,054",
    ],
)
def test_a_value_for_each_year_however_it_is_set_out(given):
    assert first(f"3b. How many near misses were there in each year?\n\n{given}\n") == [
        ("2011/12", "held", 37),
        ("2012/13", "held", 1054),
    ]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("37", ("held", 37)),
        ("1,800", ("held", 1800)),
        ("Nil", ("held", 0)),
        ("None.", ("held", 0)),
        ("about 1,800", ("approximate", 1800)),
        ("approximately 20", ("approximate", 20)),
        ("There were 4.", ("held", 4)),
        ("There were no near misses.", ("held", 0)),
        ("We employ 580 staff.", ("held", 580)),
        ("The council has 4,500 members of staff.", ("held", 4500)),
        ("<5", ("suppressed", None)),
        ("fewer than five", ("suppressed", None)),
        ("*", ("suppressed", None)),
        ("not held", ("not_held", None)),
        ("This information is not held for 2014/15.", ("not_held", None)),
        ("No information is held.", ("not_held", None)),
        ("n/a", ("not_applicable", None)),
        ("These records were destroyed.", ("no_longer_held", None)),
        ("Exempt under section 40(2).", ("withheld", None)),
        ("This would exceed the cost limit of 18 hours.", ("cost", None)),
        ("We neither confirm nor deny it.", ("ncnd", None)),
        ("It is published at https://example.org/report", ("elsewhere", None)),
    ],
)
def test_one_answer_is_read_as_a_status_and_a_value(text, value):
    assert stated.read(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "There were 4 in one office and 5 in another.",
        "About twelve, we think, though some are not held.",
        "We hold 12 files; 3 are exempt under section 31.",
        "Please see the table below.",
        "not held; withheld under section 31",
        "1,80",
        "",
    ],
)
def test_what_could_be_two_things_is_no_value(text):
    assert stated.read(text) is None


def test_approximately_in_the_question_makes_the_number_so():
    assert first("1a. Approximately how many staff have you?\n\n1800\n") == [(None, "approximate", 1800)]


def test_not_held_stands_for_every_year_asked_about():
    reply = read("6b. How many near misses were there? Answer FY11-12: FY12-13:\n\nThis information is not held.\n")
    (part,) = reply["answers"][0]["parts"]
    assert part["status"] == "not_held"
    assert values(reply["answers"][0]) == [("2011/12", "not_held", None), ("2012/13", "not_held", None)]
    assert reply["doubts"] == []


def test_a_number_for_the_one_year_asked_about_is_that_years():
    assert first("1. How many near misses were there in 2014/15?\n\n12\n") == [("2014/15", "held", 12)]


def test_one_number_for_several_years_is_a_doubt():
    reply = read("1. How many near misses were there in 2013/14 and 2014/15?\n\n12\n")
    assert reply["answers"][0]["parts"] == []
    assert reply["doubts"] == ["1: the answer is in words that could not be read as a value: “12”"]


def test_yes_with_more_is_yes_and_a_doubt():
    reply = read("6a. Do you know how many near misses there were?\n\nNo; they are collected from 2015/16 on.\n")
    assert values(reply["answers"][0]) == [(None, "held", "No")]
    assert reply["doubts"] == ["6a: beside the value it says more: “they are collected from 2015/16 on.”"]


def test_words_are_kept_and_doubted_and_never_a_value():
    words = "All staff of the IT supplier have access; no specific number is known."
    reply = read(f"1b. How many contractors have access to your information?\n\n{words}\n")
    assert reply["answers"][0]["parts"] == []
    assert reply["answers"][0]["words"] == words
    assert "1b: the answer is in words" in reply["doubts"][0]


def test_a_mixed_part_is_held_and_its_values_keep_their_status():
    reply = read("1. How many near misses were there?\n\n2011/12: not held\n2012/13: 3\n2013/14: <5\n")
    assert values(reply["answers"][0]) == [
        ("2011/12", "not_held", None),
        ("2012/13", "held", 3),
        ("2013/14", "suppressed", None),
    ]
    assert reply["answers"][0]["parts"][0]["status"] == "held"


def test_a_year_whose_answer_is_unclear_is_a_doubt_and_the_others_stand():
    reply = read("1. How many near misses were there?\n\n2011/12: see note\n2012/13: 3\n")
    assert values(reply["answers"][0]) == [("2012/13", "held", 3)]
    assert reply["doubts"] == ["1: beside the value it says more: “2011/12: see note”"]


def test_nothing_under_a_question_is_a_doubt():
    assert read("1. How many staff have you?\n\n2. How many near misses?\n\n4\n")["doubts"] == [
        "1: nothing stands under the question."
    ]


def test_a_letter_without_questions_has_no_answers():
    reply = replies.read(b"Thank you for your letter.", "reply.txt").as_json()
    assert reply["answers"] == []
    assert len(reply["doubts"]) == 1
