"""What a person typed, read as one body means it: its own periods, and values as its register writes them."""

from collections.abc import Mapping
from datetime import date

from candour.figures import grouping, named
from candour.ledger.coordinates import AsAt
from candour.organisation import classification
from candour.organisation import queries as organisation
from candour.organisation.models import Body
from candour.reading import register
from candour.rules import tiers, years
from candour.rules.refusals import WrongInput
from candour.rules.schemes import Scheme

ACCOUNTING = "accounting-period"

CLOSED = {"tier": tiers.TIERS, **grouping.WORKED_OUT, **named.CLOSED}
"""Facts that have no other values than these."""


def periods(body: Body, kind: str, first: date, last: date, as_at: AsAt) -> tuple[years.Period, ...]:
    """Return the periods of a kind that touch first..last (inclusive), by the body's own academic year and accounts.

    WrongInput as `years.periods`, and for accounting periods where the body states none of those days.
    """
    start = organisation.academic_start(body, as_at) if kind == "academic-year" else None
    accounting = _accounting(body, as_at) if kind == ACCOUNTING else ()
    found = years.periods(kind, first, last, academic_start=start or years.ACADEMIC_START, accounting=accounting)
    if kind == ACCOUNTING and not found:
        raise WrongInput("no accounting period of these days is stated; say in the body's file when they begin and end")
    return found


def _accounting(body: Body, as_at: AsAt) -> tuple[years.Period, ...]:
    rows = organisation.accounting_periods(body, as_at)
    return tuple(years.Period(row.start, row.end, row.label, ACCOUNTING) for row in rows)


def values(body: Body, where: Mapping[str, str], number: int) -> dict[str, str]:
    """Return filters as `written`; WrongInput also for a value of an open list that nobody ever named."""
    named.require_stated({body.pk: number}, where)
    found = written(body, where, number)
    named.require({body.pk: number}, found)
    return found


def written(body: Body, where: Mapping[str, str], number: int) -> dict[str, str]:
    """Return filters with their values as the register writes them ("Yes" is yes, "Near miss" near-miss).

    WrongInput for a blank, and for what a closed list or a scheme does not have: it would count nothing, and say 0.
    """
    of_schemes = any(grouping.scheme(name) for name in where)
    schemes = classification.classification(body, number).schemes if of_schemes else {}
    return {name: _value(name, text.strip(), schemes) for name, text in where.items()}


def _value(name: str, text: str, schemes: Mapping[str, Scheme]) -> str:
    if not text:
        raise WrongInput(f"say which value {name} has; a filter without one would count nothing")
    if name in register.BY_NAME:
        text = register.parse_value(name, text) or text
    scheme = schemes.get(grouping.scheme(name) or "")
    if scheme:
        return _one_of(name, text, {row.code: row.label for row in scheme.categories})
    closed = CLOSED.get(name)
    return _one_of(name, text, dict.fromkeys(closed, "")) if closed else text


def _one_of(name: str, text: str, there: Mapping[str, str]) -> str:
    """The value itself, however its letters are written, or the code of a label."""
    said = text.casefold()
    for code, label in there.items():
        if said in {code.casefold(), label.casefold()}:
            return code
    raise WrongInput(f"{text!r} is not a value of {name}; it is one of {', '.join(there)}")
