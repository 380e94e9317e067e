"""What every writer does alike before it sets a letter: characters, links, heading levels, what stays together."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from itertools import pairwise
from typing import Any

from candour.documents import characters
from candour.documents.blocks import (
    Block,
    Bullets,
    Chart,
    Heading,
    Letter,
    Level,
    Note,
    Paragraph,
    Question,
    Run,
    Table,
)

_NEXT: dict[Level, Level] = {1: 2, 2: 3, 3: 3}
TEXT_WIDTH = 160.0  # millimetres between the margins of an A4 page
_LONGEST_WHOLE_TABLE = 24  # rows; a longer one may not fit on one page and is broken, its header repeated
_NUMBER_WIDTH = 27.0
_ROW_HEADER_WIDTH = 45.0  # at least, beside numbers
_LETTER_WIDTH = 2.0  # of a 10 pt letter, roughly


def prepared(letter: Letter) -> Letter:
    """Return the letter as it can be set: printable text, honest links, no empty block, no skipped heading level."""
    letter = _cleaned(letter)
    said = (block for block in letter.blocks if _says_something(block))
    return replace(letter, blocks=tuple(_without_skipped_levels(said)))


def stays_with_next(letter: Letter) -> tuple[bool, ...]:
    """Return for each block whether a page may not end between it and the next one.

    The closing line keeps the signature, and the paragraph before it: no page holds a signature alone.
    """
    stays = [_stays(block, after) for block, after in pairwise(letter.blocks)]
    if stays and letter.signature:
        stays[-1] = stays[-1] or isinstance(letter.blocks[-2], Paragraph)
    return (*stays, bool(letter.signature))[: len(letter.blocks)]


def is_long(table: Table) -> bool:
    """Say whether a table may be broken between pages, because it would not fit on one."""
    return len(table.rows) > _LONGEST_WHOLE_TABLE


def is_number(table: Table, column: int) -> bool:
    """Say whether a column is right-aligned: every one of a numeric table but the row headers."""
    return table.numeric and not (table.row_headers and column == 0)


def shape(svg: str) -> float:
    """Return a chart's height, in widths."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return float(found[2]) / float(found[1]) if found else 0.5


def widths(table: Table) -> tuple[float, ...]:
    """Return the width of each column in millimetres; numbers stand in even columns, words share what there is."""
    if table.numeric:
        return _number_widths(len(table.header), headed=table.row_headers)
    columns = list(zip(table.header, *table.rows, strict=True))
    return _shared([max(len(cell) for cell in column) * _LETTER_WIDTH + 6 for column in columns])


def _number_widths(columns: int, *, headed: bool) -> tuple[float, ...]:
    numbers = columns - headed
    each = min(_NUMBER_WIDTH, (TEXT_WIDTH - _ROW_HEADER_WIDTH * headed) / max(1, numbers))
    return (TEXT_WIDTH - each * numbers,) * headed + (each,) * numbers


def _shared(wanted: list[float]) -> tuple[float, ...]:
    """Give narrow columns what they want and let the wide ones share the rest; the last takes what is over."""
    fair = TEXT_WIDTH / len(wanted)
    narrow = sum(width for width in wanted if width <= fair)
    wide = sum(min(width, TEXT_WIDTH) for width in wanted if width > fair)
    given = [width if width <= fair else min(width, TEXT_WIDTH) / wide * (TEXT_WIDTH - narrow) for width in wanted]
    return (*given[:-1], TEXT_WIDTH - sum(given[:-1]))


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
    deepest: Level = 1
    for block in blocks:
        if isinstance(block, Heading):
            deepest = min(block.level, _NEXT[deepest])
            yield replace(block, level=deepest)
        else:
            yield block
