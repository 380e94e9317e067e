"""One pass over the cells of a sheet, shared by all checks: what is hidden, invisible, far away, and all its texts.

The cells are taken by blocks of rows that fill the same columns, and each column of a block at once: millions of cells
take seconds.
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from html import unescape
from typing import NamedTuple

from lxml import etree

from candour.screening.office import elements, shrunk
from candour.screening.office.colours import WHITE, Colour
from candour.screening.office.xlsx import columns, rows, strings
from candour.screening.office.xlsx.columns import Area, Column
from candour.screening.office.xlsx.rows import Row
from candour.screening.office.xlsx.strings import Run
from candour.screening.office.xlsx.styles import Styles

FAR_ROWS, FAR_COLUMNS = 100, 30
"""Empty rows or columns after which what follows no longer belongs to the table that a person sees."""
_BLOCK = 2_000
_FORMULAS = 50_000
_FORMULA = re.compile(r"<f\b[^>]*?(?:/>|>(.*?)</f>)", re.DOTALL)
_VALUE = re.compile(r"<v\b[^>]*>(.*?)</v>", re.DOTALL)
_INLINE = re.compile(r"<t\b[^>]*>(.*?)</t>", re.DOTALL)
_PHONETIC = re.compile(r"<rPh\b.*?</rPh>", re.DOTALL)
_FIRST_DAY = date(1899, 12, 30)
_Cells = Sequence[tuple[str, str, str, str, str]]


class Form(NamedTuple):
    """What the attributes of a cell say: its style and the type of its value."""

    style: int
    type: str


@dataclass
class Faint:
    """Cells of a column that are not seen, for one reason."""

    row: int
    cells: int = 0


@dataclass
class Scan:
    """What one pass over a sheet's rows finds."""

    strings: Sequence[str]
    styles: Styles
    widths: Sequence[Column] = ()
    usual: float = columns.USUAL
    """Characters of width of a column that is not set."""
    merges: list[Area] = field(default_factory=list)
    texts: dict[tuple[str, bool], list[str]] = field(default_factory=lambda: defaultdict(list))
    used: set[int] = field(default_factory=set)
    invisible: dict[tuple[str, str], Faint] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    flat_rows: list[int] = field(default_factory=list)
    collapsed_rows: list[int] = field(default_factory=list)
    under_merges: list[str] = field(default_factory=list)
    shrunk: list[str] = field(default_factory=list)
    """Cells whose letters were made so small, to fit, that nobody reads them."""
    formulas: dict[str, str] = field(default_factory=dict)
    """The formulas, each with the first cell it stands in."""
    rich: Mapping[int, Sequence[Run]] = field(default_factory=dict)
    """Shared strings of letters that look apart from their cell's."""
    rich_unseen: set[str] = field(default_factory=set)
    far_rows: list[int] = field(default_factory=list)
    filled: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """Per column, how many cells hold something."""
    top: int = 0
    bottom: int = 0
    _block: list[Row] = field(default_factory=list)
    _key: tuple[object, ...] = ()
    _forms: dict[str, Form] = field(default_factory=dict)
    _open: list[Area] = field(default_factory=list)
    _over: list[Area] = field(default_factory=list)

    @property
    def cells(self) -> int:
        """How many cells of the sheet hold something."""
        return sum(self.filled.values())

    def run(self, data: bytes) -> "Scan":
        """Take all rows of plain data. Raises NotPlain where they are not in the plain form."""
        self._open = sorted(self.merges, reverse=True)
        for row in rows.rows(data):
            self._take(row)
        self._flush()
        return self

    def _take(self, row: Row) -> None:
        hidden = self._note(row)
        if any(cell[3] or cell[4] for cell in row.cells):
            self._note_place(row.number)
            if self.merges:
                self._note_merged(row)
        key = (hidden, *[cell[1] for cell in row.cells])
        if key != self._key or len(self._block) >= _BLOCK:
            self._flush()
            self._key = key
        self._block.append(row)

    def _note(self, row: Row) -> bool:
        """Note how a row is set, and say whether it is hidden."""
        said = row.attributes
        hidden = said.get("hidden") in ("1", "true")
        flat = "ht" in said and elements.decimal(said["ht"], columns.NARROWEST) < columns.NARROWEST
        if hidden:
            self.hidden_rows.append(row.number)
        if flat:
            self.flat_rows.append(row.number)
        if said.get("collapsed") in ("1", "true") or (hidden and elements.whole(said.get("outlineLevel", ""))):
            self.collapsed_rows.append(row.number)
        return hidden or flat

    def _note_place(self, number: int) -> None:
        if self.bottom and number - self.bottom > FAR_ROWS:
            self.far_rows.append(number)
        self.top = self.top or number
        self.bottom = number

    def _note_merged(self, row: Row) -> None:
        """Note cells under a merged area: only its first one is seen."""
        while self._open and self._open[-1].top <= row.number:
            self._over.append(self._open.pop())
        self._over[:] = [one for one in self._over if one.bottom >= row.number]
        for _, letters, _, value, content in row.cells if self._over else ():
            number = rows.column_number(letters) if value or "<v" in content or "<t" in content else 0
            if any(one.left <= number <= one.right and (row.number, number) != one[:2] for one in self._over):
                self.under_merges.append(f"{letters}{row.number}")

    def _flush(self) -> None:
        block, self._block = self._block, []
        if not block:
            return
        hidden = bool(self._key[0])
        for cells in zip(*[row.cells for row in block], strict=True):
            self._column(cells, block, hidden)

    def _column(self, cells: _Cells, block: list[Row], hidden: bool) -> None:  # noqa: FBT001 - of the row
        filled = sum([1 for cell in cells if cell[3] or cell[4]])
        if not filled:
            return
        column = cells[0][1]
        self.filled[column] += filled
        forms = {attributes: self._form(attributes) for attributes in {cell[2] for cell in cells}}
        unseen = self.styles.hides_any and any(map(self._why_unseen, forms.values()))
        if unseen:
            self._note_invisible(cells, forms, block)
        for cell in cells:
            if "<rPr" in cell[4]:
                self._note_inline(cell[4], forms[cell[2]])
        number = rows.column_number(column)
        unread = bool(self.styles.shrunk) and self._note_shrunk(cells, forms, block)
        hidden = hidden or bool(unseen) or unread or columns.are_hidden(self.widths, number)
        texts = self._texts(cells, forms, block)
        self.texts[column, hidden].append("\n".join(texts))

    def _note_invisible(self, cells: _Cells, forms: dict[str, Form], block: list[Row]) -> None:
        for cell, row in zip(cells, block, strict=True):
            reason = self._why_unseen(forms[cell[2]])
            if reason and (cell[3] or cell[4]):
                self.invisible.setdefault((reason, cell[1]), Faint(row.number)).cells += 1

    def _note_shrunk(self, cells: _Cells, forms: dict[str, Form], block: list[Row]) -> bool:
        """Note the cells that are made to fit so that nobody reads them, and say whether there are any."""
        before = len(self.shrunk)
        for cell, row in zip(cells, block, strict=True):
            full = self.styles.shrunk.get(forms[cell[2]].style)
            if full and (text := self._text(cell, forms[cell[2]], row.number)):
                width = self._points(rows.column_number(cell[1]), row.number)
                if shrunk.size(text, full, width) < shrunk.LEAST:
                    self.shrunk.append(f"{cell[1]}{row.number}")
        return len(self.shrunk) > before

    def _points(self, column: int, row: int) -> float:
        """Return how many points wide a cell is, with those that are merged with it."""
        area = next((one for one in self.merges if one[:2] == (row, column)), None)
        return columns.points(self.widths, column, area.right if area else column, self.usual)

    def _texts(self, cells: _Cells, forms: dict[str, Form], block: list[Row]) -> list[str]:
        if len(forms) == 1 and not any(cell[4] for cell in cells):
            (form,) = forms.values()
            return self._shown([cell[3] for cell in cells if cell[3]], form)
        if all(form.type == "inlineStr" for form in forms.values()) and not any("<f" in cell[4] for cell in cells):
            return [text for cell in cells if cell[4] and (text := inline(cell[4]))]
        texts = (self._text(cell, forms[cell[2]], row.number) for cell, row in zip(cells, block, strict=True))
        return [text for text in texts if text]

    def text(self, cell: tuple[str, str, str, str, str], number: int) -> str:
        """Return what a cell of a row shows, as text."""
        return self._text(cell, self._form(cell[2]), number)

    def hides(self, cell: tuple[str, str, str, str, str]) -> bool:
        """Say whether the style of a cell lets nobody see it."""
        return self.styles.hides_any and bool(self._why_unseen(self._form(cell[2])))

    def _why_unseen(self, form: Form) -> str:
        return self.styles.why_unseen(*form)

    def _text(self, cell: tuple[str, str, str, str, str], form: Form, number: int) -> str:
        value, content = cell[3], cell[4]
        if content:
            if formula := _FORMULA.search(content):
                self._note_formula(formula[1] or "", f"{cell[1]}{number}")
            found = _VALUE.search(content)
            value = found[1] if found else ""
            if form.type == "inlineStr":
                return inline(content)
        return self._shown([value], form)[0] if value else ""

    def _note_formula(self, formula: str, place: str) -> None:
        if len(self.formulas) < _FORMULAS:
            self.formulas.setdefault(unescape(formula), place)

    def _shown(self, values: list[str], form: Form) -> list[str]:
        if form.type == "s":
            if self.rich:
                self._note_rich(values, form)
            return self._strings([elements.whole(value, -1) for value in values])
        if form.type in ("", "n"):
            return [day(value) for value in values] if form.style in self.styles.dates else values
        return [unescape(value) if "&" in value else value for value in values]

    def _note_rich(self, values: list[str], form: Form) -> None:
        """Note shared strings with letters of their own that are not seen on the ground of their cell."""
        ground = self._ground(form)
        for index in {elements.whole(value, -1) for value in values} & self.rich.keys():
            if any(strings.is_unseen(run, ground) for run in self.rich[index]):
                self.rich_unseen.add(self.strings[index])

    def _note_inline(self, content: str, form: Form) -> None:
        """Note a string of a cell itself with letters that are not seen on its ground."""
        item = etree.fromstring(f"<si>{content}</si>", etree.XMLParser(resolve_entities=False, recover=True))
        if self.styles.palette and item is not None:
            found = strings.runs(item, self.styles.palette)
            if any(strings.is_unseen(run, self._ground(form)) for run in found):
                self.rich_unseen.add(inline(content))

    def _ground(self, form: Form) -> Colour:
        grounds = self.styles.grounds
        return grounds[form.style] if form.style < len(grounds) else WHITE

    def _strings(self, indexes: list[int]) -> list[str]:
        self.used.update(indexes)
        count = len(self.strings)
        return [self.strings[index] if 0 <= index < count else "" for index in indexes]

    def _form(self, attributes: str) -> Form:
        if attributes not in self._forms:
            said = rows.attributes_of(attributes)
            self._forms[attributes] = Form(elements.whole(said.get("s", "")), said.get("t", ""))
        return self._forms[attributes]


def inline(content: str) -> str:
    """Return the text of an inline string, without how it is pronounced."""
    if content.startswith("<is><t>") and content.count("<") == 4:  # noqa: PLR2004 - two elements, opened and closed
        text = content[7:-9]
    else:
        text = "".join(_INLINE.findall(_PHONETIC.sub("", content)))
    return unescape(text) if "&" in text else text


@cache
def day(serial: str) -> str:
    """Return the day that a serial number means (1900 dates), as 2011-04-01; the number itself where it is none."""
    number = elements.decimal(serial, -1)
    if not 1 <= number < 2_958_466:  # noqa: PLR2004 - 31 December 9999
        return serial
    return (_FIRST_DAY + timedelta(days=int(number))).isoformat()
