"""A small body that says enough of itself to answer a letter, and one that is the whole sample."""

from importlib import resources

import pytest
from django.db import transaction

import extracts
from candour.cli import door, load, organisation
from candour.cli.sample import incidents, pro_forma, sheet
from candour.organisation import people
from foi import asking

FILES = resources.files("candour.cli.sample")

ABOUT = """
    from = 2011-04-01

    [letter]
    letterhead = ["Sample Body", "1 Example Street", "Exampletown"]
    telephone = "020 7946 0000"
    reference_pattern = "SB/FOI {yy}-{serial}"
    team = "Governance team"
    mailbox = "governance@sample-body.example"

    [[office_holders]]
    title = "Chair"

    [[facts]]
    name = "staff"
    value = 1750
    unit = "headcount"
    approximate = true
"""


@pytest.fixture
def body(db):
    found = extracts.body()
    asking.state(found, ABOUT)
    return found


@pytest.fixture
def operator(body):
    return people.operator(body)


@pytest.fixture(scope="module")
def sample(django_db_setup, django_db_blocker, tmp_path_factory):
    """The sample body up to the day of the reply: made as `candour sample` makes it, once for a module."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield _sample(tmp_path_factory.mktemp("sample"))
        transaction.set_rollback(True)


def _sample(folder):
    made = extracts.body()
    acting = door.Acting(made, people.operator(made), extracts.NOW)
    (folder / "pro-forma.pdf").write_bytes(pro_forma.pdf())
    (folder / "body.toml").write_bytes(FILES.joinpath("body.toml").read_bytes())
    _, _, problems = organisation.load(acting, folder / "body.toml")
    assert not problems
    sheet.write(folder / "register.xlsx", incidents.register(asking.DATED))
    report = load.read_in(acting, folder / "register.xlsx", source="incident log")
    assert not report.held_back
    return made
