"""The statements that count several bodies at once, each as its record knew at a ledger number of its own."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from candour.figures import counting, recorded, statements
from candour.figures.planning import Middles, Plan
from candour.figures.statements import Rows, Statement, Term
from candour.figures.values import How


@dataclass
class Everywhere(Rows):
    """The versions that a term counts in several bodies; `numbers`: the ledger number of each."""

    numbers: Mapping[int, int] = field(default_factory=dict)

    def _incident(self) -> tuple[list[str], list[Any]]:
        conditions, held = super()._incident()
        bodies = ", ".join("%s" for _ in self.numbers)
        return [f"{self.alias}.body in ({bodies})", *conditions[1:]], [*self.numbers, *held[1:]]

    def _number(self) -> Statement:
        whens = " ".join("when %s then %s" for _ in self.numbers)
        return f"case {self.alias}.body {whens} end", [value for pair in self.numbers.items() for value in pair]


def counted(numbers: Mapping[int, int], plans: Mapping[int, Plan]) -> dict[int, list[counting.Count]]:
    """Count every body's own terms, and what its coverage leaves out; terms that bodies share are one select."""
    shared: dict[Term, dict[int, int]] = {}
    for body, plan in plans.items():
        for term in (*plan.dated, *recorded.outside(plan)):
            shared.setdefault(replace(term, place=0), {})[body] = term.place
    terms = list(shared)
    found: dict[int, list[counting.Count]] = {body: [] for body in plans}
    for start in range(0, len(terms), counting.AT_ONCE):
        selects = [
            _select(numbers, shared[term], replace(term, place=at), next(iter(plans.values())))
            for at, term in enumerate(terms[start : start + counting.AT_ONCE], start)
        ]
        for place, body, tier, incidents, amount, stating in counting.asked(statements.together(selects)):
            own = shared[terms[place]][body]
            found[body].append(counting.Count(own, tier, (), incidents, int(amount or 0), stating))
    return found


def _select(numbers: Mapping[int, int], bodies: Iterable[int], term: Term, some: Plan) -> Statement:
    own = {body: numbers[body] for body in bodies}
    rows = Everywhere("v", 0, term, some.filter_, some.as_at, numbers=own)
    sql, held = rows.sql()
    value = rows.value
    amount = "0, 0" if value == "1" else f"sum({value}), count({value})"
    select = f"select {term.place} as place, v.body, v.tier, count(*), {amount}"
    return f"{select} from {sql} group by v.body, v.tier", held


def middles(
    plans: Mapping[int, Plan], counts: Mapping[int, Sequence[counting.Count]]
) -> Mapping[int, Middles]:  # fmt: skip
    """Return each body's medians, by the place of a period; none where the measure asks for none."""
    found: dict[int, dict[Any, float]] = {body: {} for body in plans}
    places: list[tuple[int, int]] = []
    rows = [row for body, plan in plans.items() for row in _of_body(body, plan, counts[body], places)]
    for (place, key), value in counting.middles(rows).items():
        body, period = places[place]
        found[body][period, key] = value
    return found


def _of_body(
    body: int, plan: Plan, counts: Sequence[counting.Count], places: list[tuple[int, int]]
) -> Iterator[Rows]:  # fmt: skip
    """The rows of one body, under places that no other body has; `places` says whose each is, and of which period."""
    if plan.question.measure.gives.how is not How.MEDIAN:
        return
    first = len(places)
    places += [(body, place) for place in range(len(plan.question.periods))]
    inside = [row for row in counts if row.place < len(plan.parts)]
    for term in plan.covered(inside):
        own = replace(term, place=first + plan.parts[term.place][0])
        yield Rows("v", body, own, plan.filter_, plan.as_at)
