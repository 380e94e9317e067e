"""The same charts for a screen as narrow as a phone's: what lies side by side on a wide one is stacked.

A line for each period with a bar for each series beside its label, or, where only the periods are few enough, the other
way round; of many of both a strip of tones under each name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil

from candour.documents.charts import canvas, heated
from candour.documents.charts.canvas import DARK, INK, LETTER, LINE, SIZE, SMALLEST, Break, Series
from candour.documents.charts.columns import FILLS
from candour.rules import answers

WIDTH, LABELS, GAP = 300.0, 84.0, 8.0
"""All there is, the room for the labels at the left, and that between columns."""
MOST_COLUMNS = 5
"""Bars that have room beside each other in one line."""
_BAR, _ROW, _STRIP, _CUT = 9.0, 30.0, 20.0, 46
"""The height of a bar, of a line of them, of a strip of tones; letters in a line of notes."""


def narrow(
    title: str, desc: str, labels: Sequence[str], series: Sequence[Series], breaks: Sequence[Break] = ()
) -> str:  # fmt: skip
    """Draw what `bars`, `lines` and `heat` draw, 300 wide; arguments as for `bars`."""
    canvas.check(labels, series)
    key = canvas.key("narrow", title, desc, labels, series)
    if len(series) <= MOST_COLUMNS:
        parts, height = _lines(key, labels, series)
    elif len(labels) <= MOST_COLUMNS:
        parts, height = _lines(key, [name for name, _ in series], _turned(labels, series))
    else:
        parts, height = _strips(key, labels, series)
    notes = [line for label, note in breaks for line in _wrapped(f"From {label}: {note}")]
    parts += [canvas.text(0, height + LINE * (at + 1), line, anchor="start") for at, line in enumerate(notes)]
    return canvas.document(key, title, desc, height + 10 + LINE * len(notes), "".join(parts), width=WIDTH)


def _turned(labels: Sequence[str], series: Sequence[Series]) -> list[Series]:
    """The periods as series, and the series as what they run over."""
    return [(label, [cells[at] for _, cells in series]) for at, label in enumerate(labels)]


@dataclass(frozen=True)
class _Frame:
    """Where things stand: the first line's top, a column's width, and the highest number."""

    key: str
    top: float
    most: float
    columns: int
    left: float

    @property
    def room(self) -> float:
        return (WIDTH - self.left) / self.columns - GAP

    def column(self, at: int) -> float:
        return self.left + (self.room + GAP) * at


def _lines(key: str, labels: Sequence[str], series: Sequence[Series]) -> tuple[list[str], float]:
    """A line for each label, a bar in it for each series, each with its number over it."""
    several = len(series) > 1
    long = any(len(label) * SIZE * LETTER > LABELS for label in labels)
    most = max((canvas.number(cell) or 0 for _, cells in series for cell in cells), default=0)
    frame = _Frame(
        key, LINE * len(series) + 6 if several else 4, max(1, most), max(1, len(series)), 0 if long else LABELS
    )
    height = _ROW + LINE * long
    parts = list(_legend(frame, series)) if several else []
    for row, label in enumerate(labels):
        y = frame.top + height * row
        parts.append(canvas.text(0, y + (12 if long else 20), _cut(label, WIDTH if long else LABELS), anchor="start"))
        parts += (
            [] if not series else _row(frame, y + LINE * long, label, [(name, cells[row]) for name, cells in series])
        )
    return parts, frame.top + height * len(labels)


def _row(frame: _Frame, top: float, label: str, cells: Sequence[tuple[str, answers.Answer]]) -> Iterator[str]:
    """The marks of one line; what no series has a number for, and for the same reason, is said once."""
    first, several = cells[0][1], len(cells) > 1
    alike = {canvas.state(cell) for _, cell in cells if canvas.number(cell) is None} == {canvas.state(first)}
    if several and alike and not any(canvas.number(cell) is not None for _, cell in cells) and not _hidden(first):
        whole = replace(frame, columns=1)
        yield canvas.titled("", label, first, _mark(whole, 0, top, first), several=False)
        return
    for at, (name, cell) in enumerate(cells):
        yield canvas.titled(name, label, cell, _mark(frame, at, top, cell), several=several)


def _hidden(cell: answers.Answer) -> bool:
    return cell.status == answers.Suppressed.status


def _legend(frame: _Frame, series: Sequence[Series]) -> Iterator[str]:
    for at, (name, _) in enumerate(series):
        look = f'fill="{FILLS[at % len(FILLS)].format(frame.key)}" stroke="{DARK}"'
        words = canvas.text(20, LINE * at + 12, _cut(name, WIDTH - 20), anchor="start")
        yield canvas.box(1, LINE * at + 2, 14, 11, look) + words


def _mark(frame: _Frame, at: int, top: float, cell: answers.Answer) -> str:
    left, number = frame.column(at), canvas.number(cell)
    if number is not None:
        part = ' stroke-dasharray="5 3" fill-opacity="0.55"' if cell.status == answers.HeldSince.status else ""
        look = f'fill="{FILLS[at % len(FILLS)].format(frame.key)}" stroke="{DARK}"{part}'
        bar = canvas.box(left, top + 15, frame.room * number / frame.most, _BAR, look) if number else ""
        return _words(left, top + 12, canvas.said(cell), frame.room) + bar
    if _hidden(cell):
        return _words(left, top + 12, canvas.state(cell), frame.room) + canvas.crossed(left + 1, top + 14, _BAR + 2)
    return _words(left, top + 12, canvas.state(cell), frame.room) + canvas.hatched(
        frame.key, left, top + 15, frame.room, _BAR
    )


def _words(x: float, y: float, words: str, room: float) -> str:
    """Print words from a place on, smaller where they are long; nothing where they could not be read."""
    size = min(SIZE, (room + GAP - 2) / (LETTER * len(words)))
    return canvas.text(x, y, words, size=size, anchor="start") if size > SMALLEST else ""


def _cut(name: str, width: float) -> str:
    longest = int((width - 4) / (SIZE * LETTER))
    return name if len(name) <= longest else name[: longest - 1] + "…"


def _strips(key: str, labels: Sequence[str], series: Sequence[Series]) -> tuple[list[str], float]:
    """Under each name its cells in tones, all periods beside each other; the periods are said once, below."""
    most = max((canvas.number(cell) or 0 for _, cells in series for cell in cells), default=0)
    slot, row = WIDTH / len(labels), LINE + _STRIP + 4
    parts = []
    for at, (name, cells) in enumerate(series):
        y = row * at
        parts.append(canvas.text(0, y + 13, _cut(name, WIDTH), anchor="start"))
        for place, cell in enumerate(cells):
            drawn = heated.cell(key, slot * place, y + LINE, slot, cell, max(1, most))
            parts.append(canvas.titled(name, labels[place], cell, drawn, several=True))
    height = row * len(series)
    parts += _under(height + 14, labels, slot)
    return parts, height + 18


def _under(y: float, labels: Sequence[str], slot: float) -> Iterator[str]:
    """Print every label where they fit, else every second or third."""
    short = [label.partition(" (")[0] for label in labels]
    step = ceil(max(len(label) for label in short) * SIZE * (LETTER + 0.06) / slot)
    for at in range(0, len(labels), step):
        half = len(short[at]) * SIZE * LETTER / 2
        yield canvas.text(min(max(slot * (at + 0.5), half), WIDTH - half), y, short[at], fill=INK)


def _wrapped(note: str) -> list[str]:
    return canvas.wrapped(note, _CUT)
