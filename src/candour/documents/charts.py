"""Bar charts as SVG: no script and no style attribute, readable in grey, and what is not held is never drawn as zero.

Used inline in pages with a strict content security policy, in letters, and as files.
"""

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil
from zlib import crc32

from candour.documents import characters
from candour.rules import answers

Series = tuple[str, Sequence[answers.Answer]]
Break = tuple[str, str]  # the label of the first period after it, and its note

_WIDTH, _MARGIN, _PLOT = 640.0, 8.0, 170.0
_INK, _QUIET, _DARK, _LIGHT = "#0b0c0c", "#484f54", "#1d4f91", "#c9d9ec"
_SIZE, _SMALLEST = 12.0, 5.0
_LETTER = 0.56  # a letter's width, in font sizes
_LINE = 17.0
_SQUARE = '<pattern id="{0}{1}" width="{2}" height="{2}" patternUnits="userSpaceOnUse"{3}</pattern>'
_PATTERNS = {  # name in an id: size, and what is drawn in it
    "o": (6, '><path d="M0 0h6v6h-6z" fill="#fff"/><circle cx="3" cy="3" r="1.4"/>'),
    "l": (5, '><path d="M0 0h5v5h-5z" fill="#fff"/><path d="M0 2h5v1.5h-5z"/>'),
    "h": (7, ' patternTransform="rotate(45)"><path d="M0 0v7" stroke="#b1b4b6" stroke-width="1.6"/>'),
}
_FILLS = (_DARK, _LIGHT, "url(#{0}o)", "url(#{0}l)", "#7a868f")  # told apart by pattern and tone, not by hue


@dataclass(frozen=True)
class _Frame:
    """Where things stand: `top` and `base` of the bars, the width of one period's slot and of one bar in it."""

    key: str
    top: float
    slot: float
    bar: float
    beside: int  # bars in one slot
    most: int

    @property
    def base(self) -> float:
        return self.top + _PLOT

    def slot_at(self, period: int) -> float:
        return _MARGIN + self.slot * period

    def bar_at(self, period: int, series: int) -> float:
        return self.slot_at(period) + (self.slot - self.bar * self.beside) / 2 + self.bar * series


def bars(
    title: str, desc: str, labels: Sequence[str], series: Sequence[Series], breaks: Sequence[Break] = (), *,
    headed: bool = True,
) -> str:  # fmt: skip
    """Draw one group of bars for each period of `labels`, with one bar for each of `series`, as an SVG document.

    Each series has one answer a period (else ValueError). A number is a bar with the number over it; a part of a
    period has a dashed outline; what has no number is a hatched gap with its words, what is suppressed a crossed box.
    A break is a broken line before its period, its note below. `headed`: the title is also printed over the chart.
    """
    if not labels or any(len(cells) != len(labels) for _, cells in series):
        raise ValueError("a chart needs its periods, and one answer for each of them in every series")
    legend = list(_legend_places(series)) if len(series) > 1 else []
    top = 24.0 * headed + (_LINE * (legend[-1][1] + 1) if legend else 0) + (34 if breaks else 22)
    frame = _frame(title, desc, labels, series, top)
    notes = [line for number, (_, note) in enumerate(breaks) for line in _note_lines(number, note)]
    height = frame.base + 28 + _LINE * len(notes)
    drawn = [
        *([_text(_MARGIN, 16, title, size=15, anchor="start", bold=True)] if headed else []),
        *_legend(frame, series, legend, 24.0 * headed + 12),
        *_marks(frame, labels, series),
        f'<path d="M{_MARGIN:g} {frame.base:g}H{_WIDTH - _MARGIN:g}" stroke="{_INK}" stroke-width="1.5"/>',
        *_labels(frame, labels),
        *_breaks(frame, labels, breaks),
        *(_text(_MARGIN, frame.base + 38 + _LINE * at, line, anchor="start") for at, line in enumerate(notes)),
    ]
    return _document(frame.key, title, desc, height, "".join(drawn))


