"""`candour fact`: one fact of the body from a day on, and all that it says of itself on a day."""

from typing import Any

from candour.cli import door, grids, words
from candour.rules import years


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    set_ = deeds.add_parser("set", help="state a fact from a day on")
    set_.add_argument("name", metavar="NAME", help="such as staff, contractors-with-access, sponsor")
    set_.add_argument("value", metavar="VALUE", help="a number, a text, or not-known")
    set_.add_argument("--on", required=True, type=words.day, metavar="DATE", help="the first day it holds")
    set_.add_argument("--unit", default="", choices=("headcount", "fte"))
    set_.add_argument("--approximate", action="store_true", help="it is about so many")
    set_.add_argument("--note", default="", metavar="TEXT")
    words.shared(set_)
    set_.set_defaults(run=state)
    show = deeds.add_parser("show", help="show what is stated")
    show.add_argument("--as-at", type=words.day, metavar="DATE", help="the end of that day (default: today)")
    show.add_argument("--ledger-number", type=int, metavar="N", help="what the record knew then (default: its head)")
    words.shared(show)
    show.set_defaults(run=show_all)


def state(args: words.Namespace) -> int:
    """State the fact."""
    acting = door.acting(args)
    from candour.organisation import actions

    number = actions.set_fact(
        acting.body,
        args.name,
        args.value,
        from_=args.on,
        unit=args.unit,
        approximate=args.approximate,
        note=args.note,
        by=acting.by,
        at=acting.at,
    )
    door.said(args, number, f"{args.name} from {years.spoken(args.on)}")
    return 0


def show_all(args: words.Namespace) -> int:
    """Print what is in force on the day, table by table."""
    acting = door.acting(args)
    from candour.organisation import queries

    said = queries.everything(acting.body, acting.coordinates(args.as_at, args.ledger_number)).as_json()
    rows = [
        (name, row["key"], row["from"], _content(row))
        for name, table in said.items()
        if isinstance(table, list)
        for row in table
    ]
    lines = (
        grids.grid(("kind", "key", "from", "says"), rows)
        if rows
        else [f"{acting.body} has stated nothing for that day"]
    )
    door.say(args, said, lines)
    return 0


def _content(row: dict[str, Any]) -> str:
    said = {
        name: value for name, value in row.items() if name not in {"key", "from"} and value not in (None, "", [], False)
    }
    return ", ".join(f"{name} {value}" for name, value in said.items())
