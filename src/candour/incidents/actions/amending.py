"""Change an incident from now on, or correct what was never so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from candour.incidents import deed
from candour.incidents import facts as vocabulary
from candour.organisation.models import Body, Person
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed


def amend(
    body: Body,
    reference: str,
    changes: Mapping[str, Any],
    *,
    reason: str,
    correction: bool,
    by: Person,
    at: datetime,
    marks: Mapping[str, str] | None = None,
) -> int:
    """Change facts of an incident from today on or, as a correction, from its first day; return the ledger number.

    `changes` name fields of interfaces `amend`; days as ISO text. `marks` say of a moment "approximate" or "unknown". A
    tier that a person gives is overridden, with the reason. Raises NotThere, and WrongInput where nothing would change
    or no reason is given.
    """
    if not reason.strip():
        raise WrongInput("say why, with --reason: the history shows it for ever")
    facts, codes, words = sorted_out(changes)
    change = deed.Change(facts, codes, {"reason": reason.strip(), **words}, marks=marks or {}, correction=correction)
    kind = Deed.CORRECT if correction else Deed.CHANGE
    try:
        return deed.do(body, reference, kind, change, by=by, at=at, empty=False).number
    except deed.Nothing:
        raise WrongInput(f"{reference} says so already; nothing would change") from None


def sorted_out(
    changes: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, str | None], dict[str, str | None]]:
    """Sort fields into columns of a version, codes by scheme, and words; a tier given by a person is overridden."""
    codes = {vocabulary.SCHEME: changes["category"]} if "category" in changes else {}
    words = {"description": changes["description"]} if changes.get("description") else {}
    facts = {
        vocabulary.column(name): vocabulary.held(name, value)
        for name, value in changes.items()
        if name not in {"category", "description"}
    }
    if "tier" in facts:
        facts["tier_basis"] = "overridden"
    if "told_ico_on" in facts and "told_ico" not in facts:
        facts["told_ico"] = "yes" if facts["told_ico_on"] else "no"
    if "exercise" in facts:
        facts["standing"] = vocabulary.EXERCISE if facts.pop("exercise") == "yes" else vocabulary.COUNTED
    return facts, codes, words
