"""Fonts of a PDF that say other letters than they show: by a table for copying (ToUnicode), or by drawing nothing."""

import re
from typing import Any

import pikepdf
from pikepdf import Name
from pikepdf.exceptions import PikepdfError

from candour.screening.pdf import values

_PLAIN = ("/WinAnsiEncoding", "/MacRomanEncoding", "/StandardEncoding")
_CHAR = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>")
_RANGE = re.compile(rb"<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{2})>\s*<([0-9A-Fa-f]{4})>")
_WIDE_CHAR = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")
_WIDE_RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*[<\[]")
_WIDEST = 1_000
"""Letters of a font of two bytes that are looked at."""
_CHARS, _RANGES = (re.compile(b"begin" + kind + b"(.*?)end" + kind, re.DOTALL) for kind in (b"bfchar", b"bfrange"))
_PAINTS = re.compile(rb"(?:^|[\s\]>)])(?:f\*?|F|S|s|B\*?|b\*?|sh|Do|BI|Tj|TJ|'|\")(?=\s|$)")
_MOST = 300
"""Glyphs of a font that are looked at: as many as a font of one byte a letter has."""


def lies(font: Any) -> bool:
    """Say whether a font shows other letters than it says, as far as that can be told without its own program.

    A font with an encoding of its own, or of two bytes a letter, names its glyphs by numbers: their shapes tell.
    """
    if font.get("/Subtype") == Name.Type3:
        return _draws_nothing(values.inside(font, "/CharProcs"))
    table = font.get("/ToUnicode")
    plain = values.text(font, "/Encoding") in _PLAIN and isinstance(table, pikepdf.Stream)
    return plain and any(_differs(code, letter) for code, letter in _said(_bytes(table)))


def name(font: Any) -> str:
    """Return the name of a font as PDFium tells it: of one of two bytes a letter, that of its program."""
    program = next(iter(values.listed(font, "/DescendantFonts")), font)
    return values.text(program, "/BaseFont").removeprefix("/")


def may_lie(font: Any) -> bool:
    """Say whether a font has a program, a table or an encoding of its own: it may draw other letters than it says."""
    if font.get("/Subtype") in (Name.CIDFontType0, Name.CIDFontType2):
        return False  # a part of a font of two bytes a letter
    own = any(key in font for key in ("/ToUnicode", "/FontDescriptor", "/CharProcs", "/DescendantFonts"))
    return own or isinstance(font.get("/Encoding"), pikepdf.Dictionary)


def codes(font: Any) -> list[str]:
    """Return the codes of a font's letters as they stand in a text: in hexadecimal, of one byte or of two."""
    if font.get("/Subtype") != Name.Type0:
        return [f"{code:02x}" for code in range(256)]
    table = _bytes(font.get("/ToUnicode"))
    found = [int(code, 16) for part in _CHARS.findall(table) for code, _ in _WIDE_CHAR.findall(part)]
    for part in _RANGES.findall(table):
        for first, last in _WIDE_RANGE.findall(part):
            found += range(int(first, 16), min(int(last, 16) + 1, int(first, 16) + _WIDEST))
    return [f"{code:04x}" for code in dict.fromkeys(found)][:_WIDEST]


def _draws_nothing(glyphs: Any) -> bool:
    found = [one for _, one in values.entries(glyphs)][:_MOST]
    return bool(found) and not any(_PAINTS.search(_bytes(one)) for one in found)


def _bytes(stream: Any) -> bytes:
    try:
        return stream.read_bytes() if isinstance(stream, pikepdf.Stream) else b""
    except PikepdfError:
        return b""


def _said(table: bytes) -> list[tuple[int, int]]:
    """Return the letters that a table for copying gives to codes of one byte."""
    found = [(int(code, 16), int(said, 16)) for part in _CHARS.findall(table) for code, said in _CHAR.findall(part)]
    for part in _RANGES.findall(table):
        for first, last, said in _RANGE.findall(part):
            begin = int(first, 16)
            found += [(code, int(said, 16) + code - begin) for code in range(begin, int(last, 16) + 1)]
    return found


def _differs(code: int, said: int) -> bool:
    """Say whether a letter or digit of ASCII is said to be another one; the plain encodings agree on these."""
    return chr(code).isalnum() and code < 128 and chr(said).isalnum() and code != said  # noqa: PLR2004 - ASCII ends
