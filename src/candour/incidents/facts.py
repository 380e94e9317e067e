"""The countable facts of an incident: each with its name, its kind and how a page says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from candour.rules import tiers


class Kind(StrEnum):
    """How a fact is held: a London day, a whole number, a text of a (body's own) list, a code of a scheme."""

    DAY = "day"
    NUMBER = "number"
    TEXT = "text"
    CODE = "code"


@dataclass(frozen=True)
class Fact:
    """One field of interfaces `load` and `amend`, the column that holds it and its name on a page."""

    name: str
    kind: Kind
    label: str
    column: str = ""

    def __post_init__(self) -> None:
        if not self.column:
            object.__setattr__(self, "column", self.name)


FACTS = (
    Fact("occurred_on", Kind.DAY, "Happened"),
    Fact("occurred_until", Kind.DAY, "Until"),
    Fact("discovered_at", Kind.DAY, "Discovered", "discovered_on"),
    Fact("aware_at", Kind.DAY, "Aware", "aware_on"),
    Fact("reported_on", Kind.DAY, "Reported internally"),
    Fact("logged_on", Kind.DAY, "Logged"),
    Fact("told_ico_on", Kind.DAY, "Told the ICO"),
    Fact("ico_report_withdrawn_on", Kind.DAY, "Report to the ICO withdrawn"),
    Fact("told_people_on", Kind.DAY, "Told the people"),
    Fact("told_sponsor_on", Kind.DAY, "Told the sponsor"),
    Fact("contained_on", Kind.DAY, "Contained"),
    Fact("recovered_on", Kind.DAY, "Recovered"),
    Fact("recipient_confirmed_on", Kind.DAY, "Recipient confirmed deletion or return in writing"),
    Fact("supplier_knew_on", Kind.DAY, "Supplier knew"),
    Fact("supplier_told_us_on", Kind.DAY, "Supplier told us"),
    Fact("closed_on", Kind.DAY, "Closed"),
    Fact("triaged", Kind.TEXT, "Triaged"),
    Fact("personal_data", Kind.TEXT, "Personal data affected"),
    Fact("information_lost", Kind.TEXT, "Information lost, disclosed, altered or made unavailable"),
    Fact("resources_assigned", Kind.TEXT, "People put on it"),
    Fact("people_affected", Kind.NUMBER, "People affected"),
    Fact("people_affected_at_most", Kind.NUMBER, "People affected, at most"),
    Fact("incident_type", Kind.TEXT, "Type"),
    Fact("cause", Kind.TEXT, "Cause"),
    Fact("department", Kind.TEXT, "Department"),
    Fact("data_types", Kind.TEXT, "Kinds of data"),
    Fact("data_subjects", Kind.TEXT, "Whose data"),
    Fact("staff_group", Kind.TEXT, "Staff group"),
    Fact("medium", Kind.TEXT, "Medium"),
    Fact("lost_or_stolen", Kind.TEXT, "Lost or stolen"),
    Fact("encrypted", Kind.TEXT, "Encrypted"),
    Fact("on_premises", Kind.TEXT, "On our premises"),
    Fact("supplier", Kind.TEXT, "Supplier"),
    Fact("contract", Kind.TEXT, "Contract"),
    Fact("our_role", Kind.TEXT, "Our role"),
    Fact("immediate_risk", Kind.TEXT, "Someone could come to harm at once"),
    Fact("ico_reference", Kind.TEXT, "ICO reference"),
    Fact("ico_outcome", Kind.TEXT, "ICO outcome"),
    Fact("disciplinary", Kind.TEXT, "Disciplinary action"),
    Fact("devices", Kind.NUMBER, "Devices"),
    Fact("cost_pounds", Kind.NUMBER, "Cost in pounds"),
    Fact("source", Kind.TEXT, "Source register"),
    Fact("category", Kind.CODE, "Cabinet Office category", ""),
)
BY_NAME = {fact.name: fact for fact in FACTS}
_COLUMN = {fact.name: fact.column for fact in FACTS}
MOMENTS = tuple(fact.column for fact in FACTS if fact.kind is Kind.DAY)
COLUMNS = tuple(fact.column for fact in FACTS if fact.kind is not Kind.CODE)
"""The columns of a version that hold facts a person states."""

SCHEME = "cabinet-office"
"""The scheme that the field `category` speaks of."""

COUNTED, VOID, EXERCISE = "counted", "void", "exercise"
DUPLICATE, NO_INCIDENT, NOT_OURS = "duplicate", "not-an-incident", "not-ours"
STANDINGS = (COUNTED, VOID, EXERCISE, DUPLICATE, NO_INCIDENT, NOT_OURS)
"""Where an incident stands. Only what is counted counts; what is not ours (another body's data reached us) is a measure
of its own; a void one was a mistake, by correction."""


def by_role(our_role: str | None) -> str:
    """Return where an incident stands for what we are in it: another body's data that reached us is not ours."""
    return NOT_OURS if our_role == "recipient" else COUNTED


HERE = "this-register"
"""The source of what this register was told itself."""

TAKEN_FROM = ("reported_on", "discovered_on", "told_ico_on", "occurred_on")
"""What stands in, in this order, where an older register gives no day of logging."""


def column(name: str) -> str:
    """Return the column of a fact by its name in interfaces."""
    return _COLUMN.get(name, name)


def held(column_: str, value: Any) -> Any:
    """Return a value as a version holds it in a column: the ISO text of a day becomes the day."""
    return date.fromisoformat(value) if column_ in MOMENTS and isinstance(value, str) else value


DECIDING = ("told_ico", "personal_data", "information_lost", "resources_assigned")
"""The columns of what a source register says, from which its tier follows."""


def derived(facts: Mapping[str, Any]) -> tuple[str, str]:
    """Return the tier that follows from a version's facts, and why (words.md, "tier")."""
    return tiers.derive(
        told_ico=facts.get("told_ico") or "no",
        personal_data=facts.get("personal_data") or "",
        information_lost=facts.get("information_lost") or "",
        resources_assigned=facts.get("resources_assigned") or "",
        triaged=facts.get("triaged") != "no",
    )


def settle(facts: dict[str, Any]) -> dict[str, Any]:
    """Return facts with the tier settled: a stated or overridden one stays, else it follows from the facts."""
    follows, _ = derived(facts)
    stays = facts.get("tier_basis") in {"stated", "overridden"}
    tier, basis = (facts["tier"], facts["tier_basis"]) if stays else (follows, "derived")
    return {**facts, "tier": tier, "tier_basis": basis, "tier_derived": follows}
