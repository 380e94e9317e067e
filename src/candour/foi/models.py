"""A request and the replies drafted to it; nothing of either is altered."""

from django.db import models

from candour.ledger.models import Kept, Known


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


class Enclosure(Known):
    """A file enclosed with a reply by a person; `made_from` is the digest of the file in whose place it stands."""

    request = models.BigIntegerField()
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    made_from = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes = [models.Index(fields=["body", "request"], name="enclosures_by_case")]

    def __str__(self) -> str:
        return self.name


class Step(Kept):
    """A step of a reply on its way out: who took it, and the very files it was taken with, as [name, sha256].

    `letter` is the format in which the letter is to leave.
    """

    request = models.BigIntegerField()
    number = models.BigIntegerField()
    deed = models.TextField()
    person = models.IntegerField()
    letter = models.TextField()
    papers = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["body", "request", "number"], name="steps_by_case")]

    def __str__(self) -> str:
        return f"{self.deed} at {self.number}"


class CaseFile(models.Model):
    """A file that goes with a request, by its digest: as it came, as drafted, as enclosed, as it left."""

    body = models.IntegerField()
    request = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "request", "sha256"], name="one_file_a_case")]
        indexes = [models.Index(fields=["sha256"], name="cases_by_file")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} with {self.request}"
