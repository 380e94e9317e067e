"""What is still missing before the work on an incident may be closed, as sentences; and which of it may be waived."""

from collections.abc import Iterator
from dataclasses import dataclass

from candour.rules import self_assessment, tiers
from candour.rules.plurals import plural

OURS = frozenset({None, "controller", "joint"})
"""The roles in which a duty to tell the regulator is ours; not stated counts as ours."""


@dataclass(frozen=True)
class Work:
    """What is known of an incident when somebody wants to close it; `decided` and `told` name `ico` and `people`.

    `owed` counts what others, such as a supplier, still owe us about it.

    `duties` is what the self-assessment came to, by `ico` and `people`; None where nobody answered it.
    """

    tier: str
    personal_data: str | None
    our_role: str | None
    coded: bool
    open_actions: int
    questions_open: int
    owed: int
    duties: dict[str, str] | None
    decided: dict[str, str]
    told: frozenset[str]


@dataclass(frozen=True)
class Missing:
    """One thing that is missing; `waived` says whether a reason may stand in for it."""

    code: str
    sentence: str
    waived: bool = True


def missing(work: Work) -> tuple[Missing, ...]:
    """Name what is missing, the duties first: no reason stands in for a duty that nobody decided."""
    return (*_duties(work), *_rest(work))


_WHOM = {"ico": "the Information Commissioner", "people": "the people concerned"}


def _duties(work: Work) -> Iterator[Missing]:
    if work.our_role not in OURS:
        return
    affected = work.personal_data in {"yes", "suspected"}
    for about, whom in _WHOM.items():
        due = work.duties[about] if work.duties else None
        asked = affected if about == "ico" else due in {self_assessment.TELL, self_assessment.OPEN}
        if about not in work.decided and about not in work.told and (asked or due == self_assessment.TELL):
            yield Missing(f"{about}-undecided", f"Nobody has decided whether to tell {whom}.", waived=False)
        if work.decided.get(about) == "tell" and about not in work.told:
            yield Missing(f"{about}-not-told", f"It was decided to tell {whom}, and no day is recorded.", waived=False)
    if affected and work.duties is None:
        yield Missing("not-assessed", "The ICO's self-assessment has not been answered.")


def _rest(work: Work) -> Iterator[Missing]:
    yield from _unsettled(work)
    yield from _awaited(work)


def _unsettled(work: Work) -> Iterator[Missing]:
    if work.tier == tiers.UNDETERMINED:
        yield Missing(
            "no-tier", "It is not determined which tier it counts under: a fact that decides it is not known."
        )
    if not work.coded:
        yield Missing("no-category", "It has no category in any scheme.")
    if work.open_actions:
        yield Missing("open-actions", f"{plural(work.open_actions, 'action is', 'actions are')} still open.")


def _awaited(work: Work) -> Iterator[Missing]:
    if work.owed:
        yield Missing("owed", "What the supplier still owes us has not come.")
    if work.questions_open:
        asked = plural(work.questions_open, "question to the reporter is", "questions to the reporter are")
        yield Missing("no-answer", f"{asked} not answered.")
