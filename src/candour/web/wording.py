"""How the register's own words are written on a page: tiers, facts, standings."""

from collections.abc import Collection, Mapping

from candour.figures import grouping, rendering
from candour.incidents import facts
from candour.rules import schemes, tiers

TIERS = tiers.WORDS
TIER_BASES = {
    "derived": "follows from the facts",
    "stated": "as the older register stated it",
    "overridden": "decided by a person",
}
STANDINGS = {"counted": "counted", "void": "void", "exercise": "exercise"}
STATUSES = {
    "held": "held",
    "held_since": "held for a part",
    "approximate": "about",
    "not_in_register": "not in this register",
    "not_held": "not held",
    "no_longer_held": "no longer held",
    "not_applicable": "not applicable",
    "elsewhere": "available elsewhere",
    "withheld": "withheld",
    "cost": "over the cost limit",
    "ncnd": "neither confirmed nor denied",
    "suppressed": "suppressed",
    "rounded": "rounded",
}
NATIONS = {"ENG": "England", "WLS": "Wales", "SCT": "Scotland", "NIR": "Northern Ireland"}
BRIEF = 200
_OTHER_FACTS = {"tier": "Tier", "tier_basis": "How the tier was settled", "category": "Category"}


def fact(name: str) -> str:
    """Return the name of a fact on a page."""
    if name in _OTHER_FACTS:
        return _OTHER_FACTS[name]
    if name in grouping.LABELS:
        return grouping.LABELS[name]
    if name in schemes.slugs():
        return schemes.scheme(name).title
    return facts.BY_NAME[name].label if name in facts.BY_NAME else name.replace("_", " ").capitalize()


def tier(slug: str) -> str:
    """Return a tier as a person reads it."""
    return TIERS.get(slug, slug)


def source(name: str | None) -> str:
    """Return the register that an incident comes from, as a person reads it: by its name, or as this one."""
    return "this register" if name in {None, facts.HERE} else str(name)


def brief(text: str | None) -> str:
    """Return the beginning of what somebody wrote, for a list: whole words, and a sign that it goes on."""
    told = text or ""
    return told if len(told) <= BRIEF else f"{told[:BRIEF].rpartition(' ')[0] or told[:BRIEF]} …"


def group(key: Mapping[str, str | None]) -> str:
    """Return the name of a row of a table; one that was merged bears the names of its parts."""
    return rendering.row_name(key)


def nations(codes: Collection[str]) -> str:
    """Return the parts of the UK in which a day is a holiday."""
    named = [name for code, name in NATIONS.items() if code in codes]
    return "all of the UK" if len(named) == len(NATIONS) else ", ".join(named)
