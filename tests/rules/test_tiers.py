"""The tier of an incident follows from its facts."""

from itertools import product

import pytest

from candour.rules import tiers
from candour.rules.refusals import WrongInput


def tier(told_ico="no", personal_data="yes", information_lost="no", resources_assigned="no", *, triaged=True):
    return tiers.derive(
        told_ico=told_ico,
        personal_data=personal_data,
        information_lost=information_lost,
        resources_assigned=resources_assigned,
        triaged=triaged,
    )[0]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"told_ico": "yes"}, "reported-to-ico"),
        ({"told_ico": "yes", "personal_data": "suspected"}, "reported-to-ico"),
        ({"told_ico": "yes", "personal_data": ""}, "reported-to-ico"),
        ({"told_ico": "yes", "personal_data": "no", "information_lost": "yes"}, "other-incident"),
        ({"told_ico": "not-known", "information_lost": "yes"}, "undetermined"),
        ({"told_ico": ""}, "undetermined"),
        ({"information_lost": "yes"}, "other-incident"),
        ({"information_lost": "yes", "resources_assigned": ""}, "other-incident"),
        ({"information_lost": "not-known", "resources_assigned": "yes"}, "undetermined"),
        ({"information_lost": "suspected"}, "undetermined"),
        ({"resources_assigned": "yes"}, "event"),
        ({"resources_assigned": "no"}, "near-miss"),
        ({"resources_assigned": ""}, "undetermined"),
        ({"told_ico": "yes", "triaged": False}, "undetermined"),
    ],
)
def test_the_tier_follows_from_the_facts(facts, expected):
    assert tier(**facts) == expected


def test_every_combination_of_facts_has_one_tier_and_a_reason_in_a_sentence():
    for told, personal, lost, assigned in product(tiers.SAID, repeat=4):
        found, reason = tiers.derive(
            told_ico=told, personal_data=personal, information_lost=lost, resources_assigned=assigned
        )
        assert found in tiers.TIERS
        assert reason[0].isupper()
        assert reason.endswith(".")


def test_no_fact_that_is_not_known_makes_a_tier_that_a_known_one_would_not():
    for told, lost, assigned in product(tiers.SAID, repeat=3):
        guessed = tier(told_ico=told, information_lost=lost, resources_assigned=assigned)
        if guessed != "undetermined":
            known = [
                tier(told_ico=a, information_lost=b, resources_assigned=c)
                for a, b, c in product(
                    *([said] if said in {"yes", "no"} else ["yes", "no"] for said in (told, lost, assigned))
                )
            ]
            assert set(known) == {guessed}


def test_another_word_is_refused():
    with pytest.raises(WrongInput, match="“maybe” is not an answer"):
        tier(information_lost="maybe")
