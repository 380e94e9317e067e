"""The arithmetic of ENISA 2013 against its worked examples, and the grid."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.rules import severity
from candour.rules.refusals import WrongInput


@pytest.mark.parametrize(
    ("given_", "score", "band"),
    [
        ({"data": {"simple": 0}, "identification": "maximum", "confidentiality": "known-recipients"}, "1.25", "low"),
        (
            {"data": {"financial": 0}, "identification": "maximum", "confidentiality": "known-recipients"},
            "3.25",
            "high",
        ),
        ({"data": {"simple": 0}, "identification": "negligible", "unintelligible": True}, "0.25", "low"),
        (
            {"data": {"sensitive": 0}, "identification": "significant", "availability": "temporary", "malicious": True},
            "3.75",
            "high",
        ),
        (
            {
                "data": {"sensitive": 0},
                "identification": "maximum",
                "confidentiality": "unknown-recipients",
                "malicious": True,
            },
            "5",
            "very-high",
        ),
    ],
    ids=["bcc-150", "salary-mail", "encrypted-laptop", "ransomware-restored", "diagnoses-taken"],
)
def test_the_worked_examples_of_the_method(given_, score, band):
    found = severity.enisa(**given_)
    assert (found.score, found.band) == (Decimal(score), band)


def test_the_highest_kind_of_data_counts_and_stays_within_one_to_four():
    found = severity.enisa({"simple": 3, "behavioural": -3}, identification="maximum")
    assert found.dpc == 4
    assert severity.enisa({"sensitive": 3}, identification="maximum").dpc == 4
    assert severity.enisa({"simple": -3}, identification="maximum").dpc == 1


def test_flags_stand_beside_the_score_and_do_not_move_it():
    plain = severity.enisa({"simple": 0}, identification="maximum")
    flagged = severity.enisa({"simple": 0}, identification="maximum", people=101, unintelligible=True)
    assert flagged.score == plain.score
    assert flagged.flags == ("more than 100 people", "the data cannot be read by others (encrypted)")
    assert severity.enisa({"simple": 0}, identification="maximum", people=100).flags == ()


def test_the_sum_can_be_checked_by_hand():
    found = severity.enisa({"financial": 0}, identification="maximum", confidentiality="known-recipients")
    assert found.why.startswith("3 × 1 + 0.25 = 3.25: high, significant consequences")


@pytest.mark.parametrize("data", [{}, {"secret": 0}, {"simple": 4}])
def test_what_is_no_kind_of_data_is_refused(data):
    with pytest.raises(WrongInput):
        severity.enisa(data, identification="maximum")


@given(
    st.sampled_from(sorted(severity.BASE)),
    st.integers(-3, 3),
    st.sampled_from(sorted(severity.IDENTIFICATION)),
    st.sampled_from(sorted(severity.CONFIDENTIALITY)),
    st.booleans(),
)
def test_more_harm_never_scores_less(kind, moved, identification, confidentiality, malicious):
    known = {"identification": identification, "confidentiality": confidentiality}
    found = severity.enisa({kind: moved}, **known, malicious=malicious)
    assert Decimal("0.25") <= found.score <= Decimal(6)
    assert severity.enisa({kind: moved}, **known, malicious=True).score >= found.score
    assert severity.enisa({kind: moved, "sensitive": 0}, **known, malicious=malicious).score >= found.score


@pytest.mark.parametrize(
    ("likelihood", "effect", "presumes"),
    [
        (1, 1, "record"),
        (2, 5, "record"),
        (3, 1, "record"),
        (3, 2, "tell"),
        (3, 4, "tell-at-once"),
        (5, 5, "tell-at-once"),
    ],
)
def test_the_grid_presumes_what_its_cell_says(likelihood, effect, presumes):
    assert severity.grid(likelihood, effect).presumes == presumes


def test_a_vulnerable_group_lifts_both_to_two_unless_it_was_contained():
    assert severity.grid(1, 1, vulnerable=True).score == 4
    assert severity.grid(1, 1, vulnerable=True, contained=True).score == 1
    with pytest.raises(WrongInput):
        severity.grid(0, 6)
