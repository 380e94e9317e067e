"""A body with its operator, and the moment at which its tests act."""

from datetime import UTC, date, datetime, timedelta

import pytest

from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import actions, kinds, people

MOMENT = datetime(2016, 3, 10, 9, 0, tzinfo=UTC)


class Register:
    """The sample body, told in few words: each deed a minute after the last."""

    def __init__(self, slug="sample-body", regime="foia"):
        self.body = actions.add_body(slug, name="Sample Body", kind="ndpb", regime=regime, at=MOMENT)
        self.operator = people.operator(self.body)
        self.at = MOMENT

    def now(self):
        self.at += timedelta(minutes=1)
        return {"by": self.operator, "at": self.at}

    def say(self, stated, from_, until=None):
        return actions.say(self.body, stated, from_=day(from_), until=day(until) if until else None, **self.now())

    def person(self, name, *roles, email=None):
        return actions.add_person(self.body, name=name, roles=roles, email=email, **self.now())

    def on(self, text, number=None):
        return AsAt(day(text), ledger.head(self.body.pk).number if number is None else number)

    def tell(self, extract):
        """State the sponsors of an extract of the register, in the order in which they were said."""
        for line in extract.strip().splitlines():
            first, _, name = line.strip().partition("  ")
            self.say(kinds.Sponsor(name.strip()), first)


def day(text):
    return date.fromisoformat(text)


@pytest.fixture
def register(db):
    return Register()


@pytest.fixture
def files_dir(settings, tmp_path):
    settings.FILES_DIR = tmp_path / "files"
    return settings.FILES_DIR
