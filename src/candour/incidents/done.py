"""What a deed on an incident did: where the record has it, and what it moved."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Done:
    """The entry's ledger number, the incident's number, and what moved: fact to [from, to]; codes as `code:SCHEME`."""

    number: int
    incident: int
    moved: Mapping[str, list[Any]]
