"""What every answer of one draft rests on: the body, the coordinates, and what was said further up in the letter."""

from dataclasses import dataclass, field
from datetime import date

from candour.figures import tables
from candour.figures.questions import question as figures_question
from candour.figures.tables import Table
from candour.ledger.coordinates import AsAt
from candour.organisation.models import Body
from candour.rules import years


@dataclass
class Context:
    """One draft being made; `linked` are the documents whose link the letter has given already."""

    body: Body
    as_at: AsAt
    linked: set[str] = field(default_factory=set)
    _tables: dict[tuple[str, tuple[years.Period, ...]], Table] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.as_at.day

    def table(self, measure: str, periods: tuple[years.Period, ...]) -> Table:
        """Return the table of a measure over periods, made once: two questions about the same share it."""
        key = (measure, periods)
        if key not in self._tables:
            self._tables[key] = tables.table(self.body.pk, figures_question(measure, periods), self.as_at)
        return self._tables[key]
