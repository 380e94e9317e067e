"""`candour verify`: is the record whole, and do the tables hold what it says."""

from candour.cli import door, words


def arguments(parser: words.Parser) -> None:
    parser.add_argument(
        "--expect", type=words.checkpoint, metavar="NUMBER:DIGEST", help="a checkpoint that was kept outside"
    )
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Read the body's whole chain and replay it where it is whole; 3 where there is a fault."""
    acting = door.acting(args)
    from candour.incidents import replay
    from candour.ledger import verification

    verdict = verification.verify(acting.body.pk, args.expect)
    fault = verdict.fault or replay.compare(acting.body.pk)
    data = {
        "entries": verdict.entries,
        "ok": fault is None,
        "head": {"number": verdict.head.number, "digest": verdict.head.digest},
        "first_fault": fault and {"number": fault.number, "what": fault.what},
        "replayed": verdict.ok,
    }
    lines = [
        f"{acting.body}: {verdict.entries} entries, "
        + (f"fault at entry {fault.number}: {fault.what}" if fault else "whole, and the tables hold what they say"),
        f"head {verdict.head.number}:{verdict.head.digest}",
    ]
    door.say(args, data, lines)
    return 0 if fault is None else 3
