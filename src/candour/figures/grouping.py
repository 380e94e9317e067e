"""The facts that a table may be grouped or filtered by, and how a statement reads each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from candour.figures import elapsed, values
from candour.incidents import facts
from candour.rules import bands, schemes, tiers, vocabularies

HIDDEN = frozenset({"ico_reference"})
"""Facts that name one incident; no table is made by them."""

MANY = ("data_types", "data_subjects")
"""Facts that hold several at once: such an incident stands in several rows, and the rows are never added up."""

COLUMNS = {
    fact.name: fact.column for fact in facts.FACTS if fact.kind is facts.Kind.TEXT and fact.name not in HIDDEN
} | {"tier": "tier", "tier_basis": "tier_basis"}
"""The facts of a version that a table may be grouped or filtered by, and their columns."""

WORKED_OUT = {
    "people_band": bands.PEOPLE,
    "days_to_report": bands.DAYS,
    "time_to_report": bands.TIME,
    "told_within_72_hours": bands.WITHIN,
}
"""Facts that follow from others when they are asked for, and their values in order."""

LABELS = {
    "people_band": "People affected, in bands",
    "days_to_report": "Days from discovery to telling the ICO",
    "time_to_report": "Time from discovery to telling the ICO",
    "told_within_72_hours": "ICO told within 72 hours of being aware",
}

CODES = {"category": facts.SCHEME} | {
    slug: slug for slug in schemes.slugs() if schemes.scheme(slug).use != schemes.FACTS and slug != facts.SCHEME
}
"""Names that speak of the code in a scheme; a scheme of the body's own is named by its slug, too."""

GROUPABLE = (*COLUMNS, *WORKED_OUT, *CODES)
"""What a table of any body may be grouped or filtered by."""

_ORDERED = {"tier": tiers.TIERS, **WORKED_OUT}


def scheme(name: str) -> str | None:
    """Return the scheme whose code a name speaks of; None for a fact of the version."""
    return None if name in COLUMNS or name in WORKED_OUT else CODES.get(name, name)


def rank(name: str, value: str | None) -> tuple[bool, int, str]:
    """Say where a value stands among those of a fact: in the fact's own order, what nobody stated last."""
    order = _ORDERED.get(name, ())
    return value is None, order.index(value) if value in order else len(order), value or ""


@dataclass(frozen=True)
class Reader:
    """How the facts that a question names are read from a version under an alias, at one day and ledger number."""

    alias: str
    schemes: Sequence[str]

    def source(self, name: str) -> str:
        """Write what a fact is read from: two versions that agree in it agree in the fact."""
        of = scheme(name)
        if of:
            return f"{self.alias}c{self.schemes.index(of)}.code"
        return _worked_out(name, self.alias) if name in WORKED_OUT else f"{self.alias}.{COLUMNS[name]}"

    def key(self, name: str) -> str:
        """Write the value that names a row."""
        return f"{self.alias}{name}.value" if name in MANY else self.source(name)

    def parts(self, name: str) -> str:
        """Join each of the values that a fact with several holds, once."""
        return _parts(self.source(name), f"{self.alias}{name}")

    def equals(self, name: str) -> str:
        """Write the condition that a fact has one value, or that value among several."""
        if name not in MANY:
            return f"{self.source(name)} = %s"
        listed = f"'{vocabularies.SEPARATOR}' || {self.source(name)} || '{vocabularies.SEPARATOR}'"
        sought = f"'{vocabularies.SEPARATOR}' || %s || '{vocabularies.SEPARATOR}'"
        return f"replace({listed}, {sought}, '') <> {listed}"


def _parts(column: str, name: str) -> str:
    if connection.vendor == "postgresql":
        each = f"select distinct unnest(string_to_array({column}, '{vocabularies.SEPARATOR}'))"
        return f" left join lateral ({each}) as {name}(value) on true"
    listed = f"'[' || replace(json_quote({column}), '{vocabularies.SEPARATOR}', '\",\"') || ']'"
    first = f"(select min(f.key) from json_each({listed}) f where f.value = {name}.value)"
    return f" left join json_each({listed}) {name} on {name}.key = {first}"


def _worked_out(name: str, alias: str) -> str:
    if name == "people_band":
        return _band(f"{alias}.people_affected", bands.PEOPLE_FROM)
    if name == "days_to_report":
        return _band(values.days_to_report(alias), bands.DAYS_FROM)
    if name == "time_to_report":
        return elapsed.time_to_report(alias)
    return elapsed.told_within_72_hours(alias)


def _band(number: str, starts: Sequence[tuple[int, str]]) -> str:
    whens = " ".join(f"when {number} >= {start} then '{label}'" for start, label in reversed(starts))
    return f"case {whens} end"
