"""Areas of a page that are to be removed: their edges as a person types them, as an address carries them, as told."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django import forms as django_forms
from django.http import QueryDict

from candour.screening.cleaning.made import Area

MOST = 50
"""Areas that are removed at once."""
_LARGEST = 5_080
"""Millimetres of the largest page that PDF allows."""
_EDGES = ("left", "top", "right", "bottom")


def _millimetres(label: str) -> django_forms.FloatField:
    wrong = f"{label} must be millimetres on the grid, for example 35"
    said = dict.fromkeys(("invalid", "min_value", "max_value"), wrong)
    said["required"] = f"Enter {label.lower()} in millimetres, for example 35"
    return django_forms.FloatField(label=label, min_value=0, max_value=_LARGEST, error_messages=said)


class AnArea(django_forms.Form):
    """The edges of an area on the page that is shown, in millimetres from its top left."""

    left, top = _millimetres("Left edge"), _millimetres("Top edge")
    right, bottom = _millimetres("Right edge"), _millimetres("Bottom edge")

    def clean(self) -> dict[str, Any]:
        """Each edge lies beyond the one before it."""
        said: dict[str, Any] = super().clean() or {}
        for less, more, what in (("left", "right", "right of the left"), ("top", "bottom", "below the top")):
            if less in said and more in said and said[more] <= said[less]:
                self.add_error(more, f"{self.fields[more].label} must lie {what} edge")
        return said

    def on_page(self, number: int) -> str:
        """Write the area, on a page (from 1), as `chosen` reads it: `1:10,20,100,35`."""
        return f"{number}:{','.join(f'{self.cleaned_data[edge]:g}' for edge in _EDGES)}"


def number(text: str) -> int:
    """Return the number of a page; 1 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) <= len("10000") else 1


def chosen(given: QueryDict) -> list[str]:
    """Return the areas that a form or an address carries, those that are none left out."""
    return [text for text in given.getlist("area")[:MOST] if _numbers(text)]


def read(text: str) -> Area:
    """Return an area of `chosen`."""
    page, *edges = _numbers(text)
    return Area.of_millimetres(int(page), *edges)


def told(text: str) -> str:
    """Say an area of `chosen` in words."""
    page, left, top, right, bottom = _numbers(text)
    return f"page {page:g}: {left:g} to {right:g} mm across, {top:g} to {bottom:g} mm down"


def query(page: int, areas: Sequence[str]) -> str:
    """Write a page and the areas chosen as the end of an address."""
    return urlencode([("page", str(page)), *(("area", one) for one in areas)])


def _numbers(text: str) -> list[float]:
    page, _, edges = text.partition(":")
    try:
        found = [float(page), *(float(edge) for edge in edges.split(","))]
    except ValueError:
        return []
    right = len(found) == 1 + len(_EDGES) and all(0 <= one <= _LARGEST for one in found)
    return found if right and found[0].is_integer() and found[3] > found[1] and found[4] > found[2] else []
