"""Files kept with an incident, outside the database, by the digest of their bytes; their names are words."""

from django.db import models

from candour.ledger.models import Known


class Attachment(Known):
    """One file from ledger number `opened` until it was taken away at `closed`."""

    incident = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    kind = models.TextField()
    size = models.BigIntegerField()
    marking = models.TextField()
    sealed = models.BooleanField()
    dispose_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "incident"], name="attachment_by_incident")]

    def __str__(self) -> str:
        return f"{self.incident} {self.kind} {self.sha256[:8]}"
