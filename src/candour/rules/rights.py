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
    """A deed's name as the ledger writes it; the last five are looks, which leave no entry."""

    ADD_BODY = "body.added"
    ADD_PERSON = "person.added"
    GIVE_ROLE = "role.given"
    TAKE_ROLE = "role.taken"
    RENEW_SIGN_IN = "sign-in.renewed"
    STATE = "organisation.stated"
    CHANGE_BODY = "body.changed"
    SEAL = "chain.sealed"
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
    WITHDRAW_STATEMENT = "statement.withdrawn"
    NOTE_BREAK = "break.noted"
    DECIDE_DISCLOSURE = "disclosure.decided"
    DEFINE_MEASURE = "measure.defined"
    RETIRE_MEASURE = "measure.retired"
    PUBLISH = "figures.published"
    WITHDRAW_FIGURES = "figures.withdrawn"
    PUBLISH_ANNUAL = "annual-report.published"
    RECEIVE_REQUEST = "request.received"
    DRAFT = "reply.drafted"
    REPORT = "incident.reported"
    TELL_MORE = "incident.told-more"
    ASK_REPORTER = "reporter.asked"
    REPORTER_ANSWERS = "reporter.answered"
    ACCEPT = "incident.accepted"
    DISMISS = "incident.dismissed"
    ASSIGN = "incident.assigned"
    HAND_OVER = "work.handed-over"
    NOTE = "note.added"
    LINK = "incident.linked"
    UNLINK = "incident.unlinked"
    SPLIT = "incident.split"
    JOIN = "incident.joined"
    RESTORE = "incident.restored"
    RESTRICT = "incident.restricted"
    GRANT_ACCESS = "access.granted"
    REVOKE_ACCESS = "access.revoked"
    CATEGORISE = "incident.categorised"
    ASSESS = "risk.assessed"
    ADVISE = "advice.given"
    DECIDE_TO_NOTIFY = "notification.decided"
    PLAN_ACTION = "action.planned"
    END_ACTION = "action.ended"
    LEARN = "lesson.recorded"
    CLOSE = "incident.closed"
    REOPEN = "incident.reopened"
    ATTACH = "file.attached"
    DETACH = "file.removed"
    OPEN_FILE = "file.opened"
    PLACE_HOLD = "hold.placed"
    LIFT_HOLD = "hold.lifted"
    PROPOSE_DISPOSAL = "disposal.proposed"
    DISPOSE = "disposal.approved"
    REPEAT_DISPOSAL = "disposal.repeated"
    NOTIFY = "notice.sent"
    ACKNOWLEDGE = "notice.acknowledged"
    GIVE_TOKEN = "token.given"  # noqa: S105 - a deed's name
    REVOKE_TOKEN = "token.revoked"  # noqa: S105 - likewise
    SCREEN = "files.screened"
    LET_GO = "file.let-go"
    ENCLOSE = "enclosure.added"
    REPLACE = "enclosure.cleaned"
    TAKE_OUT = "enclosure.taken-out"
    ASK_CLEARANCE = "clearance.asked"
    CLEAR = "reply.cleared"
    RETURN = "reply.returned"
    RELEASE = "reply.released"
    WITHDRAW = "release.withdrawn"
    SEE_INCIDENTS = "incidents"
    SEE_DEPARTMENT = "own-department"
    SEE_FIGURES = "figures"
    SEE_REQUESTS = "requests"
    SEE_ORGANISATION = "organisation"


LOOKS = frozenset({
    Deed.SEE_INCIDENTS, Deed.SEE_DEPARTMENT, Deed.SEE_FIGURES, Deed.SEE_REQUESTS, Deed.SEE_ORGANISATION,
})  # fmt: skip
SECOND_PERSON = frozenset({Deed.CLEAR, Deed.LET_GO, Deed.DISPOSE})
"""Deeds that need another person than the one who did the first; nobody does both, the operator does neither."""

APART = (frozenset({Role.DPO, Role.SIRO}),)
"""Roles one person may not hold together: who advises on notification does not decide it (UK GDPR Art. 38(6))."""

