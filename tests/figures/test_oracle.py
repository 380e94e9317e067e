"""Every cell of a table is what plain Python counts, day by day, over the register that the deeds made."""

import itertools
import os
import statistics
from datetime import date, timedelta

from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

import asked as asked_of
import extracts
import histories
import oracle
from candour.figures import grouping, measures, questions, tables
from candour.ledger.coordinates import AsAt

ONE_DAY = timedelta(days=1)
PLAIN_ROW = histories.ROW_OF | {"department": "Legal", "tier": "event", "logged_on": date(2014, 12, 25)}
ASKED = {
    "measure": "events", "kind": "financial-year", "first": date(2012, 5, 1), "last": date(2015, 3, 31), "group": (),
    "where": {}, "basis": "logged", "day": extracts.NOW.date(),
}  # fmt: skip


@settings(
    max_examples=int(os.environ.get("HISTORIES", "40")),
    deadline=None,
    phases=(Phase.explicit, Phase.generate),
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
    deeds=st.builds(lambda first, rest: [first, *rest], asked_of.WIDE, histories.DEEDS),
    covers=st.lists(asked_of.COVER, max_size=6),
    searched=st.lists(st.tuples(st.sampled_from([*asked_of.TIER_OF]), asked_of.SPAN), max_size=2),
    stated=st.lists(asked_of.STATEMENT, max_size=2),
    asked=asked_of.QUESTION,
    back=st.integers(0, 30),
)
def test_a_table_is_what_plain_python_counts(db, deeds, covers, searched, stated, asked, back):
    history = histories.History()
    known = asked_of.Knowledge(history)
    known.cover(covers[:2])
    history.do(deeds)
    known.cover(covers[2:])
    known.search(searched)
    known.state(stated)
    number = max(history.head - back, 1)
    periods = asked_of.periods(asked)
    assume(asked_of.fits(asked))
    question = questions.question(
        asked["measure"], periods, group=asked["group"], where=asked["where"], basis=asked["basis"]
    )
    table = tables.table(history.body.pk, question, AsAt(asked["day"], number))
    plain = Plain(history, known, question, asked["day"], number)
    assert table.date_not_known == len([one for one in plain.counted() if one[plain.column] is None])
    assert table.reconstructed == plain.rests_on_later_knowledge()
    assert table.completeness == plain.completeness()
    assert {tuple(group.key.values()) for group in table.groups} == plain.keys()
    for group in table.groups:
        for period, cell in zip(periods, group.cells, strict=True):
            says = (cell.status, cell.value, getattr(cell, "since", None), getattr(cell, "until", None))
            right = plain.cell(period, tuple(group.key.values()))
            assert says[: len(right)] == right, (period, group.key)


