"""Bytes of a spreadsheet or a CSV file in, rows of texts out; runs in a child process with limits.

A cell that is a day becomes its ISO text and a whole number its figures, so that nothing after this asks where it was
kept.
"""

import csv
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

import python_calamine

from candour.rules.refusals import WrongInput

SUFFIXES = (".xlsx", ".xls", ".ods", ".csv")
UNPACKED = 3 << 30
"""Bytes that the members of a workbook may unpack to in all."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RATIO, _SMALL_MEMBER, _MEMBERS = 250, 32 << 20, 20_000
_LONGEST_CELL = 1 << 20
_NULS_IN_TEXT = 0.05
_DELIMITERS = ",;\t|"
_END = "\0end of the file\0"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

Row = list[str]


@dataclass(frozen=True)
class Table:
    """One sheet; `cells()` starts anew at its first row each time, and `texts` says in texts what a row of them holds.

    A CSV file is one table for each delimiter tried.
    """

    name: str
    cells: Callable[[], Iterator[list[Any]]]
    texts: Callable[[list[Any]], Row] = list

    def rows(self) -> Iterator[Row]:
        """All rows as texts."""
        return map(self.texts, self.cells())

    def top(self, rows: int) -> list[Row]:
        """Its first rows."""
        return list(islice(self.rows(), rows))


@dataclass(frozen=True)
class Book:
    """A file of tables: the names of its sheets (none: CSV), how its text is encoded, and proof of that to look at."""

    names: Sequence[str]
    tables: Callable[[], Iterator[Table]]
    encoding: str = ""
    preview: Sequence[str] = ()


def open_book(path: Path, sheet: str | None = None) -> Book:
    """Open a file by what it holds, its name deciding only whether text may be CSV. Raises WrongInput.

    `sheet` is the only sheet wanted; else every sheet that is not hidden is offered, in order.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if not start.strip():
        raise WrongInput(f"{path.name} is empty; export the register again.")
    if start.startswith(_ZIP):
        _check_zip(path)
        return _workbook(path, sheet)
    if start.startswith(_OLE):
        _check_ole(path)
        return _workbook(path, sheet)
    if path.suffix.lower() != ".csv":
        raise WrongInput(
            f"{path.name} is not a spreadsheet, though its name ends in {path.suffix or 'nothing'}; "
            f"open it where it was made and save it as one of {', '.join(SUFFIXES)}."
        )
    if sheet:
        raise WrongInput(f"{path.name} is a CSV file and has no sheet “{sheet}”; leave the sheet out.")
    return _text_table(path, start)


