"""A letter as a tagged PDF (PDF/UA-1): the same letter gives the same bytes."""

import json
import re
import threading
from datetime import UTC, datetime, time
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.documents import characters, setting, wording
from candour.documents.blocks import Block, Bullets, Chart, Heading, Letter, Note, Paragraph, Question, Run, Table

if TYPE_CHECKING:
    import typst

_TEMPLATE = Path(__file__).with_name("letter.typ")
_LONGEST_UNBROKEN_TABLE = 24  # rows; a longer one would not fit on one page
_LONGEST_UNBROKEN_QUESTION = 1500  # characters
_PAGE_WIDTH = 160  # millimetres between the margins
_WIDEST_NUMBER_COLUMN = 30
_one_at_a_time = threading.Lock()  # the compiler's object may not be entered twice
_UNSETTABLE = re.compile(r'(?:the text|disallowed codepoint) `"(.+?)"`')


def pdf(letter: Letter) -> bytes:
    """Return the letter as PDF/UA-1. A character that no typeface has is printed as its name or a mark."""
    letter = setting.prepared(letter)
    made = _compiled(json.dumps(_as_data(letter), ensure_ascii=False), letter)
    tables = [block.row_headers for block in letter.blocks if isinstance(block, Table)]
    if not any(tables):
        return made
    from candour.documents import pdf_tags  # noqa: PLC0415 - only a letter with such a table pays for it

    return pdf_tags.with_row_headers(made, tables)
