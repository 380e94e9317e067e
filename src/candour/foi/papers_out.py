"""What of a reply would leave: the letter in one format and the enclosures, with what people put in their place."""

from dataclasses import dataclass

from django.db.models import QuerySet

from candour.foi import disposing, lifecycle, models
from candour.organisation.exits import Paper
from candour.organisation.models import Body
from candour.rules.refusals import Conflict, NotThere

LETTERS = ("pdf", "odt", "docx", "html")
"""Formats that a letter may leave in; the first unless the requester asked for another."""


@dataclass(frozen=True)
class Standing:
    """A case on its way out: its last draft, the last step, the files that would leave now, and the state."""

    case: models.Case
    draft: models.Draft
    step: models.Step | None
    papers: tuple[Paper, ...]
    letter: str
    state: lifecycle.State
    own: frozenset[str]
    """Digests of files that a person enclosed, so that they may be taken out again."""
    letter_is_ours: bool
    """Whether the letter is the draft's own, not one that a person finished and put in its place."""

    @property
    def asked_by(self) -> int:
        """The number of the person who asked for clearance; 0 where nobody has."""
        found = _steps(self.case).filter(deed="clearance.asked").last()
        return found.person if found else 0


def standing(body: Body, reference: str, *, letter: str | None = None, lock: bool = False) -> Standing:
    """Return how a case stands; `letter` is a format (default: that of the last step, else PDF).

    With `lock` its row is held until the transaction ends. Raises NotThere; Conflict where nothing is drafted.
    """
    cases = models.Case.objects.select_for_update() if lock else models.Case.objects
    case = cases.filter(body=body.pk, reference=reference).first()
    if case is None:
        raise NotThere(f"there is no request {reference}")
    if disposing.is_erased(case):
        raise Conflict(f"{reference} was disposed of under the retention schedule; nothing of it is left to send")
    draft = models.Draft.objects.filter(body=body.pk, case=case.number).order_by("number").last()
    if draft is None:
        raise Conflict(f"nothing is drafted for {reference} yet")
    step = _steps(case).last()
    format_ = letter or (step.letter if step else LETTERS[0])
    rows = list(models.Enclosure.objects.filter(body=body.pk, request=case.number, closed=None).order_by("opened"))
    papers = _papers(draft, f"reply.{format_}", rows, _requester(case))
    same = step is not None and [[paper.name, paper.sha256] for paper in papers] == step.papers
    state = lifecycle.standing(step.deed if step else None, same=same)
    ours = papers[0].sha256 == draft.files.get(f"reply.{format_}")
    return Standing(case, draft, step, papers, format_, state, frozenset(row.sha256 for row in rows), ours)


def _steps(case: models.Case) -> QuerySet[models.Step]:
    return models.Step.objects.filter(body=case.body, request=case.number).order_by("number")


def _requester(case: models.Case) -> str:
    return str(case.request["from"]["name"] or "").strip()


def _papers(draft: models.Draft, letter: str, rows: list[models.Enclosure], to: str) -> tuple[Paper, ...]:
    """The letter first; a file put in the place of another stands where that stood."""
    first = [(letter, draft.files[letter])] if letter in draft.files else []
    named = [*first, *((name, sha256) for name, sha256 in draft.enclosures)]
    instead = {row.made_from: Paper(row.name, row.sha256, to) for row in rows if row.made_from}
    drafted = [instead.get(sha256) or Paper(name, sha256, to) for name, sha256 in named]
    there = {paper.sha256 for paper in drafted}
    return (*drafted, *(Paper(row.name, row.sha256, to) for row in rows if row.sha256 not in there))
