"""How the register's own words are written on a page: tiers, facts, standings."""

from collections.abc import Mapping

from candour.incidents import facts
from candour.rules import tiers

TIERS = {
    tiers.REPORTED: "Reported to the ICO",
    tiers.OTHER: "Other incident",
    tiers.EVENT: "Event",
    tiers.NEAR_MISS: "Near miss",
    tiers.UNDETERMINED: "Undetermined",
}
TIER_BASES = {
    "derived": "follows from the facts",
    "stated": "as the older register stated it",
    "overridden": "decided by a person",
}
_OTHER_FACTS = {"tier": "Tier", "tier_basis": "How the tier was settled", "category": "Category"}


def fact(name: str) -> str:
    """Return the name of a fact on a page."""
    if name in _OTHER_FACTS:
        return _OTHER_FACTS[name]
    return facts.BY_NAME[name].label if name in facts.BY_NAME else name.replace("_", " ").capitalize()


def tier(slug: str) -> str:
    """Return a tier as a person reads it."""
    return TIERS.get(slug, slug)


def group(key: Mapping[str, str | None]) -> str:
    """Return the name of a row of a table."""
    return " · ".join("not stated" if value is None else TIERS.get(value, value) for value in key.values())
