"""`candour screen`: may these files leave; starts no Django unless --body is named."""

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.cli import door, words
from candour.rules.plurals import plural
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.screening import apart, looking
    from candour.screening.cleaning.made import Area, Rendition
    from candour.screening.findings import Known

_AREA = "remove an area of a PDF, with --clean; in points from the page's top left"
CHILDREN = 4
"""Files that are looked into side by side, where there are as many processors."""


@dataclass(frozen=True)
class Screened:
    """What was found in one file, and the clean rendition that was written beside it, with its own report."""

    path: str
    report: "looking.Report"
    clean: Path | None = None
    again: "looking.Report | None" = None
    left_out: tuple[str, ...] = ()

    def as_json(self, *, cleaning: bool) -> dict[str, Any]:
        """The keys that users script against; `clean` only where it was asked for."""
        said = {"file": self.path, **_said(self.report)}
        if cleaning:
            left_out = {"left_out": list(self.left_out)}
            said["clean"] = {"file": str(self.clean), **_said(self.again), **left_out} if self.again else None
        return said


def arguments(parser: words.Parser) -> None:
    parser.add_argument("files", nargs="+", metavar="FILE", help="files or folders; - for standard input")
    parser.add_argument("--name", default="standard-input", metavar="NAME", help="the name of what - reads")
    parser.add_argument("--clean", type=Path, metavar="DIR", help="write a clean rendition of each file there")
    parser.add_argument("--remove", action="append", default=[], metavar="WORDS", help="remove words, with --clean")
    parser.add_argument("--area", action="append", default=[], metavar="PAGE:LEFT,TOP,RIGHT,BOTTOM", help=_AREA)
    parser.add_argument("--names", type=words.existing, metavar="FILE", help="names to look for, one a line")
    parser.add_argument("--reference", action="append", default=[], metavar="PATTERN", help="own references: INC-####")
    parser.add_argument("--threshold", type=int, metavar="N", help="counts under N are small, and block")
    parser.add_argument("--columns", default="", metavar="A,B", help="the columns that a table may have")
    parser.add_argument("--rows", type=int, metavar="N", help="how many rows a table may have below its header")
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Look into each file, and print; 3 where one may not leave as it is."""
    from candour.screening import apart

    if (args.remove or args.area) and not args.clean:
        raise WrongInput("say with --clean where the files without those words and areas are to go")
    paths = [path for text in args.files for path in _paths(text)]
    with apart.Lookers(min(CHILDREN, os.cpu_count() or 1, len(paths) or 1), _known(args)) as lookers:
        screened = list(_each(lookers, paths, args))
    said = {"files": [one.as_json(cleaning=bool(args.clean)) for one in screened]}
    door.say(args, said, (line for one in screened for line in _lines(one, cleaning=bool(args.clean))))
    met = Counter(str(one.report.verdict) for one in screened)
    if len(screened) != 1:
        clear, look, blocked = (met[verdict] for verdict in ("clear", "warn", "block"))
        door.tell(f"{plural(len(screened), 'file')}: {clear:,} clear, {look:,} to look at, {blocked:,} blocked")
    return 3 if met["block"] else 0


def _paths(text: str) -> Iterator[Path]:
    path = Path(text).expanduser()
    if path.is_dir():
        yield from sorted(one for one in path.rglob("*") if one.is_file() and not one.is_symlink())
    elif path.is_file() or text == "-":
        yield path
    else:
        raise WrongInput(f"there is no file {text}")


def _known(args: words.Namespace) -> "Known":
    from candour.screening.findings import Known

    given = args.names.read_text(encoding="utf-8").splitlines() if args.names else []
    names = frozenset(name.strip() for name in given if name.strip())
    columns = tuple(name.strip() for name in args.columns.split(",") if name.strip())
    about = _of_body(args) if args.body else Known()
    references = (*args.reference, *about.references)
    return Known(names | about.names, references, args.threshold, columns, about.suppliers, args.rows)


def _of_body(args: words.Namespace) -> "Known":
    """Return what is known of the body to whoever acts: who reported incidents only to who may see these."""
    acting = door.acting(args)
    from candour.organisation import known, people

    sees = [deed for deed in known.TOLD if people.may(acting.by, deed, acting.today)]
    return known.of(acting.body, acting.today, sees=sees)


def _each(lookers: "apart.Lookers", paths: list[Path], args: words.Namespace) -> Iterator[Screened]:
    with door.progress(len(paths), "looking", "file") as bar:
        for one in lookers.each(lambda path: _screened(lookers, path, args), paths):
            bar.update(1)
            yield one


def _screened(lookers: "apart.Lookers", path: Path, args: words.Namespace) -> Screened:
    shown = args.name if str(path) == "-" else str(path)
    content = _content(path)
    if isinstance(content, str):
        return Screened(shown, _unread(path, content))
    report = lookers.look(content, Path(shown).name)
    made = _made(lookers, content, Path(shown).name, args) if args.clean and content else None
    if made is None:
        return Screened(shown, report)
    written = _write(args.clean, made.name, made.content)
    return Screened(shown, report, written, lookers.look(made.content, made.name), made.left_out)


def _made(lookers: "apart.Lookers", content: bytes, name: str, args: words.Namespace) -> "Rendition | None":
    """Make the clean rendition; with --remove or --area one without those, of what can be redacted."""
    from candour.screening import apart

    areas = [_area(text) for text in args.area]
    if args.remove or areas:
        return apart.redacted(content, name, args.remove, areas)
    return lookers.clean(content, name)


def _area(text: str) -> "Area":
    from candour.screening.cleaning.made import Area

    page, _, edges = text.partition(":")
    try:
        left, top, right, bottom = (float(edge) for edge in edges.split(","))
        return Area(int(page), left, top, right, bottom)
    except ValueError:
        raise WrongInput(f"{text!r} is no area; write it as PAGE:LEFT,TOP,RIGHT,BOTTOM") from None


def _content(path: Path) -> bytes | str:
    """Return the bytes of a file, or why they cannot be had."""
    from candour.screening.inside import Limits

    try:
        if str(path) == "-":
            return sys.stdin.buffer.read()
        if path.stat().st_size > Limits().largest:
            return f"it is larger than {Limits().largest >> 20} MB"
        return path.read_bytes()
    except OSError as fault:
        return fault.strerror or "it cannot be read"


def _unread(path: Path, why: str) -> "looking.Report":
    from candour.screening import looking
    from candour.screening.findings import told

    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        digest = ""
    return looking.Report(path.name, digest, looking.UNKNOWN_TYPE, (told(looking.UNREADABLE, path.name, why),))


def _write(folder: Path, name: str, content: bytes) -> Path:
    """Write a file under its name, or the next free one; nothing that is there is written over."""
    folder.mkdir(parents=True, exist_ok=True)
    plain, ending = Path(name).stem, Path(name).suffix
    for number in range(1, 100_000):
        path = folder / (name if number == 1 else f"{plain}-{number}{ending}")
        try:
            with path.open("xb") as file:
                file.write(content)
        except FileExistsError:
            continue
        return path
    raise WrongInput(f"{folder} holds too many files called {name}")


def _said(report: "looking.Report") -> dict[str, Any]:
    findings = [{**vars(finding)} for finding in report.findings]
    return {"sha256": report.sha256, "type": report.type, "verdict": report.verdict, "findings": findings}


def _lines(one: Screened, *, cleaning: bool) -> Iterator[str]:
    from candour.screening.cleaning.made import instead

    yield f"{one.report.verdict:<5} {one.path}  ({one.report.type})"
    yield from (f"      {finding.where}\n        {finding.what} [{finding.code}]" for finding in one.report.findings)
    if one.again:
        yield f"      clean rendition: {one.clean}  ({one.again.verdict})"
        yield from (f"        left out: {what}" for what in one.left_out)
        yield from (f"        {finding.where}: {finding.what} [{finding.code}]" for finding in one.again.findings)
    elif cleaning:
        yield f"      no clean rendition: {instead(one.report.type)}"
