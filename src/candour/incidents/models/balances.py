"""What deeds add to the counts at the head and take from them, rolled up: bookkeeping, no record of its own."""

from django.db import models


class Balance(models.Model):
    """What came and went within `held`, among the versions of a tier and standing that were logged within `logged`.

    Logged within a day or a month (`logged_in`), held within a day, month or year (`held_in`): each is named by its
    first day. Added up to a day: `incidents` that count on it now, the `people` in them, and those `stating` a number
    of people; those that the record itself knew at the end of that day (`recorded`), those of them that are the `same`
    now, and `alike` also in their people.
    """

    # in the order in which a count reads, so that what it adds up lies side by side
    pk = models.CompositePrimaryKey("body", "standing", "logged_in", "held_in", "tier", "logged", "held")
    body = models.IntegerField()
    standing = models.TextField()
    logged_in = models.TextField()
    held_in = models.TextField()
    tier = models.TextField()
    logged = models.DateField()
    held = models.DateField()
    incidents = models.BigIntegerField()
    people = models.BigIntegerField()
    stating = models.BigIntegerField()
    recorded = models.BigIntegerField()
    same = models.BigIntegerField()
    alike = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.tier}, logged {self.logged}, held {self.held}"
