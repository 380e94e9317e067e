"""`candour verify`: is the record whole, and do the tables hold what it says."""

from typing import TYPE_CHECKING

from candour.cli import door, words
from candour.rules.plurals import plural

if TYPE_CHECKING:
    from candour.ledger.verification import Fault
    from candour.organisation.models import Body


def arguments(parser: words.Parser) -> None:
    parser.add_argument(
        "--expect", type=words.checkpoint, metavar="NUMBER:DIGEST", help="a checkpoint that was kept outside"
    )
    parser.add_argument(
        "--recount", action="store_true", help="make anew what counts are kept ready, before it is compared"
    )
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Read the body's whole chain, replay it where it is whole, and recount; 3 where there is a fault."""
    acting = door.acting(args)
    from candour.incidents import recounting, replay
    from candour.ledger import verification

    if args.recount:
        recounting.rebuild(acting.body.pk)
    verdict = verification.verify(acting.body.pk, args.expect)
    fault = verdict.fault or replay.compare(acting.body.pk) or recounting.compare(acting.body.pk)
    fault = fault or _predecessors(acting.body) or _published(acting.body)
    data = {
        "entries": verdict.entries,
        "ok": fault is None,
        "head": {"number": verdict.head.number, "digest": verdict.head.digest},
        "first_fault": fault and {"number": fault.number, "what": fault.what},
        "replayed": verdict.ok,
    }
    lines = [
        f"{acting.body}: {plural(verdict.entries, 'entry', 'entries')}, "
        + (_said(fault) if fault else "whole, and the tables hold what they say"),
        f"head {verdict.head.number}:{verdict.head.digest}",
    ]
    door.say(args, data, lines)
    return 0 if fault is None else 3


def _said(fault: "Fault") -> str:
    return f"fault {f'at entry {fault.number}' if fault.number else 'in the tables'}: {fault.what}"


def _published(body: "Body") -> "Fault | None":
    """What was published and all it rests on has to be what its entries said, and to come out of the record again."""
    from itertools import chain

    from candour.figures import proving, sealed
    from candour.ledger.verification import Fault

    found = next(chain(sealed.faults(body.pk), proving.faults(body.pk)), None)
    return Fault(found.number, found.what) if found else None


def _predecessors(body: "Body") -> "Fault | None":
    """The chains of the bodies that this one came after have to be those that it took over."""
    from candour.ledger.verification import Fault
    from candour.organisation import succession

    found = succession.fault(body)
    if found is None:
        return None
    return Fault(found.number, f"the record of {found.slug}, whose work came to us, is not the one that was taken over")
