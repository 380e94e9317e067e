"""One body with an operator, and figures asked in a few words."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import extracts
from candour.figures import questions, tables
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.rules import years

TODAY = extracts.NOW.date()


@pytest.fixture
def body(db):
    return extracts.body()


@pytest.fixture
def operator(body):
    return people.operator(body)


@pytest.fixture
def ask(body):
    """Ask a table: ask("events", "2011-04-01", "2015-03-31", by="financial-year", as_at="2016-03-10", number=5)."""

    def asked(
        measure, first="2011-04-01", last="2015-03-31", *, by="financial-year", as_at=TODAY, number=None,
        of=None, **more,
    ):  # fmt: skip
        periods = years.periods(by, date.fromisoformat(first), date.fromisoformat(last))
        question = questions.question(measure, periods, **more)
        mine = (of or body).pk
        number = ledger.head(mine).number if number is None else number
        return tables.table(mine, question, AsAt(date.fromisoformat(str(as_at)), number))

    return asked


@pytest.fixture
def asked_of():
    """How many statements of a call name a table."""

    def count(table, call):
        with CaptureQueriesContext(connection) as taken:
            call()
        return sum(table in one["sql"] for one in taken.captured_queries)

    return count


@pytest.fixture
def said():
    """The cells of a table's first (or named) group, as status and value."""

    def cells(table, group=0):
        return [(cell.status, cell.value) for cell in table.groups[group].cells]

    return cells
