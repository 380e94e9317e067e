"""Counts the identifiers of a file over all its texts and tells them masked: how many, of what sort, where."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from candour.screening.findings import Check, Finding, Known, Severity, Text, masked, told
from candour.screening.identifiers import names, profiles, searching, sorts
from candour.screening.identifiers.phrases import Phrases
from candour.screening.identifiers.references import References
from candour.screening.identifiers.searching import Found
from candour.screening.identifiers.sorts import Sort

_MOST = 50_000
"""Different ones of a sort that are remembered; there may be more."""
_PLACES = 3


def _seen(sort: Sort) -> Check:
    severity = Severity.BLOCK if sort.stops_at == 1 else Severity.WARN
    several = f"; {sort.stops_at} or more different ones stop the file" if sort.stops_at not in {None, 1} else ""
    says = f"The file shows {sort.many}"
    return Check(
        f"identifier.{sort.code}", severity, says, f"Take them out where they are not meant to be sent{several}"
    )


def _unseen(sort: Sort) -> Check:
    severity = Severity.WARN if sort.stops_at is None else Severity.BLOCK
    says = f"A part of the file that is not seen holds {sort.many}"
    return Check(f"hidden-identifier.{sort.code}", severity, says, "Send a clean rendition, which leaves that part out")


SEEN = {sort: _seen(sort) for sort in sorts.SORTS}
UNSEEN = {sort: _unseen(sort) for sort in sorts.SORTS}
CHECKS = (*SEEN.values(), *UNSEEN.values())


@dataclass
class _Pile:
    """The different identifiers of a sort, and where they stand."""

    values: set[str] = field(default_factory=set)
    places: dict[str, None] = field(default_factory=dict)

    def add(self, value: str, where: str) -> None:
        if len(self.values) < _MOST:
            self.values.add(value)
        if len(self.places) <= _PLACES:
            self.places[where] = None

    def where(self) -> str:
        first = list(self.places)[:_PLACES]
        return ", ".join(first) + (" and elsewhere" if len(self.places) > _PLACES else "")


class Tally:
    """All identifiers of one file: shown every text, then asked what there was."""

    def __init__(self, known: Known) -> None:
        self._names, self._references = names.of(known.names), References(known.references)
        self._suppliers = Phrases(known.suppliers)
        self._piles: dict[tuple[Sort, bool], _Pile] = defaultdict(_Pile)
        self._columns: list[Finding] = []

    def see(self, text: Text) -> None:
        if text.column is None:
            for sort, value in self._within(text.text):
                self._piles[sort, text.hidden].add(value, text.where)
        else:
            self._see_column(text)

    def told(self) -> Iterator[Finding]:
        yield from self._columns
        for (sort, hidden), pile in self._piles.items():
            if sort is sorts.MAYBE_NHS_NUMBER:
                pile.values -= self._piles.get((sorts.NHS_NUMBER, hidden), _Pile()).values
            if pile.values:
                sample = f"{_count(pile.values)}, such as {masked(min(pile.values))}"
                yield told(_weighed(sort, len(pile.values), hidden=hidden), pile.where(), sample)

    def _within(self, text: str) -> Iterable[Found]:
        yield from searching.search(text)
        yield from self._references.within(text)
        yield from self._suppliers.within(text)
        if self._names:
            yield from self._names.within(text)

    def _see_column(self, text: Text) -> None:
        column = profiles.read(text, self._names)
        for found in (*self._references.within(text.text), *self._suppliers.within(text.text)):
            column.found[found.sort].add(found.value)
        for sort, values in column.found.items():
            if values and column.is_one_of(sort):
                self._columns.append(_column_told(text, sort, values, column.share(sort)))
            else:
                for value in values:
                    self._piles[sort, text.hidden].add(value, text.where)


def _column_told(text: Text, sort: Sort, values: set[str], share: float) -> Finding:
    sample = (
        f"column {text.column} looks like {sort.many}: {share:.0%} of its different cells, {_count(values)}, "
        f"such as {masked(min(values))}"
    )
    return told(_weighed(sort, len(values), hidden=text.hidden), text.where, sample)


def _count(values: set[str]) -> str:
    more = " or more" if len(values) >= _MOST else ""
    return f"{len(values):,}{more} different" if len(values) > 1 else "1"


def _weighed(sort: Sort, count: int, *, hidden: bool) -> Check:
    """What is seen stops the file from the sort's own number on; what is not seen stops it at once."""
    if hidden:
        return UNSEEN[sort]
    stops = sort.stops_at is not None and count >= sort.stops_at
    return replace(SEEN[sort], severity=Severity.BLOCK) if stops else SEEN[sort]
