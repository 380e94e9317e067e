"""Since when the register knows: what each day of a period is covered by, read at a ledger number."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from candour.figures import measures, models
from candour.rules import tiers, years

DAY = timedelta(days=1)
SOURCE = "source"
"""The fact that names the register where an incident was first kept."""
ALL = "all-incidents"
"""The measure whose break, search or statement about a fact speaks for every tier."""


@dataclass(frozen=True, order=True)
class Span:
    """Days from `start` to `end`, both inclusive."""

    start: date
    end: date

    def within(self, other: "Span") -> "Span | None":
        start, end = max(self.start, other.start), min(self.end, other.end)
        return Span(start, end) if start <= end else None


def joined(spans: Sequence[Span]) -> tuple[Span, ...]:
    """Join spans that overlap or follow day on day."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end + DAY:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


@dataclass(frozen=True)
class Knowledge:
    """All a body says about its own knowing at one ledger number; five queries, whatever is asked of it."""

    covered: Mapping[str, Sequence[models.Coverage]] = field(default_factory=dict)
    searches: Mapping[str, Sequence[models.Search]] = field(default_factory=dict)
    statements: Mapping[str, Sequence[models.Statement]] = field(default_factory=dict)
    breaks: Mapping[str, Sequence[models.Break]] = field(default_factory=dict)

    def spans(
        self, measure: str, tier: str, facts: Mapping[str, str], uses: Collection[str] = ()
    ) -> tuple[Span, ...] | None:
        """The days the register covers for a tier of a measure and a group's facts; None where nobody stated it.

        A tier stands under its own measure's coverage, else under that of the measure asked for. What is undetermined
        stands under any tier's: it was reported while something was recorded. Where since when a fact is recorded was
        stated, too, only those days count for the facts named, and for those that the number `uses` besides.
        """
        spans = _joined_rows(self._of_tier(measure, tier, facts))
        for fact in sorted({*facts, *uses}):
            recorded = self.fact_spans(measure, tier, facts, fact)
            if recorded is not None:
                spans = recorded if spans is None else _both(spans, recorded)
        return spans

    def fact_spans(self, measure: str, tier: str, facts: Mapping[str, str], fact: str) -> tuple[Span, ...] | None:
        """The days on which a fact of a tier's incidents is recorded; None where nobody stated it."""
        return _joined_rows(self._of_tier(measure, tier, facts, fact))

    def parts(
        self, measure: str, tier: str, facts: Mapping[str, str], group: Sequence[str], whole: Span,
        uses: Collection[str] = (),
    ) -> list[Span]:  # fmt: skip
        """Cut `whole` so that each part is covered wholly or not at all, whatever the group's own facts are.

        What no group can have covered is left out. One span where no coverage speaks of what is grouped by.
        """
        own = [row.only for rows in self.covered.values() for row in rows if set(row.only) & set(group)]
        named = [
            {**only, **facts} for only in own if all(facts.get(name, value) == value for name, value in only.items())
        ]
        also = [{}, *({name: ""} for name in group)]  # a row whose fact has a value that no coverage names
        options = [self.spans(measure, tier, {**other, **one}, uses) for one in (facts, *named) for other in also]
        held = [span.within(whole) for spans in options for span in ((whole,) if spans is None else spans)]
        inside = [span for span in held if span is not None]
        cuts = sorted({whole.start, whole.end + DAY, *(s.start for s in inside), *(s.end + DAY for s in inside)})
        cut = [Span(first, then - DAY) for first, then in pairwise(cuts)]
        return [part for part in cut if any(part.within(span) == part for span in inside)]

    def _of_tier(self, measure: str, tier: str, facts: Mapping[str, str], fact: str = "") -> list[models.Coverage]:
        """The rows under which a tier of a measure stands."""
        if measure in measures.COVERED_ALONE:
            return self._rows(measure, facts, fact)
        if tier == tiers.UNDETERMINED:
            rows = [row for slug in measures.OF_TIER.values() for row in self._rows(slug, facts, fact)]
        else:
            rows = self._rows(measures.OF_TIER[tier], facts, fact)
        return rows or self._rows(measure, facts, fact) or (self._rows(ALL, facts, fact) if fact else [])

    def _rows(self, measure: str, facts: Mapping[str, str], fact: str) -> list[models.Coverage]:
        """The rows that speak of the facts: the most particular ones, else those that speak of all.

        Where coverage was stated for each source register only, all of them together speak for what is not asked by
        source.
        """
        rows = [row for row in self.covered.get(measure, ()) if row.fact == fact]
        fit = [row for row in rows if row.only.items() <= facts.items()]
        if not fit and SOURCE not in facts:
            return [row for row in rows if set(row.only) == {SOURCE}]
        most = max((len(row.only) for row in fit), default=0)
        return [row for row in fit if len(row.only) == most]

    def search(
        self, tier: str, period: years.Period, facts: Mapping[str, str] | None = None, measure: str = ""
    ) -> models.Search | None:
        """The search that covers the whole of a period for a tier (or measure) and a group's facts, if there was one.

        A search for everything also looked for what has these facts; one for some of it says nothing of the rest.
        """
        slugs = (measures.OF_TIER.get(tier, ""), measure, ALL)
        rows = (row for slug in slugs for row in self.searches.get(slug, ()))
        fit = (row for row in rows if row.only.items() <= (facts or {}).items())
        return next((row for row in fit if row.since <= period.start and row.until >= period.end), None)

    def statement(self, measure: str, period: years.Period, day: date) -> models.Statement | None:
        """What was published about a measure and period and said on or before a day; the latest."""
        rows = [r for r in self.statements.get(measure, ()) if (r.start, r.end) == (period.start, period.end)]
        return max((row for row in rows if row.said_on <= day), key=lambda row: row.said_on, default=None)

    def breaks_of(self, measure: measures.Measure, start: date, end: date) -> list[models.Break]:
        """The breaks of a measure, or of a tier it counts, that a table from `start` to `end` spans.

        Those a person noted, and those that follow from coverage: a source register that joined or left.
        """
        slugs = {measure.slug, ALL} | {measures.OF_TIER[tier] for tier in measure.tiers if tier in measures.OF_TIER}
        noted = (row for slug in slugs for row in self.breaks.get(slug, ()))
        joined = (row for slug in slugs for row in self._sources(slug))
        rows = [row for row in (*noted, *joined) if start < row.day <= end]
        return sorted(rows, key=lambda row: (row.day, row.measure, row.note))

    def _sources(self, measure: str) -> Iterator[models.Break]:
        """Where what a measure counts begins, or ends, to come from a source register, while others go on."""
        rows = [row for row in self.covered.get(measure, ()) if not row.fact and set(row.only) <= {SOURCE}]
        for row in rows:
            name = row.only.get(SOURCE)
            if name and _others_go_on(rows, name, row.since - DAY):
                yield _break(measure, row.since, f"what comes from “{name}” is recorded from this day on")
            if name and row.until and _others_go_on(rows, name, row.until + DAY):
                yield _break(measure, row.until + DAY, f"what comes from “{name}” is recorded no longer")


