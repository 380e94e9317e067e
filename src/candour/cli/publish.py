"""`candour publish`: a table leaves the building and is proved for ever; or what left is listed, or withdrawn."""

from typing import TYPE_CHECKING

from candour.cli import annual_report, door, figures, words
from candour.rules import years

if TYPE_CHECKING:
    from candour.figures.publishing import Left


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    table = deeds.add_parser("table", help="publish a table, asked for as with `candour figures`")
    figures.asking(table)
    _in_a_document(table)
    table.add_argument("--protect", default="auto", metavar="RULE", help="as with `candour figures` (default: auto)")
    table.add_argument("--reason", default="", metavar="TEXT", help="why small numbers are left bare, or so protected")
    words.shared(table)
    table.set_defaults(run=publish)
    report = deeds.add_parser("annual-report", help="publish the tables of `candour annual-report`, as one paper")
    annual_report.asking(report)
    _in_a_document(report)
    report.add_argument("--reason", default="", metavar="TEXT", help="why it leaves although it undoes a mark")
    words.shared(report)
    report.set_defaults(run=publish_report)
    show = deeds.add_parser("show", help="list what was published")
    words.shared(show)
    show.set_defaults(run=run)
    withdraw = deeds.add_parser("withdraw", help="withdraw what an entry published; its link dies")
    withdraw.add_argument("number", type=int, metavar="NUMBER")
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    words.shared(withdraw)
    withdraw.set_defaults(run=withdrawn)


def _in_a_document(parser: words.Parser) -> None:
    parser.add_argument("--document", required=True, metavar="TEXT", help="the document in which it is published")
    parser.add_argument("--on", required=True, type=words.day, metavar="DATE", help="the day it is published")
    parser.add_argument("--explanation", default="", metavar="TEXT", help="why it is not what was published before")


def run(args: words.Namespace) -> int:
    """List what was published, the latest first."""
    acting = door.acting(args)
    from candour.figures import queries

    rows = queries.published(acting.body)
    lines = [
        f"{row.number}: {row.title}, {row.periods}, in {row.document}, {years.spoken(row.on)}"
        + ("" if row.link else f" (withdrawn by entry {row.withdrawn})")
        for row in rows
    ]
    door.say(args, {"published": [row.as_json() for row in rows]}, lines or ["Nothing was published."])
    return 0


def publish(args: words.Namespace) -> int:
    """Publish a table, and print where it can be read."""
    acting = door.acting(args)
    from candour.figures import actions, publishing

    table = figures.asked(args, acting)
    where = publishing.Publication(args.document, args.on, args.explanation, args.reason)
    left = actions.publish(acting.body, table, where, args.protect, by=acting.by, at=acting.at)
    return _say(args, left)


def publish_report(args: words.Namespace) -> int:
    """Publish the tables of an Annual Report, and print where they can be read."""
    acting = door.acting(args)
    from candour.figures import annual_publishing, publishing

    where = publishing.Publication(args.document, args.on, args.explanation, args.reason)
    found = annual_report.asked(args, acting)
    return _say(args, annual_publishing.publish(acting.body, found, where, by=acting.by, at=acting.at))


def _say(args: words.Namespace, left: "Left") -> int:
    address = f"/released/{left.link}/"
    differs = [one.as_json() for one in left.disagreements]
    data = {"ledger_number": left.number, "link": address, "disagreements": differs}
    door.say(args, data, [f"published by entry {left.number}: {address}", *(one.words() for one in left.disagreements)])
    return 0


def withdrawn(args: words.Namespace) -> int:
    """Withdraw what an entry published."""
    acting = door.acting(args)
    from candour.figures import publishing

    number = publishing.withdraw(acting.body, args.number, reason=args.reason, by=acting.by, at=acting.at)
    door.said(args, number, f"what entry {args.number} published is withdrawn")
    return 0
