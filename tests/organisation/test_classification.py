"""Schemes that come with Candour in a body's own words, and schemes that the body or its sponsor made."""

from datetime import date

import pytest

from candour.ledger import queries as ledger
from candour.organisation import actions, classification
from candour.rules.refusals import NotThere

WORDED = {"scheme": "cabinet-office", "code": "II", "label": "Lost outside our premises"}


@pytest.fixture
def state(register):
    """State a particular of the body from a day on."""

    def say(kind, key, content, from_):
        return actions.state(register.body, kind, key, content, from_=date.fromisoformat(from_), **register.now())

    return say


@pytest.fixture
def found(register):
    """The schemes as the record knows them now, or knew them at a number."""
    return lambda number=None: classification.classification(
        register.body, number or ledger.head(register.body.pk).number
    )


def category(code, label, scheme="ministry-types"):
    return ("category", f"{scheme} {code}", {"scheme": scheme, "code": code, "label": label})


def test_a_body_has_the_schemes_that_come_with_candour(found):
    assert [one.slug for one in found().for_categorising()] == ["cabinet-office", "ico-type", "veris", "veris-incident"]
    with pytest.raises(NotThere):
        found().scheme("ministry-types")


def test_a_wording_holds_for_its_days_only(state, found):
    state("wording", "cabinet-office II", WORDED, "2014-04-01")
    scheme = found().scheme("cabinet-office")
    assert scheme.label("II", date(2014, 3, 31)).startswith("Loss of inadequately protected")
    assert scheme.label("II", date(2014, 4, 1)) == "Lost outside our premises"
    assert len(scheme.on(date(2020, 1, 1))) == 5


def test_an_administrator_makes_words_and_retires_a_category(state, found, register):
    state("scheme", "ministry-types", {"slug": "ministry-types", "title": "Their types"}, "2014-04-01")
    state(*category("1", "Loss"), "2014-04-01")
    state(*category("1", "Loss or theft"), "2016-04-01")
    state(*category("2", "Disclosure"), "2014-04-01")
    actions.end(register.body, "category", "ministry-types 2", from_=date(2018, 4, 1), **register.now())
    scheme = found().scheme("ministry-types")
    assert (scheme.title, scheme.source) == ("Their types", "made by us")
    assert [row.code for row in scheme.on(date(2018, 3, 31))] == ["1", "2"]
    assert [row.code for row in scheme.on(date(2018, 4, 1))] == ["1"]
    assert [scheme.label("1", date(year, 4, 1)) for year in (2014, 2016)] == ["Loss", "Loss or theft"]
    assert scheme.label("2", date(2020, 1, 1)) == "Disclosure"


@pytest.mark.parametrize("slug", ["ministry-types", "veris"])
def test_a_whole_scheme_is_retired_and_used_again(state, found, register, slug):
    """No category of it is in force while it is retired; a code given before still reads as it did."""
    state(*category("1", "Loss"), "2014-04-01")
    state(*category("2", "Disclosure"), "2022-01-01")
    code, label = found().scheme(slug).categories[0].code, found().scheme(slug).categories[0].label
    state("retired-scheme", slug, {"scheme": slug, "reason": "nobody asks for it"}, "2020-04-01")
    scheme = found().scheme(slug)
    assert scheme.on(date(2020, 3, 31))
    assert scheme.on(date(2020, 4, 1)) == scheme.on(date(2026, 1, 1)) == ()
    assert scheme.label(code, date(2019, 1, 1)) == scheme.label(code, date(2026, 1, 1)) == label
    actions.end(register.body, "retired-scheme", slug, from_=date(2024, 1, 1), **register.now())
    again = found().scheme(slug)
    assert (again.on(date(2023, 12, 31)), len(again.on(date(2024, 1, 1))) > 0) == ((), True)
    [gone] = found().retired[slug]
    assert (gone.since, gone.until, gone.reason) == (date(2020, 4, 1), date(2023, 12, 31), "nobody asks for it")


def test_what_was_made_later_was_not_known_earlier(state, found):
    before = state(*category("1", "Loss"), "2014-04-01")
    state(*category("2", "Disclosure"), "2014-04-01")
    assert [row.code for row in found(before).scheme("ministry-types").categories] == ["1"]


def test_categories_without_a_title_are_named_by_their_slug(state, found):
    state(*category("1", "Loss"), "2014-04-01")
    assert found().scheme("ministry-types").title == "ministry-types"


def test_a_crosswalk_of_the_body_gives_its_pairs(state, found):
    content = {"scheme": "ministry-types", "code": "1", "other": "cabinet-office", "other_codes": ["I", "II"]}
    state("crosswalk", "ministry-types 1 cabinet-office", content, "2014-04-01")
    assert [pair.other_code for pair in found().pairs] == ["I", "II"]


def test_it_takes_one_query(state, found, django_assert_num_queries, register):
    state(*category("1", "Loss"), "2014-04-01")
    with django_assert_num_queries(1):
        classification.classification(register.body, 1000)
