"""How letters of a binary Word document look (MS-DOC 2.6.1): what hides them, tracks them, or makes them unread."""

import struct
from collections.abc import Mapping
from typing import NamedTuple

from candour.screening.office.binary import modifiers
from candour.screening.office.colours import BLACK, LEAST_CONTRAST, WHITE, Colour, contrast, hexadecimal

HIDDEN, INSERTED, DELETED, CHANGED = "hidden", "inserted", "deleted", "changed"
FAINT, TINY, BLACKED, OFF = "faint", "tiny", "blacked", "off the page"

_VANISH, _VANISHING, _INSERTED, _DELETED = 0x083C, (0x083C, 0x0818, 0x0890), 0x0801, 0x0800
_CHANGES = (0xCA57, 0xCA89)
_STYLE, _PLAIN = 0x4A30, 0x2A33
_TOGGLES = frozenset((0x0835, 0x0836, 0x0837, 0x0838, 0x0839, 0x083A, 0x083B, 0x083C, 0x0854, 0x0858))
_AS_STYLE, _UNLIKE_STYLE = 0x80, 0x81
_COLOUR, _COLOUR_OF_16, _MARKER = 0x6870, 0x2A42, 0x2A0C
_SIZE, _SCALE, _SPACING, _RAISED = 0x4A43, 0x4852, 0x8840, 0x4845
_SHADES = (0xCA71, 0x4866)
_BOLD, _ITALIC, _SYMBOL, _SPECIAL, _OF_A_FIELD = 0x0835, 0x0836, 0x6A09, 0x0855, 0x0802
_TINIEST, _NARROWEST, _USUAL, _FARTHEST = 2, 5, 20, 400
"""Half points; per cent of a letter's width; half points where nothing is said; half points above the line."""
_OF_16 = (
    "000000 000000 0000FF 00FFFF 00FF00 FF00FF FF0000 FFFF00 FFFFFF "
    "000080 008080 008000 800080 800000 808000 808080 C0C0C0"
)
SIXTEEN: tuple[Colour, ...] = tuple(hexadecimal(one) or BLACK for one in _OF_16.split())
_OTHER: Colour = (128, 128, 128)
_CLEAR, _SOLID = 0, 1
_AUTOMATIC = 0xFF

Look = Mapping[int, bytes]
"""What is set of letters or of a paragraph, by its modifier."""


class Words(NamedTuple):
    """Letters that look alike, and how they look."""

    text: str
    look: Look


def laid(over: bytes, below: Look, letters_of: Mapping[int, Look]) -> Look:
    """Lay what is set over what a style says; `letters_of` are the styles of letters, by number."""
    found, style = dict(below), below
    for sets, value in modifiers.each(over):
        if sets == _STYLE:
            style = {**style, **letters_of.get(int.from_bytes(value, "little"), {})}
            found = {**found, **style}
        elif sets == _PLAIN:
            found = dict(style)
        elif sets in _TOGGLES:
            found[sets] = _toggled(value[0], style.get(sets, b"\0"))
        else:
            found[sets] = value
    return found


def _toggled(value: int, style: bytes) -> bytes:
    """Return what a switch comes to: on, off, as the style has it, or the other way (MS-DOC 2.6.1, ToggleOperand)."""
    if value in (_AS_STYLE, _UNLIKE_STYLE):
        return bytes([style[0] ^ (value & 1)])
    return bytes([value])


def _number(look: Look, sets: int, otherwise: int = 0) -> int:
    return int.from_bytes(look[sets], "little", signed=sets in (_SPACING, _RAISED)) if sets in look else otherwise


def is_bold(look: Look) -> bool:
    """Say whether letters are bold."""
    return bool(_number(look, _BOLD))


def is_italic(look: Look) -> bool:
    """Say whether letters are italic."""
    return bool(_number(look, _ITALIC))


def is_of_a_field(look: Look) -> bool:
    """Say whether letters are hidden as those of a field's code are (MS-DOC 2.6.1, sprmCFFldVanish)."""
    return bool(_number(look, _OF_A_FIELD))


def is_sign(look: Look) -> bool:
    """Say whether letters stand for a sign of another typeface (MS-DOC 2.6.1, sprmCSymbol)."""
    return _SYMBOL in look and bool(_number(look, _SPECIAL))


def why_unseen(look: Look, ground: Colour | None) -> list[str]:
    """Say why letters are not seen or are tracked. `ground` is that of their paragraph or cell."""
    tracked = {INSERTED: _number(look, _INSERTED), DELETED: _number(look, _DELETED)}
    tracked[CHANGED] = any(look.get(sets, b"\0")[0] for sets in _CHANGES)
    unseen = {
        HIDDEN: any(_number(look, sets) for sets in _VANISHING),
        TINY: _is_tiny(look),
        OFF: abs(_number(look, _RAISED)) > _FARTHEST,
        BLACKED: _number(look, _MARKER) == 1,
        FAINT: _is_faint(look, ground),
    }
    return [what for what, is_so in {**tracked, **unseen}.items() if is_so]


def _is_tiny(look: Look) -> bool:
    size = _number(look, _SIZE, _USUAL)
    return size <= _TINIEST or 0 < _number(look, _SCALE, 100) <= _NARROWEST or _number(look, _SPACING) < -8 * size


def _is_faint(look: Look, ground: Colour | None) -> bool:
    """Say whether letters have the colour of their ground; those in an automatic colour turn white where it is dark."""
    letters = colour(look[_COLOUR]) if _COLOUR in look else _of_16(_number(look, _COLOUR_OF_16))
    if letters is None:
        return False
    marked = _of_16(_number(look, _MARKER))
    return contrast(letters, marked or shade(look, *_SHADES) or ground or WHITE) < LEAST_CONTRAST


def _of_16(number: int) -> Colour | None:
    return SIXTEEN[number] if 0 < number < len(SIXTEEN) else None


def colour(value: bytes) -> Colour | None:
    """Read a COLORREF (MS-DOC 2.9.43); None where it is automatic."""
    return None if len(value) < 4 or value[3] == _AUTOMATIC else (value[0], value[1], value[2])  # noqa: PLR2004


def shade(look: Look, whole: int, short: int) -> Colour | None:
    """Return the ground that a look gives, by its modifiers for a whole and a short shade; None for none."""
    if whole in look:
        return of_shade(look[whole])
    return of_short_shade(look[short]) if short in look else None


def of_shade(value: bytes) -> Colour | None:
    """Read a shade (Shd, MS-DOC 2.9.248): two colours, and a pattern of the one upon the other."""
    if len(value) < 10:  # noqa: PLR2004 - its length
        return None
    (pattern,) = struct.unpack_from("<H", value, 8)
    if pattern in (_CLEAR, _SOLID):
        return colour(value[:4] if pattern == _SOLID else value[4:8])
    return None if pattern == 0xFFFF else _OTHER  # noqa: PLR2004 - no shade


def of_short_shade(value: bytes) -> Colour | None:
    """Read a shade of sixteen colours (Shd80, MS-DOC 2.9.249)."""
    (bits,) = struct.unpack_from("<H", value)
    fore, back, pattern = bits & 0x1F, bits >> 5 & 0x1F, bits >> 10
    if pattern in (_CLEAR, _SOLID):
        return _of_16(fore if pattern == _SOLID else back)
    return None if pattern == 0x3F else _OTHER  # noqa: PLR2004 - no shade
