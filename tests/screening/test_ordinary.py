"""Ordinary public letters and tables are never blocked: references, dates, money, case law, offices and statistics."""

import random

import pytest

from candour.screening import looking
from candour.screening.findings import Known, Verdict

KNOWN = Known(names=frozenset(("Ann Page", "Bob Young", "Cid Day", "Page", "Town", "Act")), references=("INC-####",))
SENTENCES = (
    "Thank you for your request of {day} {month} {year}, our reference FOI{year}/{number:05}, under the Act.",
    "We hold {number:,} records, of which {small} were closed in {year}/{next}; the rest is being counted.",
    "Section 40(2) applies; see [2018] UKUT 229 (AAC), [2011] EWHC 1430 (Admin) and EA/{year}/0{small}42.",
    "The cost would be £{number:,}.{small}0, more than the limit of £600 or £450, at £25 an hour.",
    "Invoice {long} of {day}/{m:02}/{year} was paid on {year}-{m:02}-{day:02}, purchase order PO{number}.",
    "The council was born of a merger on {day} {month} {year}; the register was begun on {day}/{m}/{year}.",
    "Write to Town Hall, 1 High Street, London SW1A {small}AA, or foi@council.example; call 020 7946 0{small}00.",
    "The helpline is 0303 123 1113 or 0800 123 45{small}{small}, from 9 to 5.",
    "Version {small}.{m}.{day} of the policy, ISBN 978 0 11 7023{small} 8 and 0117023{small}58, is in force.",
    "The grid reference is TQ 300 80{small}, parcel {long}, sheet {number} {m}.",
    "Incident INC-0{small}42 was closed; its sort of code is {m:02}-{day:02}-{small}4.",
    "A young person may ask; on the day the page was read {number} times.",
    "It weighs {number}.{number:04} kg; the ratio is 1:{number} and the chance {small}.{small}%.",
)
MONTHS = ("January", "March", "May", "October")


def letter(dice):
    return "\n\n".join(
        dice.choice(SENTENCES).format(
            day=dice.randint(1, 28),
            month=dice.choice(MONTHS),
            m=dice.randint(1, 12),
            year=dice.randint(2009, 2026),
            next=dice.randint(10, 27),
            number=dice.randint(1, 99_999),
            small=dice.randint(0, 9),
            long=dice.randint(10**9, 10**10 - 1),
        )
        for _ in range(12)
    )


def table(dice):
    years = range(2011, 2011 + dice.randint(2, 12))
    rows = [(year, *(dice.randint(0, 900) for _ in range(3))) for year in years]
    lines = [f"{year}/{year % 100 + 1},{a},{b},{c},{a + b + c}" for year, a, b, c in rows]
    sums = [sum(row[column] for row in rows) for column in (1, 2, 3)]
    return "\r\n".join(["Year,Lost,Stolen,Other,Total", *lines, f"Total,{','.join(map(str, sums))},{sum(sums)}", ""])


def spending(dice):
    """What bodies publish each month: payments over £500."""
    rows = (
        f"{dice.randint(1, 28):02}/{dice.randint(1, 12):02}/2016,Supplier {dice.randint(1, 40)} Ltd,"
        f"{dice.randint(10**9, 10**10 - 1)},{dice.randint(500, 90_000)}.50,SW1A {dice.randint(1, 9)}AA"
        for _ in range(60)
    )
    return "\r\n".join(["Date,Supplier,Transaction number,Amount,Postcode", *rows, ""])


@pytest.mark.parametrize(("make", "name"), [(letter, "reply.txt"), (table, "figures.csv"), (spending, "spending.csv")])
def test_nothing_ordinary_is_blocked(make, name):
    dice = random.Random(name)  # noqa: S311 - letters, not secrets
    for _ in range(60):
        report = looking.look(make(dice).encode(), name, known=KNOWN)
        assert report.verdict is not Verdict.BLOCK, report.findings
        assert not {finding.code for finding in report.findings} & {"table.total", "identifier.known-name"}
