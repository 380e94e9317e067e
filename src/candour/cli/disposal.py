"""`candour disposal`: what is due under the retention schedule is proposed by one person and approved by another."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from candour.cli import door, grids, words
from candour.rules import retention
from candour.rules.plurals import plural
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from candour.incidents.queries.due import Due, List
    from candour.incidents.queries.retention import Proposal

COLUMNS = ("name", "record", "since", "due", "schedule")
UNCLEAN = (
    "others are at work in the database, so what was erased may still lie in its files; "
    "when they have ended, run `candour disposal finish`"
)


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    show = deeds.add_parser("show", help="show what is due, and what a hold keeps; or one proposal")
    show.add_argument("number", type=int, nargs="?", metavar="NUMBER", help="a proposal, as `propose` printed it")
    _with(show, run_show)
    propose = deeds.add_parser("propose", help="propose to dispose of what is due; nothing is erased yet")
    propose.add_argument(
        "--leave-out", nargs="+", default=[], metavar="NAME", help="what stays for now, by its name on the list"
    )
    propose.add_argument("--reason", default="", metavar="TEXT", help="why something is left out")
    _with(propose, run_propose)
    approve = deeds.add_parser("approve", help="erase what a proposal lists, as a second person (--as); for good")
    approve.add_argument("number", type=int, metavar="NUMBER")
    _with(approve, run_approve)
    finish = deeds.add_parser("finish", help="complete a disposal: files, list, and the database's own files")
    words.form(finish)
    finish.set_defaults(run=run_finish)
    repeat = deeds.add_parser("repeat", help="erase again what an older copy of the database still has")
    words.form(repeat)
    repeat.set_defaults(run=run_repeat)


def _with(parser: words.Parser, run: Any) -> None:
    words.shared(parser)
    parser.set_defaults(run=run)


def run_show(args: words.Namespace) -> int:
    """Print the list, or a proposal."""
    acting = door.acting(args)
    from candour.incidents.queries import due, retention

    if args.number is not None:
        found = retention.proposal(acting.body, args.number, by=acting.by, today=acting.today)
        door.say(args, _proposal(found), _of_proposal(found))
        return 0
    listed = due.due(acting.body, by=acting.by, today=acting.today)
    door.say(args, _list(listed), _of_list(listed))
    return 0


def run_propose(args: words.Namespace) -> int:
    """Print the list and propose it."""
    acting = door.acting(args)
    from candour.incidents.actions import disposing
    from candour.incidents.queries import due

    listed = due.due(acting.body, by=acting.by, today=acting.today)
    by_name = {row.name: row.entry for row in listed.rows}
    unknown = [name for name in args.leave_out if name not in by_name]
    if unknown:
        raise WrongInput(f"{unknown[0]} is not on the list; `candour disposal show` prints it")
    number = disposing.propose(
        acting.body,
        list(by_name.values()),
        left_out=[by_name[name] for name in args.leave_out],
        reason=args.reason,
        by=acting.by,
        at=acting.at,
    )
    what = f"proposal {number}: a second person approves it with `candour disposal approve {number} --as PERSON`"
    door.say(args, {"proposal": number, **_list(listed)}, [*_of_list(listed), "", what])
    return 0


def run_approve(args: words.Namespace) -> int:
    """Erase; 3 where the database's own files could not be cleaned yet."""
    acting = door.acting(args)
    from candour.incidents.actions import disposing
    from candour.ledger import queries

    number = disposing.approve(acting.body, args.number, by=acting.by, at=acting.at)
    clean = disposing.finish()
    facts = queries.event(acting.body.pk, number).facts
    held = {record: len(found) for record, found in facts.items() if isinstance(found, list)}
    gone = ", ".join(plural(many, record.removesuffix("s"), record) for record, many in held.items())
    erased, skipped = plural(facts["texts"], "text"), plural(facts["skipped"], "line")
    lines = [f"disposal {number}: {gone}; {erased} erased, {skipped} skipped"]
    door.say(args, {"disposal": number, **facts, "cleaned": clean}, [*lines, *([] if clean else [UNCLEAN])])
    return 0 if clean else 3


def run_finish(args: words.Namespace) -> int:
    """Complete what a disposal that broke off, or was made while others were at work, left to do."""
    door.django()
    from candour.incidents.actions import disposing

    clean = disposing.finish()
    door.say(args, {"cleaned": clean}, ["nothing of what was erased is left" if clean else UNCLEAN])
    return 0 if clean else 3


def run_repeat(args: words.Namespace) -> int:
    """Erase again by the list outside the database; 3 where the database's own files could not be cleaned yet."""
    door.django()
    from candour.incidents import disposals
    from candour.incidents.actions import disposing

    lines = disposals.outstanding(disposals.read(disposals.path()))
    disposing.repeat(lines, at=door.now())
    clean = disposing.finish()
    door.say(args, {"repeated": len(lines), "cleaned": clean}, [*said(len(lines)), *([] if clean else [UNCLEAN])])
    return 0 if clean else 3


def said(number: int) -> Iterator[str]:
    """Say how many disposals were carried out again."""
    if number:
        records = plural(number, "record that had been disposed of was", "records that had been disposed of were")
        yield f"{records} still there; the words were erased again"
    else:
        yield "every disposal on the list was carried out in this database"


def _list(listed: "List") -> dict[str, Any]:
    rows = {"due": [_row(row) for row in listed.rows], "held": [_row(row) for row in listed.held]}
    return {**rows, "more": listed.more, "more_held": listed.more_held}


def _row(row: "Due") -> dict[str, Any]:
    return {
        "entry": row.entry,
        "record": row.record,
        "name": row.name,
        "since": f"{row.counted_from} {row.start.isoformat()}",
        "due": row.due_on.isoformat(),
        "schedule": row.schedule,
        "held_by": list(row.held_by),
    }


def _of_list(listed: "List") -> Iterator[str]:
    if not listed.rows:
        yield "nothing is due"
    else:
        yield from _grid(listed.rows)
    if listed.more:
        yield "these are the longest due; the rest follows when they are disposed of"
    if listed.held:
        yield from ("", "Held, and not to be disposed of:", *_grid(listed.held))
        yield from ("… and more",) if listed.more_held else ()
        yield from ("", retention.NOT_TO_BE_DESTROYED)


def _grid(rows: "Iterable[Due]") -> Iterable[str]:
    return grids.grid(COLUMNS, ([_row(row)[name] for name in COLUMNS] for row in rows))


def _proposal(found: "Proposal") -> dict[str, Any]:
    lines = [
        {
            "entry": line.entry,
            "record": line.record,
            "name": line.name,
            "due": line.due_on.isoformat(),
            "schedule": line.schedule,
            "left_out": line.left_out,
        }
        for line in found.lines
    ]
    return {"proposal": found.number, "by": found.proposer, "open": found.open, "reason": found.reason, "lines": lines}


def _of_proposal(found: "Proposal") -> Iterator[str]:
    state = "waits for a second person" if found.open else f"approved: disposal {found.disposal}"
    yield f"proposal {found.number} by {found.proposer}: {state if found.open or found.disposal else 'replaced'}"
    rows = (
        [line.name, line.record, line.due_on.isoformat(), line.schedule, "left out" if line.left_out else ""]
        for line in found.lines
    )
    yield from grids.grid(("name", "record", "due", "schedule", ""), rows)
    if found.reason:
        yield f"left out because: {found.reason}"
