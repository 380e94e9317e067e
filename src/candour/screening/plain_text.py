"""Text and tables of text (TXT, CSV, TSV): columns nobody approved, what lies far off, formulas, odd signs."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, zip_longest

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.findings import Grid, Seen, Severity, Text, Unreadable, masked
from candour.screening.inside import Inside

_TABLES = ("csv", "tsv")
_DELIMITERS = {"csv": ",;\t|", "tsv": "\t"}
_LARGEST_FIELD = 1 << 20
_AT_A_TIME = 50
"""Lines of running text that are named together."""
_FAR_BELOW = 10
"""Blank lines after which nobody scrolls on."""
_FAR_RIGHT = re.compile(r"\S[ \t\u00a0]{60,}\S|^[ \t\u00a0]{120,}\S")
_TAGS = re.compile("[\U000e0001-\U000e007f]")
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\u00ad]")
_RUNS = re.compile(r"\s*[=@]\s*[\w'\"(+\-]|[\t\r]\s*[=@+\-]|[+\-]\s*[A-Za-z_.]+\(|.{0,200}\|.{0,40}!", re.DOTALL)
_SENTENCE = 40
"""Characters of a cell, on average, from which a column is one of sentences."""


@dataclass(frozen=True)
class Written:
    """A file of text: how it was encoded, its text, and its rows where it is a table."""

    text: str
    encoding: str
    table: bool
    delimiter: str
    approved: tuple[str, ...]

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @cached_property
    def rows(self) -> list[list[str]]:
        """The rows of a table, blank ones too. Raises Unreadable where they cannot be told apart."""
        if not self.table:
            return []
        csv.field_size_limit(_LARGEST_FIELD)
        try:
            return list(csv.reader(io.StringIO(self.text.replace("\0", ""), newline=""), delimiter=self.delimiter))
        except csv.Error as fault:
            raise Unreadable("its rows cannot be told apart") from fault

    @cached_property
    def filled(self) -> list[list[str]]:
        return [row for row in self.rows if any(map(str.strip, row))]

    @cached_property
    def columns(self) -> list[tuple[str, ...]]:
        return list(zip_longest(*self.filled, fillvalue=""))


def opened(content: bytes, inside: Inside) -> Written:
    """Decode a file of text by its byte-order mark, else as UTF-8, else as Windows writes it."""
    text, encoding = decoded(content)
    ending = kinds.ending(inside.name)
    table = ending in _TABLES
    return Written(text, encoding, table, _delimiter(text, ending) if table else "", inside.known.columns)


def decoded(content: bytes) -> tuple[str, str]:
    """Return a text and the name of its encoding. Raises Unreadable where UTF-16 is cut short."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16"), "UTF-16"
        except UnicodeDecodeError as fault:
            raise Unreadable("its text is damaged") from fault
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace"), "Windows-1252"


def _delimiter(text: str, ending: str) -> str:
    """Return the sign that parts the cells of the first rows most often."""
    first = "\n".join(text.splitlines()[:20])
    return max(_DELIMITERS[ending], key=first.count)


def texts(written: Written) -> Iterator[Text]:
    """Yield a table column by column, running text in pieces."""
    if written.table:
        for number, cells in enumerate(written.columns):
            yield Text(f"column {letters(number)}", "\n".join(map(_one_line, cells)), column=letters(number))
        return
    for start in range(0, len(written.lines), _AT_A_TIME):
        piece = written.lines[start : start + _AT_A_TIME]
        yield Text(f"lines {start + 1} to {start + len(piece)}", "\n".join(piece))


def grids(written: Written) -> Iterator[Grid]:
    if written.table:
        yield Grid("the table", written.filled)


def letters(number: int) -> str:
    """Return the letters of a column as spreadsheets show them; the first is number 0 and A."""
    name = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _one_line(cell: str) -> str:
    return cell.replace("\r", " ").replace("\n", " ") if "\n" in cell or "\r" in cell else cell


TEXT = Family("text", (kinds.TEXT,), opens=opened, texts=texts, grids=grids)


@TEXT.check(
    "unexpected-column",
    Severity.BLOCK,
    says="The table has a column that was not approved",
    do="Take the column out, or have it approved",
)
def unexpected_columns(written: Written) -> Iterator[Seen]:
    if written.approved and written.filled:
        approved = {name.strip().casefold() for name in written.approved}
        for number, header in enumerate(written.filled[0]):
            if header.strip().casefold() not in approved:
                yield Seen(f"column {letters(number)}", masked(header, 4))


