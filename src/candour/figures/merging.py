"""Rows or periods merged into one, so that fewer numbers are small: the first thing to try before hiding any.

What is merged with what is said in merges.py.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from candour.figures.coverage import DAY
from candour.figures.grouping import MANY
from candour.figures.merges import PERIODS, TWO, Merge
from candour.figures.planning import NOT_STATED, Group
from candour.figures.tables import Table
from candour.figures.values import How
from candour.rules import answers, years
from candour.rules.refusals import WrongInput


def merged(table: Table, merges: Iterable[Merge]) -> Table:
    """Return the table with rows and periods merged, one merge after the other.

    WrongInput for what the table does not have, for a median, for rows in which an incident may stand twice, for
    periods that do not follow each other or whose ends are counted, and for a figure that is only quoted. For how many
    the merged fact is known is not said any more: it would tell the row of those that do not state it.
    """
    done = table
    for merge in merges:
        if not table.measure.gives.adds_up:
            raise WrongInput("a median is not added up; rows and periods of it cannot be merged")
        done = _periods(done, merge) if merge.fact == PERIODS else _rows(done, merge)
        known = {fact: counts for fact, counts in done.completeness.items() if fact != merge.fact}
        done = replace(done, merged=(*done.merged, merge), unmerged=table, completeness=known)
    return done


def mergeable(table: Table) -> dict[str, list[str]]:
    """Return what can be merged of a table: the values of each fact of its rows, and the labels of its periods."""
    if not table.measure.gives.adds_up:
        return {}
    found = {
        fact: list(dict.fromkeys(group.key[fact] or NOT_STATED for group in table.groups))
        for fact in table.question.group
        if fact not in MANY
    }
    if table.measure.gives.how is not How.OPEN:
        found[PERIODS] = [period.label for period in table.question.periods]
    return {fact: values for fact, values in found.items() if len(values) >= TWO}


def _rows(table: Table, merge: Merge) -> Table:
    """Merge rows in which one fact has one of these values, and the others are the same."""
    if merge.fact not in table.question.group or merge.fact in MANY:
        there = [name for name in table.question.group if name not in MANY]
        raise WrongInput(f"rows by {merge.fact} cannot be merged here; this table has {', '.join(there) or 'none'}")
    _require(merge, (group.key[merge.fact] or NOT_STATED for group in table.groups))
    found: dict[tuple[str | None, ...], list[Group]] = {}
    for group in table.groups:
        found.setdefault(tuple(_key(group.key, merge).values()), []).append(group)
    return replace(table, groups=tuple(_together(merge, groups) for groups in found.values()))


def _key(key: Mapping[str, str | None], merge: Merge) -> dict[str, str | None]:
    hit = (key[merge.fact] or NOT_STATED) in merge.values
    return {**key, merge.fact: merge.name} if hit else dict(key)


def _together(merge: Merge, groups: Sequence[Group]) -> Group:
    if len(groups) == 1:
        return Group(_key(groups[0].key, merge), groups[0].cells)
    names = [group.key[merge.fact] or NOT_STATED for group in groups]
    columns = zip(*(group.cells for group in groups), strict=True)
    return Group(_key(groups[0].key, merge), tuple(answers.total(cells, names) for cells in columns))


def _periods(table: Table, merge: Merge) -> Table:
    periods = table.question.periods
    _require(merge, (period.label for period in periods))
    places = [at for at, period in enumerate(periods) if period.label in merge.values]
    parts = [periods[at] for at in places]
    if any(second.start != first.end + DAY for first, second in pairwise(parts)):
        raise WrongInput(f"{', '.join(merge.values)} do not follow each other; merge periods without a gap")
    if table.measure.gives.how is How.OPEN:
        raise WrongInput("what is open at the end of a period is open in the next one, too; its periods are not merged")
    if any(group.cells[at].source for group in table.groups for at in places):
        raise WrongInput("a figure that is quoted from a document is not added to what is counted")
    whole = years.Period(parts[0].start, parts[-1].end, merge.name, "span")
    question = replace(table.question, periods=(*periods[: places[0]], whole, *periods[places[-1] + 1 :]))
    groups = tuple(replace(group, cells=tuple(_joined(group, places, merge))) for group in table.groups)
    return replace(table, question=question, groups=groups)


def _joined(group: Group, places: Sequence[int], merge: Merge) -> Iterator[answers.Answer]:
    yield from group.cells[: places[0]]
    yield answers.total([group.cells[at] for at in places], merge.values)
    yield from group.cells[places[-1] + 1 :]


def _require(merge: Merge, there: Iterable[str]) -> None:
    known = list(dict.fromkeys(there))
    if strange := [value for value in merge.values if value not in known]:
        raise WrongInput(f"there is no {', '.join(strange)} to merge; this table has {', '.join(known)}")
    if merge.name in known:
        raise WrongInput(f"{merge.name} stands in the table already")
