"""`candour statement`: a figure that was published before this register existed."""

from candour.cli import door, words
from candour.rules import years
from candour.rules.refusals import WrongInput


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    add = deeds.add_parser("add", help="record a published figure with the document it stands in")
    add.add_argument("--measure", required=True, metavar="SLUG")
    add.add_argument("--period", required=True, metavar="PERIOD", help='such as "2011/12"')
    add.add_argument("--value", required=True, type=int, metavar="N")
    add.add_argument("--published-on", required=True, type=words.day, metavar="DATE")
    add.add_argument("--document", required=True, metavar="TEXT", help="which document, so that it can be found")
    words.shared(add)
    add.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Record the figure."""
    period = years.read(args.period)
    if period is None:
        raise WrongInput(f"{args.period!r} is not a period; write it as 2011/12, 2014 or March 2016")
    acting = door.acting(args)
    from candour.figures import actions

    number = actions.add_statement(
        acting.body,
        args.measure,
        period=period,
        value=args.value,
        said_on=args.published_on,
        document=args.document,
        by=acting.by,
        at=acting.at,
    )
    door.said(args, number, f"{args.measure} in {period.label}, as published")
    return 0
