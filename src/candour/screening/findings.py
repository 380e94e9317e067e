"""What screening says of a file: a finding, the check it comes from, and what a family hands over to be looked at."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How much a finding weighs: one that blocks keeps the file here, one that warns wants a person's look."""

    BLOCK = "block"
    WARN = "warn"


class Verdict(StrEnum):
    """What the findings of a file come to."""

    CLEAR = "clear"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True)
class Finding:
    """One thing found: `code` names its check, `where` is a place a person can go to, `what` shows nothing unmasked."""

    code: str
    severity: Severity
    where: str
    what: str


@dataclass(frozen=True)
class Check:
    """What is looked for: a sentence that says what it is, and one that says what to do about it."""

    code: str
    severity: Severity
    says: str
    do: str


class Seen(NamedTuple):
    """What a check comes upon: where, and a sample that its family has masked already."""

    where: str
    sample: str = ""


class Text(NamedTuple):
    """A piece of a file's text, to be searched for identifiers.

    The cells of a column come as one text with line breaks between them, and `column` says which column it is.
    """

    where: str
    text: str
    hidden: bool = False
    column: str | None = None


class Grid(NamedTuple):
    """A table in a file, to be checked for small numbers and totals; its first row is the header, where it has one."""

    where: str
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Known:
    """What the body knows of itself and expects of a file.

    `names` are of staff and of people in the register, the surname last; `suppliers` are of organisations.
    `references` are patterns of its own references: `INC-####/@*`, where # is a digit, @ a letter, * any of both.
    `threshold` is the number under which a count is small. `columns` are the headers that were approved for a table,
    `rows` how many rows below them; none are none approved, and not held to.
    """

    names: frozenset[str] = frozenset()
    references: tuple[str, ...] = ()
    threshold: int | None = None
    columns: tuple[str, ...] = ()
    suppliers: frozenset[str] = frozenset()
    rows: int | None = None


class Unreadable(Exception):  # noqa: N818 - what the file is; its sentence becomes a finding that blocks
    """A file that cannot be read. Its text is a sentence for a person, without the full stop."""


def told(check: Check, where: str, sample: str = "") -> Finding:
    """Say what a check found, in the sentence a person reads: what it is, a masked sample, what to do about it."""
    what = f"{check.says}: {sample}" if sample else check.says
    return Finding(check.code, check.severity, where, f"{what}. {check.do}.")


def masked(text: str, shown: int = 2) -> str:
    """Return a text of which only the first letters of each word are left: `Mary Smith` is `Ma** Sm***`, `Li` `L*`."""
    return " ".join(_masked(word, min(shown, (len(word) + 1) // 2)) for word in text.split()[:8])


def _masked(word: str, shown: int) -> str:
    return word[:shown] + "*" * min(len(word) - shown, 8)
