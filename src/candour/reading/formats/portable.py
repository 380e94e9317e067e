"""Reads the lines of a PDF page by page, with an empty line where the page leaves a gap."""

import io
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from candour.rules import refusals

_MOST_PAGES = 200
_PAGE_BREAK = "\f"
_GAP = 0.5
"""A gap that is wider than the usual one by this part of a line's height begins a paragraph."""


def lines(data: bytes) -> list[str]:
    """Return the lines of all pages, a form feed between them; a PDF without text is WrongInput."""
    import pdfplumber  # noqa: PLC0415 - heavy, and only ever needed in the child
    from pdfminer.pdfdocument import PDFPasswordIncorrect  # noqa: PLC0415
    from pdfplumber.utils.exceptions import PdfminerException  # noqa: PLC0415

    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            return _document(document.pages)
    except PdfminerException as fault:
        if fault.args and isinstance(fault.args[0], PDFPasswordIncorrect):
            raise refusals.WrongInput(
                "The PDF is protected by a password; save it without one and try again."
            ) from fault
        raise refusals.WrongInput("The PDF is damaged or cut short; open it, save it anew and try again.") from fault


def _document(pages: list[Any]) -> list[str]:
    if len(pages) > _MOST_PAGES:
        raise refusals.WrongInput(f"The PDF has {len(pages)} pages; a request has at most {_MOST_PAGES}.")
    found: list[str] = []
    for page in pages:
        found += [_PAGE_BREAK] if found else []
        found += _page(page.extract_text_lines(return_chars=False))
        page.close()
    if not any(line.strip() for line in found):
        raise refusals.WrongInput(
            "The PDF is a picture without text, such as a scan; type the questions into a text file, or run text"
            " recognition over it, and read that."
        )
    return found


def _page(rows: list[dict[str, Any]]) -> Iterator[str]:
    gaps = [below["top"] - above["bottom"] for above, below in pairwise(rows)]
    usual = median(gap for gap in gaps if gap >= 0) if any(gap >= 0 for gap in gaps) else 0
    for row, gap in zip(rows, [0, *gaps], strict=False):
        if gap > usual + _GAP * (row["bottom"] - row["top"]):
            yield ""
        yield row["text"]
