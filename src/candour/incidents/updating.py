"""What the same source says of an incident otherwise than before: only that is a change, what people settled stays."""

import json
from collections.abc import Mapping
from typing import Any

from candour.incidents import beliefs
from candour.incidents import facts as vocabulary

_SETTLED = {"tier", "tier_basis", "tier_derived", "precision", "times"}


def anew(
    before: Mapping[str, Any], now: Mapping[str, Any], codes: tuple[str | None, str | None], basis: str
) -> beliefs.Anew:
    """Return what a source states anew, from what it said before and now; `codes` before and now.

    `basis` is that of the tier believed: a tier that a person decided stays until the source itself states another.
    """
    differs = [name for name in {**before, **now} if before.get(name) != now.get(name)]
    facts = {name: vocabulary.held(name, now.get(name)) for name in differs if name not in _SETTLED}
    return beliefs.Anew(
        facts | _tier(before, now, basis),
        {vocabulary.SCHEME: codes[1]} if codes[0] != codes[1] else {},
        _beside("precision", before, now, facts),
        _beside("times", before, now, facts),
    )


def _tier(before: Mapping[str, Any], now: Mapping[str, Any], basis: str) -> dict[str, str]:
    said, says = ((what["tier"] if what["tier_basis"] == "stated" else None) for what in (before, now))
    if says and says != said:
        return {"tier": says, "tier_basis": "stated"}
    return {"tier_basis": "derived"} if said and not says and basis == "stated" else {}


def _beside(
    what: str, before: Mapping[str, Any], now: Mapping[str, Any], facts: Mapping[str, Any]
) -> dict[str, str | None]:
    """The marks or times that differ, and those of every fact that does."""
    old, new = (json.loads(said.get(what) or "{}") for said in (before, now))
    names = {name for name in {**old, **new} if old.get(name) != new.get(name)}
    names |= {name for name in new if vocabulary.column(name) in facts}
    return {name: new.get(name) for name in sorted(names)}
