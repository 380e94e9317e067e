"""What every writer does alike before it sets a letter: characters, links, heading levels, what stays together."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

from candour.documents import characters
from candour.documents.blocks import Block, Bullets, Chart, Heading, Letter, Note, Paragraph, Question, Run, Table


def prepared(letter: Letter) -> Letter:
    """Return the letter as it can be set: printable text, honest links, no empty block, no skipped heading level."""
    letter = _cleaned(letter)
    said = (block for block in letter.blocks if _says_something(block))
    return replace(letter, blocks=tuple(_without_skipped_levels(said)))


def stays_with_next(letter: Letter) -> tuple[bool, ...]:
    """Return for each block whether a page may not end between it and the next one; the last keeps the signature."""
    last = letter.blocks[-1:]
    return (
        *(_stays(block, after) for block, after in pairwise(letter.blocks)),
        *(bool(letter.signature) for _ in last),
    )


def _stays(block: Block, after: Block) -> bool:
    match block:
        case Heading() | Question():
            return True
        case Paragraph():
            return isinstance(after, Table | Bullets | Chart)
        case Table() | Chart():
            return isinstance(after, Note)
        case _:
            return False


def _cleaned(value: Any) -> Any:
    match value:
        case str():
            return characters.printable(value)
        case tuple():
            return tuple(_cleaned(part) for part in value)
        case Run(text, link, bold):
            return Run(characters.printable(text), characters.safe_link(link), bold)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
        case _:
            return value


def _says_something(block: Block) -> bool:
    match block:
        case Paragraph() | Heading() | Note():
            return bool(block.text.strip())
        case Bullets():
            return bool(block.items)
        case _:
            return True


def _without_skipped_levels(blocks: Iterable[Block]) -> Iterator[Block]:
    """PDF/UA-1 (ISO 14289-1, 7.4.2) wants no level left out; the subject of the letter is the first."""
    deepest = 1
    for block in blocks:
        if isinstance(block, Heading):
            deepest = min(block.level, deepest + 1)
            yield replace(block, level=deepest)
        else:
            yield block
