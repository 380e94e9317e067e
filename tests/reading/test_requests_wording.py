"""What a question is about, how sure that is, and the years it asks for."""

from datetime import date

import pytest

from candour.reading import matching, requests

STRONG = {
    "How many incidents were reported to the ICO as a Data Protection Act (DPA) breach?": "incidents-reported-to-ico",
    "How many other information security incidents, that is the loss of organisational information other than an"
    " incident reported to the ICO?": "other-incidents",
    "How many information security events, where no information was lost but resources were assigned?": "events",
    "How many near-misses, problems that indicate a possible technical or procedural issue?": "near-misses",
}
FAIR = {
    "How many personal data breaches have you reported to the Information Commissioner?": "incidents-reported-to-ico",
    "How many breaches were notified to the ICO under Article 33?": "incidents-reported-to-ico",
    "How many security incidents were not reported to the ICO?": "other-incidents",
    "How many near misses did you record?": "near-misses",
    "How many people were affected by data breaches?": "people-affected",
    "How many data subjects were affected?": "people-affected",
}
VAGUE = {
    "How many data breaches have you had?": "all-incidents",
    "How many cyber attacks were there?": "all-incidents",
    "How many incidents occurred?": "all-incidents",
}
TOPICS = {
    "How many members of staff do you have?": ("fact", "staff"),
    "What is your current headcount?": ("fact", "staff"),
    "How many full-time equivalent employees are there?": ("fact", "staff"),
    "How many contractors have routine access to your information?": ("fact", "contractors-with-access"),
    "Do you have an incident management policy?": ("document", "policy"),
    "Please provide a copy of your breach reporting procedure.": ("document", "policy-copy"),
    "Which categories do you use for incidents?": ("document", "scheme"),
    "Which department sponsors the authority?": ("fact", "sponsor"),
    "Who is your IT supplier?": ("fact", "supplier"),
    "Who is your Data Protection Officer?": ("fact", "data-protection-officer"),
    "How many members of staff were disciplined for data breaches?": ("fact", "staff-discipline"),
    "For each breach, please describe what happened.": ("narrative", "details-of-incidents"),
}


@pytest.mark.parametrize(("text", "measure"), STRONG.items())
def test_a_definition_is_sure(text, measure):
    match = matching.match(text)
    assert (match.kind, match.measure) == ("count", measure)
    assert match.confidence >= 0.9
    assert match.why.startswith("It speaks of ")


@pytest.mark.parametrize(("text", "measure"), FAIR.items())
def test_a_plain_name_is_likely(text, measure):
    match = matching.match(text)
    assert match.measure == measure
    assert 0.5 <= match.confidence < 0.98


@pytest.mark.parametrize(("text", "measure"), VAGUE.items())
def test_a_vague_word_is_under_one_half(text, measure):
    match = matching.match(text)
    assert match.measure == measure
    assert match.confidence < 0.5
    assert "without a definition" in match.why or "a part of all incidents" in match.why


@pytest.mark.parametrize(("text", "expected"), TOPICS.items())
def test_other_questions_name_their_topic(text, expected):
    match = matching.match(text)
    assert (match.kind, match.topic, match.measure) == (*expected, None)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("How many laptops were bought?", "count"),
        ("Please send me the minutes of the board.", "document"),
        ("Why was the office closed?", "narrative"),
        ("When did the authority open?", "fact"),
        ("Hm.", "other"),
    ],
)
def test_what_nothing_is_known_of_is_left_to_a_person(text, kind):
    match = matching.match(text)
    assert (match.kind, match.measure, match.topic) == (kind, None, None)
    assert match.confidence <= 0.2
    assert match.why.endswith("a person has to read it.")


def test_two_things_asked_at_once_are_both_named_and_less_sure():
    alone = matching.match("How many near misses did you record?")
    both = matching.match("How many near misses did you record, and how many people were affected?")
    assert {both.measure, *both.also} == {"near-misses", "people-affected"}
    assert both.confidence < max(alone.confidence, 0.98)
    assert "It could also ask for" in both.why


def read(text, today=date(2016, 2, 28)):
    return requests.read(text.encode(), "request.txt", today=today)


def test_prose_is_split_into_its_questions():
    request = read(
        "Dear Council\n\nPlease tell me how many data breaches you reported to the ICO in each of the last three\n"
        "calendar years, and how many people were affected. Please also provide a copy of your incident policy.\n"
        "I would prefer a reply by e-mail.\n\nKind regards\nSam\n"
    )
    told, affected, copy = request.questions
    assert [question.number for question in request.questions] == ["", "", ""]
    assert told.measure == "incidents-reported-to-ico"
    assert affected.measure == "people-affected"
    assert copy.topic == "policy-copy"
    assert [period.label for period in told.periods] == ["2013", "2014", "2015"]
    assert affected.periods == told.periods
    assert request.unread == ("I would prefer a reply by e-mail.", "Kind regards Sam")


