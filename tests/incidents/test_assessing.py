"""How risky it is, what is advised, what is decided and by whom; telling is a fact of its own."""

from datetime import date, timedelta

import pytest

import teams
from candour.incidents import history, models, queries, replay
from candour.incidents.actions import assessing
from candour.incidents.actions.assessing import Grounds
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.rules.refusals import Conflict, NotAllowed, WrongInput

ASSESSED = {"living_people": "yes", "likelihood": "likely", "high_risk": "no"}
UNLIKELY = {"living_people": "yes", "likelihood": "unlikely"}
ENISA = {"data": {"financial": 0}, "identification": "maximum", "confidentiality": "known-recipients"}


@pytest.fixture
def team(body):
    return teams.Team(body)


@pytest.fixture
def reference(team):
    return team.incident()


@pytest.fixture
def assess(team, reference):
    def judge(answers, method="ico-self-assessment", **said):
        return assessing.assess(team.body, reference, method, answers, by=team.handler, at=team.now(), **said)

    return judge


@pytest.fixture
def advise(team, reference):
    def say(advises="tell", about="ico", by=None):
        said = {"words": "They will be upset.", "by": by or team.dpo, "at": team.now()}
        return assessing.advise(team.body, reference, about, advises, **said)

    return say


@pytest.fixture
def decide(team, reference):
    def say(outcome="tell", about="ico", by=None, **grounds):
        given = Grounds(**{"words": "The letter names an illness.", **grounds})
        return assessing.decide(team.body, reference, about, outcome, grounds=given, by=by or team.siro, at=team.now())

    return say


@pytest.fixture
def work(team, reference):
    def read(number=None):
        at = AsAt(team.today, number or ledger.head(team.body.pk).number)
        return queries.whole(team.body, reference, at, by=team.handler, today=team.today, now=False).work

    return read


def whole(body):
    return verification.verify(body.pk).ok and replay.compare(body.pk) is None


def test_the_first_assessment_is_kept_beside_the_present_one(assess, work, team):
    first = assess(ASSESSED)
    assess(UNLIKELY, reason="the envelope came back unopened")
    [(earliest, present)] = work().assessed
    assert (earliest.number, earliest.answers) == (first, ASSESSED)
    assert present.reason == "the envelope came back unopened"
    assert present.why.startswith("A risk to people is unlikely")
    assert present.who.endswith("(Handler)")
    assert [len(work(number).assessments) for number in (first - 1, first)] == [0, 1]
    rows = models.Assessment.objects.order_by("opened")
    assert [(row.ico, row.closed is None) for row in rows] == [("tell", False), ("no-need", True)]
    assert whole(team.body)


def test_to_assess_again_takes_a_reason(assess):
    assess(ASSESSED)
    with pytest.raises(WrongInput, match="what is known now"):
        assess(UNLIKELY)


def test_a_method_is_used_where_the_body_turned_it_on(assess, team, work):
    with pytest.raises(WrongInput, match="does not use that method"):
        assess(ENISA, "enisa-2013")
    team.state("assessing", "assessing", {"methods": ["enisa-2013", "grid-5x5"]})
    assess(ENISA, "enisa-2013")
    assess({"likelihood": 3, "effect": 2}, "grid-5x5")
    enisa, grid = [present for _, present in work().assessed]
    assert enisa.why.startswith("3 × 1 + 0.25 = 3.25: high")
    assert grid.why == "3 × 2 = 6: presumes that the Commissioner is told."
    assert list(models.Assessment.objects.order_by("opened").values_list("score", "band")) == [
        (325, "high"),
        (600, "tell"),
    ]


@pytest.mark.parametrize(
    ("method", "answers"),
    [
        ("ico-self-assessment", {"living_people": "yes"}),
        ("ico-self-assessment", {"living_people": "certainly"}),
        ("enisa-2013", {"data": {"simple": 0}}),
        ("enisa-2013", {**ENISA, "malicious": "a name in the clear"}),
        ("enisa-2013", {**ENISA, "people": "many"}),
        ("enisa-2013", {**ENISA, "colour": "red"}),
        ("grid-5x5", {"likelihood": "3", "effect": 2}),
        ("grid-5x5", {"likelihood": 6, "effect": 2}),
        ("grid-5x5", {"likelihood": 3, "effect": 2, "vulnerable": "yes"}),
    ],
)
def test_answers_that_a_method_does_not_take_are_refused(assess, team, method, answers):
    team.state("assessing", "assessing", {"methods": ["enisa-2013", "grid-5x5"]})
    with pytest.raises(WrongInput):
        assess(answers, method)


