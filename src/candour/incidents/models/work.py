"""What the work on incidents leaves beside its states: looks, things that are awaited, the last form of each person."""

from django.db import models

from candour.ledger.models import Kept, Known


class Look(Kept):
    """Somebody looked at a confidential incident, when the record stood at `known`; a look leaves no entry."""

    incident = models.BigIntegerField()
    person = models.IntegerField()
    at = models.DateTimeField()
    known = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["body", "incident", "at"], name="look_by_incident")]

    def __str__(self) -> str:
        return f"{self.incident} {self.person}"


class Awaited(Known):
    """Something that another, such as a supplier, owes us about an incident; entry `opened` holds what, in words."""

    incident = models.BigIntegerField()
    kind = models.TextField()
    due_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["body", "incident"], name="awaited_by_incident"),
            models.Index(fields=["body", "due_on"], condition=models.Q(closed=None), name="awaited_open"),
        ]

    def __str__(self) -> str:
        return f"{self.incident} {self.kind}"


class Sent(models.Model):
    """The last form that a person sent, by the token it was given out with: the same form is not taken twice."""

    body = models.IntegerField()
    person = models.IntegerField()
    token = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "person"], name="one_last_form_a_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.token[:8]}"
