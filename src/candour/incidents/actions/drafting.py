"""A report that is still being written: kept sealed with its code until it is sent or expires, without an entry."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from candour.incidents import codes, models
from candour.organisation.models import Body
from candour.rules import years

LASTS = timedelta(days=7)
"""How long an unfinished report is kept after it was last saved."""

Answers = Mapping[str, Sequence[str]]


def begin(body: Body, *, language: str, at: datetime, code: str = "") -> str:
    """Begin a report and return its code, by default a new one; one begun already under the code stays as it is.

    Unfinished reports whose time has run out are erased.
    """
    sweep(at)
    code = code or codes.new()
    content = {"language": language, "pages": {}}
    models.Draft.objects.get_or_create(
        body=body.pk,
        digest=codes.digest(body.pk, code),
        defaults={"sealed": codes.seal(code, content), "expires_at": at + LASTS},
    )
    return code


@transaction.atomic
def save(body: Body, code: str, page: str, answers: Answers, *, language: str, at: datetime) -> bool:
    """Keep what was typed on one page, right or wrong; False where no report is begun with this code, or it was sent.

    The London day is kept with it, so that "today" stays the day it was said on.
    """
    mine = models.Draft.objects.filter(body=body.pk, digest=codes.digest(body.pk, code), expires_at__gt=at)
    row = mine.select_for_update().first()
    content = codes.unseal(code, row.sealed) if row else None
    if row is None or content is None:
        return False
    content["language"] = language
    on = years.london_day(at).isoformat()
    content["pages"][page] = {"on": on, "answers": {name: [*said] for name, said in answers.items()}}
    row.sealed, row.expires_at = codes.seal(code, content), at + LASTS
    row.save(update_fields=["sealed", "expires_at"])
    return True


def sweep(at: datetime) -> int:
    """Erase the unfinished reports whose time has run out; return how many."""
    return models.Draft.objects.filter(expires_at__lte=at).delete()[0]