def _check_zip(path: Path) -> None:
    """Refuse what is not a whole workbook, or would unpack to more than any register needs."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise WrongInput(f"{path.name} is cut short or damaged; fetch or save it again.") from None
    if any(member.flag_bits & 1 for member in members):
        raise _locked(path)
    names = {member.filename for member in members}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise WrongInput(f"{path.name} is a packed file and not a spreadsheet; unpack it and load the register inside.")
    if len(members) > _MEMBERS or sum(member.file_size for member in members) > UNPACKED or any(map(_is_bomb, members)):
        raise WrongInput(
            f"{path.name} is packed so that it would unpack to far more than a register holds; it was not opened. "
            "Save the register as CSV."
        )


def _is_bomb(member: zipfile.ZipInfo) -> bool:
    return member.file_size > _SMALL_MEMBER and member.file_size > _RATIO * max(member.compress_size, 1)


def _check_ole(path: Path) -> None:
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        raise _locked(path)


def _locked(path: Path) -> WrongInput:
    return WrongInput(f"{path.name} is protected by a password; save a copy without one and load that.")


def _workbook(path: Path, sheet: str | None) -> Book:
    try:
        book = python_calamine.load_workbook(path)
    except python_calamine.PasswordError:
        raise _locked(path) from None
    except python_calamine.CalamineError:
        raise _damaged(path) from None
    if sheet is not None and sheet not in book.sheet_names:
        raise WrongInput(f"{path.name} has no sheet “{sheet}”; it has {', '.join(book.sheet_names)}.")
    wanted = [sheet] if sheet else _shown(book)
    return Book(tuple(book.sheet_names), lambda: (_table(path, book, name) for name in wanted))


def _shown(book: Any) -> list[str]:
    kept = [one for one in book.sheets_metadata if one.typ == python_calamine.SheetTypeEnum.WorkSheet]
    shown = [one.name for one in kept if one.visible == python_calamine.SheetVisibleEnum.Visible]
    return shown or [one.name for one in kept]


def _table(path: Path, book: Any, name: str) -> Table:
    try:
        sheet = book.get_sheet_by_name(name)
    except python_calamine.PasswordError:
        raise _locked(path) from None
    except python_calamine.CalamineError:
        raise _damaged(path) from None
    return Table(name, sheet.iter_rows, _texts)


def _damaged(path: Path) -> WrongInput:
    return WrongInput(f"{path.name} is damaged, or not what its name says; open it, save it anew and load that.")


def _texts(cells: list[Any]) -> Row:
    return [cell if cell.__class__ is str else _TEXT[cell.__class__](cell) for cell in cells]


def _figures(number: float) -> str:
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else repr(number)  # noqa: PLR2004 - exact to here


_TEXT: dict[type, Callable[[Any], str]] = {
    float: _figures,
    int: str,
    bool: lambda yes: "TRUE" if yes else "FALSE",
    datetime: datetime.isoformat,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: str,
}


def _text_table(path: Path, start: bytes) -> Book:
    encoding = _encoding(path, start)
    tables = [Table("", partial(_records, path, encoding, delimiter)) for delimiter in _DELIMITERS]
    preview = () if encoding.startswith("utf") else _preview(path, encoding)
    return Book((), lambda: iter(tables), encoding.removesuffix("-sig"), preview)


def _encoding(path: Path, start: bytes) -> str:
    """BOM, else strict UTF-8, else Windows-1252: guessers read a short "£50" as Japanese."""
    marked = next((name for mark, name in _MARKS if start.startswith(mark)), None)
    if not marked and start.count(0) > len(start) * _NULS_IN_TEXT:
        raise WrongInput(
            f"{path.name} is not a table of text, though its name says CSV; save the register as CSV (UTF-8)."
        )
    for encoding in [marked] if marked else ["utf-8", "cp1252"]:
        if _decodes(path, encoding):
            return encoding
    raise WrongInput(f"{path.name} is text in an encoding that cannot be told; save it as CSV (UTF-8).")


def _decodes(path: Path, encoding: str) -> bool:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(1 << 20):
                pass
    except UnicodeError:
        return False
    return True


def _preview(path: Path, encoding: str) -> list[str]:
    """Give the first lines in which the encoding matters, for a person to look at."""
    with path.open(encoding=encoding, newline="") as file:
        return [line.strip()[:120] for line in islice((line for line in file if not line.isascii()), 3)]


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[Row]:
    """Read CSV records; a quotation mark that is never closed would swallow the rest of the file, and is refused."""
    csv.field_size_limit(_LONGEST_CELL)
    number, row = 0, [""]
    with path.open(encoding=encoding, newline="") as file:
        records = csv.reader(chain(file, [_END]), delimiter=delimiter)
        try:
            ahead = next(records)
            for number, row in enumerate(records, 1):  # noqa: B007 - told in the refusal
                yield ahead
                ahead = row
        except csv.Error:
            raise _unclosed(path, number + 1) from None
    if ahead != [_END]:
        raise _unclosed(path, number + 1)


def _unclosed(path: Path, row: int) -> WrongInput:
    return WrongInput(
        f"In {path.name}, a quotation mark in row {row} is never closed; mend that row and load it again."
    )
