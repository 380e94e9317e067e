"""`candour verify`: is the record whole."""

from candour.cli import door, words


def arguments(parser: words.Parser) -> None:
    parser.add_argument(
        "--expect", type=words.checkpoint, metavar="NUMBER:DIGEST", help="a checkpoint that was kept outside"
    )
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Read the body's whole chain; 3 where there is a fault."""
    acting = door.acting(args)
    from candour.ledger import verification

    verdict = verification.verify(acting.body.pk, args.expect)
    fault = verdict.fault and {"number": verdict.fault.number, "what": verdict.fault.what}
    data = {
        "entries": verdict.entries,
        "ok": verdict.ok,
        "head": {"number": verdict.head.number, "digest": verdict.head.digest},
        "first_fault": fault,
        "replayed": False,
    }
    lines = [
        f"{acting.body}: {verdict.entries} entries, "
        + (f"fault at entry {verdict.fault.number}: {verdict.fault.what}" if verdict.fault else "whole"),
        f"head {verdict.head.number}:{verdict.head.digest}",
    ]
    door.say(args, data, lines)
    return 0 if verdict.ok else 3
