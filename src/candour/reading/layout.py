"""Takes the page away from a letter's lines: quotation marks of mail, headers and footers of pages, gaps."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from candour.reading import numbering, sentences, templates

_QUOTED = re.compile(r"((?:\s{0,3}[>|])+) ?")
_PAGE_BREAK = "\f"
_BLANK_LINES_OF_A_PAGE = 4
_EDGE = 5
"""Lines at the top and at the bottom of a page among which headers and footers are looked for."""


@dataclass(frozen=True)
class Line:
    """A line without its quotation marks; `depth` counts them, `first` says that it begins a paragraph."""

    text: str
    depth: int = 0
    first: bool = True


def lines(raw: Sequence[str]) -> tuple[list[Line], list[str]]:
    """Return the lines that say something, in order, and apart from them the furniture of the pages."""
    pages = list(_pages(raw))
    furniture = _furniture(pages)
    kept: list[Line] = []
    for page in pages:
        rows = [row for number, row in enumerate(page) if (id(page), number) not in furniture]
        kept += _paragraphs(rows, goes_on=bool(kept) and _goes_on(kept[-1].text, rows))
    return kept, [page[number] for page in pages for number in range(len(page)) if (id(page), number) in furniture]


def joined(texts: Sequence[str]) -> str:
    """Put wrapped lines together again."""
    return " ".join(" ".join(texts).split())


def _pages(raw: Sequence[str]) -> Iterator[list[str]]:
    """Split at form feeds and at gaps as wide as a text copied off paper leaves between pages."""
    page: list[str] = []
    blank = 0
    for line in raw:
        text = line.replace(_PAGE_BREAK, "").rstrip()
        blank = 0 if text else blank + 1
        if _PAGE_BREAK in line or blank == _BLANK_LINES_OF_A_PAGE:
            yield page
            page = []
        page.append(text)
    yield page


def _furniture(pages: Sequence[list[str]]) -> set[tuple[int, int]]:
    """Return (page, line) of what stands at the same edge of two pages or more, whatever number it carries."""
    tops = [_edge(page, range(len(page))) for page in pages]
    bottoms = [_edge(page, range(len(page) - 1, -1, -1)) for page in pages]
    counted = _page_numbers([[row for _, row in edge[:1]] for edge in bottoms])
    found: set[tuple[int, int]] = set()
    for edges in (tops, bottoms):
        often = Counter(text for edge in edges for text in {_alike(row) for _, row in edge})
        for page, edge in zip(pages, edges, strict=True):
            for number, row in edge:
                if often[_alike(row)] < 2 or (_may_be_content(row) and row not in counted):  # noqa: PLR2004 - two pages
                    break
                found.add((id(page), number))
    return found


def _edge(page: list[str], order: range) -> list[tuple[int, str]]:
    return [(number, page[number]) for number in order if page[number].strip()][:_EDGE]


def _alike(row: str) -> str:
    return re.sub(r"\d+", "#", " ".join(row.split()).lower())


def _may_be_content(row: str) -> bool:
    """Answers, questions and template lines repeat at the edges of pages too, and are no furniture."""
    if re.fullmatch(r"(page )?\d+ (of|/) \d+", row.strip(), re.IGNORECASE):
        return False
    opening = numbering.opening(row)
    if opening is not None and (opening.style in ("letter", "decimal", "main", "sub") or sentences.asks(row)):
        return True
    return templates.is_answer(row) or templates.begins(row)


def _page_numbers(last_rows: Sequence[Sequence[str]]) -> set[str]:
    """Return the bare numbers that count the pages at their foot: 2, 3, 4."""
    numbers = [int(row.strip(" -–")) for rows in last_rows for row in rows if re.fullmatch(r"[ –-]*\d{1,3}[ –-]*", row)]
    one_by_one = len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
    return {row for rows in last_rows for row in rows} if one_by_one else set()


def _goes_on(before: str, rows: Sequence[str]) -> bool:
    """Say whether a sentence runs on over the end of a page."""
    after = next((row.strip() for row in rows if row.strip()), "")
    return not re.search(r"[.?!:;)]$", before) and after[:1].islower() and numbering.opening(after) is None


def _paragraphs(rows: Sequence[str], *, goes_on: bool) -> Iterator[Line]:
    first = not goes_on
    depths = [len(re.findall(r"[>|]", found[1])) if (found := _QUOTED.match(row)) else 0 for row in rows]
    for (earlier, depth), row in zip(pairwise([depths[0] if depths else 0, *depths]), rows, strict=True):
        text = (_QUOTED.sub("", row, count=1) if depth else row).strip(" ")
        if text.strip():
            yield Line(text, depth, first or depth != earlier)
        first = not text.strip() and not (goes_on and first is False)
