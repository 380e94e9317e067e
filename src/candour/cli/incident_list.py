"""`candour incident-list`: the incidents, a line for each, as they may be published."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from candour.cli import door, grids, words
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.figures.listing import Listed


def arguments(parser: words.Parser) -> None:
    parser.add_argument(
        "--from", dest="from_", type=words.day, metavar="DATE", help="the first day (default: this year)"
    )
    parser.add_argument("--to", type=words.day, metavar="DATE", help="the last day, inclusive")
    parser.add_argument("--basis", default="logged", metavar="MOMENT", help="which moment decides (default: logged)")
    parser.add_argument("--as-at", type=words.day, metavar="DATE", help="the end of that day (default: today)")
    parser.add_argument("--ledger-number", type=int, metavar="N", help="what the record knew then (default: its head)")
    parser.add_argument(
        "--with",
        dest="more",
        default="",
        metavar="FIELD[,FIELD]",
        help="more in a line: takes a reason, and is recorded",
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why that tells nothing of a person")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it")
    words.shared(parser, "csv", "ods")
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """List, and print or write the list."""
    if args.format == "ods" and not args.out:
        raise WrongInput("ods is a file; say where to write it with --out FILE")
    acting = door.acting(args)
    from candour.figures import listing

    as_at = acting.coordinates(args.as_at, args.ledger_number)
    first, last = listing.default_days(as_at.day)
    asked = listing.Asked(args.from_ or first, args.to or last, args.basis, listing.names(args.more))
    found = listing.listed(acting.body, asked, as_at, reason=args.reason, by=acting.by, at=acting.at)
    content = _written(args.format, found)
    if args.out:
        args.out.write_bytes(content)
        door.tell(f"written to {args.out}")
    else:
        sys.stdout.write(content.decode())
    return 0


def _written(form: str, found: "Listed") -> bytes:
    from candour.figures import listing

    if form == "json":
        return (json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n").encode()
    if form == "text":
        lines = grids.grid(found.header, found.lines)
        return "\n".join([*lines, "", *(f"{name}: {says}" for name, says in found.about()), ""]).encode()
    return listing.written(found, form)
