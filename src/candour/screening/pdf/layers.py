"""The layers of a PDF (optional content, PDF 32000-1, 8.11): which of them, and which sets of them, are not shown."""

from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Name

from candour.screening.pdf import values

_DEEPEST = 20


class Layers:
    """The layers of a file as it opens."""

    def __init__(self, root: Any) -> None:
        self._held = values.inside(root, "/OCProperties")
        usual = values.inside(self._held, "/D")
        self._starts_off = usual.get("/BaseState") == Name.OFF
        self._on, self._off = ({one.objgen for one in values.listed(usual, key)} for key in ("/ON", "/OFF"))

    def unshown(self, sets: Iterable[Any]) -> Iterator[str]:
        """Yield the names of the layers, and of those in sets, that are not shown, or only when used in some way."""
        for one in values.listed(self._held, "/OCGs"):
            if not self._is_on(one) or _is_off_when_used(one):
                yield values.text(one, "/Name")
        for one in sets:
            if not self._shows(one):
                yield " ".join(values.text(layer, "/Name") for layer in _of(one))

    def _is_on(self, layer: Any) -> bool:
        base_off = self._starts_off and layer.objgen not in self._on
        return not base_off and layer.objgen not in self._off

    def _shows(self, group: Any) -> bool:
        """Say whether what belongs to a set of layers is shown: by its expression, else by its policy."""
        if isinstance(rule := group.get("/VE"), pikepdf.Array):
            return self._holds(rule)
        states = [self._is_on(one) for one in _of(group)]
        return not states or _policy(values.text(group, "/P"), states)

    def _holds(self, rule: Any, depth: int = 0) -> bool:
        """Say whether an expression of layers is true; one that cannot be read is not."""
        if isinstance(rule, pikepdf.Dictionary):
            return self._is_on(rule)
        if not isinstance(rule, pikepdf.Array) or not len(rule) or depth > _DEEPEST:
            return False
        terms = [self._holds(one, depth + 1) for one in list(rule)[1:]]
        return {"/And": all(terms), "/Or": any(terms), "/Not": not any(terms)}.get(values.said(rule[0]), False)


def _policy(name: str, states: list[bool]) -> bool:
    """Say whether a set is shown by its policy; one that says none is shown where any of its layers is."""
    return {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}.get(name, any(states))


def _of(group: Any) -> list[Any]:
    """Return the layers of a set: one, or an array of them."""
    return values.listed(group, "/OCGs") or [one for one in [values.inside(group, "/OCGs")] if "/Name" in one]


def _is_off_when_used(layer: Any) -> bool:
    """Say whether a layer is off on the screen or on paper, or is shown only larger or smaller than usual."""
    usage = values.inside(layer, "/Usage")
    zoom = values.inside(usage, "/Zoom")
    away = values.decimal(zoom, "/min", 0.0) > 1 or values.decimal(zoom, "/max", 1.0) < 1
    uses = (("/View", "/ViewState"), ("/Print", "/PrintState"))
    return away or any(values.inside(usage, when).get(key) == Name.OFF for when, key in uses)
