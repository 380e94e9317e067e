"""A heat table: a row for each series, a column for each period, darker where the number is higher."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from candour.documents.charts import canvas
from candour.documents.charts.canvas import HEADING, INK, LETTER, LINE, MARGIN, QUIET, SIZE, WIDTH, Break, Series
from candour.rules import answers

_ROW, _NAMES, _NARROW = 20.0, 200.0, 20.0
"""The height of a row; the room that names always have, and have beyond that where each column keeps so much."""
_TONES = ("#ffffff", "#e8eff7", "#c9d9ec", "#94b3d6", "#3f6fa8", "#1d4f91")
"""For zero, and for each fifth of the highest number: each darker than the one before, also in grey."""
_DARK_FROM = 4
"""The tone from which numbers are printed in white."""


@dataclass(frozen=True)
class _Frame:
    """Where things stand: the names at the left, the cells from `top` down, `most` the highest number."""

    key: str
    top: float
    left: float
    slot: float
    most: float

    def at(self, row: int, column: int) -> tuple[float, float]:
        return self.left + self.slot * column, self.top + _ROW * row


def heat(
    title: str, desc: str, labels: Sequence[str], series: Sequence[Series], breaks: Sequence[Break] = (), *,
    headed: bool = True,
) -> str:  # fmt: skip
    """Draw a table of tones, `series` down and the periods of `labels` across; arguments as for `bars`.

    A number is printed in its cell where there is room; a gap is hatched, what is suppressed crossed, and a zero is
    white with its 0.
    """
    canvas.check(labels, series)
    longest = max((len(name) for name, _ in series), default=0)
    left = MARGIN + min(max(_NAMES, WIDTH - 2 * MARGIN - _NARROW * len(labels)), longest * SIZE * LETTER + 10)
    most = max((canvas.number(cell) or 0 for _, cells in series for cell in cells), default=0)
    top = HEADING * headed + LINE + (22 if breaks else 10)
    slot = min(60.0, (WIDTH - left - MARGIN) / len(labels))
    frame = _Frame(canvas.key("heat", title, desc, labels, series), top, left, slot, max(1, most))
    base = top + _ROW * len(series)
    middles = [frame.at(0, column)[0] + slot / 2 for column in range(len(labels))]
    drawn = [
        *canvas.heading(title, headed=headed),
        *_legend(frame, HEADING * headed + 12),
        *(part for row, one in enumerate(series) for part in _cells(frame, row, one, labels)),
        *canvas.labels_under(base + 17, labels, middles, slot),
        *(
            canvas.zigzag(frame.at(0, labels.index(label))[0], top - 6, base - top, at)
            for at, (label, _) in enumerate(breaks)
        ),
        *canvas.notes(breaks, base + 38),
    ]
    height = base + 28 + LINE * len(canvas.note_lines(breaks))
    return canvas.document(frame.key, title, desc, height, "".join(drawn))


def _name(name: str, width: float) -> str:
    longest = int((width - 10) / (SIZE * LETTER) + 0.01)
    return name if len(name) <= longest else name[: longest - 1] + "…"


def _cells(frame: _Frame, row: int, one: Series, labels: Sequence[str]) -> Iterator[str]:
    name, cells = one
    yield canvas.text(frame.left - 6, frame.at(row, 0)[1] + 14, _name(name, frame.left - MARGIN), anchor="end")
    for column, one_ in enumerate(cells):
        yield canvas.titled(
            name,
            labels[column],
            one_,
            cell(frame.key, *frame.at(row, column), frame.slot, one_, frame.most),
            several=True,
        )


def cell(key: str, x: float, y: float, slot: float, said: answers.Answer, most: float) -> str:
    """Draw one cell of `slot` width, in its tone beside the highest number; hatched or crossed where it has none."""
    number = canvas.number(said)
    if number is not None:
        return _number(x, y, slot, said, number, most)
    if said.status == answers.Suppressed.status:
        side = min(11.0, slot - 2)
        mark = canvas.crossed(x + (slot - side) / 2, y + (_ROW - side) / 2, side)
        return canvas.box(x, y, slot, _ROW, 'fill="#fff" stroke="#b1b4b6" stroke-width="0.5"') + mark
    return canvas.hatched(key, x + 0.5, y + 0.5, slot - 1, _ROW - 1)


def _number(x: float, y: float, slot: float, cell: answers.Answer, number: float, most: float) -> str:
    tone = _tone(number, most)
    part = cell.status == answers.HeldSince.status
    edge = f'stroke="{QUIET}" stroke-dasharray="3 2"' if part else 'stroke="#b1b4b6" stroke-width="0.5"'
    box = canvas.box(x, y, slot, _ROW, f'fill="{_TONES[tone]}" {edge}')
    said = f"{number:,}"
    size = min(SIZE, (slot - 2) / (LETTER * len(said)))
    fill = "#fff" if tone >= _DARK_FROM else INK
    printed = canvas.text(x + slot / 2, y + 14, said, size=size, fill=fill)
    return box + (printed if size > canvas.SMALLEST else "")


def _tone(number: float, most: float) -> int:
    """Return 0 for zero, else the fifth of the highest number that a number lies in, 1 to 5."""
    return ceil(5 * number / most)


def _legend(frame: _Frame, y: float) -> Iterator[str]:
    """Say what each tone means, and what is hatched or crossed."""
    steps = [(0, "0"), *((tone, said) for tone in range(1, 6) if (said := _fifth(tone, frame.most)))]
    x = MARGIN
    for tone, said in steps:
        yield canvas.box(x, y - 10, 14, 11, f'fill="{_TONES[tone]}" stroke="{QUIET}"')
        yield canvas.text(x + 19, y, said, anchor="start")
        x += 34 + len(said) * SIZE * LETTER
    yield canvas.hatched(frame.key, x, y - 10, 14, 11) + canvas.text(x + 19, y, "no number", anchor="start")
    yield canvas.crossed(x + 94, y - 10, 11) + canvas.text(x + 110, y, "suppressed", anchor="start")


def _fifth(tone: int, most: float) -> str:
    """Return the whole numbers of a fifth: "9–16"; nothing where it has none."""
    first, last = int((tone - 1) * most // 5) + 1, int(tone * most // 5)
    return "" if last < first else f"{first:,}" if first == last else f"{first:,}–{last:,}"
