"""What differs in an incident between any two moments: two days, two record numbers, or one of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from candour.incidents.queries import one
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Body, Person
from candour.rules.refusals import NotThere

NOT_THERE = "not in the record"


@dataclass(frozen=True)
class Difference:
    """One thing that is not the same at both moments: its label, and what is said of it at each."""

    label: str
    first: str
    second: str


def compare(body: Body, reference: str, first: AsAt, second: AsAt, *, by: Person, today: date) -> list[Difference]:
    """Return what differs; NotThere where the incident is not theirs to see, or stood at neither moment."""
    said = [_said(body, reference, as_at, by, today) for as_at in (first, second)]
    if not any(said):
        raise NotThere(f"there is no incident {reference}")
    labels = dict.fromkeys(label for words in said for label in words)
    pairs = [(label, *(words.get(label, _nothing(words)) for words in said)) for label in labels]
    return [Difference(label, then, now) for label, then, now in pairs if then != now]


def _nothing(words: dict[str, str]) -> str:
    return "not stated" if words else NOT_THERE


def _said(body: Body, reference: str, as_at: AsAt, by: Person, today: date) -> dict[str, str]:
    """Everything that is said of an incident at a moment, by its label; nothing where it did not stand then."""
    try:
        found = one.whole(body, reference, as_at, by=by, today=today, now=False)
    except NotThere:
        return {}
    return dict(_lines(found))


def _lines(found: one.Whole) -> Iterator[tuple[str, str]]:
    incident = found.incident
    yield "What happened", incident.description or "not stated"
    yield "Tier", incident.tier.replace("-", " ")
    yield "How the tier was settled", incident.tier_basis
    yield "Standing", incident.standing.replace("-", " ")
    for coded in found.work.codings:
        yield coded.title, f"{coded.code} {coded.label}".strip() if coded.code else "not stated"
    for fact in incident.facts:
        yield fact.label, fact.words
    yield "Actions open", str(len(found.work.open_actions))