_REGISTER = {Deed.BEGIN_LOAD, Deed.RECORD, Deed.CHANGE, Deed.CORRECT, Deed.VOID, Deed.END_LOAD, Deed.UNDO_LOAD}
_REPORTS = {Deed.REPORT, Deed.ASK_REPORTER, Deed.REPORTER_ANSWERS}
_TRIAGE = {
    Deed.ACCEPT, Deed.DISMISS, Deed.ASSIGN, Deed.HAND_OVER, Deed.NOTE, Deed.LINK, Deed.UNLINK, Deed.SPLIT, Deed.JOIN,
    Deed.RESTORE, Deed.RESTRICT, Deed.GRANT_ACCESS, Deed.REVOKE_ACCESS,
}  # fmt: skip
_WORK = {
    Deed.CATEGORISE, Deed.ASSESS, Deed.PLAN_ACTION, Deed.END_ACTION, Deed.LEARN, Deed.CLOSE, Deed.REOPEN, Deed.ATTACH,
    Deed.DETACH, Deed.OPEN_FILE, Deed.ACKNOWLEDGE,
}  # fmt: skip
_HOLDS = {Deed.PLACE_HOLD, Deed.LIFT_HOLD, Deed.PROPOSE_DISPOSAL}
_COVERAGE = {
    Deed.STATE_COVERAGE, Deed.RECORD_SEARCH, Deed.ADD_STATEMENT, Deed.WITHDRAW_STATEMENT, Deed.NOTE_BREAK,
    Deed.DEFINE_MEASURE, Deed.RETIRE_MEASURE,
}  # fmt: skip
_PEOPLE = {
    Deed.ADD_BODY, Deed.ADD_PERSON, Deed.GIVE_ROLE, Deed.TAKE_ROLE, Deed.RENEW_SIGN_IN, Deed.STATE, Deed.CHANGE_BODY,
    Deed.SEAL, Deed.GIVE_TOKEN, Deed.REVOKE_TOKEN,
}  # fmt: skip
_REPLY = {
    Deed.RECEIVE_REQUEST, Deed.DRAFT, Deed.SCREEN, Deed.ENCLOSE, Deed.REPLACE, Deed.TAKE_OUT, Deed.ASK_CLEARANCE,
    Deed.RELEASE, Deed.WITHDRAW,
}  # fmt: skip
_PUBLICATION = {
    Deed.DECIDE_DISCLOSURE, Deed.SCREEN, Deed.PUBLISH, Deed.PUBLISH_ANNUAL, Deed.WITHDRAW_FIGURES,
}  # fmt: skip
_CLEARANCE = {Deed.SCREEN, Deed.CLEAR, Deed.RETURN, Deed.LET_GO, Deed.WITHDRAW}

_DPO = {
    Deed.REPORT, Deed.NOTE, Deed.ADVISE, Deed.OPEN_FILE, Deed.ACKNOWLEDGE, Deed.SEE_INCIDENTS, Deed.SEE_FIGURES,
}  # fmt: skip
_SIRO = {
    Deed.DECIDE_DISCLOSURE, Deed.SCREEN, Deed.LET_GO, Deed.REPORT, Deed.NOTE, Deed.DECIDE_TO_NOTIFY, Deed.ACKNOWLEDGE,
}  # fmt: skip

RIGHTS: dict[Role, frozenset[Deed]] = {
    Role.REPORTER: frozenset({Deed.REPORT, Deed.TELL_MORE, Deed.REPORTER_ANSWERS}),
    Role.HANDLER: frozenset(
        _REGISTER | _REPORTS | _TRIAGE | _WORK | _COVERAGE | {Deed.SEE_INCIDENTS, Deed.SEE_FIGURES}
    ),
    Role.DUTY_OFFICER: frozenset(
        _REPORTS | _TRIAGE | {Deed.RECORD, Deed.CHANGE, Deed.ACKNOWLEDGE, Deed.SEE_INCIDENTS, Deed.SEE_FIGURES}
    ),
    Role.ASSET_OWNER: frozenset({Deed.REPORT, Deed.NOTE, Deed.END_ACTION, Deed.SEE_DEPARTMENT, Deed.SEE_FIGURES}),
    Role.DPO: frozenset({*_DPO, Deed.SEE_ORGANISATION}),
    Role.SIRO: frozenset({*_SIRO, Deed.SEE_INCIDENTS, Deed.SEE_FIGURES, Deed.SEE_REQUESTS}),
    Role.FOI_OFFICER: frozenset(
        _REPLY
        | _PUBLICATION
        | {Deed.REPORT, Deed.PLACE_HOLD, Deed.SEE_FIGURES, Deed.SEE_REQUESTS, Deed.SEE_ORGANISATION}
    ),
    Role.INTERNAL_REVIEWER: frozenset({Deed.REPORT, Deed.SEE_FIGURES, Deed.SEE_REQUESTS}),
    Role.RELEASE_APPROVER: frozenset(_CLEARANCE | {Deed.REPORT, Deed.SEE_FIGURES, Deed.SEE_REQUESTS}),
    Role.RECORDS_MANAGER: frozenset(
        _COVERAGE | _HOLDS | _PUBLICATION | {Deed.REPORT, Deed.DISPOSE, Deed.SEE_FIGURES, Deed.SEE_ORGANISATION}
    ),
    Role.AUDITOR: frozenset({*LOOKS, Deed.REPORT}),
    Role.ADMINISTRATOR: frozenset(_PEOPLE | {Deed.REPORT, Deed.SEE_ORGANISATION}),
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