def _break(measure: str, day: date, note: str) -> models.Break:
    return models.Break(measure=measure, day=day, note=note)


def _others_go_on(rows: Sequence[models.Coverage], name: str, day: date) -> bool:
    """Whether something else than a source is covered on a day, and the source itself is not."""
    on_that_day = {row.only.get(SOURCE) for row in rows if row.since <= day <= (row.until or date.max)}
    return bool(on_that_day) and name not in on_that_day


def _joined_rows(rows: Sequence[models.Coverage]) -> tuple[Span, ...] | None:
    return joined([Span(row.since, row.until or date.max - DAY) for row in rows]) if rows else None


def _both(first: Sequence[Span], second: Sequence[Span]) -> tuple[Span, ...]:
    """The days that both cover."""
    return joined([part for one in first for other in second if (part := one.within(other))])


def knowledge(body: int, number: int) -> Knowledge:
    """Read coverage, searches, the body's own statements and breaks as known at a ledger number; four queries."""
    return of_bodies({body: number})[body]


def of_bodies(numbers: Mapping[int, int]) -> dict[int, Knowledge]:
    """Read what several bodies say about their own knowing, each at its own ledger number; four queries for all."""
    kinds = (models.Coverage, models.Search, models.Statement, models.Break)
    tables: dict[int, list[dict[str, list[object]]]] = {body: [{} for _ in kinds] for body in numbers}
    for at, kind in enumerate(kinds):
        mine = {"about": ""} if kind is models.Statement else {}
        for row in kind.objects.filter(body__in=numbers, **mine).order_by("opened"):
            number = numbers[row.body]
            if row.opened <= number and (row.closed is None or row.closed > number):
                tables[row.body][at].setdefault(row.measure, []).append(row)
    return {body: Knowledge(*found) for body, found in tables.items()}  # type: ignore[arg-type]
