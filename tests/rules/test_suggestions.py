"""What a description suggests, and what codes of another scheme propose: each with a why, none applied."""

from datetime import date, timedelta

import pytest

from candour.rules import schemes, suggestions
from candour.rules.schemes import crosswalks

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "scheme", "code"),
    [
        ("Letter sent to a former address", "ico-type", "data-posted-or-faxed-to-incorrect-recipient"),
        ("E-mailed a report to the wrong solicitor", "ico-type", "data-emailed-to-incorrect-recipient"),
        ("Addresses visible to all 150 recipients", "ico-type", "failure-to-use-bcc"),
        ("Laptop left on a train", "ico-type", "loss-theft-of-device"),
        ("Laptop left on a train", "cabinet-office", "II"),
        ("Laptop stolen", "veris", "physical"),
        ("Papers put in a skip", "cabinet-office", "III"),
        ("A colleague clicked a link in a fake message", "ico-type", "phishing"),
    ],
)
def test_words_suggest_a_code_and_say_which_words(text, scheme, code):
    found = suggestions.from_words(text, scheme)
    assert found[0].code == code
    assert found[0].why.startswith("the description says “")


@pytest.mark.parametrize("text", ["", "Nothing much happened", "ﷺ" * 100, "wro\x00ng"])
def test_words_that_say_nothing_suggest_nothing(text):
    assert suggestions.from_words(text, "ico-type") == ()


def test_a_word_inside_another_is_not_that_word():
    assert suggestions.from_words("The scabin was repaired", "cabinet-office") == ()


def test_every_suggestion_names_a_code_that_there_is():
    for row in suggestions._tables()["rows"]:
        assert row["code"] in {category.code for category in schemes.scheme(row["scheme"]).categories}


def test_earlier_decisions_are_counted_with_the_words_they_share():
    earlier = [
        suggestions.Decided("Letter posted to previous house of the client", "IV"),
        suggestions.Decided("Court letter posted to the wrong house", "IV"),
        suggestions.Decided("Letters posted and lost by the courier, house unknown", "II"),
        suggestions.Decided("Laptop stolen from a car", "II"),
    ]
    found = suggestions.from_decisions("Letter was posted to a house where nobody lives", earlier)
    assert [one.code for one in found] == ["IV", "II"]
    assert found[0].why == "2 of the 3 earlier incidents most like it (house, letter, posted) have it"


def test_nothing_like_it_earlier_suggests_nothing():
    assert suggestions.from_decisions("Fire alarm", [suggestions.Decided("Laptop stolen", "II")]) == ()


def test_codes_of_other_schemes_propose_and_what_fewer_alternatives_stand_beside_comes_first():
    carried = {"ico-type": "data-emailed-to-incorrect-recipient", "cabinet-office": "IV"}
    found = crosswalks.proposals(carried, "veris", TODAY)
    assert [one.code for one in found] == ["error", "misuse"]
    assert found[0].why == (
        "it carries data-emailed-to-incorrect-recipient (ICO incident types): it went to the wrong person (Misdelivery)"
    )


def test_a_crosswalk_reads_either_way():
    assert crosswalks.proposals({"veris": "malware"}, "cabinet-office", TODAY)[0].code == "V"
    assert crosswalks.proposals({"tiers": "near-miss"}, "veris-incident", TODAY)[0].code == "near-miss"
    assert crosswalks.proposals({}, "veris", TODAY) == ()


def test_a_crosswalk_holds_from_its_day():
    carried = {"ico-type": "phishing"}
    assert crosswalks.proposals(carried, "veris", date(2019, 3, 31)) == ()
    assert crosswalks.proposals(carried, "veris", date(2019, 4, 1))


def test_a_body_s_own_pairs_count_too():
    own = crosswalks.Pair("ministry-types", "3", "veris", "misuse", "their type 3", TODAY - timedelta(1))
    assert crosswalks.proposals({"ministry-types": "3"}, "veris", TODAY, [own])[0].code == "misuse"


def test_every_pair_names_codes_that_there_are_and_is_marked_as_a_proposal():
    for pair in crosswalks.shipped():
        for scheme, code in ((pair.scheme, pair.code), (pair.other, pair.other_code)):
            assert code in {category.code for category in schemes.scheme(scheme).categories}
    text = (crosswalks.resources.files(schemes.__name__) / schemes.CROSSWALKS).read_text(encoding="utf-8")
    assert 'status = "proposal"' in text
