"""`candour annual-report`: the personal data incidents of a year, in the tables of an Annual Report."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.cli import door, words
from candour.rules import years
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.figures.annual import Annual


def asking(parser: words.Parser) -> None:
    """Ask for a year, and the two coordinates."""
    parser.add_argument("--year", required=True, metavar="YEAR", help="a financial year, such as 2015/16")
    parser.add_argument("--as-at", type=words.day, metavar="DATE", help="the end of that day (default: today)")
    parser.add_argument("--ledger-number", type=int, metavar="N", help="what the record knew then (default: its head)")


def arguments(parser: words.Parser) -> None:
    asking(parser)
    parser.add_argument("--out", type=Path, metavar="DIR", help="write the draft there as PDF, DOCX, ODT and HTML")
    words.shared(parser)
    parser.set_defaults(run=run)


def asked(args: words.Namespace, acting: door.Acting) -> "Annual":
    """Make the tables of the year asked for; WrongInput where it is none."""
    from candour.figures import annual

    year = years.read(args.year)
    if year is None or year.kind != "financial-year":
        raise WrongInput(f"{args.year!r} is not a financial year; write it as 2015/16")
    return annual.annual(acting.body, year, acting.coordinates(args.as_at, args.ledger_number))


def run(args: words.Namespace) -> int:
    """Make the tables, and write the draft where --out asks for it."""
    acting = door.acting(args)
    found = asked(args, acting)
    if args.out:
        _write(acting, found, args.out)
    door.say(args, as_json(found), list(_lines(found)))
    return 0


def _write(acting: door.Acting, found: "Annual", folder: Path) -> None:
    from candour.documents import letter
    from candour.figures import annual_paper

    paper = annual_paper.paper(acting.body, found)
    folder.mkdir(parents=True, exist_ok=True)
    for form, make in {"pdf": letter.pdf, "docx": letter.docx, "odt": letter.odt, "html": letter.html}.items():
        (folder / f"annual-report.{form}").write_bytes(make(paper))
    door.tell(f"written to {folder}")


def as_json(found: "Annual") -> dict[str, Any]:
    """Return the tables as JSON."""
    return {
        "year": found.year.label,
        "as_at": found.as_at.day.isoformat(),
        "ledger_number": found.as_at.number,
        "table_1": [vars(one) for one in found.listed],
        "table_2": [vars(one) for one in found.categories],
        "table_3": [table.as_json() for table in found.before],
        "reconciliation": list(found.reconciliation),
        "notes": list(found.notes),
    }


def _lines(found: "Annual") -> list[str]:
    first = [f"{one.month}: {one.nature}; {one.data}; people: {one.people}; {one.notification}" for one in found.listed]
    second = [f"{one.code or '-':4} {one.total or 'nil':>5}  {one.label}" for one in found.categories]
    return [
        f"Personal data incidents, {found.year.label}",
        "Table 1, reported to the Information Commissioner:",
        *(first or ["nil"]),
        "Table 2, others by category:",
        *second,
        *found.reconciliation,
        *found.notes,
    ]
