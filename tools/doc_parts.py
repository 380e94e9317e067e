"""The parts of the documents that are made from the code: one function a part, and MAKERS, which names them.

A room that wants a table of its own in the documents adds a function and a line here, and `<!-- made: NAME -->` with
`<!-- end -->` where it shall stand.
"""

import inspect
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Sequence
from importlib import resources
from typing import Any

from machine import ROOT

from candour.cli.commands import COMMANDS
from candour.figures import grouping, kinds, measures, values
from candour.incidents.facts import STANDINGS
from candour.incidents.lifecycle import RULES, State
from candour.reading import fields
from candour.rules import answers, cost_limit, rights, schemes, years
from candour.rules.disclosure_control import rule
from candour.screening import catalogue
from candour.screening.findings import Check

TARGET = re.compile(r"^(?P<name>[a-z-]+):.*## (?P<sentence>.*)$", re.MULTILINE)
WIDTH = 46


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table in Markdown."""
    lines = [header, ["---"] * len(header), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def layers() -> list[list[str]]:
    """Return the rooms, top floor first, as the import contract has them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(c for c in project["tool"]["importlinter"]["contracts"] if c["type"] == "layers")
    return [[room.strip(" ()") for room in floor.split("|")] for floor in contract["layers"]]


def rooms() -> str:
    """Draw the floors of the house; imports and foreign keys point downwards only."""
    floors = [f"│{'   '.join(floor):^{WIDTH}}│" for floor in layers()]
    line = f"\n├{'─' * WIDTH}┤\n"
    return f"```text\n┌{'─' * WIDTH}┐\n{line.join(floors)}\n└{'─' * WIDTH}┘\n```\n"


