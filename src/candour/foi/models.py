"""A request and the replies drafted to it; nothing of either is altered."""

from django.db import models


class Case(models.Model):
    """One request, known by the body, the day of receipt and the digest of its bytes; `request` is what was read."""

    body = models.IntegerField()
    number = models.BigIntegerField()
    reference = models.TextField()
    their_reference = models.TextField()
    received = models.DateField()
    sha256 = models.CharField(max_length=64)
    file = models.TextField()
    channel = models.TextField()
    regime = models.TextField()
    request = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="one_case_an_entry"),
            models.UniqueConstraint(fields=["body", "received", "sha256"], name="one_case_a_request"),
            models.UniqueConstraint(fields=["body", "reference"], name="one_case_a_reference"),
        ]
        indexes = [models.Index(fields=["body", "-received", "-number"], name="cases_by_receipt")]

    def __str__(self) -> str:
        return self.reference


class Draft(models.Model):
    """A reply as drafted: the coordinates it is frozen at, the day on the letter, and its files by digest."""

    body = models.IntegerField()
    case = models.BigIntegerField()
    number = models.BigIntegerField()
    as_at = models.DateField()
    record_number = models.BigIntegerField()
    dated = models.DateField()
    needs_a_person = models.IntegerField()
    files = models.JSONField()
    enclosures = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="one_draft_an_entry")]
        indexes = [models.Index(fields=["body", "case", "number"], name="drafts_by_case")]

    def __str__(self) -> str:
        return f"{self.case} drafted at {self.number}"
