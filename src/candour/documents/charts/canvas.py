"""What every chart is drawn with: the document with its name and description, boxes, texts, patterns, a broken line."""

import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from math import ceil
from zlib import crc32

from candour.documents import characters
from candour.rules import answers

Series = tuple[str, Sequence[answers.Answer]]
Break = tuple[str, str]  # the label of the first period after it, and its note

WIDTH, MARGIN, PLOT = 640.0, 8.0, 170.0
INK, QUIET, DARK, LIGHT = "#0b0c0c", "#484f54", "#1d4f91", "#c9d9ec"
SIZE, SMALLEST = 12.0, 5.0
LETTER, BOLD = 0.56, 0.54  # a letter's width, in font sizes
LINE = 17.0
HEADING = 24.0
_SQUARE = '<pattern id="{0}{1}" width="{2}" height="{2}" patternUnits="userSpaceOnUse"{3}</pattern>'
_PATTERNS = {  # name in an id: size, and what is drawn in it
    "o": (6, '><path d="M0 0h6v6h-6z" fill="#fff"/><circle cx="3" cy="3" r="1.4"/>'),
    "l": (5, '><path d="M0 0h5v5h-5z" fill="#fff"/><path d="M0 2h5v1.5h-5z"/>'),
    "h": (7, ' patternTransform="rotate(45)"><path d="M0 0v7" stroke="#b1b4b6" stroke-width="1.6"/>'),
}


def check(labels: Sequence[str], series: Sequence[Series]) -> None:
    """Raise ValueError where a series does not have one answer for each period."""
    if not labels or any(len(cells) != len(labels) for _, cells in series):
        raise ValueError("a chart needs its periods, and one answer for each of them in every series")


def key(*parts: object) -> str:
    """Return what the ids of a chart begin with; charts in one page differ, and the same chart is the same bytes."""
    return f"c{crc32(repr(parts).encode('utf-8', 'replace')):08x}"


def document(key: str, title: str, desc: str, height: float, drawn: str, *, width: float = WIDTH) -> str:
    """Return the whole picture, with the patterns that are used in it."""
    used = {name: look for name, look in _PATTERNS.items() if f"url(#{key}{name})" in drawn}
    defs = "".join(_SQUARE.format(key, name, size, inside) for name, (size, inside) in used.items())
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{key}t {key}d" width="{width:g}" '
        f'height="{height:g}" viewBox="0 0 {width:g} {height:g}" font-family="Arial, Helvetica, Roboto, sans-serif" '
        f'font-size="12" fill="{INK}"><title id="{key}t">{escaped(title)}</title><desc id="{key}d">{escaped(desc)}'
        f"</desc>{f'<defs>{defs}</defs>' if defs else ''}{drawn}</svg>"
    )


def heading(title: str, *, headed: bool) -> list[str]:
    """Print the title over the chart, where no page says it: smaller where it is long, so that it is all there."""
    size = min(15.0, (WIDTH - 2 * MARGIN) / (BOLD * max(1, len(title))))
    return [text(MARGIN, 16, title, size=size, anchor="start", bold=True)] if headed else []


def number(cell: answers.Answer) -> float | None:
    """Return what is drawn to scale of an answer, or None for a state without a number."""
    return max(0, cell.value) if isinstance(cell.value, int | float) else None


def said(cell: answers.Answer) -> str:
    """Return what is printed beside a number."""
    match cell.status:
        case answers.HeldSince.status:
            return f"{number(cell):,} (part)"
        case answers.Approximate.status:
            return f"about {number(cell):,}"
        case answers.Rounded.status:
            return f"{number(cell):,} (rounded)"
        case _:
            return f"{number(cell):,}"


def state(cell: answers.Answer) -> str:
    """Return what is printed of an answer without a number: its state or, where it does not apply, why."""
    if isinstance(cell, answers.NotApplicable) and cell.note:
        return cell.note
    return cell.status.replace("_", " ") if cell.value is None else str(cell.value)


def _words(cell: answers.Answer) -> str:
    return state(cell) if isinstance(cell, answers.NotApplicable) else cell.words()


def titled(name: str, label: str, cell: answers.Answer, drawn: str, *, several: bool) -> str:
    """Return a mark that says, where a pointer rests on it, what it stands for."""
    whose = f"{label}, {name}" if several else label
    return f"<g><title>{escaped(f'{whose}: {_words(cell)}')}</title>{drawn}</g>"


def hatched(key: str, x: float, y: float, width: float, height: float) -> str:
    """Draw a gap: something that is not a number, and is not zero."""
    return box(x, y, width, height, f'fill="url(#{key}h)" stroke="{QUIET}" stroke-dasharray="3 3"')


