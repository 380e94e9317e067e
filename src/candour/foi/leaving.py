"""What a page shows of a reply on its way out: its state, the files that would leave, and what was found in them."""

from dataclasses import dataclass
from datetime import date, datetime

from candour.foi import lifecycle, models, papers_out, releasing
from candour.foi.lifecycle import State
from candour.ledger import queries as ledger
from candour.organisation import exits, people
from candour.organisation.exits import Paper
from candour.organisation.models import Body, Person
from candour.rules.refusals import Conflict, NotThere
from candour.rules.rights import Deed
from candour.screening.cleaning import made
from candour.screening.findings import Finding, Verdict


@dataclass(frozen=True)
class Leaf:
    """A file that would leave: what was found in it (None: not looked into yet), and who let it go, and why."""

    name: str
    sha256: str
    verdict: Verdict | None
    findings: tuple[Finding, ...]
    let_by: str
    let_why: str
    can_be_cleaned: bool
    can_be_redacted: bool
    can_be_taken_out: bool


@dataclass(frozen=True)
class Happened:
    """A step that was taken: which, by whom, when, and the words that were given with it."""

    deed: Deed
    by: str
    at: datetime
    words: str


@dataclass(frozen=True)
class Leaving:
    """A reply on its way out. `asked_by` is the number of the person who asked for clearance, 0 where nobody did."""

    state: State
    files: tuple[Leaf, ...]
    steps: tuple[Happened, ...]
    asked_by: int
    may_change: bool
    link: str | None
    letter: str


def leaving(body: Body, reference: str, *, by: Person, at: datetime, today: date) -> Leaving | None:
    """Return how a reply stands on its way out; None where nothing is drafted. Raises NotThere."""
    if by.body_id != body.pk or not people.may(by, Deed.SEE_REQUESTS, today):
        raise NotThere("there is nothing here for you")
    try:
        now = papers_out.standing(body, reference)
    except Conflict:
        return None
    names = dict(Person.objects.filter(body=body).values_list("number", "name"))
    return Leaving(
        now.state,
        tuple(_leaves(body, now, names, at)),
        tuple(_steps(body, now, names)),
        now.asked_by,
        now.state in lifecycle.MAY_CHANGE,
        releasing.link(body, reference),
        now.letter,
    )


def _leaves(body: Body, now: papers_out.Standing, names: dict[int, str], at: datetime) -> list[Leaf]:
    found, let = exits.reports(body, now.papers, at=at), exits.let(body, now.papers)
    whys = ledger.many(body.pk, [one.number for one in let.values()])
    leaves = []
    for paper in now.papers:
        report, gone = found.get(paper.sha256), let.get(paper.sha256)
        leaves.append(
            Leaf(
                paper.name,
                paper.sha256,
                report.verdict if report else None,
                report.findings if report else (),
                names.get(gone.by, "") if gone else "",
                whys[gone.number].words.get("reason") or "" if gone else "",
                _cleanable(paper),
                made.can_be_redacted(paper.name),
                paper.sha256 in now.own,
            )
        )
    return leaves


def _cleanable(paper: Paper) -> bool:
    ending = paper.name.rpartition(".")[2].lower()
    return any(ending in kind.endings for kind in made.CLEANED)


def _steps(body: Body, now: papers_out.Standing, names: dict[int, str]) -> list[Happened]:
    rows = models.Step.objects.filter(body=body.pk, request=now.case.number).order_by("number")
    told = ledger.many(body.pk, [row.number for row in rows])
    events = [(row, told[row.number]) for row in rows]
    return [
        Happened(
            Deed(row.deed), names.get(row.person, ""), event.at, " ".join(text for text in event.words.values() if text)
        )
        for row, event in events
    ]
