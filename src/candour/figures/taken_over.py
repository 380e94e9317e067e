"""Why two tables of a body and its predecessors differ: its own incidents, and those of a register taken over.

What a predecessor's register counts comes in, incident by incident, with the entry by which it was taken over; before
that entry it is in no line. Together with the body's own differences they add up exactly to that of the totals.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from candour.figures import across, differences
from candour.figures.differences import Difference, Seen
from candour.figures.neighbours import predecessor_lines
from candour.figures.places import Reader
from candour.figures.questions import Question
from candour.incidents import models
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.ledger.rows import in_parts
from candour.organisation import people
from candour.organisation.kinds_of_bodies import Predecessor
from candour.organisation.models import Body, Person
from candour.rules.rights import Deed

MERGED = "body-merged"


def seen(
    body: Body, question: Question, as_at: AsAt, there: AsAt, *, by: Person, today: date, before: Question | None = None
) -> Seen:
    """Return every incident that counts otherwise in the table of bodies at `as_at` than at `there`.

    References of predecessors carry their prefix here. Who may not see incidents is told how many there are; so is
    everybody of confidential ones. `before` is the question as it was understood there.
    """
    own = differences.seen(body.pk, question, as_at, there, by=by, today=today, before=before)
    now, then = _lines(body, as_at), _lines(body, there)
    for slug in sorted({*now, *then}):
        one, line = now.get(slug) or then[slug]
        cut = across.counted_in(line, question)
        if cut is not None:
            sides = (then.get(slug) and there, now.get(slug) and as_at)
            own += _of(body, one, line, cut, sides, by=by, today=today)
    return own


def _lines(body: Body, at: AsAt) -> dict[str, tuple[Predecessor, across.Line]]:
    return {one.slug: (one, line) for one, line in predecessor_lines(body, at.number)}


def _of(
    body: Body,
    one: Predecessor,
    line: across.Line,
    question: Question,
    sides: tuple[AsAt | None, AsAt | None],
    *,
    by: Person,
    today: date,
) -> Seen:
    """The differences of one predecessor, whose record stands as it was sealed on both sides, or is in one only."""
    then, now = (AsAt(side.day, line.number) if side else None for side in sides)
    if then and now:
        found = differences.differences(line.body.pk, question, now, then)
    else:
        found = list(_moved(body, one, line, question, now or then, came=now is not None))
    secret = _secret(line.body, [row.reference for row in found])
    shown = [row for row in found if row.reference not in secret] if people.may(by, Deed.SEE_INCIDENTS, today) else []
    named = [replace(row, reference=f"{one.prefix}{row.reference}") for row in shown]
    return Seen(named, len(found) - len(named))


def _moved(
    body: Body, one: Predecessor, line: across.Line, question: Question, at: AsAt | None, *, came: bool
) -> Iterator[Difference]:
    """Every incident that the predecessor's line counts, as come in or gone with it."""
    if at is None:
        return
    entry = ledger.last_about(body.pk, Deed.CHANGE_BODY, one.slug).number
    found = Reader(line.body.pk, question, at).places()
    names = dict(models.Incident.objects.filter(body=line.body.pk).values_list("number", "reference"))
    for number in sorted(found, key=names.__getitem__):
        for place in sorted(found[number], key=str):
            before, after = (None, place) if came else (place, None)
            was, became = (None, place.tier) if came else (place.tier, None)
            why = f"{one.name} {line.note}"
            yield Difference(names[number], before, after, was, became, MERGED, why, entry, question.periods)


def _secret(body: Body, references: list[str]) -> frozenset[str]:
    found: set[str] = set()
    for some in in_parts(references):
        rows = models.Incident.objects.filter(body=body.pk, reference__in=some)
        handled = models.Handling.objects.filter(body=body.pk, confidential=True).values("incident")
        found |= set(rows.filter(number__in=handled).values_list("reference", flat=True))
    return frozenset(found)
