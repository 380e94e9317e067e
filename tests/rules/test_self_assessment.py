"""The three questions of the ICO's self-assessment and what they come to."""

import pytest

from candour.rules import self_assessment
from candour.rules.refusals import WrongInput


@pytest.mark.parametrize(
    ("answers", "ico", "people"),
    [
        ({"living_people": "no"}, "no-need", "no-need"),
        ({"living_people": "yes", "likelihood": "very-unlikely"}, "no-need", "no-need"),
        ({"living_people": "yes", "likelihood": "unlikely"}, "no-need", "no-need"),
        ({"living_people": "yes", "likelihood": "neutral", "high_risk": "no"}, "tell", "no-need"),
        ({"living_people": "yes", "likelihood": "likely", "high_risk": "yes"}, "tell", "tell"),
        ({"living_people": "not-known", "likelihood": "very-likely", "high_risk": "not-known"}, "tell", "open"),
        ({"living_people": "yes", "likelihood": "not-known"}, "open", "open"),
    ],
)
def test_what_the_answers_come_to(answers, ico, people):
    found = self_assessment.outcome(answers)
    assert (found.ico, found.people) == (ico, people)
    assert found.why.endswith((".", "same."))


def test_only_the_questions_that_matter_are_asked():
    ask = self_assessment.next_question
    assert ask({}).name == "living_people"
    assert ask({"living_people": "no"}) is None
    assert ask({"living_people": "yes"}).name == "likelihood"
    assert ask({"living_people": "yes", "likelihood": "unlikely"}) is None
    assert ask({"living_people": "yes", "likelihood": "likely"}).name == "high_risk"


def test_a_question_left_out_or_an_answer_that_is_none_is_refused():
    with pytest.raises(WrongInput, match="not answered yet: Is the risk to them high"):
        self_assessment.outcome({"living_people": "yes", "likelihood": "likely"})
    with pytest.raises(WrongInput, match="choose one from the list"):
        self_assessment.next_question({"living_people": "perhaps"})
    with pytest.raises(WrongInput, match="choose one from the list"):
        self_assessment.next_question({"colour": "yes"})
