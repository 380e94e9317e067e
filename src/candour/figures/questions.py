"""What is asked of the register: which measure, over which periods, grouped and filtered by what, on which basis."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from candour.figures import measures
from candour.incidents import facts
from candour.rules import schemes, years
from candour.rules.refusals import WrongInput

COLUMNS = {
    fact.name: fact.column for fact in facts.FACTS if fact.kind is facts.Kind.TEXT and fact.name != "ico_reference"
} | {"tier": "tier", "tier_basis": "tier_basis"}
"""The facts of a version that a table may be grouped or filtered by, and their columns."""

CODES = {"category": facts.SCHEME} | {
    slug: slug for slug in schemes.slugs() if schemes.scheme(slug).use != schemes.FACTS and slug != facts.SCHEME
}
"""Names that speak of the code in a scheme; a scheme of the body's own is named by its slug, too."""

GROUPABLE = (*COLUMNS, *CODES)
"""What a table of any body may be grouped or filtered by."""

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


def scheme(name: str) -> str | None:
    """Return the scheme whose code a name speaks of; None for a fact of the version."""
    return None if name in COLUMNS else CODES.get(name, name)


def question(
    measure: str,
    periods: Sequence[years.Period],
    *,
    group: Sequence[str] = (),
    where: Mapping[str, str] | None = None,
    basis: str | None = None,
    own: Collection[str] = (),
) -> Question:
    """Check what a person asked and make a question of it; WrongInput says what does not fit.

    `own` are the slugs of the body's own schemes, by which it may group and filter besides.
    """
    chosen = measures.measure(measure)
    for name in (*group, *(where or {})):
        if name not in GROUPABLE and name not in own:
            names = ", ".join(sorted({*GROUPABLE, *own}))
            raise WrongInput(f"{name!r} cannot be grouped or filtered by; choose from {names}")
    if len(group) > MOST_GROUPS or len(set(group)) != len(group):
        raise WrongInput(f"group by at most {MOST_GROUPS} different facts")
    if not periods:
        raise WrongInput("no period lies between these days")
    if len(periods) > MOST_PERIODS:
        raise WrongInput(f"that is {len(periods)} periods; ask for at most {MOST_PERIODS} at once")
    basis = basis or chosen.basis
    measures.basis(basis)
    return Question(chosen, tuple(periods), tuple(group), dict(where or {}), basis)
