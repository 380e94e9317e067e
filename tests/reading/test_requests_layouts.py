"""The four-tier questionnaire, in our own words, in the layouts that public bodies have published it in."""

from datetime import date

import pytest

from candour.reading import requests

STAFF = "Roughly how many people work for the authority?"
CONTRACTORS = "Roughly how many contractors regularly have access to your information?"
POLICY = "Do you have guidance on reporting security incidents that covers how they are classified?"
COPY = "May I have a copy of the latest version of these documents? (A link to your web site will do)"
TOLD = (
    "Do you know how many data protection breaches there were since April 2011? (Those which you reported to the"
    " Information Commissioner as a DPA breach)"
)
OTHER = (
    "Do you know how many other information security incidents there were since April 2011? (Breaches resulting in the"
    " loss of information, other than an incident reported to the ICO, e.g. a lost contract file.)"
)
EVENTS = (
    "Do you know how many information security events or anomalies there were since April 2011? (Where no information"
    " was lost but resources were assigned to investigate.)"
)
NEAR = (
    "Do you know how many near misses there were since April 2011? (Problems that point to a possible technical,"
    " administrative or procedural weakness.)"
)
EACH = "How many were there for each financial year that figures are available for?"
WHETHER, GRID = "Answer: Yes, No, Only since (date):", "Answer FY11-12: FY12-13: FY13-14: FY14-15:"
ALL = (STAFF, CONTRACTORS, POLICY, COPY, TOLD, EACH, OTHER, EACH, EVENTS, EACH, NEAR, EACH)
KEYS = ("1a", "1b", "2a", "2b", "3a", "3b", "4a", "4b", "5a", "5b", "6a", "6b")
MEASURES = ("incidents-reported-to-ico", "other-incidents", "events", "near-misses")
YEARS = ["2011/12", "2012/13", "2013/14", "2014/15"]


def _template(at: int) -> str:
    if KEYS[at] < "3":
        return ""
    return GRID if KEYS[at].endswith("b") else WHETHER


def _separate(numbers, between="\n\n"):
    return between.join(
        f"{number} {text}{between if _template(at) else ''}{_template(at)}"
        for at, (number, text) in enumerate(zip(numbers, ALL, strict=True))
    )


def _glued(numbers):
    return "\n".join(
        f"{number} {text} {_template(at)}" for at, (number, text) in enumerate(zip(numbers, ALL, strict=True))
    )


def _wrapped(text, width=60):
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            if line and len(line) + len(word) >= width:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines.append(line)
    return "\n".join(lines)


NUMBERS = {
    "1a.": [f"{key}." for key in KEYS],
    "1a": list(KEYS),
    "1a)": [f"{key})" for key in KEYS],
    "Q1a": [f"Q{key}" for key in KEYS],
    "Question 1a:": [f"Question {key}:" for key in KEYS],
    "1(a)": [f"{key[0]}({key[1]})" for key in KEYS],
    "1 (a)": [f"{key[0]} ({key[1]})" for key in KEYS],
    "1. a)": [f"{key[0]}. {key[1]})" for key in KEYS],
    "1.a": [f"{key[0]}.{key[1]}" for key in KEYS],
    "1. a) with b) below": [f"{key[0]}. a)" if key[1] == "a" else "   b)" for key in KEYS],
}
LAYOUTS = {"apart": _separate, "lines": lambda numbers: _separate(numbers, "\n"), "glued": _glued}


def read(text, today=date(2016, 2, 28)):
    return requests.read(text.encode(), "request.txt", today=today)


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("numbers", NUMBERS)
def test_twelve_questions_come_out_of_every_layout(layout, numbers):
    letter = f"Dear Sir or Madam,\n\nPlease answer these questions:\n\n{_wrapped(LAYOUTS[layout](NUMBERS[numbers]))}\n"
    request = read(f"{letter}\nI look forward to your reply.\n\nYours faithfully\nA. Requester\n")
    assert [question.key for question in request.questions] == list(KEYS)
    assert [question.text for question in request.questions] == list(ALL)
    assert [question.given for question in request.questions] == [()] * 12
    assert "Yours faithfully" in request.unread


def test_the_number_is_kept_as_the_requester_wrote_it():
    written = [read(_separate(NUMBERS[style])).questions[5].number for style in NUMBERS]
    assert written == ["3b", "3b", "3b", "Q3b", "Question 3b", "3(b)", "3 (b)", "3. b)", "3.b", "3. b)"]


def test_each_question_says_what_it_is_about():
    questions = read(_separate(NUMBERS["1a."])).questions
    topics = ["staff", "contractors-with-access", "policy", "policy-copy"]
    assert [question.topic for question in questions[:4]] == topics
    assert [question.kind for question in questions] == ["fact"] * 2 + ["document"] * 2 + ["known-since", "count"] * 4
    assert [question.measure for question in questions[4:]] == [slug for slug in MEASURES for _ in "ab"]
    assert min(question.confidence for question in questions[4:]) >= 0.9


