"""Whether a table needs protecting: questions in order, each with its answer and what follows, kept with the decision.

The path has to lead from a number and other information to a person (Information Commissioner v Miller [2018] UKUT 229:
hiding every count of 5 or less by rule failed); the test is what a motivated intruder is reasonably likely to do.
"""

from collections.abc import Sequence
from dataclasses import dataclass

THRESHOLD_POPULATION = 100

TEST = (
    "A motivated intruder: a competent person without prior knowledge or special skills, who has the internet, "
    "libraries, public records and the press, asks around and commits no crime; then people who know more, such as "
    "colleagues and family."
)


@dataclass(frozen=True)
class Circumstances:
    """What the procedure asks of a table.

    `people`: its cells count people; `singles_out`: names of facts in its rows or filter that say something of a person
    who could be found; `published`: where it was published in this detail already; `populations`: how many people
    belong to each unit it names (None: not known); `small`: how many of its counts are small; `whole`: names of rows in
    which all, of two or more, or none but one kind, fall into one column, so that being counted tells which.
    """

    people: bool
    singles_out: tuple[str, ...] = ()
    published: str = ""
    populations: tuple[tuple[str, int | None], ...] = ()
    small: int = 0
    whole: tuple[str, ...] = ()
    threshold_population: int = THRESHOLD_POPULATION


@dataclass(frozen=True)
class Step:
    """One question, what the table answers, and what that means."""

    question: str
    answer: str
    means: str

    def as_json(self) -> dict[str, str]:
        return {"question": self.question, "answer": self.answer, "means": self.means}


@dataclass(frozen=True)
class Advice:
    """Whether to protect, and the steps that led there; a person decides."""

    protect: bool
    high_risk: bool
    steps: tuple[Step, ...]


def advise(table: Circumstances) -> Advice:
    """Go through the questions in order and stop where one settles it."""
    first = _people(table)
    if not table.people and not table.singles_out:
        return Advice(protect=False, high_risk=False, steps=(first,))
    second = _published(table)
    if table.published:
        return Advice(protect=False, high_risk=False, steps=(first, second))
    few = _few(table)
    third, fourth = _population(table, few), _learns(table)
    needed = bool(table.small or table.whole)
    return Advice(protect=needed, high_risk=needed and bool(few), steps=(first, second, third, fourth))


def _people(table: Circumstances) -> Step:
    question = "Does it count people, or say something of a person who could be found?"
    if table.people:
        return Step(question, "it counts people", "go on")
    if table.singles_out:
        return Step(question, f"it counts incidents, by {_listed(table.singles_out)}", "go on")
    return Step(question, "it counts incidents, and nothing in it speaks of a person", "no control is needed")


def _published(table: Circumstances) -> Step:
    question = "Was it published in this detail already?"
    if table.published:
        return Step(question, f"yes: {table.published}", "release it: hiding what is public protects nobody")
    return Step(question, "not that the register knows", "go on")


def _few(table: Circumstances) -> list[str]:
    return [name for name, size in table.populations if size is None or size < table.threshold_population]


def _population(table: Circumstances, few: Sequence[str]) -> Step:
    question = f"Is a unit in it smaller than {table.threshold_population} people?"
    if not table.populations:
        return Step(question, "it names no unit", "the whole body stands behind each number")
    if not few:
        return Step(question, "no", "many people stand behind each number")
    sizes = dict(table.populations)
    said = [f"{name} ({sizes[name] or 'size not known'})" for name in few]
    return Step(question, f"yes: {_listed(said)}", "the risk is high")


def _learns(table: Circumstances) -> Step:
    question = "Would an intruder learn something new of a person?"
    found = [f"small numbers: {table.small}"] if table.small else []
    found += [f"all of a row fall into one column: {_listed(table.whole)}"] if table.whole else []
    if found:
        return Step(question, "; ".join(found), "protect it: merge or band first, then round, then hide")
    return Step(question, "no small number, and no row that lies in one column", "no control is needed")


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)
