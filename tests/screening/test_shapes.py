"""A body's own references are known by the references it has, and its suppliers by their names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.screening import words
from candour.screening.findings import Known, Text
from candour.screening.identifiers import shapes
from candour.screening.identifiers.references import References


def found_in(text, *references):
    return {found.value for found in References(shapes.of(references)).within(text)}


@pytest.mark.parametrize(
    ("reference", "others", "not_these"),
    [
        ("INC-2014/0071", "INC-2015/0001, INC-2014/9", "INC-214/0001 XINC-2014/0001"),
        ("IG/1042", "IG/7, IG/9999", "IG/10421"),
        ("2026-0142", "2026-0001, 2019-0999", "2014-2015 2015-16"),
        ("DB 12/345", "DB 11/6", "DB 1/345"),
        ("200345678", "200000001", "12345 2003456789"),
    ],
)
def test_other_references_of_the_kind_are_found(reference, others, not_these):
    assert found_in(others, reference) == set(others.split(", "))
    assert found_in(not_these, reference) == set()


@pytest.mark.parametrize("reference", ["", "12", "2014", "2014-2015", "letter", "a#1", "2014-15", "x" * 70])
def test_what_could_be_any_word_or_number_is_no_pattern(reference):
    assert shapes.of([reference]) == ()


@given(st.lists(st.from_regex(r"[A-Z]{2,4}[-/ ](20\d\d[-/])?\d{1,5}[A-Z]?", fullmatch=True), min_size=1, max_size=5))
def test_a_reference_is_found_by_its_own_pattern(references):
    for reference in references:
        assert reference in found_in(f"({reference})", *references)


@given(st.lists(st.text(max_size=20), max_size=200))
def test_any_texts_make_few_patterns_that_can_be_searched_for(references):
    patterns = shapes.of(references)
    assert len(patterns) <= shapes.MOST
    assert list(References(patterns).within("INC-1")) is not None
    assert not any(re.fullmatch(r"[#\s]*", pattern) and len(pattern) < 6 for pattern in patterns)


def told(text, *suppliers):
    known = Known(suppliers=frozenset(suppliers))
    return [one.code for one in words.look([Text("body", text)], known)]


@pytest.mark.parametrize(
    ("text", "supplier"),
    [
        ("It was sent by the Post Room.", "Post Room Ltd"),
        ("it was sent by POST ROOM LIMITED", "Post Room Ltd"),
        ("Cleanco's van was broken into; Cleanco said so.", "Cleanco plc"),
    ],
)
def test_suppliers_are_found_by_their_names(text, supplier):
    assert told(text, supplier) == ["identifier.known-supplier"]


@pytest.mark.parametrize(("text", "supplier"), [("a serco of sorts", "Serco"), ("the ABC of it", "ABC Ltd"), ("", "")])
def test_an_ordinary_word_is_no_supplier(text, supplier):
    assert told(text, supplier) == []


def test_a_column_of_suppliers_is_told_as_one():
    known = Known(suppliers=frozenset(f"Firm {name}" for name in ("One", "Two", "Three", "Four", "Five")))
    column = Text("column B", "Supplier\nFirm One\nFirm Two\nFirm Three\nFirm Four\nFirm Five", column="B")
    (found,) = words.look([column], known)
    assert "looks like names of suppliers" in found.what
