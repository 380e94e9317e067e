"""Who told us: a report with the digest of its receipt code, a report not yet finished, and questions to a reporter."""

from django.db import models

from candour.ledger.models import Known


class Report(Known):
    """One report of an incident; `number` is the ledger number under which its words lie: when it goes to a part, too.

    The code itself is nowhere: only its digest. `told_at` is when somebody told us, `typed_at` when it was entered.
    """

    number = models.BigIntegerField()
    incident = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    channel = models.TextField()
    language = models.TextField()
    told_at = models.DateTimeField()
    typed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "digest"], condition=models.Q(closed=None), name="one_report_a_receipt"
            )
        ]
        indexes = [models.Index(fields=["body", "incident"], name="report_by_incident")]

    def __str__(self) -> str:
        return f"{self.incident} by {self.channel}"


class Message(Known):
    """What was asked of a reporter, or answered by one; its words lie under the ledger number `opened`.

    `report` is that report's number. A question is closed by the number of the answer to it.
    """

    incident = models.BigIntegerField()
    report = models.BigIntegerField()
    from_reporter = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["body", "incident", "opened"], name="message_by_incident"),
            models.Index(fields=["body", "from_reporter"], condition=models.Q(closed=None), name="message_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.incident} {'from' if self.from_reporter else 'to'} the reporter"


class Draft(models.Model):
    """A report that somebody has not sent yet, sealed with its own code; erased when it is sent, or when it expires."""

    body = models.IntegerField()
    digest = models.CharField(max_length=64)
    sealed = models.TextField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "digest"], name="one_draft_a_code")]
        indexes = [models.Index(fields=["expires_at"], name="draft_by_end")]

    def __str__(self) -> str:
        return f"draft until {self.expires_at:%Y-%m-%d}"
