"""Bars over periods: one group for each period, one bar for each series."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from candour.documents.charts import canvas
from candour.documents.charts.canvas import DARK, HEADING, INK, LIGHT, LINE, MARGIN, PLOT, WIDTH, Break, Series
from candour.rules import answers

FILLS = (DARK, LIGHT, "url(#{0}o)", "url(#{0}l)", "#7a868f")  # told apart by pattern and tone, not by hue


@dataclass(frozen=True)
class _Frame:
    """Where things stand: `top` and `base` of the bars, the width of one period's slot and of one bar in it."""

    key: str
    top: float
    slot: float
    bar: float
    beside: int  # bars in one slot
    most: float

    @property
    def base(self) -> float:
        return self.top + PLOT

    def slot_at(self, period: int) -> float:
        return MARGIN + self.slot * period

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
    canvas.check(labels, series)
    legend = canvas.legend_places(series)
    frame = _frame(
        canvas.key(title, desc, labels, series),
        HEADING * headed + canvas.legend_height(legend) + (34 if breaks else 22),
        labels,
        series,
    )
    middles = [frame.slot_at(period) + frame.slot / 2 for period in range(len(labels))]
    drawn = [
        *canvas.heading(title, headed=headed),
        *_legend(frame, series, legend, HEADING * headed + 12),
        *_marks(frame, labels, series),
        f'<path d="M{MARGIN:g} {frame.base:g}H{WIDTH - MARGIN:g}" stroke="{INK}" stroke-width="1.5"/>',
        *canvas.labels_under(frame.base + 17, labels, middles, frame.slot),
        *(
            canvas.zigzag(frame.slot_at(labels.index(label)), frame.top - 12, PLOT + 12, at)
            for at, (label, _) in enumerate(breaks)
        ),
        *canvas.notes(breaks, frame.base + 38),
    ]
    height = frame.base + 28 + LINE * len(canvas.note_lines(breaks))
    return canvas.document(frame.key, title, desc, height, "".join(drawn))


def _frame(key: str, top: float, labels: Sequence[str], series: Sequence[Series]) -> _Frame:
    slot = (WIDTH - 2 * MARGIN) / len(labels)
    most = max((canvas.number(cell) or 0 for _, cells in series for cell in cells), default=0)
    beside = max(1, len(series))
    return _Frame(key, top, slot, min(slot * 0.8 / beside, 90.0), beside, max(1, most))


def _marks(frame: _Frame, labels: Sequence[str], series: Sequence[Series]) -> Iterator[str]:
    for at, (name, cells) in enumerate(series):
        for period, cell in enumerate(cells):
            mark = _mark(frame, cell, frame.bar_at(period, at), at)
            yield canvas.titled(name, labels[period], cell, mark, several=len(series) > 1)


def _mark(frame: _Frame, cell: answers.Answer, left: float, series: int) -> str:
    number = canvas.number(cell)
    if number is not None:
        return _bar(frame, cell, number, left, FILLS[series % len(FILLS)].format(frame.key))
    if cell.status == answers.Suppressed.status:
        return _crossed_box(frame, left)
    gap = canvas.hatched(frame.key, left, frame.top, frame.bar, PLOT)
    return gap + canvas.over(left + frame.bar / 2, frame.top + PLOT / 2, canvas.state(cell), frame.bar)


def _bar(frame: _Frame, cell: answers.Answer, number: float, left: float, fill: str) -> str:
    height = PLOT * number / frame.most
    top = frame.base - height
    part = ' stroke-dasharray="5 3" fill-opacity="0.55"' if cell.status == answers.HeldSince.status else ""
    look = f'fill="{fill}" stroke="{DARK}"{part}'
    box = canvas.box(left, top, frame.bar, height, look) if number else ""
    said = canvas.said(cell)
    size = min(canvas.SIZE, frame.bar * 0.98 / (canvas.LETTER * len(said)))
    return box + (canvas.text(left + frame.bar / 2, top - 5, said, size=size) if size > canvas.SMALLEST else "")


def _crossed_box(frame: _Frame, left: float) -> str:
    side = min(16.0, frame.bar)
    x, y = left + (frame.bar - side) / 2, frame.base - side - 2
    middle = y - 8 if canvas.fits("suppressed", frame.bar) else y - 42
    return canvas.crossed(x, y, side) + canvas.over(left + frame.bar / 2, middle, "suppressed", frame.bar)


def _legend(frame: _Frame, series: Sequence[Series], places: Sequence[tuple[float, int]], top: float) -> Iterator[str]:
    for at, (x, line) in enumerate(places):
        y = top + LINE * line
        fill = FILLS[at % len(FILLS)].format(frame.key)
        look = f'fill="{fill}" stroke="{DARK}"'
        yield canvas.box(x, y - 10, 14, 11, look) + canvas.text(x + 20, y, series[at][0], anchor="start")
