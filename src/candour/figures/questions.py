"""What is asked of the register: which measure, over which periods, grouped and filtered by what, on which basis."""

import difflib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from candour.figures import measures
from candour.figures.grouping import GROUPABLE, HIDDEN, MANY
from candour.incidents.facts import BY_NAME, Kind
from candour.rules import years
from candour.rules.refusals import WrongInput

WORDS = frozenset({"description", "reporter", "contact", "reason", "note", "reference"})
"""What the register keeps as words or names; figures are never made by them."""

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

    @property
    def only(self) -> dict[str, str]:
        """Everything that is filtered by: the measure's own filter, and what was asked besides."""
        return {**self.measure.only, **self.where}

    @property
    def overlaps(self) -> bool:
        """Whether an incident may stand in several rows, so that the rows do not add up to the total."""
        return bool(set(self.group) & set(MANY))


def question(
    measure: str | measures.Measure,
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
    chosen = measures.measure(measure) if isinstance(measure, str) else measure
    check_facts((*group, *(where or {})), own)
    for name, value in (where or {}).items():
        if chosen.only.get(name, value) != value:
            kept = f"{chosen.slug} counts only where {name} is {chosen.only[name]!r}"
            raise WrongInput(f"{kept}; leave that filter out, or ask for another measure")
    if (tier := (where or {}).get("tier", chosen.tiers[0])) not in chosen.tiers:
        counts = f"{chosen.slug} counts only incidents of the tier {' or '.join(chosen.tiers)}"
        raise WrongInput(f"{counts}, so none of them is {tier}; leave that filter out, or ask for all-incidents")
    if len(group) > MOST_GROUPS or len(set(group)) != len(group):
        raise WrongInput(f"group by at most {MOST_GROUPS} different facts")
    if not periods:
        raise WrongInput("no period lies between these days")
    if len(periods) > MOST_PERIODS:
        raise WrongInput(f"that is {len(periods)} periods; ask for at most {MOST_PERIODS} at once")
    basis = basis or chosen.basis
    measures.basis(basis)
    return Question(chosen, tuple(periods), tuple(group), dict(where or {}), basis)


def check_facts(names: Collection[str], own: Collection[str] = ()) -> None:
    """Raise WrongInput for a name by which no table is grouped or filtered, with the reason."""
    for name in names:
        _require_fact(name, own)


def _require_fact(name: str, own: Collection[str]) -> None:
    if name in GROUPABLE or name in own:
        return
    there = sorted({*GROUPABLE, *own})
    near = difflib.get_close_matches(name, there, cutoff=0.7)
    instead = f"did you mean {' or '.join(near)}?" if near else f"choose from {', '.join(there)}"
    raise WrongInput(f"{name!r} cannot be grouped or filtered by: {_why_not(name)}; {instead}")


def _why_not(name: str) -> str:
    if name in HIDDEN or name in WORDS:
        return "it would single out an incident"
    if name not in BY_NAME:
        return "the register holds no such fact"
    if BY_NAME[name].kind is Kind.DAY:
        return "it is a day, by which periods are made (the basis says which day decides)"
    return "it is a number, by which incidents are grouped in bands"
