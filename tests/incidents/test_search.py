"""The index of words and codes says of every incident what the register believes now, and nothing that was erased."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import extracts
from candour.incidents import actions, models, search, undoing
from candour.incidents.search import index
from candour.ledger import erasing
from candour.organisation import people
from candour.rules.refusals import WrongInput

REGISTER = """
    reference  logged_on   tier           department  description
    A-1        2014-05-12  near-miss      North       Letters sent to a former address
    A-2        2014-11-20  event          South       Laptop left on a train, north/south line
    A-3        2015-06-02  near-miss      North       A letter was opened
    A-4        2015-06-02  other-incident  -          -
"""


@pytest.fixture
def register(body, tmp_path):
    extracts.load(body, REGISTER, tmp_path)
    return body


def found(body, words="", *, newer=False, beyond=None, limit=9, since=None, until=None, **codes):
    asked = search.Asked(words, codes, since, until)
    places = search.places(body.pk, asked, beyond=beyond, newer=newer, limit=limit)
    names = dict(models.Incident.objects.filter(body=body.pk).values_list("number", "reference"))
    return [names[search.incident(place)] for place in places]


def amend(body, reference, changes, *, correction=False):
    by = people.operator(body)
    actions.amend(body, reference, changes, reason="so it is", correction=correction, by=by, at=extracts.NOW)


@pytest.mark.parametrize(
    ("words", "references"),
    [
        ("", ["A-4", "A-3", "A-2", "A-1"]),
        ("letter", ["A-3", "A-1"]),
        ("LETTERS former", ["A-1"]),
        ("lap*", ["A-2"]),
        ("south", ["A-2"]),
        ("A-2", ["A-2"]),
        ("zeppelin", []),
        ("--", []),
        ('" OR words : *', []),
    ],
)
def test_it_finds_words_in_every_form(register, words, references):
    assert found(register, words) == references


def test_it_finds_codes_and_periods_with_words(register):
    assert found(register, tier="near-miss") == ["A-3", "A-1"]
    assert found(register, "letter", tier="near-miss", department="North", until=date(2014, 12, 31)) == ["A-1"]
    assert found(register, since=date(2015, 6, 2), until=date(2015, 6, 2)) == ["A-4", "A-3"]
    assert found(register, department="Nowhere") == []


def test_pages_follow_each_other_both_ways(register):
    places = search.places(register.pk, search.Asked(), limit=2)
    assert found(register, beyond=places[-1]) == ["A-2", "A-1"]
    assert found(register, beyond=places[-1], newer=True) == ["A-4"]


def test_more_words_than_anybody_means_are_refused():
    with pytest.raises(WrongInput):
        search.Asked("word " * 21)


def entries(body):
    """What the index would hold if it were made anew."""
    numbers = models.Incident.objects.filter(body=body.pk).values_list("number", flat=True)
    return sorted(index.standing(body.pk, list(numbers)).values())


def whole(body):
    """The index finds each incident by all of its words and codes, and holds nothing besides."""
    made = entries(body)
    assert [doc.place for doc in made] == sorted(search.places(body.pk, search.Asked(), limit=1000))
    if connection.vendor == "sqlite":
        before = _terms()
        search.rebuild()
        assert before == _terms()


def _terms():
    with connection.cursor() as cursor:
        cursor.execute(
            "create virtual table if not exists temp.terms using fts5vocab(main, incidents_search, 'instance')"
        )
        cursor.execute("select term, doc, col from temp.terms order by 1, 2, 3, offset")
        return cursor.fetchall()


def test_it_follows_every_deed(register, tmp_path):
    amend(register, "A-1", {"description": "Nothing but a postcard"})
    amend(register, "A-2", {"department": "Legal", "description": "A tablet"})
    amend(register, "A-3", {"logged_on": "2013-01-01"}, correction=True)
    assert found(register, "letter") == ["A-3"]
    assert found(register, "postcard") == ["A-1"]
    assert found(register, department="Legal") == ["A-2"]
    assert found(register) == ["A-4", "A-2", "A-1", "A-3"]
    whole(register)


def test_it_follows_loads_and_what_is_taken_back(register, tmp_path):
    again = REGISTER.replace("A letter was opened", "A parcel was opened").replace("South", "West")
    later = extracts.load(register, again, tmp_path, at=extracts.NOW + timedelta(days=1), update=True, name="b.csv")
    assert found(register, "parcel") == ["A-3"]
    assert found(register, department="West") == ["A-2"]
    by = people.operator(register)
    then = extracts.NOW + timedelta(days=2)
    undoing.undo(register, later.ledger_number, reason="by mistake", by=by, at=then)
    assert found(register, department="West") == []
    whole(register)


def test_two_bodies_do_not_find_each_other(register, tmp_path):
    other = extracts.body("other")
    extracts.load(other, REGISTER, tmp_path)
    assert found(other, "letter") == found(register, "letter") == ["A-3", "A-1"]


def test_what_is_erased_leaves_the_index(register):
    numbers = list(models.Incident.objects.filter(body=register.pk, reference="A-2").values_list("number", flat=True))
    search.forget(register.pk, numbers)
    erasing.erase(register.pk, ["A-2"], ["incident."], extracts.NOW)
    assert found(register, "laptop") == []
    assert found(register, "A-2", department="South") == ["A-2"]
    whole(register)
    if connection.vendor == "sqlite":
        assert not any(term in {"laptop", "train"} for term, _, _ in _terms())
        with connection.cursor() as cursor:
            cursor.execute("select block from incidents_search_data")
            assert not any(b"laptop" in bytes(block) for (block,) in cursor.fetchall())


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has a column for each code")
def test_an_index_from_before_the_codes_had_columns_is_made_anew(register):
    with connection.cursor() as cursor:
        cursor.execute(f"alter table {index.TABLE} drop column source, drop column tier")
    search.put_up()
    assert found(register, tier="near-miss", source="sheet") == ["A-3", "A-1"]
    assert found(register, "letter", tier="near-miss") == ["A-3", "A-1"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only PostgreSQL has an index of words with months")
def test_an_index_of_words_from_before_it_knew_months_gives_way(register):
    with connection.cursor() as cursor:
        cursor.execute(f"drop index {index.TABLE}_months")
        cursor.execute(f"create index {index.TABLE}_match on {index.TABLE} using gin (words)")
    search.put_up()
    with connection.cursor() as cursor:
        names = set(connection.introspection.get_constraints(cursor, index.TABLE))
    assert f"{index.TABLE}_months" in names
    assert f"{index.TABLE}_match" not in names
    assert found(register, "letter") == ["A-3", "A-1"]


def test_several_codes_are_all_there(register):
    assert found(register, tier="near-miss", department="North", source="sheet") == ["A-3", "A-1"]
    assert found(register, tier="event", department="North") == []
    assert found(register, "letter", newer=True, limit=1, department="North", standing="counted") == ["A-1"]


LONG_AGO = """
    reference  logged_on   description
    B-1        1999-03-01  A telegram went astray
    B-2        1999-03-02  A telegram from Hull, opened
    B-3        2003-07-30  Another telegram, opened
    B-4        2003-08-02  A letter, opened
    B-5        2015-06-02  A letter to Hull
