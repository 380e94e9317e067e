"""Classification schemes as dated rows: which categories a scheme had on a day, and how a code of it is written."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from candour.rules.refusals import NotThere

CROSSWALKS = "crosswalks.toml"
"""The file that says how codes of one scheme read in another; crosswalks.py reads it."""

_NO_WORDING: Mapping[str, str] = MappingProxyType({})
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_CODED = re.compile(r"(?:(?:category|cat|class|type|tier)\b)?[ .:]*(?P<code>[\w-]+)(?P<mark>[ .:)(-]*)(?P<rest>.*)")


@dataclass(frozen=True)
class Category:
    """A code with its label; in force from `held_from` to `held_until` (inclusive), for ever where that is None.

    `group` is the heading it stands under; `published` how its source prints the label, where two codes share one.
    """

    code: str
    label: str
    held_from: date
    held_until: date | None = None
    definition: str = ""
    also: tuple[str, ...] = ()
    group: str = ""
    published: str = ""

    def held(self, day: date) -> bool:
        """Say whether the category was in force on a day."""
        return self.held_from <= day and (self.held_until is None or day <= self.held_until)


_NONE = Category("", "", date.min)

FACTS, CATEGORISING, LEARNING = "facts", "categorising", "learning"
"""How a code of a scheme comes to an incident: it follows from facts, or a person gives it, at first or at the end."""


@dataclass(frozen=True)
class Scheme:
    """A list of categories with the source it comes from; a category worded anew is a row of its own, by its days.

    `retired`: the days, first and last (None: for good), on which none of it is in force; its labels stay.
    """

    slug: str
    title: str
    source: str
    categories: tuple[Category, ...]
    use: str = CATEGORISING
    retired: tuple[tuple[date, date | None], ...] = ()

    def on(self, day: date, wording: Mapping[str, str] = _NO_WORDING) -> tuple[Category, ...]:
        """Give the categories in force on a day; a body's own labels, by code, stand in for the scheme's."""
        if any(first <= day and (last is None or day <= last) for first, last in self.retired):
            return ()
        return tuple(_worded(category, wording) for category in self.categories if category.held(day))

    def label(self, code: str, day: date) -> str:
        """Give the label a code had on a day, else the last before it, else its first; "" for a code it never had."""
        rows = sorted((row for row in self.categories if row.code == code), key=lambda row: row.held_from)
        before = [row for row in rows if row.held_from <= day]
        return (before[-1:] or rows[:1] or [_NONE])[0].label


@cache
def slugs() -> tuple[str, ...]:
    """Name the schemes there are."""
    names = (entry.name for entry in resources.files(__name__).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml") and name != CROSSWALKS))


@cache
def scheme(slug: str) -> Scheme:
    """Give a scheme by its slug; NotThere names the schemes there are."""
    if slug not in slugs():
        raise NotThere(f"There is no scheme “{slug}”; there are {', '.join(slugs())}.")
    rows = tomllib.loads(resources.files(__name__).joinpath(f"{slug}.toml").read_text(encoding="utf-8"))
    categories = tuple(_category(row) for row in rows["categories"])
    return Scheme(slug, rows["title"], rows["source"], categories, rows.get("use", CATEGORISING))


def read_code(slug: str, text: str, wording: Mapping[str, str] = _NO_WORDING) -> str | None:
    """Read a code however it is written: "IV", "4", "Category IV", "IV Unauthorised disclosure", a label; else None."""
    written = _plain(text)
    categories = [_worded(category, wording) for category in scheme(slug).categories]
    by_name = {_plain(known.label): known.code for known in scheme(slug).categories}
    by_name |= {name: known.code for known in categories for name in _names(known)}
    return by_name.get(written) or by_name.get(written.replace(" ", "-")) or _coded(written, categories)


def _coded(written: str, categories: list[Category]) -> str | None:
    found = _CODED.fullmatch(written)
    category = next((row for row in categories if found and found["code"] in _codes(row)), None)
    if found is None or category is None:
        return None
    # "I lost my laptop" begins with a code and is not one: after a bare space the label has to follow.
    marked = not found["rest"] or found["mark"].strip()
    return category.code if marked or _plain(category.label).split()[0] == found["rest"].split()[0] else None


def _names(category: Category) -> Iterator[str]:
    yield from _codes(category)
    yield from (_plain(name) for name in (category.label, *category.also))


def _codes(category: Category) -> Iterator[str]:
    yield _plain(category.code)
    if category.code in _ROMAN:
        yield str(_ROMAN.index(category.code) + 1)


def _plain(text: str) -> str:
    dashed = re.sub("[‐‑‒–—−]", "-", text.replace("_", "-"))
    return " ".join(dashed.lower().split()).strip(" .:;")


def _worded(category: Category, wording: Mapping[str, str]) -> Category:
    return replace(category, label=wording.get(category.code, category.label))


def _category(row: dict[str, Any]) -> Category:
    return Category(**{**row, "also": tuple(row.get("also", ()))})