def crossed(x: float, y: float, side: float) -> str:
    """Draw the mark of a suppressed number: of one size, whatever the number is."""
    cross = f'<path d="M{x:.5g} {y:.5g}l{side:.5g} {side:.5g}m0 {-side:.5g}l{-side:.5g} {side:.5g}" stroke="{INK}"/>'
    return box(x, y, side, side, f'fill="none" stroke="{INK}" stroke-width="1.5"') + cross


def fits(words: str, width: float) -> bool:
    """Say whether words fit level into a width."""
    return len(words) * SIZE * LETTER <= width


def over(x: float, middle: float, words: str, width: float, height: float = PLOT) -> str:
    """Print words on a white ground: level where they fit the width, else turned upwards."""
    turned = not fits(words, width)
    size = min(SIZE, width, height / (LETTER * len(words))) if turned else SIZE
    across = len(words) * size * LETTER
    ground = box(x - across / 2 - 3, middle - size / 2 - 1, across + 6, size + 2, 'fill="#fff"')
    both = ground + text(x, middle + size / 3, words, size=size)
    return f'<g transform="rotate(-90 {x:.5g} {middle:.5g})">{both}</g>' if turned else both


def labels_under(y: float, labels: Sequence[str], middles: Sequence[float], slot: float) -> Iterator[str]:
    """Print every label where they fit beside each other, else every second, third; a part of one without its days."""
    short = [label.partition(" (")[0] for label in labels]
    step = ceil(max(len(label) for label in short) * SIZE * (LETTER + 0.06) / slot)
    for at in range(0, len(labels), step):
        half = len(short[at]) * SIZE * LETTER / 2
        yield text(min(max(middles[at], half), WIDTH - half), y, short[at])


def legend_places(series: Sequence[Series]) -> list[tuple[float, int]]:
    """Give each name its place and line, from left to right and down; nothing where there is one series."""
    places, x, line = [], MARGIN, 0
    for name, _ in series if len(series) > 1 else ():
        width = len(name) * SIZE * LETTER + 40
        if x > MARGIN and x + width > WIDTH:
            x, line = MARGIN, line + 1
        places.append((x, line))
        x += width
    return places


def legend_height(places: Sequence[tuple[float, int]]) -> float:
    """Return how much room the names take."""
    return LINE * (places[-1][1] + 1) if places else 0


def zigzag(x: float, top: float, height: float, at: int) -> str:
    """Draw the broken line before a period, down to where the chart ends, with its letter over it."""
    steps = max(1, round(height / 20))
    down = height / (4 * steps - 1)
    line = f"M{x:g} {top:g}" + f"l4 {down:.5g}l-8 {down:.5g}l4 {down:.5g}m0 {down:.5g}" * steps
    broken = f'<path d="{line}" fill="none" stroke="{INK}" stroke-width="1.5"/>'
    return broken + text(x, top - 2, _letter(at), bold=True)


def note_lines(breaks: Sequence[Break]) -> list[str]:
    """Return the notes of breaks, each after its letter, in lines of the chart's width."""
    return [line for at, (_, note) in enumerate(breaks) for line in wrapped(f"{_letter(at)}: {note}", 100)]


def wrapped(note: str, letters: int) -> list[str]:
    """Return a note in lines of so many letters."""
    return textwrap.wrap(characters.printable(note), letters)


def notes(breaks: Sequence[Break], top: float) -> Iterator[str]:
    """Print the notes of breaks below a chart."""
    yield from (text(MARGIN, top + LINE * at, line, anchor="start") for at, line in enumerate(note_lines(breaks)))


def _letter(at: int) -> str:
    return chr(ord("A") + at % 26)


def box(x: float, y: float, width: float, height: float, look: str) -> str:
    """Draw a rectangle."""
    return f'<rect x="{x:.5g}" y="{y:.5g}" width="{width:.5g}" height="{height:.5g}" {look}/>'


def text(
    x: float, y: float, words: str, *, size: float = SIZE, anchor: str = "middle", bold: bool = False, fill: str = "",
) -> str:  # fmt: skip
    """Print words, centred on `x` or starting there."""
    look = (f' font-size="{size:.3g}"' if size != SIZE else "") + (' font-weight="bold"' if bold else "")
    look += f' fill="{fill}"' if fill else ""
    placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
    return f'<text x="{x:.5g}" y="{y:.5g}"{placed}{look}>{escaped(words)}</text>'


def escaped(words: str) -> str:
    """Return text that is text in any part of the document, without what XML cannot hold."""
    return escape(characters.printable(words))
