"""People of a body in their roles, and an incident that they have taken up: the ground of tests of the daily work."""

from datetime import timedelta

import extracts
from candour.incidents import actions
from candour.incidents.actions import recording, triage
from candour.organisation import actions as organisation
from candour.organisation import people


class Team:
    """A handler, the DPO and the SIRO of a body; each deed comes a minute after the last."""

    def __init__(self, body):
        self.body, self.at = body, extracts.NOW
        self.handler, self.dpo, self.siro, self.administrator = (
            self.person(role, role) for role in ("handler", "dpo", "siro", "administrator")
        )

    @property
    def today(self):
        return self.at.date()

    def now(self):
        self.at += timedelta(minutes=1)
        return self.at

    def person(self, name, *roles):
        return organisation.add_person(
            self.body, name=name, roles=roles, email=None, by=people.operator(self.body), at=self.now()
        )

    def state(self, kind, key, content, since=None):
        """Say something of the body, as its administrator, from today or a day on."""
        said = {"from_": since or self.today, "by": self.administrator, "at": self.now()}
        return organisation.state(self.body, kind, key, content, **said)

    def incident(self, description="Letter sent to a former address", *, taken_up=True, **facts):
        """Record an incident and take it up; return its reference."""
        said = {"information_lost": "yes", "personal_data": "yes", **facts}
        reference, _ = recording.record(
            self.body, said, words={"description": description}, by=self.handler, at=self.now()
        )
        if taken_up:
            triage.accept(self.body, reference, by=self.handler, at=self.now())
        return reference

    def amend(self, reference, **changes):
        said = {"reason": "as we know now", "correction": False, "by": self.handler, "at": self.now()}
        return actions.amend(self.body, reference, changes, **said)