def _document(key: str, title: str, desc: str, height: float, drawn: str) -> str:
    used = {name: look for name, look in _PATTERNS.items() if f"url(#{key}{name})" in drawn}
    defs = "".join(_SQUARE.format(key, name, size, inside) for name, (size, inside) in used.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{key}t {key}d" width="{_WIDTH:g}" '
        f'height="{height:g}" viewBox="0 0 {_WIDTH:g} {height:g}" font-family="Arial, Helvetica, Roboto, sans-serif" '
        f'font-size="12" fill="{_INK}"><title id="{key}t">{_escaped(title)}</title><desc id="{key}d">{_escaped(desc)}'
        f"</desc>{f'<defs>{defs}</defs>' if defs else ''}{drawn}</svg>"
    )


def _frame(title: str, desc: str, labels: Sequence[str], series: Sequence[Series], top: float) -> _Frame:
    slot = (_WIDTH - 2 * _MARGIN) / len(labels)
    most = max((_number(cell) or 0 for _, cells in series for cell in cells), default=0)
    beside = max(1, len(series))
    bar = min(slot * 0.8 / beside, 90.0)
    # Several charts may stand in one page: their ids must differ, and the same chart must always be the same bytes.
    key = f"c{crc32(repr((title, desc, labels, series)).encode('utf-8', 'replace')):08x}"
    return _Frame(key, top, slot, bar, beside, max(1, most))


def _number(cell: answers.Answer) -> int | None:
    return max(0, cell.value) if isinstance(cell.value, int) else None


def _marks(frame: _Frame, labels: Sequence[str], series: Sequence[Series]) -> Iterator[str]:
    for at, (name, cells) in enumerate(series):
        for period, cell in enumerate(cells):
            said = (
                f"{labels[period]}, {name}: {cell.words()}" if len(series) > 1 else f"{labels[period]}: {cell.words()}"
            )
            yield f"<g><title>{_escaped(said)}</title>{_mark(frame, cell, frame.bar_at(period, at), at)}</g>"


def _mark(frame: _Frame, cell: answers.Answer, left: float, series: int) -> str:
    number = _number(cell)
    if number is not None:
        return _bar(frame, cell, number, left, _FILLS[series % len(_FILLS)].format(frame.key))
    if cell.status == answers.Suppressed.status:
        return _crossed_box(frame, left)
    return _gap(frame, cell, left)


def _bar(frame: _Frame, cell: answers.Answer, number: int, left: float, fill: str) -> str:
    height = _PLOT * number / frame.most
    top = frame.base - height
    part = ' stroke-dasharray="5 3" fill-opacity="0.55"' if cell.status == answers.HeldSince.status else ""
    box = _box(left, top, frame.bar, height, f'fill="{fill}" stroke="{_DARK}"{part}') if number else ""
    said = _said(cell, number)
    size = min(_SIZE, frame.bar * 0.98 / (_LETTER * len(said)))
    return box + (_text(left + frame.bar / 2, top - 5, said, size=size) if size > _SMALLEST else "")


def _said(cell: answers.Answer, number: int) -> str:
    match cell.status:
        case answers.HeldSince.status:
            return f"{number:,} (part)"
        case answers.Approximate.status:
            return f"about {number:,}"
        case answers.Rounded.status:
            return f"{number:,} (rounded)"
        case _:
            return f"{number:,}"


def _gap(frame: _Frame, cell: answers.Answer, left: float) -> str:
    hatched = f'fill="url(#{frame.key}h)" stroke="{_QUIET}" stroke-dasharray="3 3"'
    words = cell.status.replace("_", " ") if cell.value is None else str(cell.value)
    return _box(left, frame.top, frame.bar, _PLOT, hatched) + _over(frame, left, frame.top + _PLOT / 2, words)


def _crossed_box(frame: _Frame, left: float) -> str:
    side = min(16.0, frame.bar)
    x, y = left + (frame.bar - side) / 2, frame.base - side - 2
    cross = f'<path d="M{x:g} {y:g}l{side:g} {side:g}m0 {-side:g}l{-side:g} {side:g}" stroke="{_INK}"/>'
    words = _over(frame, left, y - 8 if _fits(frame, "suppressed") else y - 42, "suppressed")
    return _box(x, y, side, side, f'fill="none" stroke="{_INK}" stroke-width="1.5"') + cross + words


