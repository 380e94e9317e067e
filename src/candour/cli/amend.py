"""`candour amend`: a change of an incident from now on, or a correction of what was never so."""

from datetime import date
from typing import Any

from candour.cli import door, words
from candour.rules.refusals import WrongInput


def arguments(parser: words.Parser) -> None:
    parser.add_argument("reference", metavar="REFERENCE")
    parser.add_argument(
        "changes", nargs="+", type=words.pair, metavar="FIELD=VALUE", help="the fields of `candour load`"
    )
    parser.add_argument("--reason", required=True, metavar="TEXT", help="why; the history shows it for ever")
    parser.add_argument("--correction", action="store_true", help="it was never so: it holds from the first day")
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Make one deed of all the changes."""
    acting = door.acting(args)
    from candour.incidents import actions

    changes, marks = _read(args.changes, acting.today)
    number = actions.amend(
        acting.body,
        args.reference,
        changes,
        reason=args.reason,
        correction=args.correction,
        by=acting.by,
        at=acting.at,
        marks=marks,
    )
    how = "corrected" if args.correction else "changed from today"
    door.say(args, {"reference": args.reference, "ledger_number": number}, [f"{args.reference} {how}, entry {number}"])
    return 0


def _read(pairs: list[tuple[str, str]], today: date) -> tuple[dict[str, Any], dict[str, str]]:
    """Read each value as a cell of a register is read; return the values, and what is only about so or not known."""
    from candour.reading import register

    changes: dict[str, Any] = {}
    marks: dict[str, str] = {}
    for field, text in pairs:
        stated = register.parse(field, text, today=today)
        if stated.times:
            raise WrongInput(f"{field}={text}: give the day alone, a time of day has no place here")
        changes |= {**stated.facts, **stated.words}
        marks |= stated.precision
    return changes, marks