def test_a_sentence_that_sets_the_years_belongs_to_its_question():
    request = read(
        "How many data breaches have you recorded?\n\n"
        "Please provide figures from 1 November 2018 to 31 January 2019, broken down by month.\n"
    )
    (question,) = request.questions
    assert [period.label for period in question.periods] == ["November 2018", "December 2018", "January 2019"]


def test_a_list_takes_its_years_from_the_sentence_above():
    request = read(
        "Please provide the following for each calendar month from 1 March 2024 to 10 April 2024:\n"
        "1. Recorded personal data breaches\n2. Broad cause\n3. Individuals affected (if recorded)\n"
    )
    breaches, cause, affected = request.questions
    assert [period.label for period in breaches.periods] == ["March 2024", "April 2024 (to 10 April 2024)"]
    assert affected.measure == "people-affected"
    assert (cause.kind, cause.periods) == ("other", ())


def test_bullets_are_questions_without_a_number():
    request = read(
        "I would like to know:\n\n• the number of near misses in 2014/15\n• whether you have a DPO\n\nThank you.\n"
    )
    assert [question.text for question in request.questions] == [
        "the number of near misses in 2014/15",
        "whether you have a DPO",
    ]
    assert request.unread == ("Thank you.",)


def test_of_these_goes_with_the_question_before():
    request = read(
        "1. How many near misses were there in 2014 and 2015?\n2. How many of these were reported to the ICO?\n"
    )
    second = request.questions[1]
    assert second.refers_to == "1"
    assert [period.label for period in second.periods] == ["2014", "2015"]


def test_a_named_question_is_the_one_referred_to():
    request = read(
        "1. How many staff have you?\n2. Do you have an incident policy?\n3. Who wrote it?\n"
        "4. Can you send me the document referred to in question 2?\n"
    )
    assert request.questions[3].refers_to == "2"


def test_years_without_a_day_to_count_from_are_left_open():
    (question,) = read("1. How many near misses were there in the last three calendar years?", today=None).questions
    assert question.periods == ()


def test_no_question_is_no_question():
    request = read("Dear all, the weather is fine today.\n\nRegards\nSam\n")
    assert request.questions == ()
    assert "the weather is fine" in request.preamble


def test_a_general_first_sentence_asks_only_where_no_other_does():
    general = "I am writing under the Freedom of Information Act 2000 to request details of your data breaches."
    assert [question.text for question in read(general).questions] == [general]
    request = read(f"{general} How many were there in 2014/15?")
    assert [question.text for question in request.questions] == ["How many were there in 2014/15?"]


def test_references_and_subject_of_a_letter_with_answers():
    request = read(
        "Your ref: 552901\n\nOur ref: Gov/SB 17-03\n\nRe: Request for information\n\n"
        "Thank you for your email. You asked:\n\n1. How many staff do you employ?\n\n580\n"
    )
    assert (request.subject, request.our_reference, request.their_reference) == (
        "Request for information",
        "Gov/SB 17-03",
        "552901",
    )


def test_references_in_a_requesters_own_letter_are_the_other_way_round():
    request = read("Our ref: LF/123   Your ref: Gov/SB 17-03\n\nDear Sir\n\n1. How many staff do you employ?\n")
    assert (request.our_reference, request.their_reference) == ("Gov/SB 17-03", "LF/123")


def test_my_reference_may_stand_at_the_end():
    assert read("1. How many staff do you employ?\n\nMy reference is 552901.\n").their_reference == "552901"


def test_a_forwarded_mail_tells_who_asked_and_when():
    request = read(
        "Please log this.\n\n-----Original Message-----\nFrom: A Requester <a@example.org>\n"
        "Sent: Sunday, February 28, 2016 11:12 PM\nTo: FOI\nSubject: Data breaches\n\n1. How many staff have you?\n"
    )
    assert (request.subject, request.received) == ("Data breaches", date(2016, 2, 28))
    assert request.sender == ("A Requester", "a@example.org")


def test_json_has_the_promised_keys():
    record = read("1. How many near misses were there in 2014/15?").as_json()
    promised = {"subject", "received", "our_reference", "their_reference", "preamble", "questions", "unread"}
    assert promised <= set(record)
    (question,) = record["questions"]
    assert {"number", "text", "kind", "measure", "confidence", "why", "periods", "refers_to"} <= set(question)
    assert question["periods"] == [{"period": "2014/15", "start": "2014-04-01", "end": "2015-03-31"}]
    assert record["received"] is None
