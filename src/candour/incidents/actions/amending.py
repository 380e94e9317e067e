"""Change an incident from now on, or correct what was never so."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from candour.incidents import deed
from candour.incidents import facts as vocabulary
from candour.organisation.models import Body, Person
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed

AMENDABLE = {*vocabulary.BY_NAME, "told_ico", "tier", "exercise", "description"} - {"source"}
"""The fields that may be amended: those of `candour load` but the reference, by which an incident is known."""


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
    times: Mapping[str, str] | None = None,
) -> int:
    """Change facts of an incident from today on or, as a correction, from its first day; return the ledger number.

    `changes` name fields of interfaces `amend`; days as ISO text. `marks` say of a fact "approximate" or "unknown",
    `times` give the time of day as ISO text. A tier that a person gives is overridden, with the reason. Raises
    NotThere; WrongInput where nothing would change, no reason is given, or a field is none; Conflict for an incident
    that is void.
    """
    if not reason.strip():
        raise WrongInput("say why, with --reason: the history shows it for ever")
    facts, codes, words = sorted_out(changes)
    said = {"reason": reason.strip(), **words}
    change = deed.Change(facts, codes, said, marks=marks or {}, times=times or {}, correction=correction)
    kind = Deed.CORRECT if correction else Deed.CHANGE
    try:
        return deed.do(body, reference, kind, change, by=by, at=at, empty=False).number
    except deed.Nothing:
        raise WrongInput(f"{reference} says so already; nothing would change") from None


def sorted_out(
    changes: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, str | None], dict[str, str | None]]:
    """Sort fields into columns of a version, codes by scheme, and words.

    A tier that a person gives is overridden; taken away, it follows from the facts again. WrongInput for another field.
    """
    unknown = [name for name in changes if name not in AMENDABLE]
    if unknown:
        raise WrongInput(f"{unknown[0]!r} cannot be amended; choose from {', '.join(sorted(AMENDABLE))}")
    codes = {vocabulary.SCHEME: changes["category"]} if "category" in changes else {}
    words = {"description": changes["description"]} if changes.get("description") else {}
    facts = {
        vocabulary.column(name): vocabulary.held(vocabulary.column(name), value)
        for name, value in changes.items()
        if name not in {"category", "description"}
    }
    return _followed(facts), codes, words


def _followed(facts: dict[str, Any]) -> dict[str, Any]:
    """Add to facts that a person states what they say besides."""
    if "logged_on" in facts and facts["logged_on"] is None:
        raise WrongInput("logged_on: every incident was logged on some day; give the right one")
    if "tier" in facts:
        facts["tier_basis"] = "overridden" if facts["tier"] else "derived"
        facts = {name: value for name, value in facts.items() if (name, value) != ("tier", None)}
    if "told_ico_on" in facts and "told_ico" not in facts:
        facts["told_ico"] = "yes" if facts["told_ico_on"] else "no"
    if "exercise" in facts:
        facts["standing"] = vocabulary.EXERCISE if facts.pop("exercise") == "yes" else vocabulary.COUNTED
    return facts
