"""Which rows of a load look like incidents that another source register brought: proposed, never linked by itself."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from candour.incidents import models
from candour.incidents.facts import COUNTED
from candour.ledger.rows import listed

ALIKE = ("incident_type", "department", "cause", "people_affected", "medium", "data_types", "supplier")
ENOUGH = 2
"""How many of ALIKE must be the same, none being different, beside the day it happened."""


def of_other_sources(
    body: int, source: str, rows: Sequence[tuple[str, Mapping[str, Any]]]
) -> Iterable[tuple[str, str, str]]:
    """Yield (reference, reference it looks like, why) for rows given as (reference, facts); two queries a batch."""
    days = {facts["occurred_on"] for _, facts in rows if facts.get("occurred_on")}
    ico = {facts["ico_reference"] for _, facts in rows if facts.get("ico_reference")}
    others = models.Version.objects.filter(body=body, closed=None, standing=COUNTED).exclude(source=source)
    by_day: dict[str, list[dict[str, Any]]] = {}
    for row in _among(others, "occurred_on", days, "date"):
        by_day.setdefault(row["occurred_on"].isoformat(), []).append(row)
    by_ico = {row["ico_reference"]: row for row in _among(others, "ico_reference", ico)}
    found = list(_pairs(rows, by_day, by_ico))
    names = dict(
        models.Incident.objects.filter(body=body, number__in=[other for _, other, _ in found]).values_list(
            "number", "reference"
        )
    )
    yield from ((reference, names[other], why) for reference, other, why in found)


def _among(
    others: QuerySet[models.Version], name: str, values: set[str], kind: str = "text"
) -> Iterable[dict[str, Any]]:
    """The rows that have one of the values; the range makes a database without statistics take the index for it."""
    if values:
        within = {f"{name}__range": (min(values), max(values)), f"{name}__in": listed(values, kind)}
        yield from others.filter(**within).values("incident", "occurred_on", "ico_reference", *ALIKE)


def _pairs(
    rows: Sequence[tuple[str, Mapping[str, Any]]],
    by_day: Mapping[str, list[dict[str, Any]]],
    by_ico: Mapping[str, dict[str, Any]],
) -> Iterable[tuple[str, int, str]]:
    for reference, facts in rows:
        if facts.get("ico_reference") in by_ico:
            yield reference, by_ico[facts["ico_reference"]]["incident"], "the same ICO reference"
            continue
        for other in by_day.get(facts.get("occurred_on") or "", ()):
            same = _same(facts, other)
            if len(same) >= ENOUGH:
                yield reference, other["incident"], "happened the same day, with the same " + ", ".join(same)
                break


def _same(facts: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The facts of ALIKE that both state and that agree; none where one disagrees."""
    both = [name for name in ALIKE if facts.get(name) is not None and other[name] is not None]
    agree = [name for name in both if facts[name] == other[name]]
    return [name.replace("_", " ") for name in agree] if len(agree) == len(both) else []
