"""What may be asked of a register as a table, and what a body states of its own knowing, for the tests of figures."""

from datetime import date

from hypothesis import strategies as st

import extracts
import histories
from candour.figures import actions as knowing
from candour.figures import grouping, measures
from candour.rules import years

TIER_OF = {slug: tier for tier, slug in measures.OF_TIER.items()}
EDGES = (date(2012, 4, 1), date(2012, 5, 3), date(2013, 4, 1), date(2013, 4, 2), date(2014, 12, 25))

ACCOUNTING = (
    years.Period(date(2012, 1, 1), date(2012, 12, 28), "2012", "accounting-period"),
    years.Period(date(2012, 12, 29), date(2014, 1, 3), "2013", "accounting-period"),
    years.Period(date(2014, 1, 4), date(2015, 1, 2), "2014", "accounting-period"),
)
"""Years of a body that closes its books on the last Friday or so, not at a month's end."""

SPAN = st.tuples(st.sampled_from(EDGES), st.sampled_from([None, *EDGES])).map(
    lambda days: days if days[1] is None else (min(days), max(days))
)
COVER = st.tuples(st.sampled_from([*measures.BY_SLUG]), SPAN, st.sampled_from([{}, {"department": "Legal"}]))
WIDE = st.tuples(
    st.just("load"), st.dictionaries(st.sampled_from("ABCDEFGHIJ"), histories.ROW, min_size=6), st.just(False)
)
STATEMENT = st.tuples(
    st.sampled_from([*measures.BY_SLUG]),
    st.sampled_from(["2012/13", "2013/14", "2012", "April 2013"]),
    st.integers(0, 9),
    st.sampled_from([date(2013, 3, 31), date(2014, 6, 1)]),
)
VALUES = {
    **{name: values for name, values in histories.OTHER.items() if name in grouping.GROUPABLE},
    **{scheme: (code,) for scheme, code in histories.CODES.items()},
    "data_subjects": ("Children",), "data_types": ("Health data",), "category": ("IV", "I"), "tier": ("event",),
    "tier_basis": ("stated", "derived"), "department": ("Legal", "North"), "source": ("sheet",), "triaged": ("yes",),
    "personal_data": ("yes", "no"), "information_lost": ("yes",), "resources_assigned": ("no",),
    "people_band": ("1 to 9", "None"), "days_to_report": ("1 to 3 days",), "told_within_72_hours": ("yes", "no"),
    "time_to_report": ("24 hours to 72 hours", "not told"),
}  # fmt: skip
"""Every fact by which a table may be grouped or filtered, each with values that it may have."""
OFTEN = ("tier", "department", "category", "data_types", "personal_data")
FACT = st.sampled_from([*grouping.GROUPABLE, *OFTEN * 3])
FILTER = FACT.flatmap(lambda name: st.tuples(st.just(name), st.sampled_from(VALUES[name])))

QUESTION = st.fixed_dictionaries(
    {
        "measure": st.sampled_from([*measures.BY_SLUG]),
        "kind": st.sampled_from(years.KINDS),
        "first": st.sampled_from([date(2012, 1, 1), date(2012, 5, 1)]),
        "last": st.sampled_from([date(2013, 4, 30), date(2015, 3, 31)]),
        "group": st.one_of(st.just(()), st.lists(FACT, min_size=1, max_size=2, unique=True).map(tuple)),
        "where": st.one_of(st.just({}), st.lists(FILTER, max_size=2).map(dict)),
        "basis": st.sampled_from(["logged", *measures.BASES]),
        "day": st.sampled_from([date(2013, 3, 31), date(2014, 1, 1), extracts.NOW.date(), date(2027, 6, 1)]),
    }
)


def fits(asked):
    """Whether the filter leaves the measure something to count; else the question is refused."""
    measure, where = measures.BY_SLUG[asked["measure"]], asked["where"]
    of_tier = where.get("tier", measure.tiers[0]) in measure.tiers
    return of_tier and measure.only.items() <= {**measure.only, **where}.items()


def periods(asked):
    """The periods that are asked about."""
    return years.periods(asked["kind"], asked["first"], asked["last"], accounting=ACCOUNTING)


class Knowledge:
    """What a body stated of its own knowing, as rows between two ledger numbers."""

    def __init__(self, history):
        self.history = history
        self.rows, self.searches, self.statements = [], [], []

    def cover(self, covers):
        for measure, (since, until), where in covers:
            number = extracts.cover(
                self.history.body, measure, since.isoformat(), until and until.isoformat(), where=where,
                at=self.history.at,
            )  # fmt: skip
            if number:
                row = {"about": (measure, where), "since": since, "until": until or date.max, "closed": None}
                for old in self.rows:
                    if old["about"] == row["about"] and old["since"] <= row["until"] and row["since"] <= old["until"]:
                        old["closed"] = old["closed"] or number
                self.rows.append(row | {"opened": number})

    def search(self, searched):
        for measure, (since, until) in searched:
            last = until or date(2016, 1, 1)
            number = knowing.record_search(
                self.history.body, measure, since=since, until=last, places="paper files", searcher="Records manager",
                on=self.history.today, by=self.history.by, at=self.history.at,
            )  # fmt: skip
            if number:
                self.searches.append((number, measure, since, last))

    def state(self, stated):
        for measure, label, value, said_on in stated:
            period = years.read(label)
            number = knowing.add_statement(
                self.history.body, measure, period=period, value=value, said_on=said_on, document="Annual report",
                by=self.history.by, at=self.history.at,
            )  # fmt: skip
            if number:
                self.statements.append((number, measure, (period.start, period.end), value, said_on))

    def rows_of(self, measure, facts, number):
        """The rows that speak of these facts, and most particularly."""
        fit = [
            row
            for row in self.rows
            if row["about"][0] == measure
            and row["about"][1].items() <= facts.items()
            and row["opened"] <= number < (row["closed"] or number + 1)
        ]
        return [row for row in fit if len(row["about"][1]) == max(len(other["about"][1]) for other in fit)]
