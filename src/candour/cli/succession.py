"""`candour succession`: a body's work goes to another; its record is sealed and stays readable."""

from typing import TYPE_CHECKING, Any

from candour.cli import door, words

if TYPE_CHECKING:
    from candour.organisation.kinds_of_bodies import Predecessor, Successor


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    over = deeds.add_parser("hand-over", help="say that this body's work goes to others; one that ends is sealed")
    over.add_argument(
        "--to", required=True, action="append", metavar="SLUG", help="the body it goes to; may be repeated"
    )
    over.add_argument("--how", required=True, choices=("merged", "split", "transferred"), help="transferred: a part")
    over.add_argument("--on", required=True, type=words.day, metavar="DATE", help="from which day on")
    over.add_argument("--reason", required=True, metavar="TEXT", help="such as the order that says so")
    words.shared(over)
    over.set_defaults(run=hand_over)
    take = deeds.add_parser("take-over", help="say that another body's work came to this one")
    take.add_argument("--from", dest="from_", required=True, metavar="SLUG", help="the body it came from")
    take.add_argument("--prefix", required=True, metavar="TEXT", help="stands before its references here, such as OLD/")
    words.shared(take)
    take.set_defaults(run=take_over)
    show = deeds.add_parser("show", help="show whose work came to this body, and to whom its own went")
    words.shared(show)
    show.set_defaults(run=show_all)


def hand_over(args: words.Namespace) -> int:
    """Say that the work goes to others, and seal the record of a body that ends."""
    acting = door.acting(args)
    from candour.organisation import bodies, succession

    to = [bodies.body(slug) for slug in args.to]
    about = {"how": args.how, "on": args.on, "reason": args.reason}
    head = succession.hand_over(acting.body, to, **about, by=acting.by, at=acting.at)
    sealed = args.how != "transferred"
    after = f"sealed at {head.number}:{head.digest}" if sealed else f"entry {head.number}"
    data = {"ledger_number": head.number, "digest": head.digest, "sealed": sealed}
    door.say(args, data, [f"{acting.body}: {args.how} into {', '.join(args.to)}; {after}"])
    return 0


def take_over(args: words.Namespace) -> int:
    """Say that another body's work came here."""
    acting = door.acting(args)
    from candour.organisation import bodies, succession

    other = bodies.body(args.from_)
    number = succession.take_over(acting.body, other, prefix=args.prefix, by=acting.by, at=acting.at)
    door.said(args, number, f"the work of {other}")
    return 0


def show_all(args: words.Namespace) -> int:
    """Print both sides."""
    acting = door.acting(args)
    from candour.organisation import succession

    before = succession.predecessors(acting.body, acting.coordinates().number)
    after = succession.successors(acting.body)
    data = {"predecessors": [_row(one) for one in before], "successors": [_row(one) for one in after]}
    lines = [f"from {one.name}: {one.how}, {one.prefix}…, {one.number}:{one.digest}" for one in before]
    lines += [f"to {one.name}: {one.how}" for one in after]
    door.say(args, data, lines or ["nothing came from another body, and nothing went to one"])
    return 0


def _row(one: "Predecessor | Successor") -> dict[str, Any]:
    from candour.organisation import cells

    return {"on": one.since.isoformat() if one.since else None, **cells.content(one)}
