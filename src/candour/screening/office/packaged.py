"""Checks that workbooks, documents and presentations share are put to the families of all three at once."""

from collections.abc import Callable, Iterable
from typing import Any

from candour.screening.families import Family
from candour.screening.findings import Seen, Severity
from candour.screening.office.binary.old_workbooks import XLSB
from candour.screening.office.docx.family import DOCX
from candour.screening.office.parts import Packaged
from candour.screening.office.pptx.family import PPTX
from candour.screening.office.xlsx.family import XLSX

FAMILIES: tuple[Family[Any], ...] = (XLSX, DOCX, PPTX, XLSB)

_Look = Callable[[Packaged], Iterable[Seen]]


def check(code: str, severity: Severity, *, says: str, do: str) -> Callable[[_Look], _Look]:
    """Register a check of all packages; what it finds and what to do about it, without the full stop."""

    def registered(look: _Look) -> _Look:
        for family in FAMILIES:
            family.check(code, severity, says=says, do=do)(look)
        return look

    return registered
