"""An incident: its identity, its versions (beliefs about countable facts), its codes, and the loads that brought it."""

from django.db import models
from django.db.models import F, Q

from candour.ledger.models import OPEN, History

COUNTED_BY = ("body", "standing", "tier", "logged_on")
CLOSED_BEFORE = Q(closed_on__lt=F("held_from")) | Q(closed_on__lt=F("held_until"), held_until__lt=OPEN)
"""A version that says of an incident, for days of its own that are over, or for days before it, that it was closed."""


class Incident(models.Model):
    """An incident is known in a body by its reference, and inside by the ledger number of its first entry."""

    body = models.IntegerField()
    number = models.BigIntegerField()
    reference = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "number"], name="one_incident_an_entry"),
            models.UniqueConstraint(fields=["body", "reference"], name="one_incident_a_reference"),
        ]

    def __str__(self) -> str:
        return self.reference


class Version(History):
    """What is believed of one incident for a range of days, between two ledger numbers; one wide row, never altered."""

    incident = models.BigIntegerField()
    standing = models.TextField()
    source = models.TextField(null=True)
    tier = models.TextField()
    tier_basis = models.TextField()
    tier_derived = models.TextField()
    occurred_on = models.DateField(null=True)
    occurred_until = models.DateField(null=True)
    discovered_on = models.DateField(null=True)
    aware_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)
    logged_on = models.DateField(null=True)
    told_ico = models.TextField(null=True)
    told_ico_on = models.DateField(null=True)
    ico_report_withdrawn_on = models.DateField(null=True)
    told_people_on = models.DateField(null=True)
    told_sponsor_on = models.DateField(null=True)
    contained_on = models.DateField(null=True)
    recovered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    precision = models.TextField(null=True)
    times = models.TextField(null=True)
    recipient_confirmed_on = models.DateField(null=True)
    supplier_knew_on = models.DateField(null=True)
    supplier_told_us_on = models.DateField(null=True)
    triaged = models.TextField(null=True)
    personal_data = models.TextField(null=True)
    information_lost = models.TextField(null=True)
    resources_assigned = models.TextField(null=True)
    immediate_risk = models.TextField(null=True)
    people_affected = models.BigIntegerField(null=True)
    people_affected_at_most = models.BigIntegerField(null=True)
    incident_type = models.TextField(null=True)
    cause = models.TextField(null=True)
    department = models.TextField(null=True)
    data_types = models.TextField(null=True)
    data_subjects = models.TextField(null=True)
    staff_group = models.TextField(null=True)
    medium = models.TextField(null=True)
    lost_or_stolen = models.TextField(null=True)
    encrypted = models.TextField(null=True)
    on_premises = models.TextField(null=True)
    supplier = models.TextField(null=True)
    contract = models.TextField(null=True)
    our_role = models.TextField(null=True)
    ico_reference = models.TextField(null=True)
    ico_outcome = models.TextField(null=True)
    disciplinary = models.TextField(null=True)
    devices = models.BigIntegerField(null=True)
    cost_pounds = models.BigIntegerField(null=True)

    class Meta:
        indexes = [
            # these two hold all that a count by tier and day reads, so that it never opens a row
            models.Index(
                fields=[*COUNTED_BY, "held_from", "held_until", "opened", "closed", "people_affected"],
                condition=Q(closed=None),
                name="version_present",
            ),
            models.Index(
                fields=[*COUNTED_BY, "opened", "closed", "held_from", "held_until", "people_affected"],
                name="version_known",
            ),
            models.Index(fields=["body", "incident", "opened"], name="version_by_incident"),
            # the few that say of days of their own, or of days before, that it was closed: there a closing was moved
            models.Index(fields=["body", "incident"], condition=CLOSED_BEFORE, name="version_closed_before"),
            # where a row of a load is held against what other registers brought
            models.Index(
                fields=["body", "occurred_on", "source"], condition=Q(closed=None), name="version_by_day_it_happened"
            ),
            models.Index(
                fields=["body", "ico_reference"],
                condition=Q(closed=None, ico_reference__isnull=False),
                name="version_by_ico_reference",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident} {self.tier} from {self.held_from}"


class Coding(History):
    """A code that an incident carries in a scheme other than the tier."""

    incident = models.BigIntegerField()
    scheme = models.TextField()
    code = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["body", "incident", "scheme"], name="coding_by_incident"),
            models.Index(fields=["body", "scheme", "opened"], condition=Q(closed=None), name="coding_by_scheme"),
        ]

    def __str__(self) -> str:
        return f"{self.incident} {self.scheme} {self.code}"


class Load(models.Model):
    """One register that came in: which file, read how, begun and ended at which ledger numbers."""

    body = models.IntegerField()
    begun = models.BigIntegerField()
    ended = models.BigIntegerField(null=True)
    undone = models.BigIntegerField(null=True)
    source = models.TextField()
    sha256 = models.CharField(max_length=64)
    mapping = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "begun"], name="one_load_an_entry")]

    def __str__(self) -> str:
        return f"{self.source} {self.sha256[:8]}"
