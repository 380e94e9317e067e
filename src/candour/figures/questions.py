"""What is asked of the register: which measure, over which periods, grouped and filtered by what, on which basis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from candour.figures import measures
from candour.incidents import facts
from candour.rules import years
from candour.rules.refusals import WrongInput

GROUPABLE = {
    fact.name: fact.column for fact in facts.FACTS if fact.kind is facts.Kind.TEXT and fact.name != "ico_reference"
} | {"tier": "tier", "tier_basis": "tier_basis", "category": "category"}
"""The facts a table may be grouped or filtered by, and their columns; `category` is read from the codes."""

MOST_PERIODS = 400
MOST_GROUPS = 2


@dataclass(frozen=True)
class Question:
    """One question; `group` and `where` name facts as interfaces do."""

    measure: measures.Measure
    periods: tuple[years.Period, ...]
    group: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    basis: str = "logged"

    @property
    def column(self) -> str:
        return measures.basis(self.basis)[0]


def question(
    measure: str,
    periods: Sequence[years.Period],
    *,
    group: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    basis: str | None = None,
) -> Question:
    """Check what a person asked and make a question of it; WrongInput says what does not fit."""
    chosen = measures.measure(measure)
    for name in (*group, *(where or {})):
        if name not in GROUPABLE:
            raise WrongInput(f"{name!r} cannot be grouped or filtered by; choose from {', '.join(sorted(GROUPABLE))}")
    if len(group) > MOST_GROUPS or len(set(group)) != len(group):
        raise WrongInput(f"group by at most {MOST_GROUPS} different facts")
    if not periods:
        raise WrongInput("no period lies between these days")
    if len(periods) > MOST_PERIODS:
        raise WrongInput(f"that is {len(periods)} periods; ask for at most {MOST_PERIODS} at once")
    basis = basis or chosen.basis
    measures.basis(basis)
    return Question(chosen, tuple(periods), tuple(group), dict(where or {}), basis)