class Plain:
    """A question answered by looking at every incident, and at every day of every period."""

    COLUMNS = {
        "logged": "logged_on", "occurred": "occurred_on", "discovered": "discovered_at", "aware": "aware_at",
        "told-ico": "told_ico_on", "closed": "closed_on", "reported": "reported_on",
    }  # fmt: skip

    def __init__(self, history, known, question, day, number):
        self.history, self.known, self.question, self.day, self.number = history, known, question, day, number
        self.column = self.COLUMNS[question.basis]
        self.measure = question.measure
        self.of_open = self.measure.value == "open"

    def counted(self, only=None, number=None):
        """The facts of every incident that the question asks for, as they were on the day."""
        number, register = self.number if number is None else number, self.history.plain
        believed = [(one, register.at(one, self.day, number)) for one in sorted(register.references(self.day, number))]
        return [
            {**facts, "reference": one} for one, facts in believed
            if facts["standing"] == self.measure.standing and facts["tier"] in self.measure.tiers
            if all(value in said(facts, name) for name, value in (self.question.only if only is None else only).items())
        ]  # fmt: skip

    def rows(self, tier, facts):
        if self.measure.standing != "counted":
            return self.known.rows_of(self.measure.slug, facts, self.number)
        slugs = [slug for slug, own in asked_of.TIER_OF.items() if tier in {own, "undetermined"}]
        rows = [row for slug in slugs for row in self.known.rows_of(slug, facts, self.number)]
        return rows or self.known.rows_of(self.measure.slug, facts, self.number)

    def facts(self, key):
        return {**self.question.only, **{n: v for n, v in zip(self.question.group, key, strict=True) if v}}

    def keys_of(self, facts):
        """The rows of the table that an incident stands in: one, or one for each kind of data."""
        return set(itertools.product(*(said(facts, name) for name in self.question.group)))

    def end(self, period):
        return min(period.end, self.day)

    def within(self, period, key, only=None, number=None):
        """The incidents of a row in the days of a period that the register covers for their tier."""
        if period.start > self.day:
            return
        for facts in self.counted(only, number):
            rows, day = self.rows(facts["tier"], self.facts(key)), facts[self.column]
            inside = day and day <= self.end(period) and (self.of_open or day >= period.start)
            mine = key in self.keys_of(facts) and inside and not self.closed(facts, self.end(period), number)
            days = [day, *([self.end(period)] if self.of_open else [])] if mine else []
            covered = all(any(row["since"] <= one <= row["until"] for row in rows) for one in days)
            if mine and (covered or not rows):
                yield facts

    def every_key(self, only=None, number=None):
        return {key for facts in self.counted(only, number) for key in self.keys_of(facts)}

    def closed(self, facts, day, number):
        """Whether what is open is asked for, and this one was closed by a day: as it stood that day, if it was held."""
        that_day = self.history.plain.at(facts["reference"], day, self.number if number is None else number) or facts
        return self.of_open and that_day["closed_on"] and that_day["closed_on"] <= day

    def keys(self):
        always = {(): {()}, ("tier",): {(tier,) for tier in asked_tiers(self.question)}}
        periods = self.question.periods
        found = {key for key in self.every_key() if any(any(self.within(period, key)) for period in periods)}
        return found | always.get(self.question.group, set())

    def cell(self, period, key):
        if period.start > self.day:
            return ("not_applicable", None, None, None)
        named = dict(zip(self.question.group, key, strict=True))
        tiers = [named["tier"]] if "tier" in named else asked_tiers(self.question)
        parts = [self.part(period, tier, key) for tier in tiers]
        counted = parts[0] if len(parts) == 1 else total(parts)
        stated = self.stated(period)
        if self.measure.gives.how == "median" and counted[1] is not None:
            given = [value for facts in self.within(period, key) if (value := self.value(facts)) is not None]
            counted = (counted[0], statistics.median(given), *counted[2:]) if given else ("not_applicable", None)
        return ("held", stated, None, None) if counted[1] is None and stated is not None else counted

    def stated(self, period):
        """The figure that was published of the period, the last one said by the day; none for a part of the whole."""
        fit = [
            (said_on, -number, value)
            for number, measure, days, value, said_on in self.known.statements
            if number <= self.number and measure == self.measure.slug and said_on <= self.day
            if days == (period.start, period.end) and not self.question.group and not self.question.where
        ]
        return max(fit)[-1] if fit else None

    def shown(self, only=None, number=None):
        """Every incident in the table: once for each period, whatever rows it stands in, with its row and value."""
        for period in self.question.periods:
            found = {}
            for key in self.every_key(only, number):
                for facts in self.within(period, key, only, number):
                    found.setdefault(facts["reference"], (facts, []))[1].append(key)
            yield from ((period, *one) for one in found.values())

    def completeness(self):
        """Of the incidents in the table, how many state each fact that it rests on."""
        shown = [facts for _, facts, _ in self.shown()]
        known = {name: sum(said(facts, name) != {None} for facts in shown) for name in self.question.group}
        if "tier" in known or len(self.measure.tiers) > 1:
            known["tier"] = sum(facts["tier"] != "undetermined" for facts in shown)
        if self.measure.gives.fact:
            known[self.measure.gives.fact] = sum(self.value(facts) is not None for facts in shown)
        found = {name: {"known": count, "of": len(shown)} for name, count in known.items()}
        for name in set(self.question.only) - {"tier"}:
            others = [facts for _, facts, _ in self.shown({n: v for n, v in self.question.only.items() if n != name})]
            found[name] = {"known": sum(said(facts, name) != {None} for facts in others), "of": len(others)}
        return found

    def rests_on_later_knowledge(self):
        """Whether anything counts otherwise than it could have at the end of the day that the table is as at."""

        def counted(number):
            return {
                (period.start, facts["reference"], facts["tier"], frozenset(keys), self.value(facts))
                for period, facts, keys in self.shown(number=number)
            }  # fmt: skip

        return counted(self.number) != counted(min(self.number, self.history.number_on(self.day)))

    def value(self, facts):
        """What an incident gives: itself, a number it states, or the days until the ICO was told."""
        match self.measure.value:
            case "people" | "people-median":
                return facts["people_affected"]
            case "people-at-most":
                most = facts["people_affected_at_most"]
                return facts["people_affected"] if most is None else most
            case "devices":
                return facts["devices"]
            case "cost":
                return facts["cost_pounds"]
            case "days-to-report":
                return oracle.days_to_report(facts)
        return 1

    def part(self, period, tier, key):
        counted = [facts for facts in self.within(period, key) if facts["tier"] == tier]
        values = [value for facts in counted if (value := self.value(facts)) is not None]
        value = sum(values) if self.measure.gives.how == "sum" else len(values)
        rows = self.rows(tier, self.facts(key))
        first = self.end(period) if self.of_open else period.start
        last = self.end(period) if self.of_open else period.end
        days = [first + place * ONE_DAY for place in range((last - first).days + 1)]
        covered = [day for day in days if any(row["since"] <= day <= row["until"] for row in rows)]
        if covered == days or (not rows and value):
            return ("held", value, None, None)
        if not covered:
            later = (row["since"] for row in rows if row["since"] > period.end)
            return self.nothing(period, tier, min(later, default=None))
        first, last = covered[0], covered[-1]
        return ("held_since", value, None if first == days[0] else first, None if last == days[-1] else last)

    def nothing(self, period, tier, since):
        for number, measure, first, last in self.known.searches:
            if (
                number <= self.number
                and asked_of.TIER_OF[measure] == tier
                and first <= period.start
                and period.end <= last
            ):
                return ("not_held", None, None, None)
        return ("not_in_register", None, since, None)


