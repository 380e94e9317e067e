"""Rows or periods of a table merged on its page: ticked, kept in the address, and undone one by one."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.http import HttpRequest, QueryDict

from candour.figures import merges, merging
from candour.figures.tables import Table
from candour.web import wording

TOGETHER = "together-"
"""How the fields begin in which rows or periods are ticked that become one."""


@dataclass(frozen=True)
class Field:
    """The rows of one fact, or the periods, as they are ticked: values as they are sent, and as they are shown."""

    name: str
    legend: str
    values: list[tuple[str, str]]


@dataclass(frozen=True)
class Merging:
    """What was merged (each in words, with the address without it), and what can be; `one`: only one was ticked.

    `kept`: what the table is asked by besides, as pairs.
    """

    done: list[tuple[str, str]]
    fields: list[Field]
    kept: list[tuple[str, str]]
    one: bool


def of(table: Table, request: HttpRequest) -> Merging:
    """Say what is merged of a table and what can be."""
    return Merging(list(_undone(request)), list(_fields(table)), kept(request.GET), _too_few(request.GET))


def with_merges(given: QueryDict) -> str:
    """The same address with what was ticked as merges; "" where nothing is to be merged."""
    asked, ticked = given.copy(), _ticked(given)
    if not ticked or _too_few(given):
        return ""
    for name in [name for name in given if name.startswith(TOGETHER)]:
        del asked[name]
    for merge in ticked:
        asked.appendlist("merge", str(merge))
    return asked.urlencode()


def kept(given: QueryDict) -> list[tuple[str, str]]:
    """What the table is asked by, as pairs, without what is only just ticked and how it is protected."""
    return [
        (name, value)
        for name, values in given.lists()
        for value in values
        if name != "protect" and not name.startswith(TOGETHER)
    ]


def _ticked(given: QueryDict) -> list[merges.Merge]:
    names = (name for name in given if name.startswith(TOGETHER))
    return [merges.Merge(name.removeprefix(TOGETHER), tuple(given.getlist(name))) for name in names]


def _too_few(given: QueryDict) -> bool:
    return any(len(merge.values) < merges.TWO for merge in _ticked(given))


def _fields(table: Table) -> Iterator[Field]:
    for fact, values in merging.mergeable(table).items():
        yield Field(TOGETHER + fact, _called(fact), [(value, wording.tier(value)) for value in values])


def _called(fact: str) -> str:
    return "Periods" if fact == merges.PERIODS else wording.fact(fact)


def _undone(request: HttpRequest) -> Iterator[tuple[str, str]]:
    """Each merge in words, with the address of the page without it and those after it, which may build upon it."""
    said = request.GET.getlist("merge")
    for at, text in enumerate(said):
        asked = request.GET.copy()
        asked.setlist("merge", said[:at])
        merge = merges.read(text)
        yield f"{_called(merge.fact)}: {merge.name}", f"{request.path}?{asked.urlencode()}"