def decisions() -> str:
    """List the decisions by number, each with its title."""
    records = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    titles = [record.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ") for record in records]
    return "".join(f"- [{title}]({record.name})\n" for record, title in zip(records, titles, strict=True))


def make_targets() -> str:
    """Show what `make` can make."""
    found = TARGET.findall((ROOT / "Makefile").read_text(encoding="utf-8"))
    return table(("command", "what it does"), ((f"`make {name}`", sentence) for name, sentence in found))


def commands() -> str:
    """Show every command with its sentence, as the command line itself says it."""
    rows = ((f"[`candour {name}`](#candour-{name})", command.says) for name, command in COMMANDS.items())
    return table(("command", "what it does"), rows)


def register_fields() -> str:
    """Show the fields of a register, what a cell may say, and the headings that are read as each."""
    rows = ((f"`{one.name}`", _cell(one), ", ".join((one.label, *one.synonyms[:6]))) for one in fields.FIELDS)
    return table(("field", "a cell says", "headings read as it, among others"), rows)


def _cell(one: fields.Field) -> str:
    return ", ".join(f"`{choice}`" for choice in one.choices) if one.kind == "choice" else fields.KINDS[one.kind]


def standard_measures() -> str:
    """Show what is counted, and how it is defined."""
    rows = ((f"`{one.slug}`", one.says, str(one.version), one.basis) for one in measures.STANDARD)
    return table(("measure", "definition", "version", "basis"), rows)


def values_of_measures() -> str:
    """Show what a measure may give for its incidents."""
    rows = ((f"`{one.slug}`", one.says, one.unit, one.how.value) for one in values.VALUES.values())
    return table(("value", "gives", "unit", "how"), rows)


def worked_out() -> str:
    """Show the facts that follow from others when a table is made by them."""
    rows = ((f"`{name}`", grouping.LABELS[name], ", ".join(said)) for name, said in grouping.WORKED_OUT.items())
    return table(("fact", "means", "its values"), rows)


def differences() -> str:
    """Show the kinds of difference between two tables."""
    return table(("kind", "says"), ((f"`{kind}`", says) for kind, says in kinds.KINDS.items()))


def cost_limits() -> str:
    """Show the appropriate limits, as dated rows."""
    rows = (
        (
            f"`{one.regime}`", ", ".join(one.kinds) or "all others", f"£{one.pounds}",
            f"{one.hours:g} at £{one.pounds_an_hour}", str(one.valid_from), one.source,
        )
        for one in cost_limit.limits()
    )  # fmt: skip
    return table(("regime", "kinds of body", "limit", "hours", "from", "source"), rows)


def counting_rule() -> str:
    """Quote the rule of what makes one incident."""
    return f"> {measures.COUNTING_RULE} (Version {measures.COUNTING_RULE_VERSION})\n"


def bases() -> str:
    """Show the moments that may decide the period."""
    return table(("basis", "a letter says"), ((f"`{name}`", said) for name, (_, said) in measures.BASES.items()))


def statuses() -> str:
    """Show the states of a cell or of a part of an answer."""
    rows = ((f"`{kind.status}`", (inspect.getdoc(kind) or "").replace("\n", " ")) for kind in answers.KINDS)
    return table(("status", "says"), rows)


def categories() -> str:
    """Show every classification scheme with its categories."""
    return "\n".join(_scheme(schemes.scheme(slug)) for slug in sorted(schemes.slugs(), reverse=True))


def _scheme(scheme: schemes.Scheme) -> str:
    rows = ((f"`{one.code}`", one.definition or one.label) for one in scheme.categories)
    return f"**{scheme.title}** (`{scheme.slug}`)\n\n{table(('code', 'means'), rows)}"


def clocks() -> str:
    """Show the time limits and the law each comes from."""
    rows = tomllib.loads(resources.files("candour.rules").joinpath("clocks.toml").read_text(encoding="utf-8"))["clock"]
    shown = ((f"`{row['regime']}`", _limit(row), row["law"]) for row in rows)
    return table(("regime", "time limit", "law"), shown)


def _limit(row: dict[str, Any]) -> str:
    ended = f", until {years.spoken(row['valid_to'])}" if "valid_to" in row else ""
    return f"{row['length']} {row['unit'].replace('-', ' ')}{ended}"


def roles() -> str:
    """Show which role may do which deed."""
    rows = (
        (role.value, ", ".join(sorted(deed.value for deed in deeds)) or "–") for role, deeds in rights.RIGHTS.items()
    )
    return table(("role", "may"), rows)


def standings() -> str:
    """Show which deed may be done where an incident stands, and while the work on it stands how."""
    rows = ((deed.value, _said(rule.standings, STANDINGS), _said(rule.states, State)) for deed, rule in RULES.items())
    return table(("deed", "the incident stands as", "the work on it is"), (row for row in rows if row[1]))


def _said(some: Collection[str], every: Iterable[str]) -> str:
    named = [f"`{one}`" for one in every if one in some]
    return "any" if len(named) == len(list(every)) else ", ".join(named)


def checks() -> str:
    """Show every check of screening: what it looks for, and what to do about it."""
    return "\n".join(f"**{title}**\n\n{_checks(found)}" for title, found in catalogue.every().items())


def _checks(found: Iterable[Check]) -> str:
    rows = ((f"`{one.code}`", one.severity.value, one.says, one.do) for one in found)
    return table(("code", "weighs", "found where", "do"), rows)


def disclosure_rules() -> str:
    """Show the rules of disclosure control that ship."""
    rows = (
        (f"`{slug}`", one.title, one.since.strftime("%Y-%m-%d"), one.source) for slug, one in rule.presets().items()
    )
    return table(("rule", "does", "since", "source"), rows)


MAKERS: dict[str, Callable[[], str]] = {
    "rooms": rooms,
    "decisions": decisions,
    "make-targets": make_targets,
    "commands": commands,
    "fields": register_fields,
    "measures": standard_measures,
    "values": values_of_measures,
    "worked-out": worked_out,
    "differences": differences,
    "cost-limits": cost_limits,
    "counting-rule": counting_rule,
    "bases": bases,
    "statuses": statuses,
    "categories": categories,
    "clocks": clocks,
    "roles": roles,
    "standings": standings,
    "checks": checks,
    "disclosure-rules": disclosure_rules,
}
