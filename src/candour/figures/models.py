"""What a body says about its own knowing: coverage, searches, figures published before, breaks in a series."""

from django.db import models

from candour.ledger.models import Known


class Coverage(Known):
    """From when, and until when, this register recorded what a measure counts (`until` None: still).

    `fact`: it speaks of one fact of those incidents only ("" of the incidents themselves), `only`: of some of them.
    """

    measure = models.TextField()
    fact = models.TextField(default="")
    only = models.JSONField(default=dict)
    since = models.DateField()
    until = models.DateField(null=True)
    kept_in = models.TextField(null=True)
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["body", "measure"], name="coverage_by_measure")]

    def __str__(self) -> str:
        return f"{self.measure} {self.fact}".strip() + f" since {self.since}"


class Search(Known):
    """A search elsewhere that found nothing: it turns `not_in_register` into `not_held` for its days."""

    measure = models.TextField()
    only = models.JSONField(default=dict)
    since = models.DateField()
    until = models.DateField()
    places = models.TextField()
    searcher = models.TextField()
    searched_on = models.DateField()

    def __str__(self) -> str:
        return f"{self.measure} {self.since} to {self.until}"


class Statement(Known):
    """A figure that was published elsewhere: quoted with its source, never recomputed.

    `about`: "" where it is the body's own, from before the register existed; else whose figures stand beside it.
    `only`: the facts of what it counts.
    """

    measure = models.TextField()
    about = models.TextField(default="")
    only = models.JSONField(default=dict)
    label = models.TextField()
    start = models.DateField()
    end = models.DateField()
    value = models.BigIntegerField()
    said_on = models.DateField()
    document = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["body", "about", "measure"], name="statement_by_whose")]

    def __str__(self) -> str:
        return f"{self.measure} {self.label}: {self.value}"


class Break(Known):
    """A day from which a measure's figures compare with the earlier ones only with care, and why."""

    measure = models.TextField()
    day = models.DateField()
    note = models.TextField()

    def __str__(self) -> str:
        return f"{self.measure} {self.day}"


class Decision(Known):
    """What was decided about disclosure before a table or a list is given out: which protection, by which test, why.

    `kind`: "table" or "list"; `asked`: what it was asked by; `choice`: the protection as it was asked for ("none": no
    control), `rule`: its parts then; `steps`: the questions of the procedure with their answers.
    """

    kind = models.TextField()
    measure = models.TextField()
    asked = models.JSONField()
    as_at = models.DateField()
    record_number = models.BigIntegerField()
    choice = models.TextField()
    rule = models.JSONField(null=True)
    steps = models.JSONField()
    test = models.TextField()
    reason = models.TextField()
    decided_by = models.IntegerField()
    decided_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["body", "kind", "measure"], name="decision_by_measure")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.measure}: {self.choice}"


class Told(Known):
    """A table that left the building: what it said, at which coordinates, in which document.

    `told` is what the table says (see frozen.py), `rule` the protection it was given; `closed` is the entry that
    withdrew it.
    """

    measure = models.TextField()
    title = models.TextField()
    document = models.TextField()
    published_on = models.DateField()
    as_at = models.DateField()
    record_number = models.BigIntegerField()
    told = models.JSONField()
    rule = models.JSONField(null=True)

    class Meta(Known.Meta):
        abstract = True

    def __str__(self) -> str:
        return f"{self.title} in {self.document}"


class Published(Told):
    """A table that left by itself, with its files.

    `files` are name to SHA-256, `decision` is the entry by which small numbers were protected or left bare (None:
    there were none to decide about).
    """

    files = models.JSONField()
    decision = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["body", "measure"], name="published_by_measure")]


class Printed(Told):
    """A table that left in a paper with others; `paper` says of which kind (see printed.py), `place` where in it."""

    paper = models.TextField()
    place = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["body", "measure"], name="printed_by_measure")]


class Definition(Known):
    """A measure of the body's own, a row a version: what it counts, in words and as tiers, filter, basis and value."""

    slug = models.TextField()
    version = models.IntegerField()
    title = models.TextField()
    says = models.TextField()
    tiers = models.JSONField()
    only = models.JSONField(default=dict)
    basis = models.TextField()
    value = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["body", "slug"], name="definition_by_slug")]

    def __str__(self) -> str:
        return f"{self.slug} version {self.version}"
