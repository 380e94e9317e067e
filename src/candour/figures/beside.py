"""What others published, beside the body's own table: the same periods and rows, quoted and never added to ours."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.figures import models
from candour.figures.tables import Group, Table
from candour.ledger.coordinates import AsAt
from candour.ledger.seal import canonical
from candour.rules import answers, years
from candour.rules.refusals import NotThere


@dataclass(frozen=True)
class Beside:
    """One published series in the shape of a table: a row for each of its groups, a cell for each of its periods."""

    about: str
    document: str
    said_on: date
    groups: tuple[Group, ...]

    def as_json(self) -> dict[str, Any]:
        """Give whose it is, its source, and the values of each group by period; None where nothing was published."""
        rows = [{"key": dict(one.key), "values": [cell.value for cell in one.cells]} for one in self.groups]
        return {"about": self.about, "document": self.document, "said_on": self.said_on.isoformat(), "groups": rows}


def names(body: int, measure: str, as_at: AsAt) -> list[str]:
    """Return whose figures there are beside a measure, as said by a day and known at a ledger number."""
    found = _said(body, measure, as_at).values_list("about", flat=True)
    return list(found.distinct().order_by("about"))


def beside(body: int, table: Table, about: str) -> Beside:
    """Return what was published of `about` for the rows and periods of a table; NotThere where there is nothing.

    A period fits where its first and last day are the same, a row where its facts are. Nothing is added up here.
    """
    rows = list(_said(body, table.measure.slug, table.as_at).filter(about=about).order_by("said_on", "opened"))
    if not rows:
        there = names(body, table.measure.slug, table.as_at)
        whose = (
            f"there are figures of {', '.join(there)}" if there else "nobody's were loaded (`candour statement load`)"
        )
        raise NotThere(f"no figures that {about!r} published of {table.measure.slug} are here; {whose}")
    values = {(row.start, row.end, canonical(row.only)): row for row in rows}
    groups = tuple(
        Group(group.key, tuple(_cell(values, period, _only(table, group)) for period in table.question.periods))
        for group in table.groups
    )
    return Beside(about, rows[-1].document, rows[-1].said_on, groups)


def _said(body: int, measure: str, as_at: AsAt) -> Any:
    rows = models.Statement.objects.filter(body=body, measure=measure, said_on__lte=as_at.day)
    return rows.exclude(about="").known(as_at.number)


def _only(table: Table, group: Group) -> str:
    return canonical({**table.question.where, **group.key})


def _cell(values: Mapping[Any, models.Statement], period: years.Period, only: str) -> answers.Answer:
    row = values.get((period.start, period.end, only))
    if row is None:
        return answers.NotInRegister()
    return answers.Held(row.value, source={"what": row.document, "said_on": row.said_on.isoformat()})
