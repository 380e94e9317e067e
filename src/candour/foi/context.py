"""What every answer of one draft rests on: the body, the coordinates, and what was said further up in the letter."""

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import PurePath

from candour.figures import models, printed, safe, tables
from candour.figures import queries as figures
from candour.figures.questions import question as figures_question
from candour.figures.tables import Table
from candour.ledger.coordinates import AsAt
from candour.organisation.furniture import Furniture, furniture
from candour.organisation.kinds import File
from candour.organisation.models import Body
from candour.reading.requests import Question
from candour.rules import years
from candour.rules.disclosure_control import choice

REPLY = ("reply.pdf", "reply.docx", "reply.odt", "reply.html", "answers.json")
"""The files of a reply; no enclosure may carry such a name beside them."""

THIS_REPLY = "this reply"
"""How a draft names itself where one of its tables would give another away."""


@dataclass
class Context:
    """One draft being made: `earlier` are its questions by number, `linked` the number under which a link was given."""

    body: Body
    as_at: AsAt
    earlier: dict[str, Question] = field(default_factory=dict)
    linked: dict[str, str] = field(default_factory=dict)
    _enclosed: dict[str, File] = field(default_factory=dict)
    _tables: dict[tuple[str, tuple[years.Period, ...]], Table] = field(default_factory=dict)
    _given: dict[tuple[str, tuple[years.Period, ...]], Table] = field(default_factory=dict)
    _printed: list[models.Printed] = field(default_factory=list)
    _since: dict[str, date | None] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.as_at.day

    @cached_property
    def settings(self) -> Furniture:
        """The body's standing paragraphs and what fills them, as at the day of the answers."""
        return furniture(self.body, self.as_at)

    def table(self, measure: str, periods: tuple[years.Period, ...]) -> Table:
        """Return the table of a measure over periods, made once: two questions about the same share it."""
        key = (measure, periods)
        if key not in self._tables:
            self._tables[key] = tables.table(self.body.pk, figures_question(measure, periods), self.as_at)
        return self._tables[key]

    def given(self, measure: str, periods: tuple[years.Period, ...]) -> Table:
        """Return a table as it may be given: protected where the procedure says so, and beside what is public.

        What this reply says already counts as public. Raises CannotBeMet, Undoes; WrongInput for a median.
        """
        key = (measure, periods)
        if key not in self._given:
            bare, auto = self.table(measure, periods), choice.read(choice.AUTO)
            made = safe.draft(self.body, bare, auto, number=self.as_at.number, beside=self._printed).table
            self._given[key] = made
            self._printed.append(printed.of_table(self.body, made, printed.Paper(THIS_REPLY, self.day)))
        return self._given[key]

    def recorded_since(self, measure: str) -> date | None:
        """Return since when the register records a measure; None where nobody stated it."""
        if measure not in self._since:
            self._since[measure] = figures.covered_since(self.body.pk, measure, self.as_at.number)
        return self._since[measure]

    def enclosed(self, file: File) -> File:
        """Enclose a file once, under a name of its own among the files of this reply."""
        if file.sha256 not in self._enclosed:
            taken = {*REPLY, *(other.name.casefold() for other in self._enclosed.values())}
            self._enclosed[file.sha256] = replace(file, name=_free(file.name, taken))
        return self._enclosed[file.sha256]


def _free(name: str, taken: set[str]) -> str:
    path, found, number = PurePath(name), name, 2
    while found.casefold() in taken:
        found, number = f"{path.stem}-{number}{path.suffix}", number + 1
    return found