def test_every_fact_basis_and_kind_of_period_is_asked_about():
    assert set(asked_of.VALUES) == set(grouping.GROUPABLE)
    assert set(Plain.COLUMNS) == set(measures.BASES)


def asked_tiers(question):
    return [tier for tier in question.measure.tiers if question.only.get("tier", tier) == tier]


def said(facts, name):
    """What an incident says of a fact: one value, None where nobody stated it, or several."""
    if name in grouping.MANY:
        return set(facts[name].split("; ")) if facts[name] else {None}
    return {WORKED_OUT[name](facts) if name in WORKED_OUT else facts[name]}


WORKED_OUT = {
    "people_band": lambda facts: oracle.band(facts["people_affected"]),
    "days_to_report": lambda facts: oracle.days_band(oracle.days_to_report(facts)),
    "time_to_report": oracle.time_to_report,
    "told_within_72_hours": oracle.told_within_72_hours,
    "tier_basis": lambda facts: facts["basis"],
    "source": lambda _: "sheet",
    "triaged": lambda _: None,
}
"""Facts that follow from others, or are the same for whatever was loaded."""


def total(parts):
    held = [part for part in parts if part[1] is not None]
    value = sum(part[1] for part in held)
    if not held:
        return ("not_in_register" if any(part[0] == "not_in_register" for part in parts) else "not_held", None)
    if len(held) == len(parts) and held[0][0] == "held_since" and len({(part[0], *part[2:]) for part in held}) == 1:
        return ("held_since", value, *held[0][2:])
    return ("held", value, None, None)
