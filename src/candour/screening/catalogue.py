"""Every check that screening makes, by family: for the reference, and for the rules' version."""

import hashlib
import importlib.metadata
import inspect
from collections.abc import Mapping
from types import ModuleType

from candour.screening import apart, families, looking
from candour.screening.findings import Check

_TOOLS = ("candour", "lxml", "pikepdf", "pdfplumber", "pypdfium2", "pillow")


def every() -> Mapping[str, tuple[Check, ...]]:
    """Return all checks, by the family that makes them; those of any file come first."""
    found: dict[str, tuple[Check, ...]] = {"file": (*looking.CHECKS, apart.CRASH)}
    found |= {family.name: tuple(family.checks.values()) for family in families.every() if family.checks}
    over = [*looking.OVER_TEXTS, *looking.OVER_GRIDS]
    for module in dict.fromkeys(inspect.getmodule(one) for one in over):
        for check in _declared(module):
            title = check.code.partition(".")[0]
            found[title] = (*found.get(title, ()), check)
    return found


def _declared(module: ModuleType | None) -> tuple[Check, ...]:
    return tuple(getattr(module, "CHECKS", ()))


def versions() -> dict[str, str]:
    """Return with what a file was looked into: the tools, and a digest of all checks as they are worded now."""
    worded = repr([check for checks in every().values() for check in checks])
    tools = {name: importlib.metadata.version(name) for name in _TOOLS}
    return {**tools, "checks": hashlib.sha256(worded.encode()).hexdigest()[:16]}
