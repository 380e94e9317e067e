"""Lists that a reporter chooses from: the regulator's exact labels, each beside the plain words for it."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

SEPARATOR = "; "
"""What stands between several labels in one fact."""


@dataclass(frozen=True)
class Term:
    """One choice: its slug, the label as the ICO's incident-trend workbook prints it, and plain English and Welsh.

    `personal` is False for what says that no person is concerned, `findable` for a kind of people so large or unnamed
    that belonging to it leads to nobody; `check`: a translator has to look at the Welsh.
    """

    slug: str
    label: str
    en: str
    cy: str
    personal: bool = True
    findable: bool = True
    check: bool = False

    def words(self, language: str) -> str:
        """Return the plain words in a language, "en" or "cy"."""
        return self.cy if language == "cy" else self.en


@cache
def terms(name: str) -> tuple[Term, ...]:
    """Return a vocabulary by its name: data-types, data-subjects."""
    rows = tomllib.loads(resources.files(__package__).joinpath("vocabularies.toml").read_text(encoding="utf-8"))
    return tuple(Term(slug, **row) for slug, row in rows[name].items())


def labels(name: str, slugs: Iterable[str]) -> str | None:
    """Return the labels of these slugs, in the vocabulary's order, as one fact; None where there is none."""
    chosen = set(slugs)
    return SEPARATOR.join(term.label for term in terms(name) if term.label and term.slug in chosen) or None
