"""What was decided about disclosure: who decided about which table or list, when, by which rule, and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from candour.figures import models, safe
from candour.organisation import people
from candour.organisation.models import Body
from candour.rules.disclosure_control import choice, rule
from candour.rules.refusals import NotThere

AT_ONCE = 50


@dataclass(frozen=True)
class Decision:
    """One decision as it was kept; `asked` is what the table or list was asked by, `steps` the procedure's answers."""

    number: int
    kind: str
    measure: str
    asked: Mapping[str, Any]
    as_at: date
    record_number: int
    choice: str
    rule: rule.Rule | None
    steps: tuple[Mapping[str, str], ...]
    test: str
    reason: str
    by: str
    on: date

    @property
    def of_list(self) -> bool:
        return self.kind == safe.LIST

    @property
    def title(self) -> str:
        """Name what was decided about, by the words of its measure then and its periods."""
        labels = [one["label"] for one in self.asked["periods"]]
        periods = labels[0] if len(labels) == 1 else f"{labels[0]} to {labels[-1]}"
        what = "the list" if self.of_list else " and ".join(("the table", *self._rows()))
        return f"{self.asked['measure']['title']}, {periods}: {what}"

    def _rows(self) -> Iterator[str]:
        if self.asked["group"]:
            yield f"its rows by {', '.join(self.asked['group'])}".replace("_", " ")

    @property
    def how(self) -> str:
        """Say what it came to: the rule, what a list shows besides, or that no control was needed."""
        if self.of_list:
            return self.choice
        if self.rule is not None:
            return self.rule.title
        return "no control" if self.choice == choice.NONE else f"{self.choice}: no control is needed"


@dataclass(frozen=True)
class Page:
    """Some decisions, the latest first; `next` is the key that `before` takes, None at the end."""

    rows: list[Decision]
    next: int | None


def decisions(body: Body, *, before: int | None = None, limit: int = AT_ONCE) -> Page:
    """Return what was decided about tables and lists, the latest first, `before` an entry; two queries."""
    found = models.Decision.objects.filter(body=body.pk).order_by("-opened")
    rows = list((found.filter(opened__lt=before) if before else found)[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    return Page(list(_told(body, rows)), rows[-1].opened if more else None)


def decision(body: Body, number: int) -> Decision:
    """Return what entry `number` decided; NotThere where it decided nothing about disclosure. Two queries."""
    rows = models.Decision.objects.filter(body=body.pk, opened=number)
    found = next(_told(body, rows), None)
    if found is None:
        raise NotThere(f"entry {number} decided nothing about disclosure")
    return found


def _told(body: Body, rows: Iterable[models.Decision]) -> Iterator[Decision]:
    rows = list(rows)
    numbers = {row.decided_by for row in rows}
    names = people.names(body, numbers)
    for row in rows:
        applied = rule.from_json(row.rule) if row.rule else None
        yield Decision(
            row.opened, row.kind, row.measure, row.asked, row.as_at, row.record_number, row.choice, applied,
            tuple(row.steps), row.test, row.reason, names.get(row.decided_by, ""), row.decided_on,
        )  # fmt: skip
