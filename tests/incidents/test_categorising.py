"""One code a scheme, several schemes at once, each given by a person; the tier from facts, unless a person decides."""

from datetime import date, timedelta

import pytest

import teams
from candour.incidents import models, queries, replay
from candour.incidents.actions import categorising
from candour.incidents.queries import codings, lines
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput

OWN = {"slug": "ministry-types", "title": "Their types", "made_by": "sponsor"}
LOSS = {"scheme": "ministry-types", "code": "1", "label": "Loss"}


@pytest.fixture
def team(body):
    return teams.Team(body)


@pytest.fixture
def categorise(team):
    def give(reference, codes, by=None, **said):
        return categorising.categorise(team.body, reference, codes, by=by or team.handler, at=team.now(), **said)

    return give


@pytest.fixture
def coded(team):
    """What each scheme says of an incident on a day, by slug."""

    def says(reference, day=None, number=None):
        at = AsAt(day or team.today, number or ledger.head(team.body.pk).number)
        incident = models.Incident.objects.get(reference=reference).number
        return {one.scheme: one for one in codings.codings(team.body, incident, at)}

    return says


def whole(body):
    return verification.verify(body.pk).ok and replay.compare(body.pk) is None


def test_an_incident_carries_one_code_of_each_scheme(team, categorise, coded):
    reference = team.incident()
    categorise(reference, {"cabinet-office": "IV", "ico-type": "data-posted-or-faxed-to-incorrect-recipient"})
    categorise(reference, {"veris": "error"})
    said = coded(reference)
    assert [said[slug].code for slug in ("cabinet-office", "veris", "veris-incident")] == ["IV", "error", None]
    assert said["cabinet-office"].label == "Unauthorised disclosure"
    assert said["cabinet-office"].since == team.today
    assert whole(team.body)


def test_another_code_takes_a_reason_and_the_first_stays_in_its_days(team, categorise, coded):
    reference = team.incident()
    categorise(reference, {"cabinet-office": "II"})
    with pytest.raises(WrongInput, match="say why it changes"):
        categorise(reference, {"cabinet-office": "IV"})
    team.at += timedelta(days=3)
    categorise(reference, {"cabinet-office": "IV"}, reason="it was posted, not lost")
    assert coded(reference)["cabinet-office"].code == "IV"
    assert coded(reference, team.today - timedelta(days=1))["cabinet-office"].code == "II"
    assert whole(team.body)


def test_a_code_can_be_corrected_from_the_first_day_and_taken_away(team, categorise, coded):
    reference = team.incident()
    categorise(reference, {"veris": "malware"})
    first = team.today
    team.at += timedelta(days=3)
    categorise(reference, {"veris": "error"}, reason="a slip of the finger", correction=True)
    assert coded(reference, first)["veris"].code == "error"
    categorise(reference, {"veris": None}, reason="we do not use it")
    assert coded(reference)["veris"].code is None
    assert whole(team.body)


@pytest.mark.parametrize(
    ("codes", "says"),
    [
        ({"cabinet-office": "VI"}, "no category of Cabinet Office"),
        ({"tiers": "near-miss"}, "is not given here"),
        ({"root-cause": "chance"}, "is not given here"),
    ],
)
def test_only_a_category_in_force_of_a_scheme_for_it_is_given(team, categorise, codes, says):
    with pytest.raises(WrongInput, match=says):
        categorise(team.incident(), codes)


def test_a_scheme_that_there_is_not_is_not_there(team, categorise):
    with pytest.raises(NotThere):
        categorise(team.incident(), {"dewey": "1"})


def test_to_say_it_again_changes_nothing_and_says_so(team, categorise):
    reference = team.incident()
    categorise(reference, {"veris": "error"})
    with pytest.raises(WrongInput, match="says so already"):
        categorise(reference, {"veris": "error"})


def test_a_retired_category_is_given_no_more_and_stays_where_it_was_given(team, categorise, coded):
    team.state("scheme", "ministry-types", OWN, date(2014, 4, 1))
    team.state("category", "ministry-types 1", LOSS, date(2014, 4, 1))
    old, new = team.incident(), team.incident()
    categorise(old, {"ministry-types": "1"})
    team.at += timedelta(days=10)
    team.state("category", "ministry-types 1", {**LOSS, "label": "Loss or theft"})
    team.at += timedelta(days=10)
    organisation.end(team.body, "category", "ministry-types 1", from_=team.today, by=team.administrator, at=team.now())
    with pytest.raises(WrongInput, match="in force today"):
        categorise(new, {"ministry-types": "1"})
    said = coded(old)["ministry-types"]
    assert (said.code, said.label, said.retired, said.title) == ("1", "Loss", True, "Their types")
    assert "ministry-types" not in coded(new)


