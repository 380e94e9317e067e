"""Our reference for a request: the next one by the body's pattern that nobody has yet."""

from datetime import date
from itertools import count

from candour.foi.models import Case
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import references
from candour.organisation.furniture import furniture
from candour.organisation.models import Body


def next_reference(body: Body, received: date) -> str:
    """Fill the pattern in force on the day of receipt; where it names the year, the serial begins anew each year.

    To be called under the lock of the body's chain: two requests at once would be given one reference.
    """
    pattern = furniture(body, AsAt(received, ledger.head(body.pk).number)).reference_pattern or references.BUILT_IN
    mine = Case.objects.filter(body=body.pk)
    counted = mine.filter(received__year=received.year) if "{yy" in pattern else mine
    serials = count(counted.count() + 1)
    offered = (references.next_reference(pattern, received=received, serial=serial) for serial in serials)
    return next(reference for reference in offered if not mine.filter(reference=reference).exists())
