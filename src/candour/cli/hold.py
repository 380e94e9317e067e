"""`candour hold`: what may not be disposed of, because it was asked for or somebody claims."""

from candour.cli import door, grids, words
from candour.rules import retention


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    place = deeds.add_parser("place", help="keep one incident, those logged in a span of days, or everything")
    place.add_argument("--incident", default="", metavar="REFERENCE", help="this incident alone")
    place.add_argument("--from", dest="from_", type=words.day, metavar="DATE", help="logged on this day or later")
    place.add_argument("--to", type=words.day, metavar="DATE", help="logged on this day or earlier")
    place.add_argument("--for", dest="kind", required=True, choices=("request", "appeal", "litigation", "other"))
    place.add_argument("--case", default="", metavar="TEXT", help="the reference of the request, appeal or claim")
    place.add_argument("--reason", required=True, metavar="TEXT")
    words.shared(place)
    place.set_defaults(run=run_place)
    lift = deeds.add_parser("lift", help="end a hold, with a reason")
    lift.add_argument("number", type=int, metavar="NUMBER", help="as `candour hold show` prints it")
    lift.add_argument("--reason", required=True, metavar="TEXT")
    words.shared(lift)
    lift.set_defaults(run=run_lift)
    show = deeds.add_parser("show", help="show every hold, the open ones first")
    words.shared(show)
    show.set_defaults(run=run_show)


def run_place(args: words.Namespace) -> int:
    """Place a hold."""
    acting = door.acting(args)
    from candour.incidents.actions import holding

    scope = holding.Scope(args.incident, args.from_, args.to)
    number = holding.place_hold(
        acting.body, scope, kind=args.kind, reason=args.reason, case=args.case, by=acting.by, at=acting.at
    )
    door.said(args, number, "hold placed")
    return 0


def run_lift(args: words.Namespace) -> int:
    """Lift a hold."""
    acting = door.acting(args)
    from candour.incidents.actions import holding

    number = holding.lift_hold(acting.body, args.number, reason=args.reason, by=acting.by, at=acting.at)
    door.said(args, number, f"hold {args.number} lifted")
    return 0


def run_show(args: words.Namespace) -> int:
    """Print the holds."""
    acting = door.acting(args)
    from candour.incidents.queries import retention as queries

    found = queries.holds(acting.body, by=acting.by, today=acting.today)
    rows = [
        {
            "number": hold.number,
            "for": hold.kind,
            "case": hold.case,
            "keeps": hold.scope,
            "reason": hold.reason,
            "lifted": hold.lifted,
        }
        for hold in found
    ]
    names = ("number", "for", "case", "keeps", "lifted")
    lines = list(grids.grid(names, ([str(row[name] or "") for name in names] for row in rows))) if rows else []
    door.say(args, {"holds": rows}, [*lines, "", retention.NOT_TO_BE_DESTROYED] if lines else ["nothing is held"])
    return 0