def test_a_follow_on_takes_measure_and_years_from_its_question():
    questions = {question.key: question for question in read(_separate(NUMBERS["1a."])).questions}
    assert [questions[key].refers_to for key in ("2b", "3b", "4b", "5b", "6b")] == ["2a", "3a", "4a", "5a", "6a"]
    assert all([one.label for one in questions[key].periods] == YEARS for key in KEYS if key > "3")
    assert questions["3a"].since == date(2011, 4, 1)
    assert questions["3a"].offered == ("Yes", "No", "Only since (date)")
    assert questions["1b"].refers_to is None


def test_answers_left_in_are_given_and_never_text():
    answers = ["1800", "We do not know.", "Yes", "It is enclosed.", "Yes", "2011/12: 0\n2012/13: 1", "Yes", "Nil"]
    pieces = [
        f"{key}. {text}\n\n{_template(at)}\n\n{answer}"
        for at, (key, text, answer) in enumerate(zip(KEYS, ALL, answers, strict=False))
    ]
    letter = "Thank you for your email of 28 February 2016. You asked:\n\n" + "\n\n".join(pieces)
    request = read(f"{letter}\n\nIf you are unhappy with this reply you may ask for an internal review.\n")
    assert request.answered
    assert [question.text for question in request.questions] == list(ALL[:8])
    assert [question.given for question in request.questions] == [tuple(answer.split("\n")) for answer in answers]
    assert request.unread[0].startswith("If you are unhappy")


def test_filled_template_lines_are_answers_and_still_name_the_years():
    (question,) = read("3b. How many breaches were there? Answer FY11-12: 3 FY12-13: 4").questions
    assert question.text == "How many breaches were there?"
    assert question.given == ("Answer FY11-12: 3 FY12-13: 4",)
    assert [period.label for period in question.periods] == ["2011/12", "2012/13"]


def test_an_answer_behind_the_offered_ones_is_given():
    (question,) = read(
        "3a. Do you know how many breaches there were? Answer: Yes, No, Only since (date): Yes"
    ).questions
    assert question.template == ("Answer: Yes, No, Only since (date):",)
    assert question.given == ("Yes",)


def test_quoted_mail_is_read_through_its_marks():
    quoted = "\n".join(f"> {line}" for line in _wrapped(_separate(NUMBERS["1a."])).split("\n"))
    request = read(
        f"Please log this.\n\nOn 28 February 2016 at 22:10, A <a@example.org> wrote:\n> Dear Sir,\n>\n{quoted}\n"
    )
    assert [question.text for question in request.questions] == list(ALL)
    assert request.preamble.startswith("Please log this.")


def test_answers_between_quoted_questions_are_given():
    mail = "> 1a. How many staff do you have?\n1800\n> 1b. How many contractors have access to your data?\nNot known.\n"
    request = read(f"Thank you for your email.\n\n{mail}")
    assert [question.given for question in request.questions] == [("1800",), ("Not known.",)]


def test_page_furniture_is_kept_apart():
    first, second = _separate(NUMBERS["1a."][:12]).split("4a. ")
    foot = "A. N. Other, Chief Executive\n1 Sample Street, Sampletown"
    letter = f"OFFICIAL\n\n{first}\n\n{foot}\n\fOFFICIAL\n\n4a. {second}\n\n{foot}\n"
    request = read(letter)
    assert [question.text for question in request.questions] == list(ALL)
    assert request.unread == tuple(["OFFICIAL", *foot.split("\n")] * 2)


def test_page_furniture_at_wide_gaps_and_page_numbers_are_kept_apart():
    pages = [
        f"1{letter}. How many near misses were there in 201{at}?\n\nPage {at + 1} of 3"
        for at, letter in enumerate("abc")
    ]
    request = read("\n\n\n\n\n\n".join(pages))
    assert [question.text for question in request.questions] == [
        f"How many near misses were there in 201{at}?" for at in range(3)
    ]
    assert request.unread == ("Page 1 of 3", "Page 2 of 3", "Page 3 of 3")


def test_a_sentence_may_run_over_the_end_of_a_page():
    request = read("1. How many near misses did you\n\f\nrecord in 2014/15?\n")
    assert request.questions[0].text == "How many near misses did you record in 2014/15?"


def test_sections_give_their_heading_to_the_questions_below():
    request = read(
        "1. Near misses (a problem that shows a possible procedural weakness)\n"
        "a) Do you know how many there were since April 2015?\nb) How many were there in each financial year?\n",
        today=date(2018, 2, 28),
    )
    first, second = request.questions
    assert (first.number, second.number) == ("1. a)", "1. b)")
    assert first.heading == "Near misses (a problem that shows a possible procedural weakness)"
    assert (first.measure, second.measure) == ("near-misses", "near-misses")
    assert [period.label for period in second.periods] == ["2015/16", "2016/17", "2017/18 (to 28 February 2018)"]


