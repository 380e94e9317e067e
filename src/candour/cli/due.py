"""`candour due`: when something is due, with the account of every day; starts no Django unless --body is named."""

import json
from typing import TYPE_CHECKING

from candour.cli import words
from candour.rules import calendars, clocks, years
from candour.rules.refusals import WrongInput

if TYPE_CHECKING:
    from pathlib import Path


def arguments(parser: words.Parser) -> None:
    parser.add_argument("--regime", default="foia", help=f"which clock: {', '.join(clocks.regimes())} (default: foia)")
    start = parser.add_mutually_exclusive_group(required=True)
    start.add_argument("--received", type=words.day, metavar="DATE", help="the day of receipt, for a clock in days")
    start.add_argument("--aware", type=clocks.moment, metavar="TIMESTAMP", help="when aware, for a clock in hours")
    parser.add_argument("--events", type=words.existing, metavar="FILE.json", help="what moves the time limit")
    parser.add_argument("--working-days", type=int, metavar="N", help="instead of the law's length")
    words.shared(parser)
    parser.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Count, and print the account."""
    from candour.cli import door

    account = _account(args)
    door.say(args, account.as_json(), _lines(account))
    return 0


def _account(args: words.Namespace) -> clocks.Account:
    if args.aware:
        if args.events or args.working_days:
            raise WrongInput("a clock in hours takes neither --events nor --working-days")
        return clocks.due_after(args.regime, args.aware)
    events = _events(args.events) if args.events else ()
    extra = _own_days(args) if args.body else ()
    return clocks.due(args.regime, args.received, events=events, working_days=args.working_days, extra=extra)


def _events(path: "Path") -> tuple[clocks.Event, ...]:
    try:
        rows = json.loads(path.read_bytes())
    except ValueError as fault:
        raise WrongInput(f"{path} is not JSON: {fault}") from fault
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise WrongInput(f"{path} is not a list of events, each with a kind and a day")
    return clocks.events(rows)


def _own_days(args: words.Namespace) -> tuple[calendars.Holiday, ...]:
    from candour.cli import door

    acting = door.acting(args)
    from candour.organisation import queries

    return tuple(day.as_holiday() for day in queries.closed_days(acting.body, acting.coordinates()))


def _lines(account: clocks.Account) -> list[str]:
    if not account.counted:
        return [f"due {account.due:%A %d %B %Y, %H:%M %Z} ({account.law})"]
    last = years.spoken_with_weekday(account.due)
    lines = [f"due {last}, working day {len(account.counted)} ({account.law})"]
    lines += [f"  day {number:>2}  {years.spoken_with_weekday(day)}" for number, day in enumerate(account.counted, 1)]
    lines += [f"  not counted: {years.spoken_with_weekday(day.date)}, {day.why}" for day in account.skipped]
    if account.as_if_not_proclaimed:
        other = years.spoken_with_weekday(account.as_if_not_proclaimed)
        lines.append(f"  but for the days proclaimed after receipt it would be due {other}")
    return lines
