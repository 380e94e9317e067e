"""Markings: up to OFFICIAL-SENSITIVE here, anything higher elsewhere."""

import pytest

from candour.rules import markings
from candour.rules.refusals import WrongInput


def test_official_and_official_sensitive_are_kept():
    assert markings.check("official") == "OFFICIAL"
    assert markings.check("Official Sensitive") == "OFFICIAL-SENSITIVE"


@pytest.mark.parametrize("higher", ["SECRET", "TOP SECRET", "SECRET or higher", "RESTRICTED", ""])
def test_anything_else_is_refused_with_where_to_take_it(higher):
    with pytest.raises(WrongInput, match="security officer"):
        markings.check(higher)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Report\n\nSECRET\n\nA laptop was lost", "SECRET"),
        ("TOP  SECRET - UK EYES ONLY\nx", "TOP SECRET"),
        ("It is no SECRET that letters go astray", None),
        ("a secret\nkept", None),
        ("OFFICIAL-SENSITIVE\nx", None),
    ],
)
def test_a_marking_is_found_on_a_line_of_its_own(text, found):
    assert markings.above(text) == found
