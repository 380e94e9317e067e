"""The families of OpenDocument files; the modules beside this one put their checks to them."""

from collections.abc import Callable, Iterable
from typing import Any

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.findings import Seen, Severity
from candour.screening.office import places
from candour.screening.office.odf import files
from candour.screening.office.odf.files import OpenDocument


def _family(kind: kinds.Kind) -> Family[OpenDocument]:
    return Family(
        kind.slug,
        (kind,),
        opens=OpenDocument,
        texts=files.texts,
        grids=files.grids,
        parts=files.files,
        places=places.named,
    )


ODS, ODT, ODP = _family(kinds.ODS), _family(kinds.ODT), _family(kinds.ODP)
FAMILIES: tuple[Family[Any], ...] = (ODS, ODT, ODP)

_Look = Callable[[OpenDocument], Iterable[Seen]]


def check(code: str, severity: Severity, *, says: str, do: str) -> Callable[[_Look], _Look]:
    """Register a check of all three; what it finds and what to do about it, without the full stop."""

    def registered(look: _Look) -> _Look:
        for family in FAMILIES:
            family.check(code, severity, says=says, do=do)(look)
        return look

    return registered
