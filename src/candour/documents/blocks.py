"""What a letter is made of: plain values that every writer (PDF, DOCX, ODT, HTML) sets in its own way.

All text is text, never markup. Nothing here knows of a file format.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, Self


@dataclass(frozen=True)
class Run:
    """A stretch of text of one look; `link` is the address it leads to."""

    text: str
    link: str | None = None
    bold: bool = False


@dataclass(frozen=True)
class Paragraph:
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str) -> Self:
        """Make a paragraph of one plain run."""
        return cls((Run(text),))

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


Level = Literal[1, 2, 3]


@dataclass(frozen=True)
class Heading:
    """A heading inside the letter; level 1 is the subject, which the letter sets itself."""

    text: str
    level: Level = 2


@dataclass(frozen=True)
class Question:
    """The requester's own words, with the number as they wrote it ("" where there is none)."""

    number: str
    text: str


@dataclass(frozen=True)
class Bullets:
    items: tuple[Paragraph, ...]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Make a list of plain items."""
        return cls(tuple(Paragraph.of(text) for text in texts))


@dataclass(frozen=True)
class Table:
    """A table with one header row. Every row is as long as the header.

    `row_headers`: the first cell of each row heads that row. `numeric`: columns are right-aligned,
    but for a row header.
    """

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_headers: bool = False
    numeric: bool = True

    def __post_init__(self) -> None:
        width = len(self.header)
        if not width or any(len(row) != width for row in self.rows):
            raise ValueError(f"the rows of the table {self.caption!r} are not all as long as its header")


@dataclass(frozen=True)
class Note:
    """Small and quiet, under an answer: basis, coverage, break."""

    text: str


@dataclass(frozen=True)
class Chart:
    """A picture drawn by `charts`; `alt` says in words what it shows and may not be empty."""

    svg: str
    alt: str

    def __post_init__(self) -> None:
        if not self.alt.strip():
            raise ValueError("a chart in a letter needs a text that says what it shows")


Block = Heading | Question | Paragraph | Bullets | Table | Note | Chart


@dataclass(frozen=True)
class Letter:
    """One letter, whole. `language` is a tag such as "en-GB" or "cy"; lines are tuples of text.

    `title` names the document to programs and screen readers; `subject` is its heading on the page.
    `letterhead` (address and telephone) stands at the right under `sender_name`; `references` (label, value)
    and `dated` at the left; `footer` (office-holders) at the foot of every page; `last_line` (record number and
    digest) ends the letter; `marking` stands at the top and bottom of every page. A closing line such as
    "Yours sincerely" is the last of `blocks`; `signature` is the team and its mailbox.
    """

    title: str
    language: str
    sender_name: str
    letterhead: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    dated: date
    addressee: tuple[str, ...]
    subject: str
    blocks: tuple[Block, ...]
    signature: tuple[str, ...]
    footer: tuple[str, ...]
    last_line: str
    marking: str = ""

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.subject.strip():
            raise ValueError("a letter needs a title and a subject")
        if not re.fullmatch(r"[a-z]{2,3}(-[A-Z]{2})?", self.language):
            raise ValueError(f"{self.language!r} is not a language tag such as en-GB or cy")
