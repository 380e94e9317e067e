"""Lines over many periods: one line for each series, interrupted where there is no number and where the series breaks.

A gap that all series share is hatched over the whole height, with its words; one that only some have stands in a lane
of its own below the axis. What is suppressed has its crossed box in the same places.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from candour.documents.charts import canvas
from candour.documents.charts.canvas import DARK, HEADING, INK, LINE, PLOT, QUIET, WIDTH, Break, Series
from candour.rules import answers

_NARROWEST, _RIGHT, _LANE = 44.0, 14.0, 18.0
_LOOKS = (  # colour and dashes of the line, then its marker: told apart by shape and dash, not by hue
    (DARK, "", '<circle cx="{x:.5g}" cy="{y:.5g}" r="3.4" {look}/>'),
    (QUIET, "7 3", '<path d="M{x:.5g} {y:.5g}m-3.4 -3.4h6.8v6.8h-6.8z" {look}/>'),
    (INK, "2 3", '<path d="M{x:.5g} {y:.5g}m0 -4.4l4.4 7.6h-8.8z" {look}/>'),
    (DARK, "9 3 2 3", '<path d="M{x:.5g} {y:.5g}m0 -4.8l4.4 4.8l-4.4 4.8l-4.4 -4.8z" {look}/>'),
    (QUIET, "1 2", '<path d="M{x:.5g} {y:.5g}m-3.4 -3.4l6.8 6.8m0 -6.8l-6.8 6.8" {look}/>'),
)


@dataclass(frozen=True)
class _Frame:
    """Where things stand: the plot from `top` to `base`, a slot for each period, the number at its top."""

    key: str
    top: float
    start: float
    slot: float
    most: int

    @property
    def base(self) -> float:
        return self.top + PLOT

    def left(self, period: int) -> float:
        return self.start + self.slot * period

    def middle(self, period: int) -> float:
        return self.left(period) + self.slot / 2

    def height(self, number: float) -> float:
        return self.base - PLOT * number / self.most


def lines(
    title: str, desc: str, labels: Sequence[str], series: Sequence[Series], breaks: Sequence[Break] = (), *,
    headed: bool = True,
) -> str:  # fmt: skip
    """Draw one line for each of `series` over the periods of `labels`, as an SVG document; arguments as for `bars`.

    A part of a period has a hollow marker. No line runs across a gap or a break.
    """
    canvas.check(labels, series)
    legend = canvas.legend_places(series)
    top = HEADING * headed + canvas.legend_height(legend) + (36 if breaks else 20)
    most = _rounded_up(max((canvas.number(cell) or 0 for _, cells in series for cell in cells), default=0))
    start = max(_NARROWEST, len(f"{most:,}") * canvas.SIZE * canvas.LETTER + 14)
    slot = (WIDTH - start - _RIGHT) / len(labels)
    frame = _Frame(canvas.key("lines", title, desc, labels, series), top, start, slot, most)
    lanes = [at for at, (_, cells) in enumerate(series) if any(_alone(series, period) for period in _gaps(cells))]
    below = frame.base + _LANE * len(lanes)
    drawn = [
        *canvas.heading(title, headed=headed),
        *_legend(series, legend, HEADING * headed + 12),
        *_scale(frame),
        *_shared_gaps(frame, labels, series),
        *(part for at, one in enumerate(series) for part in _line(frame, at, one, labels, breaks, len(series))),
        *(part for row, at in enumerate(lanes) for part in _lane(frame, row, at, labels, series)),
        *canvas.labels_under(below + 17, labels, [frame.middle(at) for at in range(len(labels))], slot),
        *(
            canvas.zigzag(frame.left(labels.index(label)), top - 12, PLOT + 12, at)
            for at, (label, _) in enumerate(breaks)
        ),
        *canvas.notes(breaks, below + 38),
    ]
    height = below + 28 + LINE * len(canvas.note_lines(breaks))
    return canvas.document(frame.key, title, desc, height, "".join(drawn))


def _rounded_up(most: float) -> int:
    """Return the next of 4, 8, 12, 20, 40, 80, 120 …: a scale of four whole steps."""
    size = 1
    while True:
        found = next((4 * step * size for step in (1, 2, 3, 5) if 4 * step * size >= most), None)
        if found:
            return found
        size *= 10


def _scale(frame: _Frame) -> Iterator[str]:
    for step in range(5):
        number = frame.most * step // 4
        y = frame.height(number)
        look = f'stroke="{INK}" stroke-width="1.5"' if step == 0 else 'stroke="#b1b4b6" stroke-width="0.7"'
        yield f'<path d="M{frame.start:g} {y:.5g}H{WIDTH - _RIGHT:g}" {look}/>'
        yield canvas.text(frame.start - 6, y + 4, f"{number:,}", anchor="end")


def _gaps(cells: Sequence[answers.Answer]) -> list[int]:
    return [period for period, cell in enumerate(cells) if canvas.number(cell) is None]


def _alone(series: Sequence[Series], period: int) -> bool:
    """Whether some other series has a number where this one has none."""
    return any(canvas.number(cells[period]) is not None for _, cells in series)


def _shared_gaps(frame: _Frame, labels: Sequence[str], series: Sequence[Series]) -> Iterator[str]:
    """Hatch what no series has a number for; periods of one state that follow each other are one gap."""
    shared = [not _alone(series, period) for period in range(len(labels))]
    first = series[0][1] if series else ()
    stretches = groupby(range(len(labels)), lambda at: canvas.state(first[at]) if shared[at] else "")
    for words, group in stretches:
        periods = list(group)
        if words:
            yield _gap(frame, periods, words, labels, first)


def _gap(frame: _Frame, periods: list[int], words: str, labels: Sequence[str], cells: Sequence[answers.Answer]) -> str:
    left, width = frame.left(periods[0]), frame.slot * len(periods)
    if cells[periods[0]].status == answers.Suppressed.status:
        side = min(12.0, frame.slot)
        drawn = "".join(canvas.crossed(frame.middle(at) - side / 2, frame.base - side - 2, side) for at in periods)
        drawn += canvas.over(left + width / 2, frame.base - 46, words, width)
    else:
        drawn = canvas.hatched(frame.key, left, frame.top, width, PLOT)
        drawn += canvas.over(left + width / 2, frame.top + PLOT / 2, words, width)
    last = labels[periods[-1]]
    whole = labels[periods[0]] if len(periods) == 1 else f"{labels[periods[0]]} to {last}"
    return canvas.titled("", whole, cells[periods[0]], drawn, several=False)


def _line(
    frame: _Frame, at: int, one: Series, labels: Sequence[str], breaks: Sequence[Break], many: int
) -> Iterator[str]:  # fmt: skip
    name, cells = one
    colour, dashes, marker = _LOOKS[at % len(_LOOKS)]
    broken = {labels.index(label) for label, _ in breaks}
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    for run in _runs(cells, broken):
        way = "L".join(f"{frame.middle(period):.5g} {frame.height(number):.5g}" for period, number in run)
        if len(run) > 1:
            yield f'<path d="M{way}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'
        for period, number in run:
            hollow = cells[period].status == answers.HeldSince.status
            look = f'fill="{"#fff" if hollow else colour}" stroke="{colour}" stroke-width="1.5"'
            mark = marker.format(x=frame.middle(period), y=frame.height(number), look=look)
            mark += _beside(frame, cells[period], period, number) if many == 1 else ""
            yield canvas.titled(name, labels[period], cells[period], mark, several=many > 1)


def _beside(frame: _Frame, cell: answers.Answer, period: int, number: float) -> str:
    """Print the number over its point, where it fits between its neighbours; of a part, else the number alone."""
    sayings = [canvas.said(cell), *([f"{number:,}"] if cell.status == answers.HeldSince.status else [])]
    said = next((one for one in sayings if canvas.fits(one, frame.slot)), "")
    return canvas.text(frame.middle(period), frame.height(number) - 8, said) if said else ""


def _runs(cells: Sequence[answers.Answer], broken: set[int]) -> Iterator[list[tuple[int, float]]]:
    """Yield each stretch of numbers that one line may run through."""
    run: list[tuple[int, float]] = []
    for period, cell in enumerate(cells):
        number = canvas.number(cell)
        if run and (number is None or period in broken):
            yield run
            run = []
        if number is not None:
            run.append((period, number))
    if run:
        yield run


def _lane(frame: _Frame, row: int, at: int, labels: Sequence[str], series: Sequence[Series]) -> Iterator[str]:
    """Draw, below the axis and beside its marker, what this series has no number for while another has one."""
    name, cells = series[at]
    y, side = frame.base + 4 + _LANE * row, min(_LANE - 5, frame.slot)
    yield _LOOKS[at % len(_LOOKS)][2].format(x=frame.start - 10, y=y + 6, look=_filled(at))
    gaps = [period for period in _gaps(cells) if _alone(series, period)]
    for period in gaps:
        inside = (frame.left(period) + 0.5, y, frame.slot - 1, _LANE - 5)
        suppressed = cells[period].status == answers.Suppressed.status
        mark = canvas.crossed(frame.middle(period) - side / 2, y, side)
        drawn = mark if suppressed else canvas.hatched(frame.key, *inside)
        yield canvas.titled(name, labels[period], cells[period], drawn, several=True)
    yield from _lane_words(frame, y + (_LANE - 5) / 2, gaps, cells)


def _lane_words(frame: _Frame, middle: float, gaps: Sequence[int], cells: Sequence[answers.Answer]) -> Iterator[str]:
    """Say in a lane why there is no number, once for each hatched stretch in which the words have room."""
    hatched = [period for period in gaps if cells[period].status != answers.Suppressed.status]
    stretches = groupby(enumerate(hatched), lambda pair: (pair[1] - pair[0], canvas.state(cells[pair[1]])))
    for (_, words), group in stretches:
        periods = [period for _, period in group]
        width = frame.slot * len(periods)
        if canvas.fits(words, width - 6):
            yield canvas.over(frame.left(periods[0]) + width / 2, middle, words, width)


def _filled(at: int) -> str:
    colour = _LOOKS[at % len(_LOOKS)][0]
    return f'fill="{colour}" stroke="{colour}" stroke-width="1.5"'


def _legend(series: Sequence[Series], places: Sequence[tuple[float, int]], top: float) -> Iterator[str]:
    for at, (x, line) in enumerate(places):
        y = top + LINE * line
        colour, dashes, marker = _LOOKS[at % len(_LOOKS)]
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<path d="M{x:.5g} {y - 4:.5g}h22" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>'
        yield marker.format(x=x + 11, y=y - 4, look=_filled(at))
        yield canvas.text(x + 28, y, series[at][0], anchor="start")
