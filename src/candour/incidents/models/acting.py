"""What somebody has to do because of an incident."""

from django.db import models

from candour.ledger.models import Known


class Action(Known):
    """An action as it stood between ledger numbers: whose, until when, open or how it ended.

    `number` is the entry that planned it, under which its words lie; a change closes the row and writes the next.
    """

    number = models.BigIntegerField()
    incident = models.BigIntegerField()
    owner = models.IntegerField()
    due_on = models.DateField()
    state = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["body", "incident", "number"], name="action_by_incident"),
            models.Index(fields=["body", "number"], name="action_by_number"),
            models.Index(
                fields=["body", "owner", "due_on"],
                condition=models.Q(closed=None, state="open"),
                name="action_open_by_owner",
            ),
            models.Index(fields=["body", "due_on"], condition=models.Q(closed=None, state="open"), name="action_open"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.state}"
