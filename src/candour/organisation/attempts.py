"""How often an address has tried a thing: counted by the database, so that threads and nodes count together."""

from datetime import datetime

from django.db import connection
from django.db.models import F
from django.utils.crypto import salted_hmac

from candour.organisation.models import Attempts

_COUNT = """
    insert into organisation_attempts (what, address, times, until) values (%s, %s, 1, %s)
    on conflict (what, address) do update set
        times = case when organisation_attempts.until <= %s then 1 else organisation_attempts.times + 1 end,
        until = case when organisation_attempts.until <= %s then excluded.until else organisation_attempts.until end
    returning times
"""


def count(what: str, address: str, seconds: int, at: datetime) -> int:
    """Count that an address tries a thing at a moment; return how often it has since the counting began.

    Counting begins with the first time and begins anew `seconds` later. One statement reads, adds and writes, so two at
    once are two. Whatever is no longer counted is thrown away when somebody begins.
    """
    now = int(at.timestamp())
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [what, _sealed(address), now + seconds, now, now])
        times: int = cursor.fetchone()[0]
    if times == 1:
        Attempts.objects.filter(until__lte=now).delete()
    return times


def give_back(what: str, address: str) -> None:
    """Take back one time."""
    Attempts.objects.filter(what=what, address=_sealed(address), times__gt=0).update(times=F("times") - 1)


def _sealed(address: str) -> str:
    """An address is told from another by a digest under the site's key: the database does not say where people are."""
    return salted_hmac("candour.organisation.attempts", address, algorithm="sha256").hexdigest()
