"""The sheets of a spreadsheet, read row by row as they come: what is hidden, unseen or far away, and all texts."""

from collections import defaultdict
from dataclasses import dataclass, field

from candour.screening.office import elements
from candour.screening.office.elements import Element
from candour.screening.office.odf.cells import Cells, shown_in, value_of
from candour.screening.office.odf.styles import Styles, points
from candour.screening.office.xlsx.rows import column_letters

FAR_ROWS, FAR_COLUMNS = 100, 30
_SMALL = 20_000
NARROWEST = 4.0
"""Points of width or height below which nothing can be read."""
_MOST_REPEATED = 200
_PLAIN = ("p", "table-cell", "covered-table-cell", "span", "s", "a", "tab", "line-break")


@dataclass
class Sheet:
    """One sheet, and what was found in it."""

    name: str
    hidden: bool
    styles: Styles
    protected: bool = False
    hidden_columns: list[str] = field(default_factory=list)
    narrow_columns: list[str] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    filtered_rows: list[int] = field(default_factory=list)
    flat_rows: list[int] = field(default_factory=list)
    unseen: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    """By the reason, the cells that are not seen."""
    under_merges: list[str] = field(default_factory=list)
    formulas: dict[str, str] = field(default_factory=dict)
    far: list[str] = field(default_factory=list)
    texts: dict[tuple[str, bool], list[str]] = field(default_factory=lambda: defaultdict(list))
    rows: list[list[str]] = field(default_factory=list)
    cells: int = 0
    _row: int = 0
    _last: int = 0
    _column: int = 0
    _right: int = 0
    _not_shown: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._cells = Cells(self.styles)

    @classmethod
    def begun(cls, table: Element, styles: Styles) -> "Sheet":
        """Begin a sheet at its start tag."""
        return cls(elements.value(table, "name"), is_hidden(table, styles), styles, elements.is_on(table, "protected"))

    def at(self, place: str) -> str:
        """Say where in the spreadsheet a cell or a thing of this sheet is."""
        return f"sheet {self.name}, {place}"

    def take_column(self, column: Element) -> None:
        """Take a run of columns."""
        count = elements.whole(elements.value(column, "number-columns-repeated"), 1)
        first, self._column = self._column + 1, self._column + count
        letters = column_letters(first) if count == 1 else f"{column_letters(first)}:{column_letters(self._column)}"
        width = self.styles.said("table-column", elements.value(column, "style-name"), "column-width")
        hidden = elements.value(column, "visibility") in ("collapse", "filter")
        narrow = bool(width) and points(width) < NARROWEST
        if hidden:
            self.hidden_columns.append(letters)
        elif narrow:
            self.narrow_columns.append(letters)
        span = range(first, min(self._column, first + _MOST_REPEATED) + 1)
        if hidden or narrow:
            self._not_shown.update(span)
        self._cells.take_column(column, span)

    def take_row(self, row: Element) -> None:
        """Take a row, or a run of equal ones, and let go of what is plain in it."""
        self._row += 1
        hidden = self._note_row(row)
        line: list[str] = []
        column = 0
        for cell in row:
            name = elements.local(cell)
            if name in ("table-cell", "covered-table-cell"):
                count = elements.whole(elements.value(cell, "number-columns-repeated"), 1)
                text = self._take_cell(cell, column + 1, hidden=hidden, covered=name != "table-cell")
                line += [text] * min(count, _MOST_REPEATED if text else 1)
                column += count
        self._note_line(line)
        self._row += elements.whole(elements.value(row, "number-rows-repeated"), 1) - 1
        if all(elements.local(one) in _PLAIN for one in row.iterdescendants()):
            row.clear()

    def _note_row(self, row: Element) -> bool:
        visibility = elements.value(row, "visibility")
        height = self.styles.said("table-row", elements.value(row, "style-name"), "row-height")
        if visibility == "collapse" or is_folded(row):
            self.hidden_rows.append(self._row)
        elif visibility == "filter":
            self.filtered_rows.append(self._row)
        elif height and points(height) < NARROWEST:
            self.flat_rows.append(self._row)
        else:
            return False
        return True

    def _note_line(self, line: list[str]) -> None:
        if any(line):
            if self._last and self._row - self._last > FAR_ROWS:
                self.far.append(f"row {self._row}")
            self._last = self._row
        if self.cells <= _SMALL and any(line):
            self.rows.append(line)
        elif self.cells > _SMALL:
            self.rows.clear()

    def _take_cell(self, cell: Element, column: int, *, hidden: bool, covered: bool) -> str:
        shown, value = shown_in(cell), value_of(cell)
        formula = elements.value(cell, "formula")
        place = f"{column_letters(column)}{self._row}"
        if formula:
            self.formulas.setdefault(formula, place)
        if not (shown or value):
            return ""
        self.cells += 1
        if covered:
            self.under_merges.append(place)
        self._note_far(column, place)
        if reason := self._cells.why_unseen(cell, column):
            self.unseen[reason].append(place)
        hidden = hidden or bool(reason) or column in self._not_shown
        self.texts[column_letters(column), hidden].append(value or shown)
        return value or shown

    def _note_far(self, column: int, place: str) -> None:
        if self._right and column - self._right > FAR_COLUMNS:
            self.far.append(place)
        self._right = max(self._right, column)


def is_hidden(table: Element, styles: Styles) -> bool:
    """Say whether a sheet is hidden, by its style or by itself."""
    said = styles.said("table", elements.value(table, "style-name"), "display")
    return "false" in (said, elements.value(table, "display"))


def is_folded(row: Element) -> bool:
    """Say whether a row lies in a group that is folded away."""
    return any(elements.value(group, "display") == "false" for group in row.iterancestors("{*}table-row-group"))
