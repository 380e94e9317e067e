"""The sorts of identifier that are looked for, and how many different ones a file may show before it is stopped.

A letter rightly shows its reader's postcode, its sender's telephone and a signatory's name; a list of such is a list of
persons. What says something about one person alone (a National Insurance number) stops a file by itself. In a part that
is not seen nobody chose to send it, so there one is enough for every sort that points at a person.
"""

from dataclasses import dataclass

LIST = 5
"""This many different persons in one file are a list of persons, not the people of a letter."""


@dataclass(frozen=True)
class Sort:
    """One sort: its code, its name in the singular and plural, and from how many different ones it stops a file.

    None: such things belong to organisations as well (a postcode, an office's telephone), so they never stop it.
    """

    code: str
    one: str
    many: str
    stops_at: int | None


NI_NUMBER = Sort("ni-number", "a National Insurance number", "National Insurance numbers", 1)
NHS_NUMBER = Sort("nhs-number", "an NHS number", "NHS numbers", 1)
MAYBE_NHS_NUMBER = Sort("possible-nhs-number", "a number that could be an NHS number", "possible NHS numbers", None)
BIRTH_DATE = Sort("date-of-birth", "a date of birth", "dates of birth", 1)
BANK_ACCOUNT = Sort("bank-account", "a bank account or sort code", "bank accounts and sort codes", 3)
MOBILE = Sort("mobile-number", "a mobile telephone number", "mobile telephone numbers", LIST)
TELEPHONE = Sort("telephone-number", "a telephone number", "telephone numbers", None)
PRIVATE_EMAIL = Sort("private-email", "a private e-mail address", "private e-mail addresses", LIST)
EMAIL = Sort("email", "an e-mail address", "e-mail addresses", None)
POSTCODE = Sort("postcode", "a UK postcode", "UK postcodes", None)
VEHICLE = Sort("vehicle", "a vehicle registration", "vehicle registrations", LIST)
REFERENCE = Sort("case-reference", "a case reference", "case references", None)
NAME = Sort("known-name", "the name of somebody in the register or on the staff", "names that the register knows", LIST)
SURNAME = Sort("known-surname", "a surname that the register knows", "surnames that the register knows", LIST)

SUPPLIER = Sort("known-supplier", "the name of a supplier", "names of suppliers", None)

SORTS = (
    NI_NUMBER,
    NHS_NUMBER,
    MAYBE_NHS_NUMBER,
    BIRTH_DATE,
    BANK_ACCOUNT,
    MOBILE,
    TELEPHONE,
    PRIVATE_EMAIL,
    EMAIL,
    POSTCODE,
    VEHICLE,
    REFERENCE,
    NAME,
    SURNAME,
    SUPPLIER,
)