def test_the_work_on_a_closed_incident_is_not_categorised(team, categorise):
    reference = team.incident()
    models.Handling.objects.update(state="closed")
    with pytest.raises(Conflict):
        categorise(reference, {"veris": "error"})


def test_an_incident_of_an_older_register_is_categorised_without_being_taken_up(team, categorise, coded):
    reference = team.incident(taken_up=False)
    categorise(reference, {"veris": "error"})
    assert coded(reference)["veris"].code == "error"


@pytest.mark.parametrize("role", ["dpo", "siro", "administrator"])
def test_whoever_has_no_right_categorises_nothing(team, categorise, role):
    with pytest.raises((NotAllowed, NotThere)):
        categorise(team.incident(), {"veris": "error"}, by=getattr(team, role))


def test_a_person_decides_the_tier_and_lets_it_follow_from_the_facts_again(team):
    reference = team.incident()
    said = {"by": team.handler, "reason": "got back unopened"}
    categorising.decide_tier(team.body, reference, "near-miss", at=team.now(), **said)
    version = models.Version.objects.get(closed=None, held_until="9999-12-31")
    assert (version.tier, version.tier_basis, version.tier_derived) == ("near-miss", "overridden", "other-incident")
    categorising.follow_facts(team.body, reference, at=team.now(), **said)
    version = models.Version.objects.get(closed=None, held_until="9999-12-31")
    assert (version.tier, version.tier_basis) == ("other-incident", "derived")
    with pytest.raises(WrongInput, match="says so already"):
        categorising.follow_facts(team.body, reference, at=team.now(), **said)
    with pytest.raises(WrongInput, match="say why"):
        categorising.decide_tier(team.body, reference, "event", by=team.handler, at=team.now(), reason=" ")
    assert whole(team.body)


def test_words_earlier_decisions_and_crosswalks_speak_for_a_code_and_none_is_applied(team, categorise, coded):
    for text in ("Letter posted to a former address in the north", "Letter posted to the former house"):
        categorise(team.incident(text), {"cabinet-office": "IV"})
    reference = team.incident("Letter was posted to the former address")
    categorise(reference, {"ico-type": "data-posted-or-faxed-to-incorrect-recipient"})
    at = AsAt(team.today, ledger.head(team.body.pk).number)
    line = lines.line(team.body, reference, by=team.handler, today=team.today)
    found = codings.choice(team.body, line, "cabinet-office", at, by=team.handler, today=team.today)
    best = found.suggested[0]
    assert (best.code, len(best.why)) == ("IV", 3)
    assert "“former" in best.why[0]
    assert "2 of the 2 earlier incidents most like it" in best.why[1]
    assert best.why[2].endswith("(a proposed crosswalk)")
    assert best.why[2].startswith("it carries “")
    assert coded(reference)["cabinet-office"].code is None


def test_what_somebody_may_not_see_suggests_nothing_to_them(team, categorise):
    for _ in range(2):
        categorise(team.incident("Letter posted to a former house"), {"veris": "misuse"})
    models.Handling.objects.update(confidential=True)
    reference = team.incident("Letter posted to a former house again")
    at = AsAt(team.today, ledger.head(team.body.pk).number)
    line = lines.line(team.body, reference, by=team.handler, today=team.today)
    found = codings.choice(team.body, line, "veris", at, by=team.handler, today=team.today)
    assert "misuse" not in [one.code for one in found.suggested]


def test_the_history_names_the_scheme_and_says_why(team, categorise):
    reference = team.incident()
    categorise(reference, {"ico-type": "phishing"})
    categorise(reference, {"ico-type": "malware"}, reason="the attachment ran")
    told = queries.incident(
        team.body, reference, AsAt(team.today, ledger.head(team.body.pk).number), by=team.handler, today=team.today
    ).history
    assert told[0].words == "Category (ICO incident types) changed from “Phishing” to “Malware”."
    assert told[0].reason == "the attachment ran"


def test_what_the_schemes_say_takes_two_queries(team, categorise, coded, django_assert_num_queries):
    reference = team.incident()
    categorise(reference, {"cabinet-office": "IV"})
    number = models.Incident.objects.get(reference=reference).number
    with django_assert_num_queries(2):
        codings.codings(team.body, number, AsAt(team.today, 1000))
