"""People hold roles from a day on, and come in by a link that works once."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from candour.ledger import queries as ledger
from candour.organisation import actions, people
from candour.organisation.models import RoleHeld
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput
from candour.rules.rights import Deed

PASSWORD = "a long walk by the river"


def officer(register, **more):
    return register.person("Officer", "handler", **{"email": "officer@sample-body.example", **more})


def test_a_sign_in_link_sets_one_password_and_is_used_up(register):
    person = officer(register)
    token = people.sign_in_token(person, register.at)
    assert people.by_token(token, register.at + timedelta(hours=72)) == person
    actions.set_password(token, PASSWORD, at=register.at)
    assert people.person(register.body, "Officer").check_password(PASSWORD)
    with pytest.raises(NotThere, match="used already"):
        actions.set_password(token, "another long walk", at=register.at)


def test_a_sign_in_link_runs_out_after_72_hours(register):
    token = people.sign_in_token(officer(register), register.at)
    with pytest.raises(NotThere):
        people.by_token(token, register.at + timedelta(hours=72, seconds=1))


@pytest.mark.parametrize("alter", [lambda token: token[:-1], lambda token: "x" + token, lambda _: "", lambda _: "a:b"])
def test_a_sign_in_link_that_was_altered_does_not_hold(register, alter):
    token = people.sign_in_token(officer(register), register.at)
    with pytest.raises(NotThere):
        people.by_token(alter(token), register.at)


def test_a_sign_in_link_ends_when_the_address_changes_or_the_person_leaves(register):
    person = officer(register)
    token = people.sign_in_token(person, register.at)
    type(person).objects.filter(pk=person.pk).update(email="other@sample-body.example")
    with pytest.raises(NotThere):
        people.by_token(token, register.at)
    type(person).objects.filter(pk=person.pk).update(email=person.email, is_active=False)
    with pytest.raises(NotThere):
        people.by_token(token, register.at)


def test_a_weak_password_is_refused_and_the_link_still_holds(register):
    person = officer(register)
    token = people.sign_in_token(person, register.at)
    with pytest.raises(WrongInput, match="too short"):
        actions.set_password(token, "river", at=register.at)
    assert people.by_token(token, register.at) == person


def test_neither_the_operator_nor_somebody_without_an_address_signs_in(register):
    for person in (register.operator, register.person("Nobody", "handler")):
        with pytest.raises(Conflict, match="cannot have a sign-in link"):
            people.sign_in_token(person, register.at)


def test_an_address_belongs_to_one_person(register):
    officer(register)
    with pytest.raises(Conflict, match="belongs to somebody already"):
        register.person("Other", email="OFFICER@sample-body.example")
    with pytest.raises(WrongInput, match="not an e-mail address"):
        register.person("Other", email="officer")
    with pytest.raises(WrongInput, match="name of one line"):
        register.person(" ")


def test_a_person_is_found_by_address_number_or_name(register):
    person = officer(register)
    for name in ("officer@sample-body.example", "Officer", str(person.number)):
        assert people.person(register.body, name) == person
    with pytest.raises(NotThere):
        people.person(register.body, "Nobody")


def test_the_name_of_a_person_stands_in_the_ledger_only_as_words(register):
    person = officer(register)
    added = ledger.events(register.body.pk, f"person {person.number}")[0]
    assert added.words == {"name": "Officer", "email": "officer@sample-body.example"}
    assert "Officer" not in str(added.facts)


def test_roles_are_held_from_a_day_to_a_day_and_known_by_number(register):
    person = officer(register)
    today, yesterday = register.at.date(), register.at.date() - timedelta(days=1)
    assert people.roles(person, yesterday) == frozenset()
    actions.give_role(person, "auditor", **register.now())
    before = register.on("2016-03-10")
    actions.take_role(person, "handler", **register.now())
    assert people.roles(person, today) == {"auditor"}
    held = RoleHeld.objects.filter(body=register.body.pk, person=person.number).as_at(before)
    assert {row.role for row in held} == {"handler", "auditor"}


def test_a_role_given_twice_or_taken_where_it_is_not_held_is_no_deed(register):
    person = officer(register)
    head = register.on("2016-03-10").number
    actions.give_role(person, "handler", **register.now())
    actions.take_role(person, "auditor", **register.now())
    assert register.on("2016-03-10").number == head


def test_who_advises_does_not_decide(register):
    with pytest.raises(Conflict, match="dpo and siro"):
        register.person("Both", "siro", "dpo")
    person = register.person("Adviser", "dpo")
    with pytest.raises(Conflict, match="who advises does not decide"):
        actions.give_role(person, "siro", **register.now())
    actions.take_role(person, "dpo", **register.now())
    actions.give_role(person, "siro", **register.now())
    assert people.roles(person, register.at.date()) == {"siro"}


@pytest.mark.parametrize("role", ["operator", "king"])
def test_only_roles_of_the_list_are_given(register, role):
    person = officer(register)
    with pytest.raises(WrongInput, match="not a role that can be given"):
        actions.give_role(person, role, **register.now())
    with pytest.raises(WrongInput, match="not a role that can be given"):
        register.person("Other", role)


def test_somebody_who_left_may_do_nothing(register):
    person = register.person("Administrator", "administrator")
    person.is_active = False
    with pytest.raises(NotAllowed):
        actions.give_role(person, "auditor", by=person, at=register.at)


def test_an_administrator_of_one_body_has_no_say_in_another(register):
    other = type(register)(slug="other-body")
    administrator = register.person("Administrator", "administrator")
    stranger = other.person("Stranger")
    for deed in (actions.give_role, actions.take_role):
        with pytest.raises(NotAllowed):
            deed(stranger, "auditor", by=administrator, at=other.at)
    with pytest.raises(NotAllowed):
        actions.add_person(other.body, name="A", roles=[], email=None, by=administrator, at=other.at)


def test_everybody_with_their_roles_is_three_queries_however_many_they_are(register, django_assert_num_queries):
    for number in range(12):
        register.person(f"Officer {number}", "handler", "auditor")
    with django_assert_num_queries(3):
        found = people.everyone(register.body, register.at.date())
    assert found[-1][1] == ["auditor", "handler"]


def test_a_body_is_added_once_and_described_in_the_words_of_a_list(register):
    assert type(register)().body == register.body
    for wrong in ({"kind": "club"}, {"regime": "foi"}, {"slug": "Sample Body"}, {"name": " "}):
        given = {"slug": "another", "name": "A", "kind": "ndpb", "regime": "foia", **wrong}
        with pytest.raises(WrongInput):
            actions.add_body(given.pop("slug"), **given, at=register.at)


def test_somebody_comes_in_anew_and_what_they_had_ends(register):
    person = officer(register)
    actions.set_password(people.sign_in_token(person, register.at), PASSWORD, at=register.at)
    person.refresh_from_db()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    token = actions.renew_sign_in(person, by=register.operator, at=register.at)
    assert not people.person(register.body, "Officer").has_usable_password()
    assert not Authenticator.objects.exists()
    actions.set_password(token, "another long walk", at=register.at)
    assert ledger.events(register.body.pk, f"person {person.number}")[-1].deed == Deed.RENEW_SIGN_IN


def test_nobody_renews_their_own_sign_in_and_only_an_administrator_anothers(register):
    person = officer(register)
    administrator = register.person("Administrator", "administrator", email="admin@sample-body.example")
    with pytest.raises(Conflict, match="another administrator"):
        actions.renew_sign_in(administrator, by=administrator, at=register.at)
    with pytest.raises(NotAllowed):
        actions.renew_sign_in(administrator, by=person, at=register.at)
    with pytest.raises(Conflict, match="cannot have a sign-in link"):
        actions.renew_sign_in(register.operator, by=administrator, at=register.at)
