"""Where incidents count in a table: in which period and row, and with how much."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.figures import counting, statements
from candour.figures.coverage import Span, knowledge
from candour.figures.planning import BEGINNING, Plan
from candour.figures.questions import Question
from candour.figures.statements import Key, Rows, Term
from candour.figures.values import How
from candour.ledger.coordinates import AsAt


@dataclass(frozen=True, order=True)
class Place:
    """One cell that an incident counts in, by the place of its period and the row's key, and how much (1, its people).

    `value` is None where the measure takes the middle of numbers and the incident states none.
    """

    period: int
    group: Key
    tier: str
    value: int | None


class Reader:
    """Finds the places of incidents in the table of a question at two coordinates."""

    def __init__(self, body: int, question: Question, as_at: AsAt) -> None:
        self.body, self.question, self.as_at = body, question, as_at
        self.plan = Plan(question, as_at, knowledge(body, as_at.number))

    def places(self, numbers: Sequence[int] | None = None) -> dict[int, frozenset[Place]]:
        """Return where each of some incidents (None: all) counts; who counts nowhere is not in it."""
        found: dict[int, set[Place]] = {}
        selects = [
            statements.each(Rows("v", self.body, term, self.plan.filter_, self.as_at), among=numbers)
            for term in self._terms()
        ]
        for start in range(0, 0 if numbers == [] else len(selects), counting.AT_ONCE):
            for row in counting.asked(statements.together(selects[start : start + counting.AT_ONCE])):
                for incident, place in self._place(*row):
                    found.setdefault(incident, set()).add(place)
        return {incident: frozenset(places) for incident, places in found.items()}

    def _terms(self) -> Iterator[Term]:
        """One term for each tier over all the periods; where the end of each counts, one for each of them."""
        periods, day = self.question.periods, self.as_at.day
        for tier in self.plan.tiers:
            if self.question.measure.gives.how is not How.OPEN:
                yield Term(counting.UNDATED, tier, Span(periods[0].start, min(periods[-1].end, day)))
                continue
            for place, period in enumerate(periods):
                if period.start <= day:
                    end = min(period.end, day)
                    yield Term(place, tier, Span(BEGINNING, end), end)

    def _place(self, incident: int, place: int, tier: str, day: date | str, *rest: Any) -> Iterator[tuple[int, Place]]:
        *key, value = rest
        on = date.fromisoformat(day) if isinstance(day, str) else day
        if place == counting.UNDATED:
            periods = enumerate(self.question.periods)
            place = next((at for at, one in periods if one.start <= on <= one.end), counting.UNDATED)
        if place != counting.UNDATED and self.plan.covers_days(place, tier, Span(on, on), tuple(key)):
            counts = self.question.measure.gives.how is not How.MEDIAN
            yield incident, Place(place, tuple(key), tier, int(value or 0) if counts or value is not None else None)
