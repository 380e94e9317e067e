"""The code on a receipt: made to be read out over a telephone, and to show a slip before anybody looks it up."""

import unicodedata
from collections.abc import Sequence

from candour.rules.refusals import WrongInput

SIGNS = "2346789CDFHJKLMPQRTVWXY"
"""No sign that looks like another (0 O, 1 I, 5 S, B 8, U V, Z 2), no vowel that would make a word. Their number is a
prime, so that the last sign tells every single slip and every exchange of two."""

LENGTH = 12
GROUP = 4
_BY_SIGN = {sign: number for number, sign in enumerate(SIGNS)}
_SEEN_AS = str.maketrans({"1": "L", "I": "L"})
"""What is written for L, the one sign here that they could be."""


def code(numbers: Sequence[int]) -> str:
    """Return the code of eleven numbers from 0 to 22 in groups, with its check sign: "K4HT-9RWX-7CJM"."""
    signs = "".join(SIGNS[number] for number in numbers)
    whole = signs + _check(signs)
    return "-".join(whole[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def read(text: str) -> str:
    """Read a code however it is typed; WrongInput where it is not whole or has a slip in it."""
    typed = unicodedata.normalize("NFKC", text).upper().translate(_SEEN_AS)
    signs = "".join(sign for sign in typed if sign.isalnum())
    if len(signs) != LENGTH:
        raise WrongInput(f"a code has {LENGTH} letters and figures, in groups of {GROUP}")
    if not set(signs) <= set(SIGNS) or _check(signs[:-1]) != signs[-1]:
        raise WrongInput("the code has a slip in it; compare each letter and figure with what you wrote down")
    return code([_BY_SIGN[sign] for sign in signs[:-1]])


def _check(signs: str) -> str:
    """The sum of the signs, each weighted by its place, to the base of their number."""
    return SIGNS[sum(place * _BY_SIGN[sign] for place, sign in enumerate(signs, 1)) % len(SIGNS)]
