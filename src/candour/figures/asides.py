"""What stands beside the numbers of a table that leaves, and tells of numbers, too: for how many a fact is known."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from candour.figures.coverage import DAY
from candour.figures.earlier import Published
from candour.figures.questions import Question
from candour.figures.values import How


def of_completeness(
    question: Question, completeness: Mapping[str, Mapping[str, int]], said: str
) -> Iterator[Published]:  # fmt: skip
    """Yield how many incidents of all periods together do not state a fact that a table is made by.

    "Known for 41 of 43" is the row of those that state none, as if it had been printed.
    """
    periods, measure = question.periods, question.measure
    apart = any(before.end + DAY != after.start for before, after in pairwise(periods))
    if apart or measure.gives.how is How.OPEN:
        return
    counted = replace(measure, value="incidents")
    for fact in sorted({*question.group, *question.where} - {"tier", *measure.only}):
        if fact in completeness:
            value = completeness[fact]["of"] - completeness[fact]["known"]
            facts = {**question.where, fact: None}
            yield Published(
                measure.slug, question.basis, periods[0].start, periods[-1].end, value, said, facts, defined=counted
            )
