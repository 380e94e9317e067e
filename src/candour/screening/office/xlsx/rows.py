"""The rows of a worksheet, read once and quickly: a sheet may have millions of cells.

Nearly all producers write cells in one plain form, which a pattern reads many times faster than an XML parser. The
pattern has to cover every byte of the rows: where it does not, the sheet is parsed and written anew in the plain form.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from candour.screening import markup
from candour.screening.findings import Unreadable
from candour.screening.office import elements
from candour.screening.office.elements import Element

LAST_COLUMN = 16_384

_NAMESPACES = (
    b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"',
    b'xmlns="http://purl.oclc.org/ooxml/spreadsheetml/main"',
)
_DATA = re.compile(rb"<sheetData>(.*)</sheetData>", re.DOTALL)
_ROW = re.compile(rb'\s*<row((?: [\w:]+="[^"<>]*")*) ?(?:/>|>(.*?)</row>)\s*', re.DOTALL)
_CELL = re.compile(
    r'(<c r="([A-Z]{1,3}+)[0-9]{1,7}+"((?: [a-z]++="[^"<>]*+")*+)(?:><v>([^<]*+)</v></c>|/>|></c>|>(.*?)</c>))',
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r'(?:^| )(\w+)="([^"]*)"')
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


class Cell(NamedTuple):
    """A cell as it stands in the file: its column's letters, its other attributes, its plain value or its content."""

    whole: str
    column: str
    attributes: str
    value: str
    content: str


class Row(NamedTuple):
    """A row of a sheet: its number from 1, its attributes, and its cells in order."""

    number: int
    attributes: dict[str, str]
    cells: list[tuple[str, str, str, str, str]]
    """Each the fields of a Cell; plain tuples, because millions of them are made."""


class NotPlain(Exception):  # noqa: N818 - not a fault: the other way of reading is tried
    """The rows are written in another form than the plain one."""


@dataclass(frozen=True)
class Split:
    """A worksheet in two: its XML without the rows, and the bytes of its rows in the plain form."""

    frame: Element
    data: bytes


def split(content: bytes) -> Split:
    """Part a worksheet. Raises Unreadable where it is no sound XML."""
    markup.refuse_entities(content)
    found = _DATA.search(content)
    if found is None or not _is_plain(content[: found.start()], found[1]):
        return rewritten(content)
    return Split(markup.parsed(content[: found.start()] + b"<sheetData/>" + content[found.end() :]), found[1])


def rows(data: bytes) -> Iterator[Row]:
    """Yield the rows of plain data. Raises NotPlain at the first byte that is not of the plain form."""
    end, number = 0, 0
    for found in _ROW.finditer(data):
        if found.start() != end:
            raise NotPlain
        end = found.end()
        attributes = attributes_of(_text(found[1]))
        number = elements.whole(attributes.get("r", ""), number + 1)
        yield Row(number, attributes, _cells(_text(found[2] or b"")))
    if end != len(data):
        raise NotPlain


def attributes_of(text: str) -> dict[str, str]:
    """Return the attributes of a plain start tag by their names."""
    return dict(_ATTRIBUTE.findall(text))


def column_number(letters: str) -> int:
    """Return the number of a column from 1: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Return the letters of a column's number from 1."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def rewritten(content: bytes) -> Split:
    """Parse a worksheet in whatever form it is written, and write its rows anew in the plain form."""
    plain: list[str] = []
    events = etree.iterparse(BytesIO(content), events=("end",), tag="{*}row", no_network=True, resolve_entities=False)
    number = 0
    try:
        for _, row in events:
            number = elements.whole(elements.value(row, "r"), number + 1)
            plain.append(_plain_row(row, number))
            row.clear()
    except etree.XMLSyntaxError as fault:
        raise Unreadable("a sheet of it is no sound XML") from fault
    root = events.root
    data = elements.child(root, "sheetData")
    if data is not None:
        data.clear()
    return Split(root, "".join(plain).encode())


def _is_plain(head: bytes, data: bytes) -> bool:
    declared = head[:200].lower()
    encoded = b"encoding=" not in declared or b"utf-8" in declared or b"us-ascii" in declared
    named = any(namespace in head for namespace in _NAMESPACES)
    return encoded and named and b"<!" not in data and b"<?" not in data and b"<sheetData" not in data


def _text(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        raise NotPlain from fault


def _cells(text: str) -> list[tuple[str, str, str, str, str]]:
    found = _CELL.findall(text)
    if sum([len(cell[0]) for cell in found]) != len(text):
        raise NotPlain
    return found


def _plain_row(row: Element, number: int) -> str:
    attributes = _written(
        {**{str(key).rpartition("}")[2]: str(text) for key, text in row.attrib.items()}, "r": str(number)}
    )
    cells, column = [], 0
    for cell in elements.named(row, "c"):
        reference = _REFERENCE.fullmatch(elements.value(cell, "r"))
        column = column_number(reference[1]) if reference else column + 1
        cells.append(_plain_cell(cell, f"{column_letters(column)}{number}"))
    return f"<row{attributes}>{''.join(cells)}</row>"


def _plain_cell(cell: Element, reference: str) -> str:
    kept = {key: text for key in ("s", "t") if (text := elements.value(cell, key))}
    pieces = [f'<c r="{reference}"{_written(kept)}>']
    formula, value = elements.child(cell, "f"), elements.child(cell, "v")
    if formula is not None:
        pieces.append(f"<f>{escape(elements.text_of(formula))}</f>")
    if (inline := elements.child(cell, "is")) is not None:
        pieces.append(_bare(inline) if elements.first(inline, "rPr") is not None else _bare_text(inline))
    if value is not None:
        pieces.append(f"<v>{escape(elements.text_of(value))}</v>")
    return "".join([*pieces, "</c>"])


def _bare_text(inline: Element) -> str:
    return f"<is><t>{escape(elements.text_of(inline, 't'))}</t></is>"


def _bare(element: Element) -> str:
    """Return an element with its names, but not its namespaces: the plain form has none."""
    name = elements.local(element)
    said = {str(key).rpartition("}")[2]: str(text) for key, text in element.attrib.items()}
    inner = escape(element.text or "") + "".join(_bare(one) for one in element if elements.local(one))
    return f"<{name}{_written(said)}>{inner}</{name}>"


def _written(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape(text)}"' for name, text in attributes.items())
