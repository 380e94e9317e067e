"""`candour organisation`: one file with what a body says of itself, each row one deed; repeating it adds nothing."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.cli import door, words
from candour.rules import years
from candour.rules.plurals import plural
from candour.rules.refusals import Refusal, WrongInput

if TYPE_CHECKING:
    from candour.organisation.toml import Plan

Row = Mapping[str, Any]
Deed = Callable[[door.Acting, Row], int | None]

KINDS: Mapping[type, str] = {str: "text", date: "day such as 2014-04-01", int: "whole number", dict: "table"}
TABLES: Mapping[str, Mapping[str, type]] = {
    "coverage": {
        "measure": str,
        "from": date,
        "to?": date,
        "fact?": str,
        "where?": dict,
        "kept_in?": str,
        "reason": str,
    },
    "searches": {"measure": str, "from": date, "to": date, "where?": dict, "places": str, "by": str, "on": date},
    "statements": {"measure": str, "period": str, "value": int, "published_on": date, "document": str},
    "breaks": {"measure": str, "on": date, "note": str},
}
"""What a row of each of the tables that `figures` keeps has; a name that ends with ? may be left out."""


def arguments(parser: words.Parser) -> None:
    deeds = parser.add_subparsers(metavar="DEED", required=True)
    load = deeds.add_parser("load", help="load a TOML file")
    load.add_argument("file", nargs="?", type=words.existing, metavar="FILE.toml")
    load.add_argument("--example", action="store_true", help="print a commented file to start from")
    words.shared(load)
    load.set_defaults(run=run)


def run(args: words.Namespace) -> int:
    """Load the file; 3 where rows were held back."""
    if args.example:
        return _example()
    if args.file is None:
        raise WrongInput("name the FILE.toml to load, or print one with --example")
    acting = door.acting(args)
    added, unchanged, problems = load(acting, args.file)
    lines = [f"{plural(len(added), 'row')} added, {len(unchanged)} there already, {len(problems)} held back"]
    door.say(args, {"added": added, "unchanged": unchanged, "held_back": problems}, [*lines, *problems])
    return 3 if problems else 0


def _example() -> int:
    door.django()
    from candour.organisation import toml

    print(toml.example(), end="")
    return 0


def load(acting: door.Acting, path: Path) -> tuple[list[str], list[str], list[str]]:
    """Do what the file says: the body's own rows, then what `figures` keeps; return what is new, known, held back."""
    from candour.organisation import actions, toml

    plan = toml.read(path)
    report = actions.load(acting.body, plan, files_dir=path.parent, by=acting.by, at=acting.at)
    added, unchanged, problems = list(report.added), list(report.unchanged), list(report.problems)
    for where, deed, row in _deeds(plan):
        try:
            _check(TABLES[where.partition(" ")[0]], row)
            (unchanged if deed(acting, row) is None else added).append(where)
        except Refusal as refusal:
            problems.append(f"{where}: {refusal}")
    return added, unchanged, problems


def _deeds(plan: "Plan") -> Iterator[tuple[str, Deed, Row]]:
    deeds = {"coverage": _coverage, "searches": _search, "statements": _statement, "breaks": _break}
    for name, deed in deeds.items():
        for number, row in enumerate(getattr(plan, name), 1):
            yield f"{name} {number} ({row.get('measure')})", deed, row


def _check(shape: Mapping[str, type], row: Row) -> None:
    """Raise WrongInput unless a row has what its table needs, each of its kind."""
    names = {name.removesuffix("?"): kind for name, kind in shape.items()}
    unknown = sorted(set(row) - set(names))
    if unknown:
        raise WrongInput(f"{unknown[0]} is not known here; known are {', '.join(names)}")
    missing = [name for name in shape if not name.endswith("?") and name not in row]
    if missing:
        raise WrongInput(f"{missing[0]} is missing")
    for name, value in row.items():
        if type(value) is not names[name]:
            raise WrongInput(f"{name} is {value!r}; write a {KINDS[names[name]]}")


def _coverage(acting: door.Acting, row: Row) -> int | None:
    from candour.figures import actions

    return actions.state_coverage(
        acting.body,
        row["measure"],
        since=row["from"],
        until=row.get("to"),
        where=row.get("where", {}),
        fact=row.get("fact", ""),
        kept_in=row.get("kept_in"),
        reason=row["reason"],
        by=acting.by,
        at=acting.at,
    )


def _search(acting: door.Acting, row: Row) -> int | None:
    from candour.figures import actions

    return actions.record_search(
        acting.body,
        row["measure"],
        since=row["from"],
        until=row["to"],
        places=row["places"],
        searcher=row["by"],
        on=row["on"],
        where=row.get("where", {}),
        by=acting.by,
        at=acting.at,
    )


def _statement(acting: door.Acting, row: Row) -> int | None:
    from candour.figures import actions

    period = years.read(row["period"])
    if period is None:
        raise WrongInput(f"{row['period']!r} is not a period; write it as 2010/11")
    return actions.add_statement(
        acting.body,
        row["measure"],
        period=period,
        value=row["value"],
        said_on=row["published_on"],
        document=row["document"],
        by=acting.by,
        at=acting.at,
    )


def _break(acting: door.Acting, row: Row) -> int | None:
    from candour.figures import actions

    return actions.note_break(acting.body, row["measure"], day=row["on"], note=row["note"], by=acting.by, at=acting.at)
