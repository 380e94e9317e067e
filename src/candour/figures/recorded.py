"""Since when what a table rests on is recorded, and what the register holds from before: derived, never typed."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from candour.figures import counting, measures
from candour.figures.coverage import DAY, Span
from candour.figures.planning import Plan
from candour.figures.statements import Term
from candour.rules import tiers, years

STILL = date.max - timedelta(days=1)
"""The last day of coverage that has no end."""


def _spoken(name: str) -> str:
    return re.sub(r"\bico\b", "the ICO", re.sub("[_-]", " ", name))


@dataclass(frozen=True)
class Recorded:
    """From when, and until when (None: still), a measure's incidents, or one `fact` of them, are recorded.

    `since` None: nobody stated it.
    """

    measure: str
    fact: str
    since: date | None
    until: date | None

    @property
    def name(self) -> str:
        return _spoken(self.fact or self.measure)

    def as_json(self) -> dict[str, Any]:
        days = {name: day.isoformat() if day else None for name, day in (("since", self.since), ("until", self.until))}
        return {"measure": self.measure, "fact": self.fact or None, **days}


@dataclass(frozen=True)
class Early:
    """Incidents of a period that the register holds from outside its coverage: they are in no number of the table."""

    period: str
    measure: str
    incidents: int

    def as_json(self) -> dict[str, Any]:
        return {"period": self.period, "measure": self.measure, "incidents": self.incidents}


def recorded(plan: Plan) -> tuple[Recorded, ...]:
    """Return since when each measure that a table counts is recorded, and each fact it is grouped or filtered by."""
    question = plan.question
    found = []
    for tier in plan.tiers:
        slug = _measure(plan, tier)
        if slug is None:
            continue
        found.append(_recorded(slug, "", plan.known.spans(question.measure.slug, tier, {})))
        for fact in (*question.group, *question.only):
            spans = plan.known.fact_spans(question.measure.slug, tier, question.only, fact)
            found += [_recorded(slug, fact, spans)] if spans else []
    return tuple(found)


def _measure(plan: Plan, tier: str) -> str | None:
    """The measure under whose coverage a tier stands; None for what is undetermined, which stands under any."""
    if plan.question.measure.slug in measures.COVERED_ALONE:
        return plan.question.measure.slug if tier == plan.tiers[0] else None
    return measures.OF_TIER.get(tier) if tier != tiers.UNDETERMINED else None


def _recorded(slug: str, fact: str, spans: Sequence[Span] | None) -> Recorded:
    if not spans:
        return Recorded(slug, fact, None, None)
    last = max(span.end for span in spans)
    return Recorded(slug, fact, min(spans).start, None if last == STILL else last)


def said(rows: Sequence[Recorded]) -> str:
    """Say it in one line, what begins on the same day together: "1 April 2011: events; 1 April 2015: near misses"."""
    by_days: dict[str, list[str]] = {}
    for row in rows:
        names = by_days.setdefault(_days(row), [])
        names += [row.name] if row.name not in names else []
    return "; ".join(f"{days}: {', '.join(names)}" for days, names in by_days.items())


def _days(row: Recorded) -> str:
    if row.since is None:
        return "not stated"
    until = f" to {years.spoken(row.until)}" if row.until else ""
    return f"{years.spoken(row.since)}{until}"


def outside(plan: Plan) -> list[Term]:
    """Return a term for each stretch of a period, up to the as-at day, that no row of the table covers.

    Their places follow those of the plan's own terms, so that one statement counts both. A measure of what is open has
    none, nor a table in whose rows an incident may stand several times.
    """
    if plan.of_open or plan.question.overlaps:
        return []
    return [Term(len(plan.parts) + at, tier, gap) for at, (_, tier, gap) in enumerate(_stretches(plan))]


def _stretches(plan: Plan) -> list[tuple[int, str, Span]]:
    inside: dict[tuple[int, str], list[Span]] = {}
    for place, tier, span in plan.parts:
        inside.setdefault((place, tier), []).append(span)
    return [
        (place, tier, gap)
        for place, period in enumerate(plan.question.periods)
        for tier in plan.tiers
        for gap in _gaps(period.start, min(period.end, plan.as_at.day), inside.get((place, tier), []))
    ]


def early(plan: Plan, counts: Sequence[counting.Count]) -> tuple[Early, ...]:
    """Return what is dated in a period of the table and left out of it, because its coverage does not reach there.

    `counts` are those of the plan's terms and of `outside`.
    """
    places = [(place, tier) for place, tier, _ in (*plan.parts, *_stretches(plan))]
    found: dict[tuple[int, str], int] = {}
    for row in () if plan.of_open or plan.question.overlaps else counts:
        outside = row.place != counting.UNDATED and (row.place >= len(plan.parts) or not plan.covers(row))
        if outside and row.incidents:
            found[places[row.place]] = found.get(places[row.place], 0) + row.incidents
    return tuple(
        Early(plan.question.periods[place].label, measures.OF_TIER.get(tier, tier), incidents)
        for (place, tier), incidents in sorted(found.items())
    )


def _gaps(start: date, end: date, inside: Sequence[Span]) -> Iterator[Span]:
    for span in sorted(inside):
        if span.start > start:
            yield Span(start, min(span.start - DAY, end))
        start = max(start, span.end + DAY)
    if start <= end:
        yield Span(start, end)


def flagged(rows: Sequence[Early]) -> str:
    """Say in one sentence what lies outside its own coverage; "" where nothing does."""
    if not rows:
        return ""
    which = "; ".join(f"{row.incidents:,} of {_spoken(row.measure)} in {row.period}" for row in rows)
    return f"{which}: in the register, but not from a time at which it recorded them, and in none of these numbers"
