"""Looks into the files of strangers, and cleans them, in child processes: a hostile file ends only its child.

A child that crashes, hangs or asks for too much memory makes a finding that blocks, with the reason.
"""

import base64
import hashlib
from collections.abc import Callable, Collection
from itertools import islice
from typing import Any, Self

from candour.reading import children, warm
from candour.rules.refusals import WrongInput
from candour.screening import families, kinds, looking
from candour.screening.cleaning.made import Area, Drawn, Rendition
from candour.screening.findings import Check, Finding, Known, Severity, Text, Unreadable, told
from candour.screening.inside import Inside

_Run = Callable[..., Any]

SECONDS = 60
"""Seconds of processor time for one file with all that is in it."""
MEMORY = 1 << 30
"""Bytes of address space for one file with all that is in it."""
LONGEST, MOST = 4_000, 500
"""Letters of a text, and texts of a file, that are read for a person to compare."""
_WARMED = ("candour.screening.apart", *families.MODULES)

CRASH = Check(
    "file.crash", Severity.BLOCK, "Looking into the file failed", "Do not send it as it is; a clean rendition may go"
)


class Lookers:
    """Warmed children for many files; `look` and `clean` may be called from several threads."""

    def __init__(self, count: int, known: Known | None = None) -> None:
        self._known = known or Known()
        self._pool = warm.Pool(count, *_WARMED, memory=MEMORY, seconds=SECONDS)
        self.each = self._pool.each

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(self, *how: object) -> None:
        self._pool.__exit__()

    def look(self, content: bytes, name: str) -> looking.Report:
        """Look into one file, in whichever child is idle first."""
        return _looked(self._pool.run, content, name, self._known)

    def clean(self, content: bytes, name: str) -> Rendition | None:
        """Make the clean rendition of one file."""
        return _cleaned(self._pool.run, content, name)

    def read(self, content: bytes, name: str) -> list[Text]:
        """Return the texts of one file, hidden ones too, each cut short; none where it cannot be read."""
        try:
            return [Text(*said) for said in self._pool.run(reading, content, name)]
        except WrongInput:
            return []


def look(content: bytes, name: str, known: Known | None = None) -> looking.Report:
    """Look into one file in a child of its own."""
    return _looked(_alone, content, name, known or Known())


def clean(content: bytes, name: str) -> Rendition | None:
    """Make the clean rendition of one file in a child of its own; None where none can be made."""
    return _cleaned(_alone, content, name)


def redacted(content: bytes, name: str, words: Collection[str] = (), areas: Collection[Area] = ()) -> Rendition:
    """Remove words, and areas of a PDF, in a child of its own. Raises WrongInput for a file that cannot be redacted."""
    return _rendition(_alone(redacting, content, name, list(words), _told(areas)))


def page(content: bytes, name: str, number: int, areas: Collection[Area] = ()) -> Drawn:
    """Draw a page of a PDF under a grid of millimetres, in a child of its own. Raises WrongInput where it cannot be."""
    drawn, pages, width, height = _alone(drawing, content, name, number, _told(areas))
    return Drawn(base64.b64decode(drawn), pages, width, height)


def _alone(*call: Any) -> Any:
    return children.run(*call, memory=MEMORY, seconds=SECONDS)


def _looked(run: _Run, content: bytes, name: str, known: Known) -> looking.Report:
    try:
        said = run(answered, content, name, _as_plain(known))
    except WrongInput as why:
        findings = (told(CRASH, name, str(why).rstrip(".")),)
        return looking.Report(name, hashlib.sha256(content).hexdigest(), looking.UNKNOWN_TYPE, findings)
    return _report(said)


def _cleaned(run: _Run, content: bytes, name: str) -> Rendition | None:
    try:
        said = run(rendered, content, name)
    except WrongInput:
        return None
    return _rendition(said) if said else None


def _told(areas: Collection[Area]) -> list[list[float]]:
    return [[area.page, area.left, area.top, area.right, area.bottom] for area in areas]


def _as_told(made: Rendition) -> list[Any]:
    return [made.name, base64.b64encode(made.content).decode(), made.how, list(made.left_out)]


def _rendition(said: list[Any]) -> Rendition:
    name, content, how, left_out = said
    return Rendition(name, base64.b64decode(content), how, tuple(left_out))


def _as_plain(known: Known) -> list[Any]:
    names, suppliers = sorted(known.names), sorted(known.suppliers)
    return [names, list(known.references), known.threshold, list(known.columns), suppliers, known.rows]


def answered(content: bytes, name: str, known: list[Any]) -> list[Any]:
    """Be the child: look, and say what was found as JSON can carry it."""
    names, references, threshold, columns, suppliers, rows = known
    expected = Known(frozenset(names), tuple(references), threshold, tuple(columns), frozenset(suppliers), rows)
    report = looking.look(content, name, known=expected)
    return [report.name, report.sha256, report.type, [_sound(finding) for finding in report.findings]]


def _sound(finding: Finding) -> list[str]:
    """Return a finding in letters that any text can carry: names inside damaged files may hold halves of letters."""
    return [str(value).encode("utf-8", "replace").decode() for value in vars(finding).values()]


def rendered(content: bytes, name: str) -> list[Any] | None:
    """Be the child: clean, and say what came of it as JSON can carry it."""
    from candour.screening.cleaning import renditions  # noqa: PLC0415 - only a child pays for what it loads

    try:
        made = renditions.clean(content, name)
    except Unreadable:
        return None
    return _as_told(made) if made else None


def reading(content: bytes, name: str) -> list[Any]:
    """Be the child: read a file's texts."""
    kind = kinds.seen(content, name) if content else None
    family = families.of(kind) if kind else None
    if kind is None or family is None:
        return []
    try:
        found = family.texts(family.opens(content, Inside(name, kind)))
        return [[one.where, one.text[:LONGEST], one.hidden] for one in islice(found, MOST) if one.text.strip()]
    except Unreadable:
        return []


def redacting(content: bytes, name: str, words: list[str], areas: list[Any]) -> list[Any]:
    """Be the child: redact, and say what came of it as JSON can carry it."""
    from candour.screening.cleaning import renditions  # noqa: PLC0415 - as above

    try:
        made = renditions.redacted(content, name, words, [Area(*area) for area in areas])
    except Unreadable as why:
        raise WrongInput(f"{name}: {why}") from why
    return _as_told(made)


def drawing(content: bytes, name: str, number: int, areas: list[Any]) -> list[Any]:
    """Be the child: draw a page, and say what came of it as JSON can carry it."""
    from candour.screening.cleaning import grid  # noqa: PLC0415 - as above

    try:
        made = grid.drawn(content, number, [Area(*area) for area in areas])
    except Unreadable as why:
        raise WrongInput(f"{name}: {why}") from why
    return [base64.b64encode(made.content).decode(), made.pages, made.width, made.height]


def _report(said: list[Any]) -> looking.Report:
    name, sha256, kind, findings = said
    told_again = (Finding(code, Severity(severity), where, what) for code, severity, where, what in findings)
    return looking.Report(name, sha256, kind, tuple(told_again))
