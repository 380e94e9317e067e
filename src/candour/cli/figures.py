"""`candour figures`: how many, as a table with everything it rests on."""

import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.cli import door, grids, side_by_side, words
from candour.rules import years
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.figures.beside import Beside
    from candour.figures.differences import Seen
    from candour.figures.questions import Question
    from candour.figures.tables import Table
    from candour.ledger.coordinates import AsAt

PRINTED = ("csv", "svg")
"""Formats that may go to standard output; the others are files."""
YEARS_BACK = 4


def asking(parser: words.Parser) -> None:
    """Add what a table is asked by, the same for every command that makes one."""
    parser.add_argument(
        "--measure", required=True, metavar="SLUG", help="such as events, all-incidents, people-affected"
    )
    parser.add_argument("--by", default="financial-year", type=years.kind, metavar="KIND", help=", ".join(years.KINDS))
    parser.add_argument("--from", dest="from_", type=words.day, metavar="DATE", help="the first day (default: 5 years)")
    parser.add_argument("--to", type=words.day, metavar="DATE", help="the last day, inclusive")
    parser.add_argument("--group", default="", metavar="FIELD[,FIELD]", help="one row for each value, such as tier")
    parser.add_argument(
        "--where", action="append", default=[], type=words.pair, metavar="FIELD=VALUE", help="only these"
    )
    parser.add_argument(
        "--basis", metavar="MOMENT", help="which moment decides the period (default: the measure's own)"
    )
    parser.add_argument("--as-at", type=words.day, metavar="DATE", help="the end of that day (default: today)")
    parser.add_argument("--ledger-number", type=int, metavar="N", help="what the record knew then (default: its head)")


def arguments(parser: words.Parser) -> None:
    asking(parser)
    parser.add_argument("--against", type=int, metavar="N", help="name each incident that counted otherwise at N")
    parser.add_argument(
        "--across", action="store_true", help="the bodies that share the measure with this one, their sponsor"
    )
    parser.add_argument("--beside", metavar="NAME", help="what others published (`candour statement load`)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where to write it")
    words.shared(parser, "csv", "ods", "xlsx", "svg", "pdf")
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Count, and print or write the table."""
    acting = door.acting(args)
    from candour.figures import beside, differences

    if side_by_side.asked(args):
        as_at = acting.coordinates(args.as_at, args.ledger_number)
        question = _question(args, acting, as_at, "" if args.group == side_by_side.BODY else args.group)
        _put(args, side_by_side.written(args, acting, question, as_at))
        return 0
    table = asked(args, acting)
    as_at, question = table.as_at, table.question
    different = None
    if args.against is not None:
        acting.coordinates(args.as_at, args.against)
        different = differences.seen(acting.body.pk, question, as_at, args.against, by=acting.by, today=acting.today)
    quoted = beside.beside(acting.body.pk, table, args.beside) if args.beside else None
    _put(args, _written(args.format, table, different, quoted, acting.body.name))
    return 0


def asked(args: words.Namespace, acting: door.Acting) -> "Table":
    """Make the table that the arguments ask for."""
    from candour.figures import tables

    as_at = acting.coordinates(args.as_at, args.ledger_number)
    return tables.table(acting.body.pk, _question(args, acting, as_at, args.group), as_at)


def _question(args: words.Namespace, acting: door.Acting, as_at: "AsAt", group: str) -> "Question":
    from candour.figures import questions
    from candour.organisation import classification
    from candour.reading import register

    where = {
        name: register.parse_value(name, value) if name in register.BY_NAME else value for name, value in args.where
    }
    groups = [name.strip() for name in group.split(",") if name.strip()]
    own = classification.own_slugs(acting.body, as_at.number)
    asked = {"group": groups, "where": where, "basis": args.basis, "own": own}
    return questions.question(args.measure, _periods(args, acting, as_at), **asked)


def _periods(args: words.Namespace, acting: door.Acting, as_at: "AsAt") -> tuple[years.Period, ...]:
    """The periods asked for; without days, the financial years up to the one the as-at day lies in."""
    from candour.organisation import queries

    start = queries.academic_start(acting.body, as_at) or years.ACADEMIC_START
    accounting = [
        years.Period(row.start, row.end, row.label, "accounting-period")
        for row in queries.accounting_periods(acting.body, as_at)
    ]
    first, last = _days(args, as_at.day)
    return years.periods(args.by, first, last, academic_start=start, accounting=accounting)


def _days(args: words.Namespace, as_at: date) -> tuple[date, date]:
    year = years.containing("financial-year", as_at)
    return args.from_ or date(year.start.year - YEARS_BACK, 4, 1), args.to or year.end


def _written(form: str, table: "Table", different: "Seen | None", quoted: "Beside | None", body: str) -> bytes:
    from candour.figures import leaflet, rendering

    if form == "json":
        rows = {} if different is None else _as_json(different)
        rows |= {"beside": quoted.as_json()} if quoted else {}
        return (json.dumps({**table.as_json(), **rows}, ensure_ascii=False, indent=2) + "\n").encode()
    if form == "text":
        return "\n".join([rendering.text(table), *_beside(table, quoted), *_differences(different)]).encode()
    return leaflet.pdf(table, sender=body) if form == "pdf" else rendering.written(table, form)


def _beside(table: "Table", quoted: "Beside | None") -> list[str]:
    if quoted is None:
        return []
    from candour.figures import rendering

    header, rows = rendering.grid(replace(table, groups=quoted.groups))
    source = f"As published: {quoted.about} ({quoted.document}, {years.spoken(quoted.said_on)})"
    return [source, *grids.grid(header, rows), ""]


def _as_json(different: "Seen") -> dict[str, Any]:
    return {
        "differences": [one.as_json() for one in different.rows],
        "differences_unseen": different.unseen,
    }


def _differences(different: "Seen | None") -> list[str]:
    if different is None:
        return []
    rows = [list(one.as_json().values()) for one in different.rows]
    header = ["incident", "period", "from", "to", "before", "after", "kind", "why", "entry"]
    more = [f"{different.unseen} more that you may not see.", ""] if different.unseen else []
    if not rows:
        return more or ["No incident counts otherwise.", ""]
    return [*grids.grid(header, rows), "", *more]


def _put(args: words.Namespace, content: bytes) -> None:
    if args.out:
        args.out.write_bytes(content)
        door.tell(f"written to {args.out}")
    elif args.format in {"text", "json", *PRINTED}:
        sys.stdout.write(content.decode())
    else:
        raise WrongInput(f"{args.format} is a file; say where to write it with --out FILE")
