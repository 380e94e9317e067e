"""Takes the page away from a letter's lines: quotation marks of mail, headers and footers of pages, gaps."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from candour.reading import numbering, sentences, templates

_QUOTED = re.compile(r"((?:\s{0,3}>)+) ?")
_PAGE_BREAK = "\f"
_BLANK_LINES_OF_A_PAGE = 4
_EDGE = 5
"""Lines at the top and at the bottom of a page among which headers and footers are looked for."""
_WRAPPED = 55
"""A line that is at least so long and ends within a sentence was broken by the page, not by its writer."""


@dataclass(frozen=True)
class Line:
    """A line without its quotation marks; `depth` counts them, `first` says that it begins a paragraph."""

    text: str
    depth: int = 0
    first: bool = True


def lines(raw: Sequence[str]) -> tuple[list[Line], list[str]]:
    """Return the lines that say something, in order, and apart from them the furniture of the pages."""
    pages = list(_pages([_unquoted(line) for line in raw]))
    furniture = _furniture(pages)
    kept: list[Line] = []
    for page, taken in zip(pages, furniture, strict=True):
        rows = [row for number, row in enumerate(page) if number not in taken]
        kept += _paragraphs(rows, goes_on=bool(kept) and _goes_on(kept[-1].text, rows))
    return kept, [page[number].text for page, taken in zip(pages, furniture, strict=True) for number in sorted(taken)]


def joined(texts: Sequence[str]) -> str:
    """Put wrapped lines together again."""
    return " ".join(" ".join(texts).split())


def rejoined(rows: Sequence[Line]) -> list[str]:
    """Put the wrapped lines of sentences together; the lines of a list, a table or a row of answers stay apart."""
    texts: list[str] = []
    before = ""
    for row in rows:
        if texts and not row.first and _was_wrapped(before, row.text):
            texts[-1] = joined([texts[-1], row.text])
        else:
            texts.append(row.text)
        before = row.text
    return texts


def _was_wrapped(before: str, after: str) -> bool:
    listed = numbering.opening(after) or re.match(r"[IVX]+[.)]?\s", after) or "\t" in before + after
    if listed or templates.is_answer(before) or templates.is_answer(after) or templates.begins(after):
        return False
    return after[:1].islower() or (len(before) >= _WRAPPED and before[-1:] not in tuple(".?!:;"))


def _unquoted(raw: str) -> Line:
    """Return a line with its depth of quotation; a page break stays in its text for the moment."""
    if found := _QUOTED.match(raw):
        return Line(raw[found.end() :].strip(" \r"), found[1].count(">"))
    return Line(raw.strip(" \r"))


def _pages(rows: Sequence[Line]) -> Iterator[list[Line]]:
    """Split at form feeds and at gaps as wide as a text copied off paper leaves between pages."""
    page: list[Line] = []
    blank = 0
    for row in rows:
        text = row.text.replace(_PAGE_BREAK, "").strip(" ")
        blank = 0 if text.strip() else blank + 1
        if _PAGE_BREAK in row.text or blank == _BLANK_LINES_OF_A_PAGE:
            yield page
            page = []
        page.append(replace(row, text=text))
    yield page


def _furniture(pages: Sequence[list[Line]]) -> list[set[int]]:
    """Return for each page the lines that stand at the same edge of another page too, whatever number they carry."""
    taken: list[set[int]] = [set() for _ in pages]
    tops = [_edge(page, range(len(page))) for page in pages]
    bottoms = [_edge(page, range(len(page) - 1, -1, -1)) for page in pages]
    counted = _page_numbers([text for edge in bottoms for _, text in edge[:1]])
    for edges in (tops, bottoms):
        often = Counter(alike for edge in edges for alike in {_alike(text) for _, text in edge})
        for found, edge in zip(taken, edges, strict=True):
            for number, text in edge:
                if often[_alike(text)] < 2 or (_may_be_content(text) and text not in counted):  # noqa: PLR2004 - two pages
                    break
                found.add(number)
    return taken


def _edge(page: list[Line], order: range) -> list[tuple[int, str]]:
    return [(number, page[number].text) for number in order if page[number].text.strip()][:_EDGE]


def _alike(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.split()).lower())


def _may_be_content(text: str) -> bool:
    """Answers, questions and template lines repeat at the edges of pages too, and are no furniture."""
    if re.fullmatch(r"(page )?\d+ (of|/) \d+", text, re.IGNORECASE):
        return False
    opening = numbering.opening(text)
    if opening is not None and (opening.style in ("letter", "decimal", "main", "sub") or sentences.asks(text)):
        return True
    return templates.is_answer(text) or templates.begins(text)


def _page_numbers(last_rows: Sequence[str]) -> set[str]:
    """Return the bare numbers that count the pages at their foot: 2, 3, 4."""
    numbers = [int(row.strip(" -–")) for row in last_rows if re.fullmatch(r"[ –-]*\d{1,3}[ –-]*", row)]
    one_by_one = len(numbers) > 1 and all(after == before + 1 for before, after in pairwise(numbers))
    return set(last_rows) if one_by_one else set()


def _goes_on(before: str, rows: Sequence[Line]) -> bool:
    """Say whether a sentence runs on over the end of a page."""
    after = next((row.text for row in rows if row.text.strip()), "")
    return not re.search(r"[.?!:;)]$", before) and after[:1].islower() and numbering.opening(after) is None


def _paragraphs(rows: Sequence[Line], *, goes_on: bool) -> Iterator[Line]:
    """Yield the lines that say something; a paragraph begins after a gap and where the depth of quotation changes."""
    gap, depth = not goes_on, None
    for row in rows:
        if row.text.strip():
            yield replace(row, first=gap or (depth is not None and depth != row.depth))
            gap, depth, goes_on = False, row.depth, False
        else:
            gap = not goes_on
