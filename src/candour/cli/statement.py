"""`candour statement`: what was published: our own figures of before this register, and those of others."""

from pathlib import Path

from candour.cli import door, words
from candour.rules import years
from candour.rules.plurals import plural
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
    load = deeds.add_parser("load", help="keep what others published as a sheet, to be shown beside our own")
    load.add_argument("file", type=words.existing, metavar="FILE", help=".csv .xlsx .ods .xls")
    load.add_argument("--mapping", required=True, type=words.existing, metavar="MAP.toml", help="which column is which")
    words.shared(load)
    load.set_defaults(run=load_file)
    withdraw = deeds.add_parser("withdraw", help="take back every figure that one entry brought")
    withdraw.add_argument("number", type=int, metavar="NUMBER", help="the ledger number that `add` or `load` printed")
    withdraw.add_argument("--reason", required=True, metavar="TEXT")
    words.shared(withdraw)
    withdraw.set_defaults(run=take_back)


def load_file(args: words.Namespace) -> int:
    """Keep what others published."""
    from candour.reading import published

    directions = published.guide(_text(args.mapping))
    found = published.read(args.file, directions)
    acting = door.acting(args)
    from candour.figures import quoting

    number, new = quoting.load(
        acting.body,
        found.figures,
        measure=directions.measure,
        document=directions.document,
        said_on=directions.published_on,
        sha256=found.sha256,
        by=acting.by,
        at=acting.at,
    )
    series = len({one.about for one in found.figures})
    said = {"ledger_number": number, "figures": new, "already_there": len(found.figures) - new, "series": series}
    lines = [f"{plural(new, 'figure')} of {series} series, as published" + (f"; entry {number}" if number else "")]
    door.say(args, {**said, "sha256": found.sha256}, lines)
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise WrongInput(f"the mapping {path} is not text in UTF-8; save it so") from None


def take_back(args: words.Namespace) -> int:
    """Take back what one entry brought."""
    acting = door.acting(args)
    from candour.figures import quoting

    figures = quoting.withdraw(acting.body, args.number, reason=args.reason, by=acting.by, at=acting.at)
    door.say(args, {"withdrawn": figures}, [f"{plural(figures, 'figure')} taken back"])
    return 0


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
