"""Which strings are numbers of a person or a place: their shapes, and the arithmetic that tells them from others.

Formats: National Insurance numbers by HMRC's manual NIM39110, NHS numbers by the NHS Data Dictionary (modulus 11),
telephone numbers by Ofcom's numbering plan, postcodes by the Postcode Address File, registrations by DVLA's INF104.
"""

import re
from operator import mul

NI_NUMBER = r"[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?:\d{6}| ?\d\d \d\d \d\d) ?[A-D]"
POSTCODE = r"[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}"
PLATE = r"[A-HJ-PR-Y]{2}(?:0[2-9]|[1-7]\d) ?[A-HJ-PR-Z]{3}"
OLD_PLATE = r"[A-Z]\d{1,3} ?[A-Z]{3}|[A-Z]{3} ?\d{1,3}[A-Z]"
NHS_NUMBER = r"(?:\d{10}|\d{3} \d{3} \d{4}|\d{3}-\d{3}-\d{4})"
TELEPHONE = (
    r"(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)"
    r"(?:\d{2,4}\)?[ -]?\d{3,4}[ -]?\d{3,4}|\d{4}\)?[ -]?\d{5,6}|\d{9,10})"
)
IBAN = r"GB\d\d ?[A-Z]{4}(?: ?\d){14}"
SORT_CODE = r"\d\d[- ]?\d\d[- ]?\d\d"
ACCOUNT = r"\d{7,8}"
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
DATE = (
    r"(?:\d{1,2}[/.-]\d{1,2}[/.-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d(?:[T ]00:00(?::00)?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?[ -](?:{_MONTHS})[a-z]*,?[ -](?:19|20)?\d\d)"
)

_NEVER_PREFIXES = frozenset(("BG", "GB", "KN", "NK", "NT", "TN", "ZZ"))
_AREA = re.compile(
    r"(?:A[BL]|B[ABDFHLNRSTX]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|J[E]|"
    r"K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|U[B]|"
    r"W[ACDFNRSV]?|Y[O]|Z[E])(?=\d)"
)
_NOT_DIGITS = re.compile(r"\D")
_ISSUED = re.compile(r"3[2-9]|[4679]")
_WEIGHTS = (10, 9, 8, 7, 6, 5, 4, 3, 2, 1)
_ZEROS = sum(ord("0") * weight for weight in _WEIGHTS) % 11
"""What ten zeros written as text come to: a right number comes to the same, as its own sum leaves nothing over."""
_LENGTHS = (10, 11)
"""Digits of a telephone number in this country, with its first 0."""


def digits(text: str) -> str:
    return _NOT_DIGITS.sub("", text)


def is_ni_number(text: str) -> bool:
    """Say whether something of the shape has a prefix that was ever given out (NIM39110)."""
    return text[:2].upper() not in _NEVER_PREFIXES


def is_nhs_number(number: str) -> bool:
    """Say whether ten digits carry the right check digit (modulus 11), and are not one digit ten times."""
    return sum(map(mul, number.encode(), _WEIGHTS)) % 11 == _ZEROS and number != number[0] * 10


def was_issued(number: str) -> bool:
    """Say whether an NHS number lies in a range that England, Wales or Northern Ireland gives out, or tests with."""
    return _ISSUED.match(number) is not None


def is_postcode(text: str) -> bool:
    """Say whether something of the shape begins with one of the 124 postcode areas."""
    return _AREA.match(text) is not None


def national(text: str) -> str:
    """Return a telephone number's digits with the country code turned into 0."""
    number = digits(text)
    return re.sub(r"^(?:00)?440?", "0", number) if number.startswith(("44", "0044")) else number


def is_telephone(number: str) -> bool:
    """Say whether digits can be a number of a subscriber: not a freephone, shared or special service (03, 08, 09)."""
    return len(number) in _LENGTHS and number[1] in "1257" and (number[1] == "1" or len(number) == max(_LENGTHS))


def is_mobile(number: str) -> bool:
    return number.startswith("07") and number[2] not in "06"


def is_iban(text: str) -> bool:
    """Say whether an IBAN's check digits are right (ISO 13616, modulus 97)."""
    whole = text.replace(" ", "")
    return int("".join(str(int(sign, 36)) for sign in whole[4:] + whole[:4])) % 97 == 1
