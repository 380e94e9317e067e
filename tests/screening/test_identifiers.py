"""Identifiers are found by shape, by check digit and by what stands beside them, counted and never shown."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candour.screening import looking, words
from candour.screening.findings import Known, Severity, Text
from candour.screening.identifiers import numbers, profiles, searching, sorts
from candour.screening.identifiers.names import Names

KNOWN = Known(
    names=frozenset(("Jane Ann Smith", "Tomos O’Brien", "Lee Young", "Officer")), references=("INC-####", "@@/*/##")
)


def found(text):
    return {(one.sort.code, one.value) for one in searching.search(text)}


def told(text, known=KNOWN, **more):
    return list(words.look([Text("page 1", text, **more)], known))


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("his number is AB 12 34 56 C.", "ni-number", "AB123456C"),
        ("(JG121212A)", "ni-number", "JG121212A"),
        ("patient 943 476 5919 was", "nhs-number", "9434765919"),
        ("NHS number: 9434765919", "nhs-number", "9434765919"),
        ("NHS No. 943-476-5919", "nhs-number", "9434765919"),
        ("ref 4010232137 and", "possible-nhs-number", "4010232137"),
        ("at SW1A 2AA, London", "postcode", "SW1A2AA"),
        ("in M1 1AE.", "postcode", "M11AE"),
        ("call 020 7946 0958 now", "telephone-number", "02079460958"),
        ("call (0161) 496 0000", "telephone-number", "01614960000"),
        ("call 07700 900123", "mobile-number", "07700900123"),
        ("call +44 (0)7700 900 123", "mobile-number", "07700900123"),
        ("call 0044 7700900123", "mobile-number", "07700900123"),
        ("write to jane.smith@gmail.com.", "private-email", "jane.smith@gmail.com"),
        ("write to FOI@body.example.org", "email", "foi@body.example.org"),
        ("DOB 03/04/1976", "date-of-birth", "03/04/1976"),
        ("was born on 3 March 1976 in", "date-of-birth", "3MARCH1976"),
        ("Date of birth: 1976-03-04", "date-of-birth", "19760304"),
        ("the car AB12 CDE was", "vehicle", "AB12CDE"),
        ("registration number A123 BCD", "vehicle", "A123BCD"),
        ("Sort code: 12-34-56", "bank-account", "123456"),
        ("account number 12345678", "bank-account", "12345678"),
        ("IBAN GB82 WEST 1234 5698 7654 32", "bank-account", "GB82WEST12345698765432"),
    ],
)
def test_an_identifier_is_found_in_running_text(text, code, value):
    assert (code, value) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "QQ 12 34 56 C",  # the example that is never given out
        "TN123456A BG123456B",  # temporary numbers and prefixes that never were
        "NHS number: 943 476 5918",  # a wrong check digit
        "1111111111 and 0000000000",
        "QX1 1AA",  # no such postcode area
        "FY15 OUT",  # a financial year
        "0303 123 1113 or 0800 123 4567",  # services, not people
        "0 1 2 3 5 4 6 7 8 9 11 22",  # a row of a table
        "4 11 39 80 | 2011/12 2012/13 2013/14",
        "born in a trunk; the report of 03/04/2016",
        "the sort of code 12-34-56 is a date",
        "account of 12 incidents, registered 2014",
        "3.14159265358979",
        "1,234,567,890.12",
        "user@localhost and @handle",
        "GB00 WEST 1234 5698 7654 32",
    ],
)
def test_what_only_looks_like_one_is_left_alone(text):
    assert found(text) == set()


@given(st.integers(400_000_000, 799_999_999))
def test_exactly_one_check_digit_in_eleven_is_right_or_none(begin):
    assert sum(numbers.is_nhs_number(f"{begin}{digit}") for digit in range(10)) <= 1


@given(st.from_regex(r"\A[ABCEG][ABCEG] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[A-D]\Z").filter(lambda t: t[:2] != "BG"))
def test_what_was_found_is_never_shown_whole(number):
    for finding in told(f"it is {number} there"):
        assert number not in finding.what
        assert number.replace(" ", "") not in finding.what


@pytest.mark.parametrize(
    "text",
    [
        "Jane Smith",
        "SMITH, Jane",
        "J. Smith",
        "Smith J",
        "Jane Ann Smith",
        "Tomos O’Brien",
        "tell Lee Young",
        "Mrs Smith",
        "Cllr. Young",
        "Mr Officer",
    ],
)
def test_a_name_that_the_register_knows_is_found_however_it_is_put(text):
    assert [finding.code for finding in told(f"it was {text}.")] == ["identifier.known-name"]


@pytest.mark.parametrize("text", ["Mary Smith", "a young person", "Smith", "Officer", "Jane\nSmith", "the smith J"])
def test_other_people_and_ordinary_words_are_no_known_names(text):
    assert told(text) == []


def test_a_letter_may_name_its_signatory_but_not_list_people():
    known = Known(names=frozenset(f"{first} Smith" for first in ("Ann", "Bea", "Cid", "Dai", "Eve")))
    severities = [told(", ".join(sorted(known.names)[:count]), known)[0].severity for count in (1, 4, 5)]
    assert severities == ["warn", "warn", "block"]


def test_the_bodys_own_references_are_found_by_its_patterns():
    (finding,) = told("see INC-0042, INC-042 and AB/x9/12")
    assert finding.code == "identifier.case-reference"
    assert "2 different" in finding.what


def test_what_is_hidden_stops_a_file_at_once():
    assert told("07700 900123")[0].severity is Severity.WARN
    assert told("07700 900123", hidden=True)[0].severity is Severity.BLOCK
    assert told("020 7946 0958", hidden=True)[0].severity is Severity.WARN


def nhs_numbers(count):
    made = (f"{number}{digit}" for number in range(400_000_000, 500_000_000) for digit in range(10))
    right = (number for number in made if numbers.is_nhs_number(number))
    return [next(right) for _ in range(count)]


def column(cells, letter="F", known=KNOWN):
    return list(words.look([Text(f"column {letter}", "\n".join(cells), column=letter)], known))


def test_a_column_is_profiled_with_the_share_of_its_cells():
    (finding,) = column([*nhs_numbers(98), "9", "not known"])
    assert finding.severity is Severity.BLOCK
    assert "column F looks like NHS numbers: 98% of its different cells, 98 different" in finding.what


def test_ten_digit_references_are_no_nhs_numbers_though_one_in_eleven_passes():
    references = [str(4_000_000_000 + 7 * number) for number in range(500)]
    assert any(numbers.is_nhs_number(reference) for reference in references)
    assert column(["Reference", *references]) == []


@pytest.mark.parametrize(
    ("header", "cells", "code"),
    [
        ("Date of birth", ["03/04/1976", "1976-03-04 00:00:00", "3 Mar 1976"], "date-of-birth"),
        ("DOB", ["03.04.1976"], "date-of-birth"),
        ("Sort code", ["12-34-56", "123456"], "bank-account"),
        ("Account no.", ["12345678"] * 3, "bank-account"),
        ("NHS Number", ["9434765919"], "nhs-number"),
        ("Vehicle reg", ["A123 BCD"], "vehicle"),
        ("NINO", ["ab123456c"], "ni-number"),
        ("Post code", ["sw1a 2aa"], "postcode"),
    ],
)
def test_a_header_says_what_its_column_holds(header, cells, code):
    assert [finding.code for finding in column([header, *cells])] == [f"identifier.{code}"]


@pytest.mark.parametrize("header", ["Date logged", "Registered on", "Account", "Assorted codes", "Newborn"])
def test_dates_and_numbers_under_other_headers_are_ordinary(header):
    assert column([header, "03/04/1976", "12345678", "12-34-56"]) == []


def test_a_column_of_known_surnames_is_a_list_of_people():
    known = Known(names=frozenset(f"A {name}" for name in ("Page", "Day", "Young", "Bell", "Cook", "Hill")))
    (finding,) = column(["Surname", "Page", "Day", "Young", "Bell", "Cook", "Hill"], known=known)
    assert (finding.code, finding.severity) == ("identifier.known-surname", "block")
    assert column(["Word", "Page", "Day", "cup", "car", "cat", "dog", "sky"], known=known) == []


@pytest.mark.parametrize(
    ("header", "found"),
    [("Surname", ["identifier.known-surname"]), ("reported by", ["identifier.known-surname"]), ("Item", [])],
)
def test_one_word_is_a_name_where_the_header_says_that_names_stand_there(header, found):
    known = Known(names=frozenset(("Probert", "Ann Day")))
    cells = [header, "Probert", *(f"number {number}" for number in range(20))]
    assert [finding.code for finding in column(cells, known=known)] == found


def test_a_title_in_front_of_a_known_name_is_no_part_of_it():
    assert told("it was Jane Smith", Known(names=frozenset(("Dr Jane Smith",))))[0].code == "identifier.known-name"
    assert told("it was Dr Jones", Known(names=frozenset(("Dr Jane Smith",)))) == []


def test_a_files_name_is_read_too():
    report = looking.look(b"nothing", "reply_to_Jane_Smith.txt", known=KNOWN)
    assert [(finding.code, finding.where) for finding in report.findings] == [
        ("identifier.known-name", "reply_to_Ja**_Sm***.txt › its name")
    ]


def test_half_a_million_cells_take_seconds():
    dice = random.Random(5)  # noqa: S311 - numbers for a table
    columns = [
        [str(dice.randint(0, 99_999)) for _ in range(100_000)],
        [f"2014-{n % 12 + 1:02}-{n % 28 + 1:02}" for n in range(100_000)],
        [f"Office {n % 5_000} in town" for n in range(100_000)],
        [str(dice.randint(10**6, 10**7)) for _ in range(100_000)],
        [f"{dice.random():.6f}" for _ in range(100_000)],
    ]
    pieces = [Text("sheet", "\n".join(cells), column=letter) for letter, cells in zip("ABCDE", columns, strict=True)]
    before = time.process_time()
    assert list(words.look(pieces, KNOWN)) == []
    assert time.process_time() - before < 4  # about half a second on a quiet machine


def test_a_column_that_is_not_one_of_them_counts_with_the_rest():
    names = Names(())
    profile = profiles.read(Text("x", "\n".join(["AB123456C", *map(str, range(50))]), column="A"), names)
    assert not profile.is_one_of(sorts.NI_NUMBER)
    assert column(["AB123456C", *map(str, range(50))])[0].where == "column F"
