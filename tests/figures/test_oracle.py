"""Every cell of a table is what plain Python counts, day by day, over the register that the deeds made."""

from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import extracts
import histories
from candour.figures import actions as knowing
from candour.figures import measures, questions, tables
from candour.ledger.coordinates import AsAt
from candour.rules import years

ONE_DAY = timedelta(days=1)
TIER_OF = {slug: measure.tiers[0] for slug, measure in measures.BY_SLUG.items() if len(measure.tiers) == 1}
EDGES = (date(2012, 4, 1), date(2012, 5, 3), date(2013, 4, 1), date(2013, 4, 2), date(2014, 12, 25))

SPAN = st.tuples(st.sampled_from(EDGES), st.sampled_from([None, *EDGES])).map(
    lambda days: days if days[1] is None else (min(days), max(days))
)
COVER = st.tuples(st.sampled_from([*measures.BY_SLUG]), SPAN, st.sampled_from([{}, {"department": "Legal"}]))
PLAIN_ROW = histories.ROW_OF | {"department": "Legal", "tier": "event", "logged_on": date(2014, 12, 25)}
ASKED = {
    "measure": "events", "kind": "financial-year", "first": date(2012, 5, 1), "last": date(2015, 3, 31), "group": (),
    "where": {}, "basis": "logged", "day": extracts.NOW.date(),
}  # fmt: skip
WIDE = st.tuples(
    st.just("load"), st.dictionaries(st.sampled_from("ABCDEFGHIJ"), histories.ROW, min_size=6), st.just(False)
)
STATEMENT = st.tuples(
    st.sampled_from([*measures.BY_SLUG]),
    st.sampled_from(["2012/13", "2013/14", "2012", "April 2013"]),
    st.integers(0, 9),
    st.sampled_from([date(2013, 3, 31), date(2014, 6, 1)]),
)
QUESTION = st.fixed_dictionaries(
    {
        "measure": st.sampled_from([*measures.BY_SLUG]),
        "kind": st.sampled_from(["financial-year", "calendar-year", "quarter", "month", "span", "tax-year"]),
        "first": st.sampled_from([date(2012, 1, 1), date(2012, 5, 1)]),
        "last": st.sampled_from([date(2013, 4, 30), date(2015, 3, 31)]),
        "group": st.sampled_from(
            [(), ("tier",), ("department",), ("department",), ("category",), ("tier", "department")]
        ),
        "where": st.sampled_from([{}, {}, {"department": "Legal"}, {"category": "IV"}]),
        "basis": st.sampled_from(["logged", "logged", "occurred"]),
        "day": st.sampled_from([date(2013, 3, 31), date(2014, 1, 1), extracts.NOW.date(), date(2027, 6, 1)]),
    }
)


