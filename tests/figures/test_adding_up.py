"""Two tables of one question, at any two coordinates, differ on every cell by exactly the incidents that are named."""

import os
from collections import Counter
from datetime import date

from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

import asked as asked_of
import extracts
import histories
from candour.figures import differences, measures, questions, tables
from candour.figures.kinds import KINDS
from candour.ledger.coordinates import AsAt

DAYS = st.sampled_from([date(2013, 3, 31), date(2014, 1, 1), date(2014, 12, 25), extracts.NOW.date()])


@settings(
    max_examples=int(os.environ.get("HISTORIES", "30")),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    deeds=st.builds(lambda first, rest: [first, *rest], asked_of.WIDE, histories.DEEDS),
    covers=st.lists(asked_of.COVER, max_size=5),
    asked=asked_of.QUESTION,
    days=st.tuples(DAYS, DAYS),
    back=st.tuples(st.integers(0, 30), st.integers(0, 30)),
)
def test_on_every_cell_the_differences_add_up_to_the_difference(db, deeds, covers, asked, days, back):
    measure = measures.BY_SLUG[asked["measure"]]
    assume(measure.gives.adds_up and asked_of.fits(asked))
    history = histories.History()
    known = asked_of.Knowledge(history)
    known.cover(covers[:2])
    history.do(deeds)
    known.cover(covers[2:])
    periods = asked_of.periods(asked)
    question = questions.question(measure, periods, group=asked["group"], where=asked["where"], basis=asked["basis"])
    before, after = (AsAt(day, max(history.head - some, 1)) for day, some in zip(days, back, strict=True))
    found = differences.differences(history.body.pk, question, after, before)
    moved = cells(tables.table(history.body.pk, question, after))
    moved.subtract(cells(tables.table(history.body.pk, question, before)))
    for one in found:
        assert one.kind in KINDS
        for place, sign in ((one.before, 1), (one.after, -1)):
            if place:
                moved[place.period, place.group] += sign * place.value
    assert not +moved
    assert not -moved


def cells(table):
    """What each cell of a table counts, by the place of its period and the key of its row."""
    return Counter(
        {
            (place, tuple(group.key.values())): cell.value or 0
            for group in table.groups
            for place, cell in enumerate(group.cells)
        }
    )
