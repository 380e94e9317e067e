"""Names of people who left, and in what the body no longer says of itself, are erased; numbers stay."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, transaction

import extracts
from candour.incidents.actions import disposing
from candour.incidents.queries import due
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.organisation import actions as organisation
from candour.organisation import erasing as names
from candour.organisation import kinds
from candour.organisation import queries as stated
from candour.organisation.models import Particular, Person
from retained import ALWAYS, NAME, TODAY, dispose, on_the_list, schedule, texts

LEFT = datetime(2019, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def leaver(body, operator):
    """Somebody who left in 2019, as the record would have them: the clock of a chain only goes forward."""
    person = organisation.add_person(
        body, name=NAME, roles=["handler"], email="zebedee.quill@sample-body.example", by=operator, at=extracts.NOW
    )
    organisation.take_role(person, "handler", by=operator, at=extracts.NOW)
    return person


def later(years_=7):
    return extracts.NOW.replace(year=extracts.NOW.year + years_)


def test_the_name_of_somebody_who_left_is_erased_wherever_it_stands(body, operator, manager, second, leaver):
    schedule(body, operator, "people", record="people", keep=6)
    assert on_the_list(body, manager) == []
    then = later()
    (row,) = due.due(body, by=manager, today=then.date()).rows
    assert (row.name, row.counted_from) == (f"person {leaver.number}", "left")
    number = disposing.propose(body, [row.entry], by=manager, at=then)
    disposing.approve(body, number, by=second, at=then)
    found = Person.objects.get(pk=leaver.pk)
    assert (found.name, found.email, found.is_active) == (names.ERASED_NAME, None, False)
    assert not any("quill" in text.lower() for text in texts(body))
    assert verification.verify(body.pk).ok
    assert due.due(body, by=manager, today=then.date()).rows == []


def test_names_that_the_body_no_longer_says_are_erased_and_numbers_stay(body, operator, manager, second):
    schedule(body, operator, "names", record="particulars", keep=6)
    for name, since in ((NAME, date(2012, 1, 1)), ("Somebody else", date(2015, 1, 1))):
        for value in (
            kinds.OfficeHolder(title="Chair", name=name),
            kinds.Supplier(slug="it", name=name, people=9 if name == NAME else 4),
        ):
            organisation.say(body, value, from_=since, by=operator, at=extracts.NOW)
    before = AsAt(date(2013, 1, 1), ledger.head(body.pk).number)
    assert stated.contractors(body, before).people == 9
    assert on_the_list(body, manager) == ["office-holder chair", "supplier it"]
    dispose(body, manager, second)
    assert stated.contractors(body, before).people == 9
    (supplier,) = stated.suppliers(body, before)
    assert supplier.name == names.ERASED_NAME
    (chair,) = stated.Particulars(body, before).all(kinds.OfficeHolder)
    assert (chair.title, chair.name) == ("Chair", "")
    assert [one.name for one in stated.suppliers(body, AsAt(TODAY, before.number))] == ["Somebody else"]
    assert NAME not in str(list(Particular.objects.values_list("content", flat=True)))
    assert not any(NAME in text for text in texts(body))
    assert verification.verify(body.pk).ok
    assert on_the_list(body, manager) == []


@pytest.mark.parametrize(
    "changed",
    [{"slug": "it", "name": "Another", "people": 9}, {"slug": "it", "people": 8}, {"slug": "it"}, {"people": 9}],
)
def test_the_database_lets_a_particular_lose_its_names_and_nothing_else(body, operator, changed):
    organisation.say(body, kinds.Supplier(slug="it", name=NAME, people=9), from_=ALWAYS, by=operator, at=extracts.NOW)
    mine = Particular.objects.filter(body=body.pk, kind="supplier")
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(content=changed)
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(content={"slug": "it", "people": 9}, key="other")
    mine.update(content={"slug": "it", "people": 9})
    with pytest.raises(DatabaseError), transaction.atomic():
        mine.update(content={"slug": "it", "name": NAME, "people": 9})
