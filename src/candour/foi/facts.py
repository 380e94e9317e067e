"""Questions about the body itself: its staff, who else has access, its suppliers and sponsor, its standing answers."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from candour.foi import phrases
from candour.foi.context import Context
from candour.foi.parts import Part, unknown
from candour.organisation import furniture, kinds
from candour.organisation import queries as organisation
from candour.reading.requests import Question
from candour.rules import answers, schemes, years

_UNITS = {"headcount": " (headcount)", "fte": " (full-time equivalent)", "": ""}
_NOT_KNOWN = "not-known"
_ASKED = {
    "fte": re.compile(r"full[ -]time equivalents?|\bFTEs?\b", re.IGNORECASE),
    "headcount": re.compile(r"head ?count", re.IGNORECASE),
}
_OTHERWISE = {
    "fte": "We hold the number as full-time equivalents, not as headcount.",
    "headcount": "We hold the number as headcount, not as full-time equivalents.",
}


def staff(context: Context, question: Question) -> list[Part]:
    """How many people work here, as stated for the day."""
    fact = organisation.staff(context.body, context.as_at)
    if fact is None:
        return nothing(context, question)
    part = _stated(context, question, fact, " members of staff")
    return [replace(part, notes=(*_other_unit(question, fact.unit), *part.notes))]


def _other_unit(question: Question, held: str) -> list[str]:
    """Say so where the number is held in another unit than the one asked for."""
    asked = {unit for unit, pattern in _ASKED.items() if pattern.search(question.text)}
    return [_OTHERWISE[held]] if held in _OTHERWISE and asked and held not in asked else []


def any_fact(context: Context, question: Question) -> list[Part]:
    """A dated fact of the body under the name of the topic, else its standing answer."""
    fact = organisation.fact(context.body, question.topic or "", context.as_at)
    return [_stated(context, question, fact, "")] if fact else standing(context, question)


def contractors(context: Context, question: Question) -> list[Part]:
    """Who besides staff has routine access: each supplier in force, its number known or not; first all together."""
    found = organisation.contractors(context.body, context.as_at)
    if found is None:
        return nothing(context, question)
    if found.stated:
        return [_stated(context, question, found.stated, " contractors with routine access")]
    each = [_access(context, question, supplier) for supplier in found.suppliers]
    return [_together(context, question, found), *each] if len(each) > 1 else each


def suppliers(context: Context, question: Question) -> list[Part]:
    """Who our suppliers are, and what each does."""
    found = organisation.suppliers(context.body, context.as_at)
    return [_supplier(context, question, one) for one in found] or nothing(context, question)


def sponsor(context: Context, question: Question) -> list[Part]:
    """The department the body answered to on the day."""
    found = organisation.sponsor(context.body, context.as_at)
    if found is None:
        return nothing(context, question)
    since = f", since {years.spoken(found.since)}" if found.since else ""
    words = f"Our sponsor department is {phrases.the(found.name)}{since}."
    return [Part("held", words, question.why, fact=_sponsor_fact(context, found))]


def sponsors_scheme(context: Context) -> Iterable[Part]:
    """That incidents are reported to the sponsor too, and by which categories; nothing where it has none."""
    found = organisation.sponsor(context.body, context.as_at)
    if found and found.scheme:
        scheme = schemes.scheme(found.scheme).title if found.scheme in schemes.slugs() else found.scheme
        note = f"; {found.scheme_note}" if found.scheme_note else ""
        to = phrases.the(found.name)
        words = f"We also report incidents to our sponsor department, {to}, according to {scheme}{note}."
        yield Part("held", words, "the sponsor has categories of its own", fact=_sponsor_fact(context, found))


def standing(context: Context, question: Question) -> list[Part]:
    """The body's own standing answer about the topic, versioned and owned."""
    found = organisation.standing_answer(context.body, question.topic or "", context.as_at)
    if found is None:
        return nothing(context, question)
    words = furniture.filled(found.words, context.settings.values, f"standing answer {found.topic}")
    why = f"{question.why} It is the standing answer on {found.topic}, version {found.version}, of {found.owner}."
    said = {"topic": found.topic, "version": found.version, "owner": found.owner}
    return [Part("held", words, why, standing=said)]


