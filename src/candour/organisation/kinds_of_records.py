"""The kind of particular that says how long records are kept: the body's retention schedule."""

from dataclasses import dataclass
from typing import Annotated

from candour.organisation import cells
from candour.organisation.cells import Count, Line, Slug, Words, Yes
from candour.organisation.stated import Stated
from candour.rules import tiers

INCIDENTS, PEOPLE, PARTICULARS, REQUESTS = "incidents", "people", "particulars", "requests"
RECORDS = (INCIDENTS, PEOPLE, PARTICULARS, REQUESTS)
"""What is disposed of: words of incidents; names of people who left; what the body said of itself and says no more;
words and papers of requests."""


@dataclass(frozen=True)
class Retention(Stated):
    """One row of the schedule: the law gives the principle, the body the period, with the source it follows.

    A tier or a type narrows it to incidents that have them; the narrowest row that fits an incident decides.
    """

    kind = "retention"
    table = "retention"
    key_field = "slug"
    slug: Slug
    record: Annotated[str, cells.one_of(*RECORDS)]
    source: Words
    keep: Count = None
    unit: Annotated[str, cells.one_of("years", "months")] = "years"
    permanent: Yes = False
    counted_from: Annotated[str, cells.one_of("closed", "logged")] = "closed"
    tier: Annotated[str, cells.one_of("", *tiers.TIERS)] = ""
    incident_type: Line = ""

    def __post_init__(self) -> None:
        if self.permanent == bool(self.keep):
            raise ValueError("a row has a period to keep, from 1 on, or is permanent")
        if self.record != INCIDENTS and (self.tier or self.incident_type or self.counted_from != "closed"):
            raise ValueError("only a row for incidents has a tier, a type or a day it is counted from")

    @property
    def months(self) -> int | None:
        """The period in months; None: permanent."""
        if self.permanent or self.keep is None:
            return None
        return self.keep * 12 if self.unit == "years" else self.keep

    @property
    def narrowness(self) -> tuple[bool, bool]:
        """Which row decides where several fit: one for a type and a tier, then for a type, then for a tier."""
        return bool(self.incident_type), bool(self.tier)

    @property
    def words(self) -> str:
        """The period as a page says it: "6 years from the day it was closed"."""
        if self.permanent:
            return "permanent"
        since = {
            INCIDENTS: f"the day it was {self.counted_from}",
            PEOPLE: "the end of the last role",
            REQUESTS: "the last step",
        }
        unit = self.unit.removesuffix("s") if self.keep == 1 else self.unit
        return f"{self.keep} {unit} from {since.get(self.record, 'the day it ended')}"
