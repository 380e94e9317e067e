"""The work on an incident: where it stands, who has it, who may see it; the ledger has its history."""

from django.db import models

from candour.ledger.models import Known


class Handling(models.Model):
    """One row for each incident that somebody works on; a loaded incident has none until it is taken up."""

    body = models.IntegerField()
    incident = models.BigIntegerField()
    state = models.TextField()
    assigned_to = models.IntegerField(null=True)
    confidential = models.BooleanField(default=False)
    marking = models.TextField(default="OFFICIAL")
    opened_on = models.DateField()
    changed = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "incident"], name="one_handling_an_incident")]
        indexes = [
            models.Index(fields=["body", "state", "opened_on", "incident"], name="handling_queue"),
            models.Index(fields=["body", "assigned_to", "state"], name="handling_by_person"),
            models.Index(
                fields=["body", "incident"], condition=models.Q(confidential=True), name="handling_confidential"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident} {self.state}"


class Assigned(Known):
    """Somebody had the work on an incident, while it was worked on, between ledger numbers."""

    incident = models.BigIntegerField()
    person = models.IntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["body", "incident"], condition=models.Q(closed=None), name="assigned_now"),
            models.Index(fields=["body", "opened"], name="assigned_by_entry"),
        ]

    def __str__(self) -> str:
        return f"{self.incident} {self.person}"


class Access(Known):
    """Somebody who may see a confidential incident, by person or by department, between ledger numbers."""

    incident = models.BigIntegerField()
    person = models.IntegerField(null=True)
    department = models.TextField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "incident"], name="access_by_incident")]

    def __str__(self) -> str:
        return f"{self.incident} {self.person or self.department}"


class Link(Known):
    """Two incidents that belong together: duplicate (counted once), related (both counted), split from, joined into."""

    incident = models.BigIntegerField()
    other = models.BigIntegerField()
    kind = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["body", "incident"], name="link_by_incident"),
            models.Index(fields=["body", "other"], name="link_by_other"),
        ]

    def __str__(self) -> str:
        return f"{self.incident} {self.kind} {self.other}"
