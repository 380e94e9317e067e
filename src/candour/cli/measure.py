"""`candour measure`: a body's own measures, defined, worded anew, retired and shown, beside the standard ones."""

from typing import Any

from candour.cli import door, words


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    _add(deeds.add_parser("add", help="define a measure, or word one anew as its next version"))
    retire = deeds.add_parser("retire", help="answer no new question by it; old ledger numbers still come out")
    retire.add_argument("slug", metavar="SLUG")
    retire.add_argument("--reason", required=True, metavar="TEXT")
    words.shared(retire)
    retire.set_defaults(run=take_back)
    show = deeds.add_parser("show", help="show every measure, or one with its versions")
    show.add_argument("slug", nargs="?", default="", metavar="SLUG")
    show.add_argument("--ledger-number", type=int, metavar="N", help="what the record knew then (default: its head)")
    words.shared(show)
    show.set_defaults(run=show_all)


def _add(add: words.Parser) -> None:
    add.add_argument("slug", metavar="SLUG", help="its name, such as lost-devices")
    add.add_argument("--title", required=True, metavar="TEXT", help="what stands over a table")
    add.add_argument("--says", required=True, metavar="TEXT", help="what is counted, as a requester understands it")
    add.add_argument("--tier", action="append", default=[], metavar="TIER", help="which tiers it counts (default: all)")
    add.add_argument("--where", action="append", default=[], type=words.pair, metavar="FIELD=VALUE", help="only these")
    add.add_argument("--basis", default="logged", metavar="MOMENT", help="which moment decides the period")
    add.add_argument("--value", default="incidents", metavar="KIND", help="incidents, people, people-median, cost, …")
    words.shared(add)
    add.set_defaults(run=define)


def define(args: words.Namespace) -> int:
    """Define a measure."""
    acting = door.acting(args)
    from candour.figures import defining
    from candour.rules import tiers

    number = defining.define(
        acting.body,
        args.slug,
        title=args.title,
        says=args.says,
        tiers=args.tier or tiers.TIERS,
        where=dict(args.where),
        basis=args.basis,
        value=args.value,
        by=acting.by,
        at=acting.at,
    )
    door.said(args, number, f"measure {args.slug}")
    return 0


def take_back(args: words.Namespace) -> int:
    """Retire a measure."""
    acting = door.acting(args)
    from candour.figures import defining

    number = defining.retire(acting.body, args.slug, reason=args.reason, by=acting.by, at=acting.at)
    door.said(args, number, f"measure {args.slug} retired")
    return 0


def show_all(args: words.Namespace) -> int:
    """Print the measures, or one of them with its history."""
    acting = door.acting(args)
    from candour.figures import definitions, measures

    number = acting.coordinates(None, args.ledger_number).number
    if not args.slug:
        found = [*measures.STANDARD, *definitions.own(acting.body.pk, number)]
    else:
        past = definitions.versions(acting.body.pk, args.slug)
        found = [one.measure for one in past] or [definitions.measure(acting.body.pk, args.slug, number)]
    rows = [definitions.as_json(one) for one in found]
    if args.slug:
        rows = [row | _held(one) for row, one in zip(rows, past, strict=True)] if past else rows
    door.say(args, {"measures": rows}, [line for row in rows for line in _lines(row)])
    return 0


def _held(version: Any) -> dict[str, Any]:
    return {"since": version.since, "until": version.until}


def _lines(row: dict[str, Any]) -> list[str]:
    until = f", retired or worded anew by entry {row['until']}" if row.get("until") else ""
    since = f", since entry {row['since']}" if row.get("since") else ""
    only = "".join(f"; only where {name} is {value}" for name, value in row["where"].items())
    head = f"{row['slug']} (version {row['version']}{since}{until}): {row['title']}"
    return [head, f"  {row['says']}", f"  {row['unit']} by {row['basis']}; {', '.join(row['tiers'])}{only}", ""]
