"""Deeds on one incident: change it from now on, or correct what was never so."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from candour.incidents import beliefs, writing
from candour.incidents import facts as vocabulary
from candour.ledger import chain
from candour.organisation import people
from candour.organisation.models import Body, Person
from candour.reading import register
from candour.rules import years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed

CODE = f"code:{vocabulary.SCHEME}"
"""How an entry names the code of the Cabinet Office scheme among facts."""


@transaction.atomic
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
    deed = Deed.CORRECT if correction else Deed.CHANGE
    actor = people.require(by, deed, at, body)
    if not reason.strip():
        raise WrongInput("say why, with --reason: the history shows it for ever")
    with chain.extend(body.pk, by=actor, at=at) as end:
        now = beliefs.present(body.pk, reference)
        from_ = now.first_day if correction else max(now.first_day, years.london_day(end.at))
        facts, codes, words = _split(changes)
        facts |= _marked(now.on(from_), changes, marks or {})
        moved = _moved(now, facts, codes, from_)
        if not moved and not words:
            raise WrongInput(f"{reference} says so already; nothing would change")
        number = end.enter(
            deed, reference, {"from": from_.isoformat(), "changes": moved}, {"reason": reason.strip(), **words}
        )
        days = beliefs.from_day(from_)
        sheet = writing.Sheet(body.pk)
        if set(moved) - {CODE}:
            beliefs.believe(sheet, now, facts, days, number)
        if CODE in moved:
            beliefs.code(sheet, now, vocabulary.SCHEME, codes["category"], days, number)
        sheet.write()
    return number


def _split(changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str | None], dict[str, str | None]]:
    """Sort changes into facts of the version, codes of schemes and words; a tier given by a person is overridden."""
    codes = {"category": changes["category"]} if "category" in changes else {}
    words = {"description": changes["description"]} if changes.get("description") else {}
    facts = {
        vocabulary.column(name): vocabulary.held(name, value)
        for name, value in changes.items()
        if name not in {*codes, "description"}
    }
    if "tier" in facts:
        facts["tier_basis"] = "overridden"
    if "told_ico_on" in facts and "told_ico" not in facts:
        facts["told_ico"] = "yes" if facts["told_ico_on"] else "no"
    if "exercise" in facts:
        facts["standing"] = vocabulary.EXERCISE if facts.pop("exercise") == "yes" else vocabulary.COUNTED
    return facts, codes, words


def _marked(held: Mapping[str, Any], changes: Mapping[str, Any], marks: Mapping[str, str]) -> dict[str, str | None]:
    """Return the precision of the moments: what is stated anew loses its old mark and takes its new one."""
    before: dict[str, str] = json.loads(held["precision"] or "{}")
    after = {name: mark for name, mark in before.items() if name not in changes} | dict(marks)
    return {"precision": register.canonical(after) if after else None} if after != before else {}


def _moved(
    now: beliefs.Present, facts: Mapping[str, Any], codes: Mapping[str, str | None], day: date
) -> dict[str, list[Any]]:
    """Return what would change, as the entry keeps it: fact to [from, to]."""
    held = now.on(day)
    moved = {name: [_plain(held.get(name)), _plain(value)] for name, value in facts.items() if held.get(name) != value}
    coded = now.code_on(day, vocabulary.SCHEME)
    if "category" in codes and codes["category"] != coded:
        moved[CODE] = [coded, codes["category"]]
    if set(moved) == {"tier_basis"}:
        return {}
    return moved


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
