"""What `candour figures` says beside a table: others' figures, shares, what it takes to find out, what differs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from candour.cli import door, grids, words
from candour.rules import years

if TYPE_CHECKING:
    from candour.figures.differences import Seen
    from candour.figures.questions import Question
    from candour.figures.tables import Table
    from candour.ledger.coordinates import AsAt

SHARES = ("column", "row")


@dataclass(frozen=True)
class Aside:
    """One thing said beside a table: its keys for a program, its lines for a person."""

    data: dict[str, Any]
    lines: list[str]


def asking(parser: words.Parser) -> None:
    """Add what may be said beside a table."""
    parser.add_argument("--against", type=int, metavar="N", help="name each incident that counted otherwise at N")
    parser.add_argument(
        "--against-day",
        type=words.day,
        metavar="DATE",
        help="or as at the end of another day (with --against or alone)",
    )
    parser.add_argument("--share", choices=SHARES, help="the share of each cell in its column or row, in per cent")
    parser.add_argument(
        "--minutes-per-record", metavar="N", help="what a record takes to look at, measured on a sample"
    )
    parser.add_argument("--beside", metavar="NAME", help="what others published (`candour statement load`)")


def asides(args: words.Namespace, acting: door.Acting, table: "Table") -> Iterator[Aside]:
    """Yield what was asked beside a table, and what is not known of it."""
    if args.beside:
        yield _beside(acting, table, args.beside)
    if args.share:
        yield _shares(table, args.share)
    if args.against is not None or args.against_day:
        yield _differences(args, acting, table)
    yield _finding_out(acting, table, args.minutes_per_record)


def _beside(acting: door.Acting, table: "Table", name: str) -> Aside:
    from candour.figures import beside, rendering

    quoted = beside.beside(acting.body.pk, table, name)
    header, rows = rendering.grid(replace(table, groups=quoted.groups))
    source = f"As published: {quoted.about} ({quoted.document}, {years.spoken(quoted.said_on)})"
    return Aside({"beside": quoted.as_json()}, [source, *grids.grid(header, rows), ""])


def _shares(table: "Table", of: str) -> Aside:
    from candour.figures import rendering, shares

    found = shares.shares(table, of)
    header, rows = rendering.grid(table)
    named = [row[: len(row) - len(values)] for row, (_, values) in zip(rows, found.rows, strict=True)]
    lines = [
        [*name, *("" if value is None else f"{value:.1f} %" for value in values)]
        for name, (_, values) in zip(named, found.rows, strict=True)
    ]
    return Aside({"shares": found.as_json()}, [f"Share of the {of}", *grids.grid(header, lines), ""])


def _finding_out(acting: door.Acting, table: "Table", minutes: str | None) -> Aside:
    from candour.figures import finding_out

    found = finding_out.account(table, acting.body, minutes)
    said = found.sentences()
    return Aside({"finding_out": found.as_json()}, ["To find out what is not known:", *said, ""] if said else [])


def _differences(args: words.Namespace, acting: door.Acting, table: "Table") -> Aside:
    from candour.figures import differences, middles, tables

    there = against(args, acting, table.as_at)
    before = as_defined(acting, table.question, there.number)
    asked = acting.body.pk, table.question, table.as_at, there
    found = differences.seen(*asked, by=acting.by, today=acting.today, before=before)
    if table.measure.gives.adds_up:
        return differing(found, {"differences_add_up": True})
    moved = middles.moved(tables.table(acting.body.pk, before, there), table)
    data = {"differences_add_up": False, "moved": [one.as_json() for one in moved]}
    return differing(found, data, [middles.SAYS, *(one.words() for one in moved), ""])


def against(args: words.Namespace, acting: door.Acting, as_at: "AsAt") -> "AsAt":
    """The coordinates that a table is compared with."""
    number = as_at.number if args.against is None else args.against
    return acting.coordinates(args.against_day or as_at.day, number)


def differing(found: "Seen", data: dict[str, Any], says: Sequence[str] = ()) -> Aside:
    """What is said of the incidents that count otherwise; `data` and `says` stand beside them."""
    data = {"differences": [one.as_json() for one in found.rows], "differences_unseen": found.unseen, **data}
    rows = [list(one.as_json().values()) for one in found.rows]
    header = ["incident", "period", "from", "to", "before", "after", "kind", "why", "entry"]
    more = [f"{found.unseen} more that you may not see.", ""] if found.unseen else []
    if not rows:
        return Aside(data, [*says, *(more or ["No incident counts otherwise.", ""])])
    return Aside(data, [*says, *grids.grid(header, rows), "", *more])


def as_defined(acting: door.Acting, question: "Question", number: int) -> "Question":
    """The question as it was understood at another number: a measure may have been worded anew since."""
    from candour.figures import definitions

    return replace(question, measure=definitions.measure(acting.body.pk, question.measure.slug, number))
