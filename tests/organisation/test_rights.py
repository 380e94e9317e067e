"""Every role may do what the table says, and nothing else."""

from datetime import date

import pytest

from candour.organisation import actions, people
from candour.rules.refusals import NotAllowed
from candour.rules.rights import APART, RIGHTS, SECOND_PERSON, Deed, Role, acting_as, kept_apart

GIVEN = [role for role in Role if role is not Role.OPERATOR]
DEEDS = {
    Deed.ADD_PERSON: lambda body, by, at: actions.add_person(body, name="A", roles=[], email=None, by=by, at=at),
    Deed.GIVE_ROLE: lambda _, by, at: actions.give_role(by, "auditor", by=by, at=at),
    Deed.TAKE_ROLE: lambda _, by, at: actions.take_role(by, "auditor", by=by, at=at),
    Deed.STATE: lambda body, by, at: actions.set_fact(body, "staff", "3", from_=date(2016, 1, 1), by=by, at=at),
}


@pytest.mark.parametrize("role", GIVEN)
def test_a_role_may_do_what_its_row_of_the_table_says_and_nothing_else(register, role):
    person = register.person("Somebody", role)
    day = register.at.date()
    assert {deed for deed in Deed if people.may(person, deed, day)} == RIGHTS[role]
    for deed in Deed:
        if deed in RIGHTS[role]:
            assert people.require(person, deed, register.at).role == role
        else:
            with pytest.raises(NotAllowed):
                people.require(person, deed, register.at)


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("role", [role for role in GIVEN if role is not Role.AUDITOR])
def test_the_deeds_of_this_room_ask_the_table(register, role, deed):
    person = register.person("Somebody", role)
    if deed in RIGHTS[role]:
        DEEDS[deed](register.body, person, register.at)
    else:
        with pytest.raises(NotAllowed):
            DEEDS[deed](register.body, person, register.at)


def test_the_operator_may_do_all_but_a_second_person_s_deed(register):
    day = register.at.date()
    assert {deed for deed in Deed if not people.may(register.operator, deed, day)} == SECOND_PERSON


def test_several_roles_add_up_and_the_first_of_the_table_is_named(register):
    person = register.person("Both", "records-manager", "handler")
    assert people.require(person, Deed.STATE_COVERAGE, register.at).role == Role.HANDLER
    assert acting_as([], Deed.RECORD) is None


@pytest.mark.parametrize("pair", APART)
def test_no_role_does_what_a_role_kept_apart_from_it_decides(pair):
    assert kept_apart([*pair, "auditor"]) == pair
    assert all(kept_apart([role]) is None for role in pair)
    assert Deed.DECIDE_TO_NOTIFY not in RIGHTS[Role.DPO]


def test_every_role_has_a_title_for_people():
    titles = [people.title(role) for role in Role]
    assert len(set(titles)) == len(titles)
    assert "Data protection officer" in titles
