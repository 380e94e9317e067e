"""Whatever is done to a register, what it believes is what plain Python makes of the same deeds."""

import json
import os
from datetime import datetime, timedelta

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import histories
import oracle
from candour.incidents import models, recounting, replay
from candour.incidents.facts import SCHEME
from candour.ledger import verification
from candour.ledger.coordinates import AsAt

COLUMNS = {
    "logged_on": "logged_on", "occurred_on": "occurred_on", "department": "department", "tier": "tier",
    "information_lost": "information_lost", "resources_assigned": "resources_assigned", "told_ico": "told_ico",
    "people_affected": "people_affected", "basis": "tier_basis", "standing": "standing",
    "discovered_at": "discovered_on", "aware_at": "aware_on", "told_ico_on": "told_ico_on", "closed_on": "closed_on",
    "people_affected_at_most": "people_affected_at_most", "data_types": "data_types", "devices": "devices",
    "cost_pounds": "cost_pounds", "personal_data": "personal_data", **{name: name for name in histories.OTHER},
}  # fmt: skip
SCHEMES = {"category": SCHEME} | {scheme: scheme for scheme in histories.CODES}
"""The schemes that hold codes, by the names that the plain register has for them."""


DECIDED = [
    ("load", {"A": {**histories.ROW_OF, "tier": "event"}}, False),
    ("amend", "A", {"tier": "near-miss"}, False),
    ("load", {"A": {**histories.ROW_OF, "department": "Legal"}}, True),
    ("undo", 1),
    ("load", {"A": {**histories.ROW_OF, "tier": "other-incident"}}, True),
]
"""A person decides a tier that the source then takes away, has again, and states anew."""

CODED = [
    ("load", {"A": {**histories.ROW_OF, "told_ico": "yes"}}, False),
    ("amend", "A", {"category": "I"}, False),
    ("amend", "A", {"told_ico": "no", "resources_assigned": None}, True),
]
"""A code is given from a day on, and then a fact is corrected from which the tier follows on every day."""


@settings(
    max_examples=int(os.environ.get("HISTORIES", "40")),
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=histories.DEEDS, days=st.lists(st.integers(-1, 200), max_size=2), pick=st.integers(0, 100))
@example(deeds=DECIDED, days=[0], pick=5)
@example(deeds=CODED, days=[0], pick=5)
def test_the_register_believes_what_the_deeds_say_at_every_pair_of_coordinates(db, deeds, days, pick):
    history = histories.History()
    history.do(deeds)
    tables = Tables(history.body)
    of_interest = oracle.days_of(history.plain) + [history.today + timedelta(days=day) for day in days]
    for number in range(history.head + 1):
        for day in of_interest:
            for reference in histories.REFERENCES:
                assert tables.at(reference, day, number) == history.plain.at(reference, day, number)
    asked(history, of_interest[pick % len(of_interest)] if of_interest else history.today, pick % (history.head + 1))
    assert verification.verify(history.body.pk).ok
    assert replay.compare(history.body.pk) is None
    assert recounting.compare(history.body.pk) is None


def asked(history, day, number):
    """The database itself, asked at one pair of coordinates, gives each incident once, as plain Python does."""
    rows = (
        models.Version.objects.filter(body=history.body.pk).as_at(AsAt(day, number)).values_list("incident", flat=True)
    )
    names = dict(models.Incident.objects.filter(body=history.body.pk).values_list("number", "reference"))
    assert sorted(names[row] for row in rows) == sorted(history.plain.references(day, number))


class Tables:
    """All rows of a body, read once, and what they say by the rule of the two coordinates."""

    def __init__(self, body):
        names = dict(models.Incident.objects.filter(body=body.pk).values_list("number", "reference"))
        self.versions = [(names[row.incident], row) for row in models.Version.objects.filter(body=body.pk)]
        self.codes = [(names[row.incident], row) for row in models.Coding.objects.filter(body=body.pk)]

    def at(self, reference, day, number):
        found = [row for name, row in self.versions if name == reference and holds(row, day, number)]
        codes = [row for name, row in self.codes if name == reference and holds(row, day, number)]
        given = {row.scheme: row.code for row in codes}
        assert len(found) <= 1
        assert len(codes) == len(given)
        return {**facts(found[0]), **{name: given.get(one) for name, one in SCHEMES.items()}} if found else None


def holds(row, day, number):
    known = row.opened <= number and (row.closed is None or row.closed > number)
    return known and row.held_from <= day < row.held_until


def facts(row):
    marks, times = (json.loads(said or "{}") for said in (row.precision, row.times))
    beside = {f"{name} mark": marks.get(name) for name in histories.MOMENTS}
    beside |= {
        f"{name} time": datetime.fromisoformat(times[name]).time() if name in times else None
        for name in histories.MOMENTS
    }
    return (
        {name: getattr(row, column) for name, column in COLUMNS.items()} | beside | {"mark": marks.get("occurred_on")}
    )
