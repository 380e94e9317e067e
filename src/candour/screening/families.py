"""Families of files that are looked into alike, and the checks that each of them makes.

A family lies in a module of its own, which `MODULES` names. It says how its files are opened, which texts, tables and
files they hold, and registers its checks:

    XLSX = Family("xlsx", (kinds.XLSX,), opens=workbooks.opened, texts=workbooks.texts)

    @XLSX.check("hidden-sheet", Severity.BLOCK, says="A sheet is hidden", do="Delete it, or send a clean rendition")
    def hidden_sheets(book: Workbook) -> Iterator[Seen]: ...
"""

import importlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from typing import Any, Generic, TypeVar

from candour.screening.findings import Check, Finding, Grid, Seen, Severity, Text, told
from candour.screening.inside import Inside
from candour.screening.kinds import Kind

MODULES: tuple[str, ...] = (
    "candour.screening.plain_text",  # text and tables of text
    "candour.screening.pdf.beside",  # PDF, with what its pages draw
    "candour.screening.office.every",  # workbooks, documents, presentations
    "candour.screening.packed",  # ZIP archives
    "candour.screening.web_pages",  # HTML
    "candour.screening.pictures.family",  # PNG, JPEG, TIFF, WebP and GIF
    "candour.screening.mail.family",  # EML and MSG
)
"""Modules that hold a family each (any number of module-level `Family` objects)."""

MOST = 20
"""Findings of one check that are told one by one; those beyond are counted."""
_COUNTED = 100_000

Opened = TypeVar("Opened")
_Look = Callable[[Opened], Iterable[Seen]]


def _nothing(_opened: object) -> Iterator[Any]:
    return iter(())


class Family(Generic[Opened]):
    """Files of some kinds, opened the same way and held to the same checks."""

    def __init__(
        self,
        name: str,
        of: tuple[Kind, ...],
        *,
        opens: Callable[[bytes, Inside], Opened],
        texts: Callable[[Opened], Iterable[Text]] = _nothing,
        grids: Callable[[Opened], Iterable[Grid]] = _nothing,
        parts: Callable[[Opened], Iterable[tuple[str, bytes]]] = _nothing,
        places: Callable[[str], str] = str,
    ) -> None:
        """`opens` raises Unreadable; `parts` yields the name and the bytes of each file inside the file.

        `places` says a place in the words of a person.
        """
        self.name, self.kinds = name, of
        self.opens, self.grids, self.parts = opens, grids, parts
        self._texts, self._places = texts, places
        self.checks: dict[str, Check] = {}
        self._looks: list[tuple[Check, _Look[Opened]]] = []

    def check(self, code: str, severity: Severity, *, says: str, do: str) -> Callable[[_Look[Opened]], _Look[Opened]]:
        """Register a check: what it finds (`says`) and what to do about it (`do`), each without the full stop."""
        check = Check(f"{self.name}.{code}", severity, says, do)
        if check.code in self.checks:
            raise ValueError(f"two checks are called {check.code}")

        def registered(look: _Look[Opened]) -> _Look[Opened]:
            self.checks[check.code] = check
            self._looks.append((check, look))
            return look

        return registered

    def look(self, opened: Opened, path: str) -> Iterator[Finding]:
        """Yield what each check finds in an opened file; places are told from `path` on."""
        for check, look in self._looks:
            found = (Seen(self._places(one.where), one.sample) for one in look(opened))
            yield from told_of(check, found, path)

    def texts(self, opened: Opened) -> Iterator[Text]:
        """Yield the texts that an opened file holds."""
        yield from (one._replace(where=self._places(one.where)) for one in self._texts(opened))


def told_of(check: Check, seen: Iterable[Seen], path: str) -> Iterator[Finding]:
    """Tell the first findings of a check one by one, and count the rest."""
    found = iter(seen)
    for one in islice(found, MOST):
        yield told(check, f"{path} › {one.where}" if one.where else path, one.sample)
    if more := sum(1 for _ in islice(found, _COUNTED)):
        yield told(check, path, f"{more:,} more of these" if more < _COUNTED else f"{more:,} or more of these besides")


@cache
def every() -> tuple[Family[Any], ...]:
    """Return all families there are."""
    modules = [importlib.import_module(name) for name in MODULES]
    found = [value for module in modules for value in vars(module).values() if isinstance(value, Family)]
    return tuple(dict.fromkeys(found))


def of(kind: Kind) -> Family[Any] | None:
    """Return the family that looks into files of a kind; None where nobody does."""
    return next((family for family in every() if kind in family.kinds), None)
