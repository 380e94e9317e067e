"""Which role may do which deed: one table, read by every action, printed in docs/reference/roles.md."""

from collections.abc import Collection
from enum import StrEnum


class Role(StrEnum):
    """What somebody does in a body; one person may hold several, but see APART."""

    REPORTER = "reporter"
    HANDLER = "handler"
    DUTY_OFFICER = "duty-officer"
    ASSET_OWNER = "information-asset-owner"
    DPO = "dpo"
    SIRO = "siro"
    FOI_OFFICER = "foi-officer"
    INTERNAL_REVIEWER = "internal-reviewer"
    RELEASE_APPROVER = "release-approver"
    RECORDS_MANAGER = "records-manager"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    OPERATOR = "operator"


class Deed(StrEnum):
    """A deed's name as the ledger writes it; the last four are looks, which leave no entry."""

    ADD_BODY = "body.added"
    ADD_PERSON = "person.added"
    GIVE_ROLE = "role.given"
    TAKE_ROLE = "role.taken"
    STATE = "organisation.stated"
    BEGIN_LOAD = "register.begun"
    RECORD = "incident.recorded"
    CHANGE = "incident.changed"
    CORRECT = "incident.corrected"
    VOID = "incident.voided"
    END_LOAD = "register.loaded"
    UNDO_LOAD = "register.undone"
    STATE_COVERAGE = "coverage.stated"
    RECORD_SEARCH = "search.recorded"
    ADD_STATEMENT = "statement.added"
    NOTE_BREAK = "break.noted"
    RECEIVE_REQUEST = "request.received"
    DRAFT = "reply.drafted"
    DECIDE_TO_NOTIFY = "notification.decided"
    CLEAR = "reply.cleared"
    SEE_INCIDENTS = "incidents"
    SEE_FIGURES = "figures"
    SEE_REQUESTS = "requests"
    SEE_ORGANISATION = "organisation"


LOOKS = frozenset({Deed.SEE_INCIDENTS, Deed.SEE_FIGURES, Deed.SEE_REQUESTS, Deed.SEE_ORGANISATION})
SECOND_PERSON = frozenset({Deed.CLEAR})
"""Deeds that need another person than the one who did the first; nobody does both, the operator does neither."""

APART = (frozenset({Role.DPO, Role.SIRO}),)
"""Roles one person may not hold together: who advises on notification does not decide it (UK GDPR Art. 38(6))."""

_REGISTER = {Deed.BEGIN_LOAD, Deed.RECORD, Deed.CHANGE, Deed.CORRECT, Deed.VOID, Deed.END_LOAD, Deed.UNDO_LOAD}
_COVERAGE = {Deed.STATE_COVERAGE, Deed.RECORD_SEARCH, Deed.ADD_STATEMENT, Deed.NOTE_BREAK}
_PEOPLE = {Deed.ADD_BODY, Deed.ADD_PERSON, Deed.GIVE_ROLE, Deed.TAKE_ROLE, Deed.STATE}
_REPLY = {Deed.RECEIVE_REQUEST, Deed.DRAFT}

RIGHTS: dict[Role, frozenset[Deed]] = {
    Role.REPORTER: frozenset(),
    Role.HANDLER: frozenset(_REGISTER | _COVERAGE | {Deed.SEE_INCIDENTS, Deed.SEE_FIGURES}),
    Role.DUTY_OFFICER: frozenset({Deed.RECORD, Deed.CHANGE, Deed.SEE_INCIDENTS, Deed.SEE_FIGURES}),
    Role.ASSET_OWNER: frozenset({Deed.SEE_FIGURES}),
    Role.DPO: frozenset({Deed.SEE_INCIDENTS, Deed.SEE_FIGURES, Deed.SEE_ORGANISATION}),
    Role.SIRO: frozenset({Deed.DECIDE_TO_NOTIFY, Deed.SEE_INCIDENTS, Deed.SEE_FIGURES, Deed.SEE_REQUESTS}),
    Role.FOI_OFFICER: frozenset(_REPLY | {Deed.SEE_FIGURES, Deed.SEE_REQUESTS, Deed.SEE_ORGANISATION}),
    Role.INTERNAL_REVIEWER: frozenset({Deed.SEE_FIGURES, Deed.SEE_REQUESTS}),
    Role.RELEASE_APPROVER: frozenset({Deed.CLEAR, Deed.SEE_FIGURES, Deed.SEE_REQUESTS}),
    Role.RECORDS_MANAGER: frozenset(_COVERAGE | {Deed.SEE_FIGURES, Deed.SEE_ORGANISATION}),
    Role.AUDITOR: frozenset(LOOKS),
    Role.ADMINISTRATOR: frozenset(_PEOPLE | {Deed.SEE_ORGANISATION}),
    Role.OPERATOR: frozenset(Deed) - SECOND_PERSON,
}


def acting_as(roles: Collection[str], deed: Deed) -> Role | None:
    """Return the role, in the table's order, in which somebody who holds `roles` may do `deed`, or None."""
    return next((role for role, deeds in RIGHTS.items() if role in roles and deed in deeds), None)


def kept_apart(roles: Collection[str]) -> frozenset[Role] | None:
    """Return the first set of roles among `roles` that one person may not hold together, or None."""
    return next((pair for pair in APART if pair <= set(roles)), None)


def two_people(first: int, second: int) -> bool:
    """Say whether a deed that asks for two names has two: `first` and `second` are person numbers."""
    return first != second
