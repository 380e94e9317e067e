"""Texts that stand in a PDF's pages for others (ActualText): copied, searched and read aloud instead of what is drawn.

PDFium takes such a text for what the page says. So it is given a copy in which the key has another name: it then tells
the letters that are drawn, and still which text was to stand for them.
"""

import ctypes
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from pikepdf import Name
from pikepdf.exceptions import PikepdfError

from candour.screening.pdf import drawing, values
from candour.screening.pdf.drawing import Drawn

_KEY = "StoodFor"
"""What the key is called in the copy."""
_LONGEST = 1 << 14


def _spelt(name: str) -> bytes:
    """Return a pattern for a name, any letter of which may be written by its number (`#41`)."""
    letters = (b"(?:%s|#(?i:%02x))" % (letter.encode(), ord(letter)) for letter in name)
    return b"/" + b"".join(letters) + rb"(?![\w#])"


_STRING = rb"\s*(\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)|<[0-9A-Fa-f\s]*>)"
_NAME = re.compile(_spelt("ActualText"))
_SAID = {key: re.compile(_spelt(key) + _STRING, re.DOTALL) for key in ("ActualText", "Alt", "E")}
_MARK = re.compile(rb"\b(?:BDC|DP)\b")


class Marks(NamedTuple):
    """What marks in the code of pages say; `replace` says whether any stands for what is drawn."""

    replace: bool
    replacements: list[str]
    descriptions: list[str]


def marks(pdf: pikepdf.Pdf) -> Marks:
    """Read the marks of all pages: ActualText, E (what a short form stands for) and Alt (what describes a part)."""
    marked = [code for one in _drawing(pdf) if _MARK.search(code := _bytes(one))]
    said = {key: [_read(text) for code in marked for text in one.findall(code)] for key, one in _SAID.items()}
    return Marks(any(map(_NAME.search, marked)), [*said["ActualText"], *said["E"]], said["Alt"])


def as_drawn(content: bytes) -> bytes:
    """Return a PDF in which no text stands for another; its very bytes where none does. Raises PikepdfError."""
    with pikepdf.open(BytesIO(content)) as pdf:
        changed = [_renamed_in_code(one) for one in _drawing(pdf)] + [_renamed(one) for one in _properties(pdf)]
        if not any(changed):
            return content
        made = BytesIO()
        pdf.save(made)
        return made.getvalue()


def _drawing(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """Yield the streams that draw: those of pages, and the forms and patterns that they draw with."""
    for page in pdf.pages:
        held = page.obj.get("/Contents")
        yield from [held] if isinstance(held, pikepdf.Stream) else values.listed(page.obj, "/Contents")
    for one in pdf.objects:
        if isinstance(one, pikepdf.Stream) and (one.get("/Subtype") == Name.Form or "/PatternType" in one):
            yield one


def _properties(pdf: pikepdf.Pdf) -> Iterator[Any]:
    """Yield the lists of properties that marks name."""
    for one in [*(page.obj for page in pdf.pages), *pdf.objects]:
        held = values.inside(values.inside(one, "/Resources"), "/Properties") or values.inside(one, "/Properties")
        yield from (value for _, value in values.entries(held))


def _renamed_in_code(one: pikepdf.Stream) -> bool:
    after, times = _NAME.subn(b"/" + _KEY.encode(), _bytes(one))
    if times:
        one.write(after)
    return bool(times)


def _renamed(one: Any) -> bool:
    if not isinstance(one, pikepdf.Dictionary) or Name.ActualText not in one:
        return False
    one[Name(f"/{_KEY}")] = one[Name.ActualText]
    del one[Name.ActualText]
    return True


def beyond(texts: Iterable[Drawn], textpage: pdfium.PdfTextPage) -> list[str]:
    """Return what stands for texts of a copy `as_drawn`, and says more letters than they draw."""
    marked: dict[int, tuple[str, list[str]]] = {}
    for text in texts:
        for mark, what in _marks(text.raw):
            marked.setdefault(mark, (what, []))[1].append(drawing.words(text, textpage))
    return [what for what, drawn in marked.values() if _says_more(what, "".join(drawn))]


def _marks(raw: Any) -> Iterator[tuple[int, str]]:
    """Yield the marks around a text in which another stands for it: their address, and that text."""
    for number in range(pdfium_c.FPDFPageObj_CountMarks(raw)):
        mark, size = pdfium_c.FPDFPageObj_GetMark(raw, number), ctypes.c_ulong()
        buffer = (ctypes.c_ushort * _LONGEST)()
        room = ctypes.sizeof(buffer)
        if pdfium_c.FPDFPageObjMark_GetParamStringValue(mark, _KEY.encode(), buffer, room, size) and size.value:
            yield drawing.address(mark), bytes(buffer)[: min(size.value, room) - 2].decode("utf-16-le", "replace")


def _says_more(what: str, drawn: str) -> bool:
    """Say whether a text has letters that those drawn have not; where those are not known, it cannot be told."""
    known = bool(drawn) and all(unicodedata.category(letter) not in _UNKNOWN and letter != "\ufffd" for letter in drawn)
    return known and not letters(what) <= letters(drawn)


_UNKNOWN = ("Co", "Cn", "Cs")


def letters(text: str) -> Counter[str]:
    """Return the letters and digits of a text, whatever their case, their ligatures and their order."""
    return Counter(filter(str.isalnum, unicodedata.normalize("NFKC", text).casefold()))


def _bytes(one: pikepdf.Stream) -> bytes:
    try:
        return one.read_bytes()
    except PikepdfError:
        return b""


def _read(text: bytes) -> str:
    try:
        return values.said(pikepdf.Object.parse(text))
    except PikepdfError:
        return ""