def test_advice_comes_first_or_a_reason_says_why_not(advise, decide, work, team):
    with pytest.raises(WrongInput, match="advice first, or say why"):
        decide()
    advice = advise()
    decide()
    found = work().decision("ico")
    assert (found.outcome, found.decided_on, found.grounds) == ("tell", team.today, "The letter names an illness.")
    assert (found.advice.number, found.advice.words, found.without_advice) == (advice, "They will be upset.", "")
    decide("do-not-tell", "people", without_advice="the officer is on leave, and nobody stands in")
    found = work().decision("people")
    assert (found.advice, found.without_advice) == (None, "the officer is on leave, and nobody stands in")
    assert whole(team.body)


def test_a_decision_has_grounds_and_a_day_that_is_not_to_come(advise, decide, team):
    advise()
    with pytest.raises(WrongInput, match="give the grounds"):
        decide(words=" ")
    with pytest.raises(WrongInput, match="still to come"):
        decide(on=team.today + timedelta(days=1))
    decide(on=team.today - timedelta(days=2))
    assert models.Decision.objects.get().decided_on == team.today - timedelta(days=2)


def test_who_advises_does_not_decide(advise, decide, team):
    advise()
    with pytest.raises(Conflict, match=r"Article 38\(6\)"):
        decide(by=team.dpo)
    with pytest.raises(NotAllowed):
        decide(by=team.handler)
    with pytest.raises(NotAllowed):
        advise(by=team.siro)


def test_whoever_gave_the_advice_does_not_decide_whatever_they_hold(advise, decide, operator):
    advise(by=operator)
    with pytest.raises(Conflict, match=r"Article 38\(6\)"):
        decide(by=operator)


def test_a_decision_can_be_taken_anew_and_the_first_stays(advise, decide, work):
    advise()
    decide("do-not-tell")
    decide("tell", words="Two more letters came to light.")
    assert [one.outcome for one in work().decisions] == ["do-not-tell", "tell"]
    assert work().decision("ico").outcome == "tell"
    assert models.Decision.objects.filter(closed=None).get().outcome == "tell"


def test_a_decision_alone_tells_nobody_and_moves_no_tier(advise, decide, team, reference):
    advise()
    decide()
    version = models.Version.objects.get(closed=None, held_until=date(9999, 12, 31))
    assert (version.told_ico, version.tier) == (None, "other-incident")
    assessing.record_told(team.body, reference, "ico", team.today, ico_reference="IC-1", by=team.handler, at=team.now())
    version = models.Version.objects.get(closed=None, held_until=date(9999, 12, 31))
    assert (version.told_ico, version.told_ico_on, version.tier) == ("yes", team.today, "reported-to-ico")
    assessing.record_told(team.body, reference, "people", team.today, by=team.handler, at=team.now())
    assert models.Version.objects.get(closed=None, held_until=date(9999, 12, 31)).told_people_on == team.today
    assert whole(team.body)


def test_nobody_was_told_before_it_was_discovered_or_in_the_future(team):
    reference = team.incident(discovered_on=team.today)
    for day in (team.today - timedelta(days=1), team.today + timedelta(days=1)):
        with pytest.raises(WrongInput):
            assessing.record_told(team.body, reference, "ico", day, by=team.handler, at=team.now())


def test_what_is_not_taken_up_is_not_assessed(team):
    reference = team.incident(taken_up=False)
    with pytest.raises(Conflict):
        assessing.assess(team.body, reference, "ico-self-assessment", UNLIKELY, by=team.handler, at=team.now())


def test_the_history_tells_it_in_sentences(assess, advise, decide, team, reference):
    assess(UNLIKELY)
    advise("do-not-tell")
    decide("do-not-tell")
    decided, advised, assessed, *_ = [one.words for one in history.sentences(team.body, reference)]
    assert decided == (
        "Decided not to tell the Information Commissioner, on 20 November 2026. Grounds: The letter names an illness."
    )
    assert advised == "Advised not to tell the Information Commissioner: They will be upset."
    assert assessed.startswith("Assessed by The ICO's self-assessment: A risk to people is unlikely")


def test_no_word_of_it_lies_in_the_clear(assess, advise, decide, team):
    assess(UNLIKELY)
    advise()
    decide(without_advice="nobody was there")
    entries = " ".join(ledger.models.Entry.objects.values_list("content", flat=True))
    assert "upset" not in entries
    assert "illness" not in entries


def test_everything_about_an_incident_takes_six_queries(advise, decide, work, django_assert_num_queries):
    advise()
    decide()
    number = ledger.head(1).number or 100
    with django_assert_num_queries(6):
        work(number)
