"""A body's work goes to another: both chains say so, the one that ended is sealed, and neither can be altered since."""

from datetime import date

import pytest

import extracts
from candour.ledger import guards, models, queries, seal, verification
from candour.organisation import actions, people, succession
from candour.rules.refusals import Conflict, NotAllowed, WrongInput

NOW = extracts.NOW


@pytest.fixture
def old(db):
    return extracts.body("old")


@pytest.fixture
def new(db):
    return extracts.body("new")


def over(body, *to, how="merged", on=date(2016, 4, 1), by=None):
    by = by or people.operator(body)
    return succession.hand_over(body, to, how=how, on=on, reason="the order of 2016", by=by, at=NOW)


def take(body, predecessor, prefix="OLD/"):
    return succession.take_over(body, predecessor, prefix=prefix, by=people.operator(body), at=NOW)


def test_the_chain_of_a_body_that_merged_is_sealed_and_whole_and_takes_nothing_more(old, new):
    head = over(old, new)
    assert queries.sealed(old.pk)
    assert queries.event(old.pk, head.number).facts == {"how": "merged", "on": "2016-04-01", "to": ["new"]}
    with pytest.raises(Conflict, match="sealed"):
        actions.set_fact(old, "staff", "100", from_=date(2016, 1, 1), by=people.operator(old), at=NOW)
    with pytest.raises(Conflict, match="sealed"):
        extracts.cover(old, "events")
    assert queries.head(old.pk) == head
    assert verification.verify(old.pk, (head.number, head.digest)).ok


def test_the_successor_carries_number_and_digest_of_the_seal_with_the_day(old, new):
    head = over(old, new)
    number = take(new, old)
    (one,) = succession.predecessors(new, number)
    assert (one.slug, one.how, one.prefix, one.since) == ("old", "merged", "OLD/", date(2016, 4, 1))
    assert (one.number, one.digest) == (head.number, head.digest)
    facts = queries.event(new.pk, number).facts
    assert (facts["number"], facts["digest"]) == (head.number, head.digest)
    assert succession.predecessors(new, number - 1) == ()
    assert succession.fault(new) is None


def test_a_split_seals_and_each_successor_takes_over_from_the_same_seal(old, new):
    other = extracts.body("other")
    head = over(old, new, other, how="split")
    take(new, old)
    take(other, old, "X-")
    carried = [succession.predecessors(body, queries.head(body.pk).number)[0].digest for body in (new, other)]
    assert carried == [head.digest, head.digest]
    assert [one.slug for one in succession.successors(old)] == ["new", "other"]


def test_after_a_transfer_the_body_goes_on(old, new):
    head = over(old, new, how="transferred")
    extracts.cover(old, "events")
    take(new, old)
    (one,) = succession.predecessors(new, queries.head(new.pk).number)
    assert (one.number, one.digest) == (head.number, head.digest)
    assert not queries.sealed(old.pk)


def test_nobody_takes_over_what_was_not_handed_over_nor_twice_nor_under_a_prefix_in_use(old, new):
    other = extracts.body("other")
    with pytest.raises(Conflict, match="has not said that its work goes to"):
        take(new, old)
    over(old, new)
    take(new, old)
    with pytest.raises(Conflict, match="already"):
        take(new, old, "AGAIN/")
    over(other, new)
    with pytest.raises(Conflict, match="another predecessor"):
        take(new, other)


@pytest.mark.parametrize(
    ("how", "on", "says"),
    [
        ("split", date(2016, 4, 1), "a split goes to several"),
        ("merged", date(2099, 4, 1), "still to come"),
    ],
)
def test_what_makes_no_sense_is_refused(old, new, how, on, says):
    with pytest.raises(WrongInput, match=says):
        over(old, new, how=how, on=on)
    with pytest.raises(WrongInput, match="none of them is the body itself"):
        over(old, old)
    with pytest.raises(WrongInput, match="cannot stand before a reference"):
        take(new, old, "")


def test_each_body_says_its_own_side_by_its_own_people(old, new):
    with pytest.raises(NotAllowed):
        over(old, new, by=people.operator(new))
    handler = actions.add_person(old, name="Handler", roles=["handler"], email=None, by=people.operator(old), at=NOW)
    with pytest.raises(NotAllowed):
        over(old, new, by=handler)


def test_an_entry_after_the_seal_and_an_altered_predecessor_are_found(old, new):
    head = over(old, new)
    take(new, old)
    forged = (old.pk, head.number + 1, seal.moment(NOW), seal.Actor(1, "operator"), "note.added", "x", '{"facts":{}}')
    models.Entry.objects.create(
        body=old.pk, number=head.number + 1, at=NOW, person=1, role="operator", deed="note.added", subject="x",
        content='{"facts":{}}', previous=head.digest, digest=seal.seal(head.digest, *forged),
    )  # fmt: skip
    fault = verification.verify(old.pk).fault
    assert (fault.number, fault.what) == (head.number + 1, "the entry was made after the chain was sealed")
    assert succession.fault(new) is None
    guards.take_down()
    models.Entry.objects.filter(body=old.pk, number=head.number).update(digest="0" * 64)
    assert succession.fault(new).slug == "old"
