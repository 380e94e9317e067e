"""What must not be disposed of, what somebody proposes to dispose of, and what was: numbers and days, never words."""

from django.db import models

from candour.ledger.models import Kept, Known


class Hold(Known):
    """What may not be disposed of until somebody lifts it: one incident, those logged in a span of days, or all.

    `reference` is that of the request, appeal or claim, as text; the reason lies in the words of entry `opened`.
    """

    kind = models.TextField()
    reference = models.TextField(default="")
    incident = models.BigIntegerField(null=True)
    logged_from = models.DateField(null=True)
    logged_until = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["body"], condition=models.Q(closed=None), name="hold_open"),
            models.Index(fields=["body", "reference"], name="hold_by_reference"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}".strip()


class Proposal(Known):
    """A list that one person proposes to dispose of; closed by its approval, or by the next proposal."""

    person = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body"], condition=models.Q(closed=None), name="one_open_proposal")
        ]

    def __str__(self) -> str:
        return f"proposal {self.opened}"


class Proposed(Kept):
    """One line of a proposal: what began with entry `entry`, due since a day by a row of the schedule."""

    proposal = models.BigIntegerField()
    entry = models.BigIntegerField()
    record = models.TextField()
    schedule = models.TextField()
    due_on = models.DateField()
    left_out = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "proposal", "entry"], name="one_line_an_entry")]

    def __str__(self) -> str:
        return f"{self.record} {self.entry}"


class Disposal(models.Model):
    """One disposal, by the number of its entry; `cleaned` once nothing of it is left in the database's own files."""

    body = models.IntegerField()
    number = models.BigIntegerField()
    proposal = models.BigIntegerField(null=True)
    cleaned = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="one_disposal_an_entry")]

    def __str__(self) -> str:
        return f"disposal {self.number}"


class Disposed(Kept):
    """What was disposed of: what began with entry `entry`, at ledger number `number`.

    `origin` is the digest of the entry of the first disposal, also where an older copy of the record repeats it.
    """

    entry = models.BigIntegerField()
    number = models.BigIntegerField()
    origin = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "entry", "origin"], name="disposed_once")]
        indexes = [models.Index(fields=["body", "number"], name="disposed_by_number")]

    def __str__(self) -> str:
        return f"{self.entry} at {self.number}"
