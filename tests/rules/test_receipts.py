"""Receipt codes: what is misread or misheard is noticed, what is typed another way is understood."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from candour.rules import receipts, vocabularies
from candour.rules.refusals import WrongInput

NUMBERS = st.lists(st.integers(0, len(receipts.SIGNS) - 1), min_size=11, max_size=11)


def test_a_code_is_three_groups_of_four():
    assert receipts.code([0] * 11) == "2222-2222-2222"
    assert receipts.code(range(11)) == "2346-789C-DFH6"


@given(NUMBERS)
def test_a_code_is_read_however_it_is_typed(numbers):
    code = receipts.code(numbers)
    assert receipts.read(code) == code
    assert receipts.read(code.lower().replace("-", " ")) == code
    assert receipts.read(f" {code.replace('-', '').replace('L', '1')}\n") == code


@given(NUMBERS, st.integers(0, 11), st.sampled_from(receipts.SIGNS))
def test_one_sign_misheard_is_noticed(numbers, place, sign):
    signs = receipts.code(numbers).replace("-", "")
    assume(signs[place] != sign)
    with pytest.raises(WrongInput, match="slip"):
        receipts.read(signs[:place] + sign + signs[place + 1 :])


@given(NUMBERS, st.integers(0, 10), st.integers(0, 10))
def test_two_signs_exchanged_are_noticed(numbers, one, other):
    signs = list(receipts.code(numbers).replace("-", ""))
    assume(signs[one] != signs[other])
    signs[one], signs[other] = signs[other], signs[one]
    with pytest.raises(WrongInput, match="slip"):
        receipts.read("".join(signs))


@pytest.mark.parametrize("text", ["", "2222", "2222-2222-2222-2", "٢٢٢٢-٢٢٢٢-٢٢٢٢", "2222-2222-222U", "\0" * 12])
def test_what_is_no_code_is_refused(text):
    with pytest.raises(WrongInput):
        receipts.read(text)


def test_no_sign_looks_like_another_or_makes_words():
    assert len(receipts.SIGNS) == 23
    assert not set(receipts.SIGNS) & set("01OI5SBUZAE")


def test_the_vocabularies_carry_the_exact_labels_of_the_regulator():
    labels = [term.label for term in vocabularies.terms("data-types") if term.label]
    assert len(labels) == 16
    assert "Data revealing racial or ethnic origin" in labels
    subjects = [term.label for term in vocabularies.terms("data-subjects")]
    assert len(subjects) == 9
    assert "Customers or prospective customers" in subjects


def test_several_labels_are_one_fact_in_the_vocabularys_order():
    assert vocabularies.labels("data-types", ["health", "basic"]) == "Basic personal identifiers; Health data"
    assert vocabularies.labels("data-types", ["none"]) is None
    assert vocabularies.labels("data-types", []) is None


def test_every_term_has_plain_words_in_both_languages():
    for name in ("data-types", "data-subjects"):
        for term in vocabularies.terms(name):
            assert term.words("en")
            assert term.words("cy")
            assert term.words("en") != term.words("cy")
