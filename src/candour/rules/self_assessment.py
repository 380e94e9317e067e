"""The Information Commissioner's own self-assessment: must the Commissioner be told, must the people be told.

UK GDPR Article 33(1) asks for a report unless a risk to people is unlikely, Article 34(1) for telling the people where
the risk is high. The three questions are the ICO's; the five degrees of likelihood are general knowledge and not
checked against the ICO's page.
"""

from dataclasses import dataclass

from candour.rules.refusals import WrongInput

METHOD = "ico-self-assessment"
UNCHECKED = frozenset({"likelihood"})
"""The questions whose list of answers nobody has checked against their source."""

TELL, NO_NEED, OPEN = "tell", "no-need", "open"
"""What a duty comes to: tell them, no need to, or not answered yet."""


@dataclass(frozen=True)
class Question:
    """One question of the self-assessment, as a person reads it; `answers` are code and words."""

    name: str
    words: str
    hint: str
    answers: tuple[tuple[str, str], ...]


_YES_NO = (("yes", "Yes"), ("no", "No"), ("not-known", "Not known yet"))
QUESTIONS = (
    Question(
        "living_people",
        "Does it involve personal data of living people?",
        "Personal data is anything that tells who somebody is, alone or with other things.",
        _YES_NO,
    ),
    Question(
        "likelihood",
        "How likely is it that people come to harm or are put at a disadvantage?",
        "Think of discrimination, identity theft, fraud, loss of money or standing, distress, physical harm, and of "
        "losing control over what others know about them.",
        (
            ("very-likely", "Very likely"),
            ("likely", "Likely"),
            ("neutral", "Neither likely nor unlikely"),
            ("unlikely", "Unlikely"),
            ("very-unlikely", "Very unlikely"),
            ("not-known", "Not known yet"),
        ),
    ),
    Question(
        "high_risk",
        "Is the risk to them high?",
        "High means that the harm is severe, or so likely that they should know at once and protect themselves.",
        _YES_NO,
    ),
)


@dataclass(frozen=True)
class Outcome:
    """What the answers come to; `ico` and `people` are `tell`, `no-need` or `open`, `why` says it in a sentence."""

    ico: str
    people: str
    why: str


_NO_DATA = Outcome(NO_NEED, NO_NEED, "No personal data of living people are involved: neither duty arises.")
_UNLIKELY = Outcome(
    NO_NEED, NO_NEED, "A risk to people is unlikely: the Commissioner need not be told (UK GDPR Article 33(1))."
)
_LIKELY = {
    "yes": Outcome(
        TELL, TELL, "There is a high risk to people: tell the Commissioner, and the people (Article 34(1))."
    ),
    "no": Outcome(
        TELL, NO_NEED, "There is a risk to people, and it is not high: tell the Commissioner (Article 33(1))."
    ),
    "not-known": Outcome(TELL, OPEN, "There is a risk to people: tell the Commissioner; whether it is high is open."),
}
_OPEN = Outcome(OPEN, OPEN, "It is not known yet whether people are at risk. The 72 hours run all the same.")
_UNLIKELY_ANSWERS = frozenset({"unlikely", "very-unlikely"})


def next_question(answers: dict[str, str]) -> Question | None:
    """Give the next question that has to be asked after `answers`, None where the outcome is settled."""
    _check(answers)
    if answers.get("living_people") == "no" or answers.get("likelihood") in {*_UNLIKELY_ANSWERS, "not-known"}:
        return None
    return next((question for question in QUESTIONS if question.name not in answers), None)


def outcome(answers: dict[str, str]) -> Outcome:
    """Give what the answers come to. WrongInput for an answer that is none, or a question left out."""
    left = next_question(answers)
    if left:
        raise WrongInput(f"one question is not answered yet: {left.words}")
    if answers["living_people"] == "no":
        return _NO_DATA
    if answers["likelihood"] in _UNLIKELY_ANSWERS:
        return _UNLIKELY
    return _OPEN if answers["likelihood"] == "not-known" else _LIKELY[answers["high_risk"]]


def _check(answers: dict[str, str]) -> None:
    allowed = {question.name: {code for code, _ in question.answers} for question in QUESTIONS}
    for name, answer in answers.items():
        if answer not in allowed.get(name, ()):
            raise WrongInput(f"“{answer}” is not an answer to that question; choose one from the list")