@settings(
    max_examples=100,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(
    deeds=[("load", {"A": {**PLAIN_ROW, "logged_on": date(2013, 4, 1)}, "B": PLAIN_ROW}, False)],
    covers=[("events", (date(2013, 4, 1), None), {}), ("events", (date(2013, 4, 2), None), {"department": "Legal"})],
    searched=[], stated=[], asked={**ASKED, "group": ("department",)}, back=0,
)  # fmt: skip
@example(
    deeds=[("load", {"A": {**PLAIN_ROW, "logged_on": date(2013, 4, 1)}, "B": PLAIN_ROW}, False)],
    covers=[("events", (date(2013, 4, 2), None), {}), ("events", (date(2013, 4, 1), None), {"department": "Legal"})],
    searched=[], stated=[], asked={**ASKED, "group": ("department",)}, back=0,
)  # fmt: skip
@given(
    deeds=st.builds(lambda first, rest: [first, *rest], WIDE, histories.DEEDS),
    covers=st.lists(COVER, max_size=6),
    searched=st.lists(st.tuples(st.sampled_from([*TIER_OF]), SPAN), max_size=2),
    stated=st.lists(STATEMENT, max_size=2),
    asked=QUESTION,
    back=st.integers(0, 30),
)
def test_a_table_is_what_plain_python_counts(db, deeds, covers, searched, stated, asked, back):
    history = histories.History()
    known = Knowledge(history)
    known.cover(covers[:2])
    history.do(deeds)
    known.cover(covers[2:])
    known.search(searched)
    known.state(stated)
    number = max(history.head - back, 1)
    periods = years.periods(asked["kind"], asked["first"], asked["last"])
    question = questions.question(
        asked["measure"], periods, group=asked["group"], where=asked["where"], basis=asked["basis"]
    )
    table = tables.table(history.body.pk, question, AsAt(asked["day"], number))
    plain = Plain(history, known, question, asked["day"], number)
    assert table.date_not_known == len([one for one in plain.counted if one[plain.column] is None])
    assert table.completeness == plain.completeness()
    assert {tuple(group.key.values()) for group in table.groups} == plain.keys()
    for group in table.groups:
        for period, cell in zip(periods, group.cells, strict=True):
            says = (cell.status, cell.value, getattr(cell, "since", None), getattr(cell, "until", None))
            right = plain.cell(period, tuple(group.key.values()))
            assert says[: len(right)] == right, (period, group.key)


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


class Plain:
    """A question answered by looking at every incident, and at every day of every period."""

    def __init__(self, history, known, question, day, number):
        self.known, self.question, self.day, self.number = known, question, day, number
        self.column = {"logged": "logged_on", "occurred": "occurred_on"}[question.basis]
        register = history.plain
        believed = [register.at(one, day, number) for one in register.references(day, number)]
        self.counted = [facts for facts in believed if self.counts(facts)]

    def counts(self, facts):
        right = all(facts[name] == value for name, value in self.question.where.items())
        stands = facts["standing"] == self.question.measure.standing
        return stands and facts["tier"] in self.question.measure.tiers and right

    def rows(self, tier, facts):
        if self.question.measure.standing != "counted":
            return self.known.rows_of(self.question.measure.slug, facts, self.number)
        slugs = [slug for slug, own in TIER_OF.items() if tier in {own, "undetermined"}]
        rows = [row for slug in slugs for row in self.known.rows_of(slug, facts, self.number)]
        return rows or self.known.rows_of(self.question.measure.slug, facts, self.number)

    def facts(self, key):
        return {**self.question.where, **{n: v for n, v in zip(self.question.group, key, strict=True) if v}}

    def key(self, facts):
        return tuple(facts[name] for name in self.question.group)

    def within(self, period, tier, key):
        """The incidents of a tier and a group in the days of a period that the register covers."""
        rows = self.rows(tier, self.facts(key))
        for facts in self.counted:
            day = facts[self.column]
            mine = facts["tier"] == tier and self.key(facts) == key and day and period.start <= day <= period.end
            if mine and (not rows or any(row["since"] <= day <= row["until"] for row in rows)):
                yield facts

    def keys(self):
        always = {(): {()}, ("tier",): {(tier,) for tier in self.question.measure.tiers}}
        found = {
            self.key(facts)
            for facts in self.counted
            for period in self.question.periods
            if facts in self.within(period, facts["tier"], self.key(facts))
        }
        return found | always.get(self.question.group, set())

    def cell(self, period, key):
        if period.start > self.day:
            return ("not_applicable", None, None, None)
        named = dict(zip(self.question.group, key, strict=True))
        tiers = [named["tier"]] if "tier" in named else self.question.measure.tiers
        parts = [self.part(period, tier, key) for tier in tiers]
        counted = parts[0] if len(parts) == 1 else total(parts)
        stated = self.stated(period)
        return ("held", stated, None, None) if counted[1] is None and stated is not None else counted

    def stated(self, period):
        """The figure that was published of the period, the last one said by the day; none for a part of the whole."""
        fit = [
            (said_on, -number, value)
            for number, measure, days, value, said_on in self.known.statements
            if number <= self.number and measure == self.question.measure.slug and said_on <= self.day
            if days == (period.start, period.end) and not self.question.group and not self.question.where
        ]
        return max(fit)[-1] if fit else None

    def completeness(self):
        """Of the incidents in the table, how many state each fact that it rests on."""
        places = [(facts, period) for facts in self.counted for period in self.question.periods]
        shown = [facts for facts, period in places if facts in self.within(period, facts["tier"], self.key(facts))]
        known = {name: sum(facts[name] is not None for facts in shown) for name in self.question.group}
        if "tier" in known or len(self.question.measure.tiers) > 1:
            known["tier"] = sum(facts["tier"] != "undetermined" for facts in shown)
        if self.question.measure.unit == "people":
            known["people_affected"] = sum(facts["people_affected"] is not None for facts in shown)
        return {name: {"known": count, "of": len(shown)} for name, count in known.items()}

    def part(self, period, tier, key):
        counted = list(self.within(period, tier, key))
        people = self.question.measure.unit == "people"
        value = sum(facts["people_affected"] or 0 for facts in counted) if people else len(counted)
        rows = self.rows(tier, self.facts(key))
        days = [period.start + place * ONE_DAY for place in range((period.end - period.start).days + 1)]
        covered = [day for day in days if any(row["since"] <= day <= row["until"] for row in rows)]
        if covered == days or (not rows and value):
            return ("held", value, None, None)
        if not covered:
            return self.nothing(period, tier, min((row["since"] for row in rows), default=None))
        first, last = covered[0], covered[-1]
        return ("held_since", value, None if first == days[0] else first, None if last == days[-1] else last)

    def nothing(self, period, tier, since):
        for number, measure, first, last in self.known.searches:
            if number <= self.number and TIER_OF[measure] == tier and first <= period.start and period.end <= last:
                return ("not_held", None, None, None)
        return ("not_in_register", None, since, None)


def total(parts):
    held = [part for part in parts if part[1] is not None]
    value = sum(part[1] for part in held)
    if not held:
        return ("not_in_register" if any(part[0] == "not_in_register" for part in parts) else "not_held", None)
    if len(held) == len(parts) and held[0][0] == "held_since" and len({(part[0], *part[2:]) for part in held}) == 1:
        return ("held_since", value, *held[0][2:])
    return ("held", value, None, None)
