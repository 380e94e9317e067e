"""Bodies, the people who act for them, the roles they hold, and everything a body says of itself, each dated."""

from datetime import date

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from candour.ledger.coordinates import Head
from candour.ledger.models import History, Kept, Known


class Body(models.Model):
    """A public authority: the tenant of the register. Its key is `body` in every other table."""

    slug = models.SlugField(unique=True)
    name = models.TextField()
    kind = models.TextField()
    regime = models.TextField()

    def __str__(self) -> str:
        return self.name


class Person(AbstractBaseUser):
    """Somebody who acts for a body, by a number in it; the ledger knows the number, only this row knows the name."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="people")
    number = models.IntegerField()
    name = models.TextField()
    email = models.EmailField(unique=True, null=True)
    is_active = models.BooleanField(default=True)

    roles_read: dict[date, frozenset[str]] | None = None
    """The roles of a day, where they were read with the person (`people.visitor`)."""

    head_read: Head | None = None
    """The head of the body's record at which they were read."""

    objects = BaseUserManager["Person"]()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "number"], name="one_number_a_person")]

    def __str__(self) -> str:
        return self.name


class Attempts(models.Model):
    """How often an address tried a thing, until when it is counted (seconds since 1970).

    no body: an address is counted before it is known whose door it stands at.
    """

    what = models.TextField()
    address = models.CharField(max_length=64)
    times = models.IntegerField()
    until = models.BigIntegerField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["what", "address"], name="one_count_an_address")]

    def __str__(self) -> str:
        return f"{self.what} {self.times}"


class Looked(Kept):
    """What screening found in a file before it left, and with which tools and rules; `report` masks what it found."""

    number = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    report = models.JSONField()
    tools = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["body", "sha256", "tools"], name="looked_by_bytes")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} looked into at {self.number}"


class LetGo(Kept):
    """A file that a second person let leave although screening blocks it; the reason stands in the entry."""

    number = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    person = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["body", "sha256"], name="let_go_by_bytes")]

    def __str__(self) -> str:
        return f"{self.sha256[:12]} let go at {self.number}"


class PublicFile(Known):
    """A file that left by a public exit, and the secret part of its link; closed: withdrawn, and the link is dead."""

    link = models.CharField(max_length=43)
    name = models.TextField()
    sha256 = models.CharField(max_length=64)
    place = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["link"], name="public_files_by_link")]
        constraints = [models.UniqueConstraint(fields=["body", "opened", "place"], name="one_place_a_public_file")]

    def __str__(self) -> str:
        return self.name


class Token(Known):
    """A token by which a program acts as a person, as the digest of it alone; closed: revoked."""

    person = models.IntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["digest"], name="tokens_by_digest")]

    def __str__(self) -> str:
        return f"token {self.opened}"


class RoleHeld(History):
    """A role that a person holds, for days and between ledger numbers."""

    person = models.IntegerField()
    role = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["body", "person"], name="roles_by_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"


class Particular(History):
    """One thing a body says of itself: a kind and a key (`fact` `staff`, `supplier` `it-supplier`) and its content."""

    loses = {"content": ("bound_by", "name", "owner", "what")}

    kind = models.TextField()
    key = models.TextField()
    content = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["body", "kind", "key", "held_from"], name="particular_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
