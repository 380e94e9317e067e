"""Classification schemes are dated, and a body may word a label its own way."""

from datetime import date

import pytest

from candour.rules import schemes, tiers
from candour.rules.refusals import NotThere

REQUEST = date(2016, 3, 10)


def test_the_schemes_there_are():
    assert schemes.slugs() == ("cabinet-office", "ico-type", "root-cause", "tiers", "veris", "veris-incident")
    with pytest.raises(NotThere, match="cabinet-office, ico-type"):
        schemes.scheme("dewey")


def test_the_five_categories_in_their_order():
    five = schemes.scheme("cabinet-office").on(REQUEST)
    assert [category.code for category in five] == ["I", "II", "III", "IV", "V"]
    assert five[3].label == "Unauthorised disclosure"


def test_no_category_was_in_force_before_its_day():
    scheme = schemes.scheme("cabinet-office")
    assert scheme.on(date(2008, 6, 24)) == ()
    assert len(scheme.on(date(2008, 6, 25))) == 5


def test_a_category_ends_on_its_last_day():
    category = schemes.Category("X", "x", date(2010, 1, 1), date(2012, 3, 31))
    assert category.held(date(2012, 3, 31))
    assert not category.held(date(2012, 4, 1))


def test_a_body_words_a_label_its_own_way_and_leaves_the_others():
    own = "Loss of inadequately protected paper from outside secured Sample Body premises"
    scheme = schemes.scheme("cabinet-office")
    worded = scheme.on(REQUEST, {"II": own})
    assert worded[1].label == own
    assert worded[0] == scheme.on(REQUEST)[0]


def test_the_tiers_of_the_scheme_are_the_tiers_of_the_rule():
    scheme = schemes.scheme("tiers")
    assert tuple(category.code for category in scheme.categories) == tiers.TIERS
    assert all(category.definition for category in scheme.categories)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("IV", "IV"),
        ("iv", "IV"),
        (" 4 ", "IV"),
        ("Category IV", "IV"),
        ("Cat. 4", "IV"),
        ("IV Unauthorised disclosure", "IV"),
        ("IV – Unauthorised disclosure", "IV"),
        ("4. Unauthorised disclosure", "IV"),
        ("(IV) Unauthorised disclosure"[1:], "IV"),
        ("UNAUTHORISED  DISCLOSURE", "IV"),
        ("I Loss of equipment", "I"),
        ("V: other", "V"),
        ("Other", "V"),
        ("I lost my laptop", None),
        ("VI", None),
        ("6", None),
        ("14", None),
        ("", None),
        ("unknown", None),
    ],
)
def test_codes_are_read_as_people_write_them(text, code):
    assert schemes.read_code("cabinet-office", text) == code


def test_a_body_s_own_label_is_read_too():
    wording = {"II": "Lost outside Sample Body premises"}
    assert schemes.read_code("cabinet-office", "lost outside sample body premises", wording) == "II"
    assert schemes.read_code("cabinet-office", "II lost outside the premises", wording) == "II"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("near miss", "near-miss"),
        ("Near-misses", "near-miss"),
        ("near_miss", "near-miss"),
        ("Event/anomaly", "event"),
        ("Other information security incidents", "other-incident"),
        ("Reported to the ICO", "reported-to-ico"),
        ("Untriaged", "undetermined"),
        ("disaster", None),
    ],
)
def test_tiers_are_read_as_people_write_them(text, code):
    assert schemes.read_code("tiers", text) == code


@pytest.mark.parametrize("slug", schemes.slugs())
def test_every_code_and_label_reads_as_itself(slug):
    for category in schemes.scheme(slug).categories:
        assert schemes.read_code(slug, category.code) == category.code
        assert schemes.read_code(slug, category.label) == category.code
        assert schemes.read_code(slug, f"{category.code} {category.label}") == category.code


def test_the_incident_types_of_the_ico_stand_under_its_two_headings():
    types = schemes.scheme("ico-type").categories
    assert [sum(row.group == name for row in types) for name in ("Cyber", "Non-cyber")] == [9, 13]
    shared = [row.code for row in types if row.published == "Unauthorised access"]
    assert shared == ["unauthorised-access-cyber", "unauthorised-access-non-cyber"]
    assert schemes.read_code("ico-type", "Unauthorised access") is None


def test_a_label_is_that_of_its_day_else_the_last_before_it_else_the_first():
    rows = (
        schemes.Category("A", "old words", date(2010, 1, 1), date(2012, 3, 31)),
        schemes.Category("A", "new words", date(2012, 4, 1), date(2014, 3, 31)),
    )
    scheme = schemes.Scheme("own-types", "Own types", "", rows)
    days = (date(2009, 1, 1), date(2012, 3, 31), date(2012, 4, 1), date(2020, 1, 1))
    assert [scheme.label("A", day) for day in days] == ["old words", "old words", "new words", "new words"]
    assert scheme.label("B", date(2012, 1, 1)) == ""
