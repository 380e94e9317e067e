"""The furniture of a letter is that of the day it is dated."""

from datetime import date

import pytest

from candour.organisation import kinds, toml
from candour.organisation.furniture import furniture
from candour.rules.refusals import WrongInput

LETTER = kinds.Letter(
    ("Sample Body", "1 Example Street"),
    telephone="020 7946 0000",
    reference_pattern="SB/FOI {yy}-{serial:03}",
    team="Governance team",
    mailbox="governance@sample-body.example",
)


def of(register, text="2016-03-10", number=None):
    return furniture(register.body, register.on(text, number))


def test_a_letter_carries_what_was_stated_for_its_day(register):
    register.say(LETTER, "2011-04-01")
    register.say(kinds.OfficeHolder("Chief executive", order=2), "2011-04-01")
    register.say(kinds.OfficeHolder("Chair", "The first Chair"), "2011-04-01")
    register.say(kinds.OfficeHolder("Chair", "The second Chair"), "2016-04-01")
    found = of(register)
    assert (found.sender, found.letterhead) == ("Sample Body", LETTER.letterhead)
    assert found.footer == ("The first Chair, Chair", "Chief executive")
    assert of(register, "2016-04-01").footer[0] == "The second Chair, Chair"
    assert found.signature == ("Governance team", "Sample Body")
    assert found.reference(received=date(2016, 2, 28), serial=28) == "SB/FOI 16-028"


def test_what_was_never_stated_is_empty_and_the_built_in_is_named(register):
    found = of(register)
    assert (found.letterhead, found.telephone, found.team, found.mailbox, found.footer) == ((), "", "", "", ())
    assert {"paragraph review", "paragraph regulator", "regulator regulator"} <= found.built_in
    assert found.says("confidentiality") is None
    assert "email of 28 February 2016" in found.opening("email", date(2016, 2, 28))


def test_the_body_s_own_paragraph_takes_the_place_of_the_built_in_one(register):
    register.say(kinds.Paragraph("review", "Write to {mailbox}.", "1", "FOI officer"), "2011-04-01")
    with pytest.raises(WrongInput, match=r"paragraph review asks for {mailbox}, which is not stated"):
        of(register).says("review")
    register.say(LETTER, "2011-04-01")
    assert of(register).says("review") == "Write to governance@sample-body.example."
    assert "paragraph review" not in of(register).built_in


def test_the_time_limits_are_those_of_the_day(register):
    assert "working days" not in of(register, "2018-07-03").says("review")
    assert "within 40 working days" in of(register, "2018-07-04").says("review")
    register.say(kinds.Law("review-asked", 2, "months", "A code to come"), "2027-01-01")
    assert "within 40 working days" in of(register, "2026-12-31").says("review")
    assert "within 2 months" in of(register, "2027-01-01").says("review")


def test_an_earlier_ledger_number_gives_the_letter_as_it_was(register):
    register.say(LETTER, "2011-04-01")
    number = register.on("2016-03-10").number
    register.say(kinds.Letter(("Elsewhere",)), "2011-04-01")
    assert of(register, number=number).letterhead == LETTER.letterhead
    assert of(register).letterhead == ("Elsewhere",)


def test_the_regulator_s_contacts_are_an_open_list(register):
    register.say(
        kinds.Regulator("The Regulator", "https://regulator.example", (("Post", ("1 Street",)), ("Relay", ("18001",)))),
        "2011-04-01",
    )
    labels = [label for label, _ in of(register).contacts]
    assert labels == ["Website", "Post", "Relay"]
    assert "The Regulator" in of(register).says("regulator")


def test_a_scottish_body_names_its_own_act_and_commissioner(db, register):
    scottish = type(register)(slug="scottish-body", regime="foisa")
    found = of(scottish)
    assert "Freedom of Information (Scotland) Act 2002" in found.opening("letter", date(2016, 2, 28))
    assert "Scottish Information Commissioner" in found.says("regulator")


@pytest.mark.parametrize("regime", ["foia", "foisa"])
def test_every_built_in_paragraph_can_be_filled_on_every_day(register, regime):
    body = type(register)(slug=f"{regime}-body", regime=regime)
    for row in toml.built_in(regime).rows:
        found = of(body, row.held_from.isoformat())
        for slug in found.paragraphs:
            assert found.says(slug, channel="email", received="1 March 2016")


def test_furniture_is_one_query(register, django_assert_num_queries):
    for number in range(20):
        register.say(kinds.OfficeHolder(f"Office {number}"), "2011-04-01")
    as_at = register.on("2016-03-10")
    with django_assert_num_queries(1):
        furniture(register.body, as_at)
