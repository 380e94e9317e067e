"""`candour incident-list`: the incidents, a line for each, as they may be published."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from candour.cli import door, figures, grids, words
from candour.rules import years
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.figures.listing import Listed
    from candour.figures.questions import Question
    from candour.ledger.coordinates import AsAt

FILES = ("ods", "xlsx", "pdf")
"""Formats that are files; the others may go to standard output."""


def arguments(parser: words.Parser) -> None:
    figures.asking(parser, measure="all-incidents", back="this year", kinds=False)
    parser.add_argument(
        "--with",
        dest="more",
        default="",
        metavar="FIELD[,FIELD]",
        help="more in a line: takes a reason, and is recorded",
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why that tells nothing of a person")
    parser.add_argument("--decision", type=int, metavar="N", help="the list that entry N decided, as it was then")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it")
    words.shared(parser, "csv", *FILES)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """List, and print or write the list."""
    if args.format in FILES and not args.out:
        raise WrongInput(f"{args.format} is a file; say where to write it with --out FILE")
    acting = door.acting(args)
    content = _written(args.format, _found(args, acting), acting.body.name)
    if args.out:
        args.out.write_bytes(content)
        door.tell(f"written to {args.out}")
    else:
        sys.stdout.write(content.decode())
    return 0


def _found(args: words.Namespace, acting: door.Acting) -> "Listed":
    from candour.figures import listing

    if args.decision is not None:
        return listing.decided(acting.body, args.decision, by=acting.by, at=acting.at)
    as_at = acting.coordinates(args.as_at, args.ledger_number)
    asked = listing.Asked(_question(args, acting, as_at), listing.names(args.more))
    if not args.reason:
        return listing.listed(acting.body, asked, as_at, by=acting.by, at=acting.at)
    number = listing.decide(acting.body, asked, as_at, reason=args.reason, by=acting.by, at=acting.at)
    door.tell(f"Recorded by entry {number}; --decision {number} gives the same list again.")
    return listing.decided(acting.body, number, by=acting.by, at=acting.at)


def _question(args: words.Namespace, acting: door.Acting, as_at: "AsAt") -> "Question":
    """The question of one span; without days, the financial year up to the as-at day."""
    year = years.containing("financial-year", as_at.day)
    args.by, args.from_, args.to = "span", args.from_ or year.start, args.to or year.end
    return figures.question(args, acting, as_at, "")


def _written(form: str, found: "Listed", sender: str) -> bytes:
    from candour.figures import list_writing

    if form != "text":
        return list_writing.written(found, form, sender=sender)
    lines = grids.grid(found.asked.header, found.lines())
    return "\n".join([*lines, "", *(f"{name}: {says}" for name, says in found.about()), ""]).encode()