"""


def test_a_word_of_long_ago_is_found_in_order_whichever_way_one_pages(body, tmp_path):
    extracts.load(body, LONG_AGO, tmp_path)
    assert found(body, "telegram") == ["B-3", "B-2", "B-1"]
    assert found(body, "telegram", limit=2) == ["B-3", "B-2"]
    assert found(body, "telegram", limit=2, newer=True) == ["B-1", "B-2"]
    assert found(body, "opened tele*") == ["B-3", "B-2"]
    assert found(body, "telegram", since=date(1999, 3, 2), until=date(2003, 7, 30)) == ["B-3", "B-2"]
    assert found(body, "telegram letter") == found(body, "the") == []


WORD = st.text("ab1é", min_size=1, max_size=5)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(written=WORD, asked=WORD, star=st.booleans())
def test_months_find_what_looking_at_each_incident_finds(db, written, asked, star):
    if connection.vendor != "postgresql":
        return
    body = extracts.body(f"words-{uuid.uuid4().hex[:9]}")
    place = index.place(body.pk, date(2014, 5, 12), 1)
    index.enter([index.Doc(place, f"{written} {asked} letter", " ".join([index.NONE] * len(index.CODES)))])
    words = search.Asked(f"{asked}{'*' * star} letter")
    assert search.places(body.pk, words, limit=5) == search.places(body.pk, words, limit=5, among=[place])


@pytest.mark.parametrize(
    "day", [None, date(1, 1, 1), date(1899, 12, 31), date(1900, 1, 1), date(2014, 5, 12), date(2400, 2, 29)]
)
def test_a_database_reckons_the_place_of_an_incident_as_we_do(register, day):
    row = models.Version.objects.filter(body=register.pk).earliest("pk")
    with connection.cursor() as cursor:
        statement = f"select {search.place_of('v')} from (select %s as body, %s as incident, {{}} as logged_on) v"
        told = "cast(%s as date)" if connection.vendor == "postgresql" else "%s"
        cursor.execute(statement.format(told), [row.body, row.incident, day])
        assert cursor.fetchone()[0] == search.place(row.body, day, row.incident)
