"""Why an incident counts otherwise: each difference between two tables is of one kind, each kind has its sentence."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from candour.figures import grouping
from candour.figures.questions import Question
from candour.incidents.facts import COUNTED, DUPLICATE, VOID
from candour.incidents.models import Version

MOMENTS = frozenset({"discovered_on", "aware_on", "told_ico_on", "times", "precision"})
OF_MOMENTS = frozenset({"days_to_report", "time_to_report", "told_within_72_hours"})
"""Columns that say how soon the ICO was told, and the facts that follow from them."""
PEOPLE = frozenset({"people_affected", "people_affected_at_most"})
OF_PEOPLE = PEOPLE | {"people_band"}

_COME = {"incident.restored": "restored", "incident.unlinked": "duplicate-unlinked", "incident.split": "split"}
_GONE = {"incident.joined": "joined", "incident.split": "split"}


@dataclass(frozen=True)
class Change:
    """One incident at two coordinates, the earlier first: its versions, and the deeds that moved it between.

    `new_source`: it came with the first load of a register; `codes`: a code that the table rests on is another;
    `ended`: the period in which it counts otherwise had ended on the earlier of the two days.
    """

    before: Version | None
    after: Version | None
    deeds: Collection[str]
    new_source: bool
    codes: bool
    ended: bool


@dataclass(frozen=True)
class Setting:
    """What else differs between the two tables: their days, the definition of the measure, the coverage."""

    question: Question
    earlier: date
    definition: bool
    coverage: bool

    def kind(self, change: Change) -> str:
        """Say of which kind a difference is; the first that fits, what happened to the incident itself before all."""
        if change.before is None or change.after is None:
            return self._new(change)
        return (
            self._standing(change.before, change.after, change.deeds)
            or self._tier(change.before, change.after, change.deeds)
            or self._facts(change, change.before, change.after)
            or self._around(change, change.after)
        )

    def _new(self, change: Change) -> str:
        """An incident that one of the two did not know, or knew from another day on."""
        if change.after is None:
            return "date-corrected" if change.deeds else "period-begun"
        if "incident.split" in change.deeds:
            return "split"
        if change.new_source:
            return "source-loaded"
        recorded = {"incident.recorded", "incident.reported"} & set(change.deeds)
        if change.deeds and not recorded:
            return "date-corrected"
        logged = change.after.logged_on
        return "recorded" if logged and logged > self.earlier else "recorded-late"

    def _standing(self, before: Version, after: Version, deeds: Collection[str]) -> str:
        """Whether it is counted at all."""
        if before.standing == after.standing:
            return ""
        if after.standing == self.question.measure.standing:
            return next((kind for deed, kind in _COME.items() if deed in deeds), "restored")
        if after.standing == DUPLICATE:
            return "duplicate-linked"
        if after.standing == VOID:
            return next((kind for deed, kind in _GONE.items() if deed in deeds), "voided")
        return "restored" if after.standing == COUNTED else "dismissed"

    def _tier(self, before: Version, after: Version, deeds: Collection[str]) -> str:
        """A split or a join that moved what it states; else another tier, and what brought that about."""
        for deed, kind in _GONE.items():
            if deed in deeds:
                return kind
        if before.tier == after.tier:
            return ""
        if after.told_ico == "yes" and before.told_ico != "yes":
            return "told-ico"
        for column, kind in (("ico_report_withdrawn_on", "ico-report-withdrawn"), ("recovered_on", "recovered")):
            if getattr(after, column) and not getattr(before, column):
                return kind
        return "re-tiered"

    def _facts(self, change: Change, before: Version, after: Version) -> str:
        """The day that decides the period, the number that is added up, and what the table is grouped by."""
        moved = {
            field.attname
            for field in Version._meta.concrete_fields
            if getattr(before, field.attname) != getattr(after, field.attname)
        }
        moments = moved & MOMENTS if self._rests_on(OF_MOMENTS) else set()
        if before.told_ico_on is None and "told_ico_on" in {*moments, *(moved & {self.question.column})}:
            return "told-ico"
        if moments or self.question.column in moved:
            return "date-corrected"
        if "closed_on" in moved and self.question.measure.value == "open":
            return "reopened" if after.closed_on is None else "closed"
        if moved & PEOPLE and self._rests_on(OF_PEOPLE):
            return "people-corrected"
        return "facts-changed" if change.codes or moved & self._columns else ""

    def _rests_on(self, facts: Collection[str]) -> bool:
        return bool(self._used & set(facts))

    @property
    def _used(self) -> set[str | None]:
        question = self.question
        return {*question.group, *question.only, question.measure.gives.fact}

    @property
    def _columns(self) -> set[str]:
        return {grouping.COLUMNS.get(name, name) for name in self._used if name}

    def _around(self, change: Change, after: Version) -> str:
        """What changed was not the incident; or only what was said of it at the end of the period, when it was open."""
        if self.definition:
            return "definition-changed"
        closed = self.question.measure.value == "open" and after.closed_on and after.closed_on > self.earlier
        if closed and not change.ended:
            return "closed"
        if self.coverage:
            return "coverage-changed"
        return "date-corrected" if change.ended else "period-begun"
