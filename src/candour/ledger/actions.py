"""The one deed of this room: to append an entry."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from candour.ledger import chain, seal


def append(
    body: int,
    deed: str,
    *,
    subject: str,
    facts: Mapping[str, Any],
    by: seal.Actor,
    at: datetime,
    words: Mapping[str, str | None] | None = None,
) -> int:
    """Append one entry to a body's chain, in the transaction that is open, and return its number.

    `facts` hold closed lists, numbers and days in the clear; `words` hold every name and free text.
    Raises Conflict when the clock is more than 60 s behind the last entry.
    """
    with chain.extend(body, by=by, at=at) as end:
        return end.enter(deed, subject, seal.plain(facts), words)