def _fits(frame: _Frame, words: str) -> bool:
    return len(words) * _SIZE * _LETTER <= frame.bar


def _over(frame: _Frame, left: float, middle: float, words: str) -> str:
    """Print words on a white ground: level where they fit the bar, else turned upwards."""
    x = left + frame.bar / 2
    turned = not _fits(frame, words)
    size = min(_SIZE, frame.bar, _PLOT / (_LETTER * len(words))) if turned else _SIZE
    ground = _ground(x, middle, len(words) * size * _LETTER, size)
    both = ground + _text(x, middle + size / 3, words, size=size)
    return f'<g transform="rotate(-90 {x:.5g} {middle:.5g})">{both}</g>' if turned else both


def _ground(x: float, middle: float, width: float, height: float) -> str:
    return _box(x - width / 2 - 3, middle - height / 2 - 1, width + 6, height + 2, 'fill="#fff"')


def _labels(frame: _Frame, labels: Sequence[str]) -> Iterator[str]:
    """Print every label where they fit beside each other, else every second, third."""
    step = ceil(max(len(label) for label in labels) * _SIZE * (_LETTER + 0.06) / frame.slot)
    for period in range(0, len(labels), step):
        half = len(labels[period]) * _SIZE * _LETTER / 2
        middle = min(max(frame.slot_at(period) + frame.slot / 2, half), _WIDTH - half)
        yield _text(middle, frame.base + 17, labels[period])


def _legend_places(series: Sequence[Series]) -> Iterator[tuple[float, int]]:
    """Give each name its place and line, from left to right and down."""
    x, line = _MARGIN, 0
    for name, _ in series:
        width = len(name) * _SIZE * _LETTER + 40
        if x > _MARGIN and x + width > _WIDTH:
            x, line = _MARGIN, line + 1
        yield x, line
        x += width


def _legend(frame: _Frame, series: Sequence[Series], places: list[tuple[float, int]], top: float) -> Iterator[str]:
    for at, (x, line) in enumerate(places):
        y = top + _LINE * line
        fill = _FILLS[at % len(_FILLS)].format(frame.key)
        yield _box(x, y - 10, 14, 11, f'fill="{fill}" stroke="{_DARK}"') + _text(
            x + 20, y, series[at][0], anchor="start"
        )


def _breaks(frame: _Frame, labels: Sequence[str], breaks: Sequence[Break]) -> Iterator[str]:
    for number, (label, _) in enumerate(breaks):
        x, steps = frame.slot_at(labels.index(label)), ceil(_PLOT / 20)
        zigzag = f"M{x:g} {frame.top - 12:g}" + "l4 5l-8 5l4 5m0 5" * steps
        yield f'<path d="{zigzag}" fill="none" stroke="{_INK}" stroke-width="1.5"/>'
        yield _text(x, frame.top - 14, _letter(number), bold=True)


def _note_lines(number: int, note: str) -> list[str]:
    return textwrap.wrap(f"{_letter(number)}: {characters.printable(note)}", 100)


def _letter(number: int) -> str:
    return chr(ord("A") + number % 26)


def _box(x: float, y: float, width: float, height: float, look: str) -> str:
    return f'<rect x="{x:.5g}" y="{y:.5g}" width="{width:.5g}" height="{height:.5g}" {look}/>'


def _text(x: float, y: float, text: str, *, size: float = _SIZE, anchor: str = "middle", bold: bool = False) -> str:
    look = (f' font-size="{size:.3g}"' if size != _SIZE else "") + (' font-weight="bold"' if bold else "")
    middle = ' text-anchor="middle"' if anchor == "middle" else ""
    return f'<text x="{x:.5g}" y="{y:.5g}"{middle}{look}>{_escaped(text)}</text>'


def _escaped(text: str) -> str:
    return escape(characters.printable(text))
