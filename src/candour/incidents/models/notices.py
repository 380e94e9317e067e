"""What people are told: how far the worker has read each ledger, each notice on its way, and when people want them."""

from django.db import models


class Bookmark(models.Model):
    """How far into a body's ledger the worker has read: every entry up to `number` has caused its notices."""

    body = models.IntegerField(unique=True)
    number = models.BigIntegerField()

    def __str__(self) -> str:
        return f"read to {self.number}"


class Notice(models.Model):
    """One notice to one person by one way; numbers, codes and moments, never a word.

    It is about `entry`: the entry that caused it, or the one that began an incident (a clock, at the hour `mark`) or an
    action (overdue since the day `mark`). `person` is 0 for a reporter without an account, whose `report` says who.
    `asked` counts how often somebody was asked about the same, until `acknowledged`; `over`: nobody need any more.
    """

    body = models.IntegerField()
    entry = models.BigIntegerField()
    incident = models.BigIntegerField(default=0)
    kind = models.TextField()
    mark = models.IntegerField(default=0)
    person = models.IntegerField(default=0)
    report = models.BigIntegerField(default=0)
    channel = models.TextField()
    insists = models.BooleanField(default=False)
    digest = models.BooleanField(default=False)
    asked = models.IntegerField(default=1)
    caused_at = models.DateTimeField()
    due_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    acknowledged = models.BigIntegerField(null=True)
    over = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "entry", "kind", "mark", "person", "report", "asked", "channel"],
                name="one_notice_a_cause",
            )
        ]
        indexes = [
            models.Index(
                fields=["body", "due_at"], condition=models.Q(sent_at=None, over=False), name="notice_waiting"
            ),
            models.Index(fields=["body", "entry"], condition=models.Q(insists=True, over=False), name="notice_asking"),
            models.Index(fields=["body", "person", "due_at"], name="notice_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry} to {self.person or self.report} by {self.channel}"


class Preference(models.Model):
    """When a person wants to be told of a kind of thing; without a row, at once."""

    body = models.IntegerField()
    person = models.IntegerField()
    kind = models.TextField()
    choice = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "person", "kind"], name="one_preference_a_kind")]

    def __str__(self) -> str:
        return f"{self.person} {self.kind}: {self.choice}"