@TEXT.check(
    "beside-the-table",
    Severity.BLOCK,
    says="Rows have more cells than the table has columns",
    do="Look at what stands beside the table, and take it out or give it a header",
)
def beside_the_table(written: Written) -> Iterator[Seen]:
    width = len(written.filled[0]) if written.filled else 0
    for number, row in enumerate(written.rows, 1):
        if any(map(str.strip, row[width:])) and width > 1:
            yield Seen(f"row {number}", masked(next(cell for cell in row[width:] if cell.strip())))


@TEXT.check(
    "after-blank-lines",
    Severity.BLOCK,
    says="Something stands far below the rest, after many blank lines",
    do="Take it out, or move it up to where it is seen",
)
def far_below(written: Written) -> Iterator[Seen]:
    yield from (seen for blanks, seen in _gaps(written) if blanks >= _FAR_BELOW)


@TEXT.check(
    "second-block",
    Severity.WARN,
    says="The table goes on after a blank line",
    do="Look at what stands below the blank line, and put it into a file of its own",
)
def second_blocks(written: Written) -> Iterator[Seen]:
    if written.table:
        yield from (seen for blanks, seen in _gaps(written) if blanks < _FAR_BELOW)


def _gaps(written: Written) -> Iterator[tuple[int, Seen]]:
    """Yield how many blank lines stand before something, and that thing."""
    blank, number, begun = 0, 0, False
    for empty, run in groupby(written.lines, key=_is_blank):
        found = list(run)
        number += len(found)
        if not empty and begun and blank:
            yield blank, Seen(f"line {number - len(found) + 1}", masked(found[0]))
        blank = len(found) if empty else 0
        begun = begun or not empty


def _is_blank(line: str) -> bool:
    return not line.strip(' \t,;|"\0\x0c\ufeff\u00a0')


@TEXT.check(
    "far-right",
    Severity.BLOCK,
    says="Something stands far to the right, where it is not seen",
    do="Take it out, or move it to where it is seen",
)
def far_right(written: Written) -> Iterator[Seen]:
    for number, line in enumerate(written.lines, 1):
        if found := _FAR_RIGHT.search(line):
            yield Seen(f"line {number}", masked(line[found.end() - 1 :]))


@TEXT.check(
    "free-text-column",
    Severity.WARN,
    says="A column holds sentences, in which anything may stand",
    do="Read every one of its cells, or leave the column out",
)
def free_text_columns(written: Written) -> Iterator[Seen]:
    for number, cells in enumerate(written.columns):
        filled = {cell for cell in cells[1:] if cell.strip()}
        long = [cell for cell in filled if " " in cell.strip()]
        if len(long) > 1 and sum(map(len, filled)) >= _SENTENCE * len(filled):
            yield Seen(f"column {letters(number)}", f"{len(filled):,} different texts")


@TEXT.check(
    "formula",
    Severity.BLOCK,
    says="A cell would be run as a formula by a spreadsheet",
    do="Put an apostrophe in front of it, or write its value",
)
def formulas(written: Written) -> Iterator[Seen]:
    for number, cells in enumerate(written.columns):
        for place, cell in enumerate(cells):
            if cell[:1] in "=@+-\t\r" and cell and _RUNS.match(cell):
                yield Seen(f"column {letters(number)}, row {place + 1}", masked(cell, 3))


@TEXT.check(
    "nul",
    Severity.BLOCK,
    says="The text holds NULs, after which some programs show nothing",
    do="Save it anew as UTF-8 text",
)
def nuls(written: Written) -> Iterator[Seen]:
    if count := written.text.count("\0"):
        place = written.text.count("\n", 0, written.text.index("\0")) + 1
        yield Seen(f"line {place}", f"{count:,} of them")


@TEXT.check(
    "encoding",
    Severity.WARN,
    says="The text is not UTF-8, so that some programs show other signs or none",
    do="Save it as UTF-8",
)
def encodings(written: Written) -> Iterator[Seen]:
    if written.encoding != "UTF-8":
        yield Seen("", written.encoding)


@TEXT.check(
    "invisible-text",
    Severity.BLOCK,
    says="The text holds letters that no program shows (Unicode tags)",
    do="Take them out; save what is seen into a new file",
)
def invisible_text(written: Written) -> Iterator[Seen]:
    if found := _TAGS.findall(written.text):
        yield Seen("", f"{len(found):,} of them")


@TEXT.check(
    "invisible-signs",
    Severity.WARN,
    says="The text holds signs that are not seen or that turn its direction",
    do="Look whether they change what is read, and take them out",
)
def invisible_signs(written: Written) -> Iterator[Seen]:
    if found := _INVISIBLE.findall(written.text):
        yield Seen("", f"{len(found):,} of them")