def nothing(context: Context, question: Question) -> list[Part]:
    """What is not on record is left to a person."""
    about = (question.topic or "this").replace("-", " ")
    return [unknown(f"state {about}: nothing is on record as at {years.spoken(context.day)}", question.why)]


def _stated(context: Context, question: Question, fact: kinds.Fact, what: str) -> Part:
    answer = organisation.as_answer(fact)
    status = answer.status if answer else answers.NotHeld.status
    value = fact.value if fact.value is not None else fact.text or _NOT_KNOWN
    said = _fact(context, fact.name, value, status, unit=fact.unit, note=fact.note, since=fact.since)
    words = "We do not know the number."
    if answer:
        words = phrases.sentence(answer.words() + (f"{what}{_UNITS[fact.unit]}" if fact.value is not None else ""))
    return Part(status, words, question.why, fact=said, notes=_noted(fact.note))


def _noted(text: str) -> tuple[str, ...]:
    return (phrases.sentence(text),) if text else ()


def _fact(
    context: Context, name: str, value: int | str, status: str, *, since: date | None, unit: str = "",
    note: str = "",
) -> dict[str, Any]:  # fmt: skip
    """The keys of interfaces for a fact; `since`: from which day what was stated holds."""
    about = {"name": name, "value": value, "unit": unit, "on": context.day.isoformat(), "status": status}
    return about | {"note": note or None, "since": since.isoformat() if since else None}


def _sponsor_fact(context: Context, found: kinds.Sponsor) -> dict[str, Any]:
    return _fact(context, "sponsor", found.name, answers.Held.status, since=found.since)


def _access(context: Context, question: Question, supplier: kinds.Supplier) -> Part:
    """One supplier: who, bound by what, and how many where that is known."""
    status, value = _people(supplier.people, approximate=supplier.approximate)
    if supplier.people is None:
        words = f"{_bound(context, supplier)} We do not know how many they are."
    else:
        have = _have_access(supplier.people, supplier.name, approximate=supplier.approximate)
        words = f"{have} {_bound(context, supplier)}"
    said = _fact(
        context, organisation.CONTRACTORS, value, status, unit="headcount", note=supplier.name, since=supplier.since
    )
    notes = _noted(f"{supplier.name}: {supplier.what}") if supplier.what else ()
    return Part(status, words.strip(), question.why, fact=said, notes=notes)


def _bound(context: Context, supplier: kinds.Supplier) -> str:
    """By what a supplier's people are bound: in the body's own paragraph, else in ours."""
    if not supplier.bound_by:
        known = supplier.people is not None
        return "" if known else f"People of {supplier.name} have routine access to our information."
    own = context.settings.says("confidentiality", supplier=supplier.name, bound_by=supplier.bound_by)
    default = f"All people of {supplier.name} who have access to our information are bound by {supplier.bound_by}."
    return phrases.sentence(own or default)


def _together(context: Context, question: Question, found: organisation.Contractors) -> Part:
    """Several suppliers in one number, which is not known where one of theirs is not."""
    status, value = _people(found.people, approximate=found.approximate)
    where = f"{len(found.suppliers)} suppliers"
    if found.people is None:
        words = f"People of {where} have routine access to our information; we do not know the number for each of them."
    else:
        words = _have_access(found.people, where, approximate=found.approximate)
    said = _fact(context, organisation.CONTRACTORS, value, status, unit="headcount", since=None)
    return Part(status, words, question.why, fact=said)


def _people(people: int | None, *, approximate: bool) -> tuple[str, int | str]:
    if people is None:
        return answers.NotHeld.status, _NOT_KNOWN
    return (answers.Approximate if approximate else answers.Held).status, people


def _have_access(people: int, whose: str, *, approximate: bool) -> str:
    who = "person of {} has" if people == 1 else "people of {} have"
    about = "About " if approximate else ""
    return f"{about}{people:,} {who.format(whose)} routine access to our information."


def _supplier(context: Context, question: Question, supplier: kinds.Supplier) -> Part:
    words = phrases.sentence(f"{supplier.name}: {supplier.what}" if supplier.what else supplier.name)
    said = _fact(context, "supplier", supplier.name, answers.Held.status, since=supplier.since)
    return Part("held", words, question.why, fact=said)
