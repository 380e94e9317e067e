"""Every check that screening makes, by family, for the reference."""

import inspect
from collections.abc import Iterable, Mapping
from types import ModuleType

from candour.screening import apart, families, looking
from candour.screening.findings import Check


def every() -> Mapping[str, tuple[Check, ...]]:
    """Return all checks, by the family that makes them; those of any file come first.

    Those of a family stand by their codes: they are made as modules are loaded, in whichever order that is.
    """
    found: dict[str, tuple[Check, ...]] = {"file": (*looking.CHECKS, apart.CRASH)}
    found |= {family.name: _by_code(family.checks.values()) for family in families.every() if family.checks}
    over = [*looking.OVER_TEXTS, *looking.OVER_GRIDS]
    for module in dict.fromkeys(inspect.getmodule(one) for one in over):
        for check in _declared(module):
            title = check.code.partition(".")[0]
            found[title] = (*found.get(title, ()), check)
    return found


def _by_code(checks: Iterable[Check]) -> tuple[Check, ...]:
    return tuple(sorted(checks, key=lambda check: check.code))


def _declared(module: ModuleType | None) -> tuple[Check, ...]:
    return tuple(getattr(module, "CHECKS", ()))
