"""The tables of an Annual Report leave the building as one paper, held against all that is public, and are kept."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from candour.documents import letter
from candour.figures import annual_paper, consistency, frozen, printed, publishing, questions, safe, tables
from candour.figures.annual import REPORTED, Annual
from candour.figures.consistency import Disagreement
from candour.figures.publishing import Left, Publication
from candour.figures.tables import Table
from candour.figures.undoing import Undoes
from candour.ledger import actions as ledger
from candour.ledger import queries
from candour.organisation import exits, files, people
from candour.organisation.exits import Paper
from candour.organisation.models import Body, Person
from candour.rules import tiers, years
from candour.rules.disclosure_control import choice
from candour.rules.rights import Deed


def printed_in(body: Body, annual: Annual) -> Iterator[Table]:
    """Yield the tables whose numbers the paper prints, in sums and line by line.

    Table 1 gives a line for each incident with its month, its nature and its people: so it tells, month by month and
    category by category, how many there were and how many people they come to.
    """
    yield from (*annual.before, annual.others, annual.reconciled)
    months = years.periods("month", annual.year.start, annual.year.end)
    where = {"tier": tiers.REPORTED, "personal_data": "yes"}
    for measure, only in ((REPORTED, None), ("people-affected", where)):
        question = questions.question(measure, months, group=("category",), where=only, basis="occurred")
        yield tables.table(body.pk, question, annual.as_at)


def disagreements(body: Body, in_it: Iterable[Table], *, by: Person, at: datetime) -> list[Disagreement]:
    """Return where some tables say otherwise than what was published before, each number with its explanation."""
    today = years.london_day(at)
    found = (consistency.disagreements(body.pk, one, by=by, today=today) for one in in_it)
    return [one for some in found for one in some]


def publish(body: Body, annual: Annual, where: Publication, *, by: Person, at: datetime) -> Left:
    """Let the tables of a year out as a PDF; what they print is public from then on.

    Raises NotAllowed; WrongInput as `publishing.publish`; Undoes where a number of them gives away what stands under a
    mark, and nobody gives the reason; Conflict where they say otherwise than before and nobody explains it, or for a
    file that may not leave.
    """
    people.require(by, Deed.PUBLISH_ANNUAL, at, body)
    publishing.check(where, years.london_day(at))
    in_it, number = list(printed_in(body, annual)), queries.head(body.pk).number
    paper = printed.Paper(where.document, where.on, printed.ANNUAL_REPORT)
    sheets = [printed.of_table(body, one, paper) for one in in_it]
    undoes = printed.undone(body, sheets, number=number)
    if undoes and not where.reason.strip():
        raise Undoes(undoes, "it may leave all the same with your reason, which is kept with the decision")
    differ = disagreements(body, in_it, by=by, at=at)
    publishing.explained(differ, where)
    name = f"annual-report-{re.sub(r'[^0-9]+', '-', annual.year.label)}.pdf"
    out = [Paper(name, files.store(letter.pdf(annual_paper.paper(body, annual)), name).sha256)]
    exits.screen(body, annual.year.label, out, by=by, at=at)
    with transaction.atomic():
        if undoes:
            _decide(body, annual, where.reason, by=by, at=at)
        number = _enter(body, annual, out, where, printed.digest(sheets), by=by, at=at)
        printed.keep(sheets, number)
        return Left(number, exits.let_out(body, number, out), tuple(differ))


def _decide(body: Body, annual: Annual, reason: str, *, by: Person, at: datetime) -> None:
    """Record that the tables leave although a number can be worked out with them that was hidden before."""
    about = frozen.asked_of(annual.before[0])
    safe.record(
        body, safe.TABLE, REPORTED, about, annual.as_at, choice=choice.NONE, applied=None, steps=(), reason=reason,
        by=by, at=at,
    )  # fmt: skip


def _enter(
    body: Body, annual: Annual, out: list[Paper], where: Publication, digest: str, *, by: Person, at: datetime
) -> int:  # fmt: skip
    actor = people.require(by, Deed.PUBLISH_ANNUAL, at, body)
    passed = exits.check(body, out, prepared_by=by.number, reason="", at=at)
    facts = {
        "year": annual.year.label, "as_at": annual.as_at.day, "record_number": annual.as_at.number, "on": where.on,
        "files": {paper.name: paper.sha256 for paper in out}, "tables": digest, **passed,
    }  # fmt: skip
    words = {"document": where.document, "explanation": where.explanation}
    subject = printed.ANNUAL_REPORT
    return ledger.append(body.pk, Deed.PUBLISH_ANNUAL, subject=subject, facts=facts, words=words, by=actor, at=at)
