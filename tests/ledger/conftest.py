"""A short chain to break."""

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from candour.ledger import actions, guards, seal

BY = seal.Actor(1, "operator")
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def chain(db):
    """Five entries of body 7, the third with words."""
    with transaction.atomic():
        for number in range(1, 6):
            words = {"reason": "a letter went astray"} if number == 3 else None
            actions.append(
                7, "incident.recorded", subject=f"2026-{number}", facts={"n": number}, words=words, by=BY, at=AT
            )
    return 7


@pytest.fixture
def unguarded(chain):
    """The same chain with the guards down, as somebody with the run of the database could take them down."""
    guards.take_down()
    yield connection.cursor()
    guards.put_up()
