"""`candour figures`: how many, as a table with everything it rests on."""

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from candour.cli import asides, door, protection, side_by_side, words
from candour.rules import years
from candour.rules.refusals import WrongInput
from candour.rules.rights import Deed

if TYPE_CHECKING:
    from candour.figures.questions import Question
    from candour.figures.tables import Table
    from candour.ledger.coordinates import AsAt

PRINTED = ("csv", "svg")
"""Formats that may go to standard output; the others are files."""
YEARS_BACK = 4


def asking(
    parser: words.Parser, *, measure: str | None = None, back: str = "5 years", kinds: bool = True
) -> None:  # fmt: skip
    """Add what a table is asked by, the same for every command that makes one.

    `measure`: the one by itself, `back`: how far, `kinds`: whether there are periods of a kind and rows.
    """
    parser.add_argument(
        "--measure", required=measure is None, default=measure, metavar="SLUG",
        help="such as events, all-incidents, people-affected",
    )  # fmt: skip
    if kinds:
        _kinds(parser)
    parser.add_argument("--from", dest="from_", type=words.day, metavar="DATE", help=f"the first day (default: {back})")
    parser.add_argument("--to", type=words.day, metavar="DATE", help="the last day, inclusive")
    parser.add_argument(
        "--where", action="append", default=[], type=words.pair, metavar="FIELD=VALUE", help="only these"
    )
    parser.add_argument(
        "--basis", metavar="MOMENT", help="which moment decides the period (default: the measure's own)"
    )
    parser.add_argument("--as-at", type=words.day, metavar="DATE", help="the end of that day (default: today)")
    parser.add_argument("--ledger-number", type=int, metavar="N", help="what the record knew then (default: its head)")


def _kinds(parser: words.Parser) -> None:
    parser.add_argument("--by", default="financial-year", type=years.kind, metavar="KIND", help=", ".join(years.KINDS))
    parser.add_argument("--group", default="", metavar="FIELD[,FIELD]", help="one row for each value, such as tier")
    parser.add_argument(
        "--merge", action="append", default=[], metavar="FIELD=VALUE|VALUE",
        help="make one row of several; periods=2011/12|2012/13 makes one period",
    )  # fmt: skip


def arguments(parser: words.Parser) -> None:
    asking(parser)
    asides.asking(parser)
    parser.add_argument(
        "--across", action="store_true", help="the bodies that share the measure with this one, their sponsor"
    )
    protection.asking(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it")
    words.shared(parser, "csv", "ods", "xlsx", "svg", "pdf")
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Count, and print or write the table."""
    acting = door.acting(args)
    acting.check(Deed.SEE_FIGURES)
    if side_by_side.asked(args):
        protection.refuse_across(args)
        as_at = acting.coordinates(args.as_at, args.ledger_number)
        found = question(args, acting, as_at, "" if args.group == side_by_side.BODY else args.group)
        _put(args, side_by_side.written(args, acting, found, as_at))
        return 0
    table = asked(args, acting)
    if (safe := protection.protected(args, acting, table)) is not None:
        _put(args, _written(args, acting, safe.table, [safe]))
    else:
        _put(args, _written(args, acting, table, list(asides.asides(args, acting, table))))
    return 0


def asked(args: words.Namespace, acting: door.Acting) -> "Table":
    """Make the table that the arguments ask for."""
    from candour.figures import merges, merging, tables

    as_at = acting.coordinates(args.as_at, args.ledger_number)
    table = tables.table(acting.body.pk, question(args, acting, as_at, args.group), as_at)
    return merging.merged(table, [merges.read(text) for text in args.merge])


def question(args: words.Namespace, acting: door.Acting, as_at: "AsAt", group: str) -> "Question":
    """Make the question that the arguments ask, grouped by facts apart by commas."""
    from candour.figures import asking, definitions, questions
    from candour.organisation import classification

    groups = [name.strip() for name in group.split(",") if name.strip()]
    own = classification.own_slugs(acting.body, as_at.number)
    questions.check_facts([name for name, _ in args.where], own)
    read = asking.written if side_by_side.asked(args) else asking.values
    where = read(acting.body, dict(args.where), as_at.number)
    measure = definitions.measure(acting.body.pk, args.measure, as_at.number)
    periods = asking.periods(acting.body, args.by, *_days(args, as_at.day), as_at)
    return questions.question(measure, periods, group=groups, where=where, basis=args.basis, own=own)


def _days(args: words.Namespace, as_at: date) -> tuple[date, date]:
    """The days asked for; without them, the financial years up to the one the as-at day lies in."""
    year = years.containing("financial-year", as_at)
    return args.from_ or date(year.start.year - YEARS_BACK, 4, 1), args.to or year.end


def _written(
    args: words.Namespace, acting: door.Acting, table: "Table", beside: Sequence[asides.Aside]
) -> bytes:  # fmt: skip
    from candour.figures import leaflet, rendering

    if args.format == "json":
        data = table.as_json() | {name: said for aside in beside for name, said in aside.data.items()}
        return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()
    if args.format == "text":
        return "\n".join([rendering.text(table), *(line for aside in beside for line in aside.lines)]).encode()
    return (
        leaflet.pdf(table, sender=acting.body.name) if args.format == "pdf" else rendering.written(table, args.format)
    )


def _put(args: words.Namespace, content: bytes) -> None:
    if args.out:
        args.out.write_bytes(content)
        door.tell(f"written to {args.out}")
    elif args.format in {"text", "json", *PRINTED}:
        sys.stdout.write(content.decode())
    else:
        raise WrongInput(f"{args.format} is a file; say where to write it with --out FILE")
