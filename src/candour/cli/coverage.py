"""`candour coverage`: since when this register knows something, and where somebody searched besides."""

from datetime import date
from typing import Any

from candour.cli import door, grids, words

TABLES = {
    "coverage": ("measure", "fact", "since", "until", "where", "kept_in", "reason"),
    "searches": ("measure", "since", "until", "where", "places", "searcher", "searched_on"),
    "statements": ("measure", "label", "value", "said_on", "document"),
    "breaks": ("measure", "day", "note"),
}
"""What is shown of each, by the names of the table's columns."""


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    _set(deeds.add_parser("set", help="state from when, and until when, the register records a measure"))
    _searched(deeds.add_parser("searched", help="record a search that found nothing: not held"))
    show = deeds.add_parser("show", help="show coverage, searches, statements and breaks")
    show.add_argument("--ledger-number", type=int, metavar="N", help="what the record knew then (default: its head)")
    words.shared(show)
    show.set_defaults(run=show_all)


def _set(parser: words.Parser) -> None:
    parser.add_argument("--measure", required=True, metavar="SLUG")
    parser.add_argument("--from", dest="from_", required=True, type=words.day, metavar="DATE")
    parser.add_argument(
        "--to", type=words.day, metavar="DATE", help="the last day, inclusive (default: still recorded)"
    )
    parser.add_argument(
        "--where", action="append", default=[], type=words.pair, metavar="FIELD=VALUE", help="only these"
    )
    parser.add_argument("--fact", default="", metavar="FIELD", help="since when this fact of them is recorded")
    parser.add_argument("--kept-in", metavar="TEXT", help="in which register or sheet")
    parser.add_argument("--reason", required=True, metavar="TEXT", help="how that is known")
    words.shared(parser)
    parser.set_defaults(run=set_)


def _searched(parser: words.Parser) -> None:
    parser.add_argument("--measure", required=True, metavar="SLUG")
    parser.add_argument("--from", dest="from_", required=True, type=words.day, metavar="DATE")
    parser.add_argument("--to", required=True, type=words.day, metavar="DATE", help="the last day, inclusive")
    parser.add_argument(
        "--where", action="append", default=[], type=words.pair, metavar="FIELD=VALUE", help="only these"
    )
    parser.add_argument("--places", required=True, metavar="TEXT", help="where was searched")
    parser.add_argument("--by", required=True, metavar="NAME", help="who searched")
    parser.add_argument("--on", required=True, type=words.day, metavar="DATE", help="when")
    words.shared(parser)
    parser.set_defaults(run=searched)


def set_(args: words.Namespace) -> int:
    """State coverage."""
    acting = door.acting(args)
    from candour.figures import actions

    number = actions.state_coverage(
        acting.body,
        args.measure,
        since=args.from_,
        until=args.to,
        where=dict(args.where),
        fact=args.fact,
        kept_in=args.kept_in,
        reason=args.reason,
        by=acting.by,
        at=acting.at,
    )
    door.said(args, number, f"coverage of {args.fact or args.measure}")
    return 0


def searched(args: words.Namespace) -> int:
    """Record a search."""
    acting = door.acting(args)
    from candour.figures import actions

    number = actions.record_search(
        acting.body,
        args.measure,
        since=args.from_,
        until=args.to,
        places=args.places,
        searcher=args.by,
        on=args.on,
        where=dict(args.where),
        by=acting.by,
        at=acting.at,
    )
    door.said(args, number, f"search for {args.measure}")
    return 0


def show_all(args: words.Namespace) -> int:
    """Print what the body says about its own knowing."""
    acting = door.acting(args)
    from candour.figures import coverage

    known = coverage.knowledge(acting.body.pk, acting.coordinates(None, args.ledger_number).number)
    found = zip(TABLES, (known.covered, known.searches, known.statements, known.breaks), strict=True)
    rows = {name: [_said(row, TABLES[name]) for some in table.values() for row in some] for name, table in found}
    lines = [line for name, fields in TABLES.items() if rows[name] for line in _grid(name, fields, rows[name])]
    door.say(args, rows, lines or ["nobody has stated since when this register knows anything"])
    return 0


def _said(row: object, fields: tuple[str, ...]) -> dict[str, Any]:
    values = {field: getattr(row, "only" if field == "where" else field) for field in fields}
    return {field: value.isoformat() if isinstance(value, date) else value for field, value in values.items()}


def _grid(name: str, fields: tuple[str, ...], rows: list[dict[str, Any]]) -> list[str]:
    return [name.capitalize(), *grids.grid(fields, ([row[field] or "" for field in fields] for row in rows)), ""]
