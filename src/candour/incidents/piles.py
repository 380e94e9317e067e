"""The long lists of a report: past some length they lie in a file, so that no register is too long to report on."""

import tempfile
import weakref
from array import array
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar, overload

import orjson

IN_MEMORY = 4 << 20
"""Bytes of a pile that are kept in memory; a longer one goes into a file without a name."""

Thing = TypeVar("Thing")


class Pile(Sequence[Thing]):
    """Things are put on and read again, by place or in order; each lies there as JSON, of which `make` makes it."""

    def __init__(self, make: Callable[[Any], Thing]) -> None:
        self._make = make
        self._file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - it ends with the pile
        weakref.finalize(self, self._file.close)
        self._places, self._end = array("Q"), 0

    def append(self, thing: Thing) -> None:
        if self._file.tell() != self._end:  # something was read in between
            self._file.seek(self._end)
        self._places.append(self._end)
        self._end += self._file.write(orjson.dumps(thing, default=list) + b"\n")

    def extend(self, things: Iterable[Thing]) -> None:
        for thing in things:
            self.append(thing)

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, place: int) -> Thing: ...
    @overload
    def __getitem__(self, place: slice) -> list[Thing]: ...
    def __getitem__(self, place: int | slice) -> Thing | list[Thing]:
        if isinstance(place, slice):
            return [self._at(start) for start in self._places[place]]
        return self._at(self._places[place])

    def _at(self, start: int) -> Thing:
        self._file.seek(start)
        return self._make(orjson.loads(self._file.readline()))
