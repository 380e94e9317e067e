"""`candour load`: a register that was kept elsewhere comes in, and a load can be undone as a whole."""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from candour.cli import door, words
from candour.rules.plurals import plural
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.incidents.loading import Report
    from candour.reading import mapping

MOST_LINES = 20
"""Rows held back that are shown on a terminal; the held-back file and the JSON have them all."""


def arguments(parser: words.Parser) -> None:
    parser.add_argument("file", nargs="?", type=words.existing, metavar="FILE", help="xlsx, xls, ods or csv")
    parser.add_argument("--mapping", type=words.existing, metavar="MAP.toml", help="which column is which field")
    parser.add_argument("--sheet", metavar="NAME", help="which sheet of the file")
    parser.add_argument("--source", metavar="NAME", help="which register it was (default: the file's name)")
    parser.add_argument("--dry-run", action="store_true", help="only say what would be done")
    parser.add_argument("--update", action="store_true", help="what a known reference says now is a change from today")
    parser.add_argument(
        "--held-back", type=Path, metavar="FILE.csv", help="write the rows held back, with their problem"
    )
    parser.add_argument("--undo", type=int, metavar="NUMBER", help="void what the load with this ledger number brought")
    parser.add_argument("--reason", metavar="TEXT", help="why it is undone")
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Load, or undo a load; 3 where rows are held back or were changed since."""
    if (args.file is None) == (args.undo is None):
        raise WrongInput("name the FILE to load, or the load to take back with --undo NUMBER --reason TEXT")
    return _load(args) if args.undo is None else _undo(args)


def _load(args: words.Namespace) -> int:
    from candour.incidents import loading
    from candour.reading import mapping

    guide = mapping.load(args.mapping) if args.mapping else mapping.Guide()
    acting = door.acting(args)
    try:
        report = read_in(
            acting,
            args.file,
            source=args.source,
            guide=guide,
            sheet=args.sheet,
            update=args.update,
            dry_run=args.dry_run,
        )
    except loading.Unusable as refusal:
        _write(refusal.report, args.held_back)
        raise
    _write(report, args.held_back)
    door.say(args, report.as_json(), _lines(report, dry_run=args.dry_run))
    return 3 if report.held_back else 0


def read_in(
    acting: door.Acting,
    path: Path,
    *,
    source: str | None = None,
    guide: "mapping.Guide | None" = None,
    sheet: str | None = None,
    update: bool = False,
    dry_run: bool = False,
) -> "Report":
    """Load one file and return what was done; loading.Unusable where no row can be used."""
    from candour.incidents import loading
    from candour.reading import mapping, register

    with (
        register.open_register(path, guide=guide or mapping.Guide(), sheet=sheet, today=acting.today) as reading,
        door.counted("load") as progress,
    ):
        return loading.load(
            reading,
            body=acting.body,
            source=source or path.name,
            update=update,
            dry_run=dry_run,
            by=acting.by,
            at=acting.at,
            progress=progress,
        )


def _write(report: "Report", path: Path | None) -> None:
    """Write the rows held back as they were, with their problems in a last column, ready to be mended and loaded."""
    if path is None:
        return
    rows: dict[int, tuple[list[str], list[str]]] = {}
    for held in report.held_back:
        rows.setdefault(held.row, (list(held.raw), []))[1].append(f"{held.column}: {held.problem}")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([*report.about.header, "problem"])
        writer.writerows([*raw, "; ".join(problems)] for raw, problems in rows.values())


def _lines(report: "Report", *, dry_run: bool) -> Iterator[str]:
    about = report.about
    sheet = f", sheet {about.sheet}" if about.sheet else ""
    yield f"{about.file}{sheet}: {plural(about.read, 'row')} read below the header in row {about.header_row}"
    done = "would be loaded" if dry_run else "loaded"
    yield (
        f"{report.loaded:,} {done}, {report.updated:,} updated, {report.already_there:,} there already, "
        f"{report.rows_held_back:,} held back"
    )
    yield "columns: " + ", ".join(f"{name} from {column!r}" for name, column in about.mapping.items())
    if about.unmapped:
        yield f"not used, for no field is known by that name: {', '.join(about.unmapped)}"
    yield from (
        f"row {held.row}, {held.column} {held.value!r}: {held.problem}" for held in report.held_back[:MOST_LINES]
    )
    if len(report.held_back) > MOST_LINES:
        yield f"and {len(report.held_back) - MOST_LINES:,} more; --held-back FILE.csv writes them all"
    yield from (f"doubt: {doubt}" for doubt in map(_said, report.doubts[:MOST_LINES]))
    yield from (f"looks like another: {pair}" for pair in map(_said, report.duplicates[:MOST_LINES]))
    if report.ledger_number and not dry_run:
        yield f"entry {report.ledger_number} closes the load: candour load --undo {report.ledger_number} takes it back"


def _said(row: Mapping[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in row.items())


def _undo(args: words.Namespace) -> int:
    acting = door.acting(args)
    from candour.incidents import undoing

    with door.counted("undo") as progress:
        undone = undoing.undo(
            acting.body, args.undo, reason=args.reason or "", by=acting.by, at=acting.at, progress=progress
        )
    lines = [f"{plural(undone.voided, 'incident')} voided, {plural(undone.taken_back, 'change')} taken back"]
    lines += [f"changed since and kept: {reference}" for reference in undone.kept]
    door.say(args, undone.as_json(), lines)
    return 3 if undone.kept else 0