def test_an_address_is_no_question():
    request = read("3rd Floor\n21 Sample Street\n10 March 2016\n\n1. How many staff do you employ?\n")
    assert [question.text for question in request.questions] == ["How many staff do you employ?"]
    assert request.preamble == "3rd Floor\n21 Sample Street\n10 March 2016"


def test_answers_numbered_after_the_questions_go_to_their_questions():
    request = read(
        "You asked:\n1. How many near misses were there in 2014/15?\n2. How many staff do you employ?\n\n"
        "Our response:\n1. There were 4.\n2. We employ 580 staff.\n"
    )
    assert [question.given[-1] for question in request.questions] == ["There were 4.", "We employ 580 staff."]


def test_q_and_a_are_told_apart():
    request = read("Q1. How many staff do you employ?\nA1. 580\nQ2. How many near misses were there?\nA2. Not held.\n")
    assert [question.given for question in request.questions] == [("A1. 580",), ("A2. Not held.",)]


def test_the_same_question_twice_is_one():
    request = read(
        "1. How many staff do you employ?\n\nThank you for your request.\n\n1. How many staff do you employ?\n580\n"
    )
    (question,) = request.questions
    assert question.given[-1] == "580"
    assert "1 How many staff do you employ?" in request.unread


def test_one_answer_under_two_questions_belongs_to_the_second():
    request = read(
        "Request and response:\n\n1a. How many staff do you employ?\n\n"
        "1b. How many contractors have access to your data?\n\nWe employ 580 staff. One contractor has access.\n"
    )
    assert [question.given for question in request.questions] == [
        (),
        ("We employ 580 staff. One contractor has access.",),
    ]


def test_answers_may_follow_under_a_dated_heading_with_the_numbers_only():
    request = read(
        "Ref: 2016-268\nSubject: Data breaches\n\n1a. How many staff do you employ?\n"
        "3b. How many near misses were there? Answer FY11-12: FY12-13:\n\nResponse 15-03-2016\n\n"
        "1a. The council has 4,500 staff.\n3b. FY 11-12 - 2, FY 12-13 - 3\n"
    )
    assert (request.our_reference, request.subject) == ("2016-268", "Data breaches")
    assert [question.given for question in request.questions] == [
        ("The council has 4,500 staff.",),
        ("FY 11-12 - 2, FY 12-13 - 3",),
    ]


def test_two_questions_under_one_number_stay_two():
    request = read("1. How many staff do you employ?\n\n1. How many near misses were there?\n")
    assert [question.number for question in request.questions] == ["1", "1"]


def test_a_note_in_brackets_below_belongs_to_the_question():
    request = read(
        "1b. How many contractors have access to your data?\n\n(see the web site for what a contractor is)\n"
    )
    assert request.questions[0].text.endswith("data? (see the web site for what a contractor is)")


def test_unfinished_lines_of_a_short_mail_are_questions_still():
    request = read(
        "Hi,\n\nIn the calendar years 2019 and 2020:\n\n"
        "1) How many near misses did you have\n2) Copy of your breach policy\n\n"
        "Thanks\n\nJo\nSent from my telephone\n"
    )
    assert [question.text for question in request.questions] == [
        "How many near misses did you have",
        "Copy of your breach policy",
    ]
    assert [period.label for period in request.questions[0].periods] == ["2019", "2020"]
    assert request.unread == ("Thanks", "Jo", "Sent from my telephone")


def test_capital_letters_number_questions_too():
    request = read(
        "Please provide the following.\n\nA, How many near misses were there?\nB, How many staff do you employ?\n"
    )
    assert [question.number for question in request.questions] == ["A", "B"]


def test_wrapped_answers_are_put_together_and_lists_are_not():
    request = read(
        "Thank you for your request.\n\n2a. Do you have an incident policy?\n\n"
        "The requirement to report incidents is set out in\nour policy of that name:\n"
        "I Loss of equipment or of papers from inside the secured premises\nII Disposal\n"
    )
    assert request.questions[0].given == (
        "The requirement to report incidents is set out in our policy of that name:",
        "I Loss of equipment or of papers from inside the secured premises",
        "II Disposal",
    )


def test_a_lettered_line_below_a_question_is_a_part_of_its_own():
    request = read(
        "1. Do you have an incident policy?\na) If so, please send me a copy of it.\n(b) When was it last changed?\n"
    )
    assert [question.number for question in request.questions] == ["1", "1. a)", "1. b)"]
    assert request.questions[1].refers_to == "1"
