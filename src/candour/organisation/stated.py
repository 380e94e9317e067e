"""What every kind of particular has in common."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

ERASED_NAME = "(name erased)"
"""What is read where a name was erased that has to be there."""


@dataclass(frozen=True, kw_only=True)
class Stated:
    """What every kind has: its name in the record, its table in a file, and the first day it holds.

    `since` is None until the record was asked. `undated` kinds carry their days in themselves and hold always. `names`
    are the fields with names of people or firms, which retention erases, and what is read in their place then.
    """

    kind: ClassVar[str]
    table: ClassVar[str]
    key_field: ClassVar[str | None] = None
    undated: ClassVar[bool] = False
    names: ClassVar[Mapping[str, str]] = {}
    since: date | None = field(default=None, compare=False)

    @property
    def key(self) -> str:
        """What tells this one from others of its kind; the same key on a later day replaces it."""
        return str(getattr(self, self.key_field)) if self.key_field else self.kind
