"""Reads the text of an HTML page: its lists numbered, its quotations marked, its scripts and styles left out."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from candour.reading.formats import counters

_LEFT_OUT = {"script", "style", "template", "title"}
_PARAGRAPHS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "section", "article", "pre"}
_LINES = {"li", "tr", "dt", "dd", "hr", "blockquote", "address", "header", "footer", "body"}
_CELLS = {"td", "th"}


def lines(text: str) -> list[str]:
    """Return the lines that a reader of the page sees; a line of a quotation begins with ">"."""
    page = _Page()
    page.feed(text)
    page.close()
    page.end_line()
    return page.lines


@dataclass
class _List:
    form: str
    count: int
    counter: counters.Counter = field(default_factory=counters.Counter)


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._line = ""
        self._left_out = 0
        self._quotes = 0
        self._lists: list[_List] = []
        self._pre = 0
        self._empty_paragraph = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _LEFT_OUT:
            self._left_out += 1
        elif tag == "br":
            self.end_line()
        elif tag in _CELLS:
            self._line += "\t" if self._line.strip() else ""
        elif tag in _PARAGRAPHS | _LINES:
            self._break(paragraph=tag in _PARAGRAPHS)
            self._open(tag, dict(attrs))
            self._empty_paragraph = tag == "p"

    def handle_endtag(self, tag: str) -> None:
        if tag in _LEFT_OUT:
            self._left_out = max(0, self._left_out - 1)
        elif tag in _PARAGRAPHS | _LINES:
            empty = tag == "p" and self._empty_paragraph and not self._line.strip()
            self._break(paragraph=tag in _PARAGRAPHS | {"blockquote"})
            self._close(tag)
            if empty:
                self.end_line()

    def handle_data(self, data: str) -> None:
        if self._left_out:
            return
        self._empty_paragraph &= not data.strip()
        if self._pre:
            *whole, data = data.split("\n")
            for line in whole:
                self._line += line
                self.end_line()
        self._line += data if self._pre else re.sub(r"\s+", " ", data.replace("\xa0", " "))

    def end_line(self) -> None:
        """Put the line that was being written with the others, and begin an empty one."""
        text = self._line.strip(" ") if not self._pre else self._line
        self.lines.append(("> " * self._quotes + text).rstrip())
        self._line = ""

    def _break(self, *, paragraph: bool) -> None:
        if self._line.strip():
            self.end_line()
        else:
            self._line = ""
        if paragraph and self.lines and self.lines[-1].strip("> "):
            self.end_line()

    def _open(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in ("ul", "ol"):
            start = attributes.get("start") or "1"
            form = (attributes.get("type") or "1") if tag == "ol" else "bullet"
            self._lists.append(_List(form, int(start) if start.isdecimal() and len(start) < 5 else 1))  # noqa: PLR2004 - no list of ten thousand questions
        elif tag == "li":
            self._line = self._label()
        elif tag == "blockquote":
            self._quotes += 1
        elif tag == "pre":
            self._pre += 1

    def _close(self, tag: str) -> None:
        if tag in ("ul", "ol"):
            del self._lists[-1:]
        elif tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
        elif tag == "pre":
            self._pre = max(0, self._pre - 1)

    def _label(self) -> str:
        if not self._lists or self._lists[-1].form not in "1aAiI":
            return "• "
        innermost = self._lists[-1]
        innermost.count += 1
        mark = ")" if innermost.form in "ai" else "."
        return f"{counters.shown(innermost.count - 1, innermost.form)}{mark} "
