"""Any history of deeds, done to a real body and, beside it, to the register in plain Python."""

import uuid
from datetime import date, datetime, time, timedelta

from hypothesis import strategies as st

import extracts
import oracle
from candour.incidents import actions, loading, undoing
from candour.incidents.actions import categorising, triage
from candour.ledger import queries as ledger
from candour.ledger.models import Entry
from candour.organisation import people
from candour.reading import register as reading
from candour.rules import years
from candour.rules.refusals import Conflict, WrongInput

REFERENCES = ("A", "B", "C")
LOGGED = (
    date(2012, 2, 29),
    date(2012, 5, 3),
    date(2013, 3, 31),
    date(2013, 4, 1),
    date(2014, 12, 25),
    extracts.NOW.date(),
)
OCCURRED = (None, date(2012, 4, 30), date(2013, 3, 31), date(2014, 12, 1))
FIELDS = (
    "logged_on", "occurred_on", "department", "information_lost", "resources_assigned", "told_ico", "people_affected",
    "tier", "category", "discovered_at", "aware_at", "told_ico_on", "closed_on", "people_affected_at_most",
    "data_types", "devices", "cost_pounds", "personal_data",
)  # fmt: skip
OTHER = {
    "incident_type": ("Letter", "Laptop"), "cause": ("haste", "a typing error"), "medium": ("paper", "e-mail"),
    "lost_or_stolen": ("lost", "stolen"), "encrypted": ("yes", "no"), "on_premises": ("yes", "no"),
    "supplier": ("Carrier", "Printer"), "contract": ("C1", "C2"), "our_role": ("controller", "processor"),
    "immediate_risk": ("yes", "no"), "ico_outcome": ("no action", "advice"), "disciplinary": ("warning", "none"),
    "staff_group": ("Front line", "Managers"), "data_subjects": ("Children", "Children; Employees"),
    "reported_on": (date(2012, 5, 2), date(2013, 3, 31), date(2014, 12, 1)),
}  # fmt: skip
"""Facts of which a row states few: each with values that it may have."""
CODES = {"ico-type": "brute-force", "veris": "error", "veris-incident": "confirmed", "root-cause": "people"}
"""Schemes whose codes a person gives, apart from the category, each with a code."""
YES_NO = (None, "yes", "no")
TIERS = oracle.TIERS[:4]

CLOCK = (date(2013, 3, 28), date(2013, 3, 30), date(2013, 3, 31), date(2013, 4, 1), date(2013, 4, 2), date(2013, 4, 9))
"""Days around the last Sunday of March, on which the clocks go forward."""
TIMES = (None, None, time(0, 0), time(9, 30), time(23, 40))
CLOSED = (None, None, date(2013, 3, 31), date(2013, 4, 30), date(2014, 12, 31))


def moment(name):
    """A moment as a row states it: the day, and perhaps the time of day or that it is approximate."""
    said = st.tuples(st.sampled_from(CLOCK), st.sampled_from(TIMES), st.sampled_from([None, None, None, "approximate"]))
    return st.one_of(st.just((None, None, None)), said).map(
        lambda said: {name: said[0], f"{name} time": None if said[2] else said[1], f"{name} mark": said[2]}
    )


MORE = st.fixed_dictionaries(
    {
        "closed_on": st.sampled_from(CLOSED),
        "people_affected_at_most": st.sampled_from([None, None, 5, 100]),
        "data_types": st.sampled_from([None, "Health data", "Health data; Location data", "Location data", 'a "b"']),
        "devices": st.sampled_from([None, 0, 2]),
        "cost_pounds": st.sampled_from([None, 250]),
        "personal_data": st.sampled_from([None, "yes", "yes", "no", "suspected"]),
    }
)
MOMENTS = ("discovered_at", "aware_at", "told_ico_on")

STATED = st.sampled_from([(name, value) for name, values in OTHER.items() for value in (None, *values)])
REST = st.lists(STATED, max_size=4).map(lambda stated: {**dict.fromkeys((*OTHER, *CODES)), **dict(stated)})

FACTS = st.fixed_dictionaries(
    {
        "logged_on": st.sampled_from(LOGGED),
        "occurred_on": st.sampled_from(OCCURRED),
        "mark": st.sampled_from([None, None, "approximate"]),
        "department": st.sampled_from([None, "Legal", "North"]),
        "information_lost": st.sampled_from(YES_NO),
        "resources_assigned": st.sampled_from(YES_NO),
        "told_ico": st.sampled_from(["no", "no", "no", "yes"]),
        "people_affected": st.sampled_from([None, 0, 1, 40]),
        "tier": st.sampled_from([None, None, *TIERS]),
        "category": st.sampled_from([None, "I", "IV"]),
        "standing": st.sampled_from(["counted", "counted", "counted", "exercise"]),
    }
).map(lambda row: row if row["occurred_on"] else {**row, "mark": None})
ROW = st.builds(
    lambda *parts: {name: said for part in parts for name, said in part.items()},
    FACTS,
    MORE,
    REST,
    *map(moment, MOMENTS),
)

BESIDE = tuple(f"{name} {what}" for name in MOMENTS for what in ("time", "mark"))
ROW_OF = dict.fromkeys((*FIELDS, *BESIDE, *OTHER, *CODES)) | {
    "logged_on": LOGGED[0],
    "mark": None,
    "told_ico": "no",
    "standing": "counted",
}
"""A row that states nothing but when it was logged."""

CHANGE = st.one_of(
    st.fixed_dictionaries({"department": st.sampled_from([None, "Legal", "South"])}),
    st.fixed_dictionaries({"information_lost": st.sampled_from(YES_NO), "people_affected": st.sampled_from([None, 3])}),
    st.fixed_dictionaries({"resources_assigned": st.sampled_from(YES_NO), "told_ico": st.sampled_from(["yes", "no"])}),
    st.fixed_dictionaries(
        {"occurred_on": st.sampled_from(OCCURRED[1:]), "mark": st.sampled_from([None, "approximate"])}
    ),
    st.fixed_dictionaries({"logged_on": st.sampled_from(LOGGED)}),
    st.fixed_dictionaries({"tier": st.sampled_from([None, *TIERS])}),
    st.fixed_dictionaries({"category": st.sampled_from([None, "I", "V"]), "department": st.just("Legal")}),
    st.fixed_dictionaries({"standing": st.sampled_from(["counted", "exercise"])}),
    st.fixed_dictionaries({"closed_on": st.sampled_from(CLOSED)}),
    st.fixed_dictionaries(
        {"data_types": st.sampled_from([None, "Health data"]), "devices": st.sampled_from([None, 7])}
    ),
    st.fixed_dictionaries({"people_affected_at_most": st.sampled_from([None, 9]), "cost_pounds": st.just(10)}),
    STATED.map(lambda stated: dict([stated])),
    moment("discovered_at"),
    moment("aware_at"),
    moment("told_ico_on").map(lambda said: said | {"told_ico": "yes" if said["told_ico_on"] else "no"}),
)

LOAD = st.tuples(st.just("load"), st.dictionaries(st.sampled_from(REFERENCES), ROW, min_size=1), st.booleans())
AMEND = st.tuples(st.just("amend"), st.sampled_from(REFERENCES), CHANGE, st.booleans())
UNDO = st.tuples(st.just("undo"), st.integers(0, 5))
CODE = st.tuples(
    st.just("code"),
    st.sampled_from(REFERENCES),
    st.sampled_from([*CODES]),
    st.sampled_from([None, True]),
    st.booleans(),
)
ROLE = st.tuples(st.just("role"), st.sampled_from(REFERENCES), st.sampled_from(["recipient", "controller"]))
WAIT = st.tuples(st.just("wait"), st.integers(1, 40))
DEEDS = st.builds(
    lambda first, rest: [first, *rest],
    LOAD,
    st.lists(st.one_of(LOAD, AMEND, AMEND, CODE, ROLE, UNDO, WAIT), max_size=10),
)


class History:
    """A body and the plain register beside it; each deed is done to both."""

    def __init__(self):
        self.body = extracts.body(f"b{uuid.uuid4().hex}")
        self.by = people.operator(self.body)
        self.plain = oracle.Register()
        self.at = extracts.NOW
        self.loads = {}

    @property
    def today(self):
        return years.london_day(self.at)

    @property
    def head(self):
        return ledger.head(self.body.pk).number

    def number_on(self, day):
        """The number of the last entry made by the end of a London day."""
        moments = Entry.objects.filter(body=self.body.pk).values_list("number", "at")
        return max((number for number, at in moments if years.london_day(at) <= day), default=0)

    def do(self, deeds):
        for kind, *what in deeds:
            getattr(self, kind)(*what)

    def wait(self, days):
        self.at += timedelta(days=days)

    def load(self, rows, update):
        before = self.head
        try:
            report = loading.load(
                given(rows), body=self.body, source="sheet", update=update, dry_run=False, by=self.by, at=self.at
            )
        except WrongInput:
            return
        entered, touched = self._entered(before), set()
        for reference, row in rows.items():
            if self.plain.said(reference) is None:
                touched.add(reference)
                self.plain.record(reference, row, report.ledger_number, entered[reference])
            elif update and row != self.plain.said(reference):
                touched.add(reference)
                day = self._from(reference)
                self.plain.update(reference, row, report.ledger_number, day, entered[reference])
        assert report.loaded + report.updated == len(touched)
        if touched:
            self.loads[report.ledger_number] = touched

    def amend(self, reference, changes, correction):
        self._change(
            reference, stated(changes), correction,
            lambda: actions.amend(
                self.body, reference, asked(changes), reason="looked at", correction=correction, by=self.by, at=self.at,
                marks=marks(changes), times=times(changes),
            ),
        )  # fmt: skip

    def code(self, reference, scheme, given, correction):
        """A person gives a code of a scheme, or takes it away; a root cause is only named anew. A void one has none."""
        if not self.plain.stands.get(reference):
            return
        code, who = CODES[scheme] if given else None, {"by": self.by, "at": self.at}
        if scheme == "root-cause":
            if code:
                deed = lambda: categorising.name_cause(self.body, reference, code, **who)  # noqa: E731 - short, and local
                self._change(reference, {scheme: code}, False, deed)
            return
        self._change(
            reference, {scheme: code}, correction,
            lambda: categorising.categorise(
                self.body, reference, {scheme: code}, reason="read again", correction=correction, **who
            ),
        )  # fmt: skip

    def role(self, reference, role):
        """We are the recipient of another body's data, which is then not ours; or not. An exercise stays one."""
        if not self.plain.stands.get(reference):
            return
        ours = "not-ours" if role == "recipient" else "counted"
        standing = "exercise" if self._stands(reference) == "exercise" else ours
        passed = triage.PassedOn("another body", self.today)
        self._change(
            reference, {"our_role": role, "standing": standing}, False,
            lambda: triage.set_role(
                self.body, reference, role, passed=passed, reason="found out", by=self.by, at=self.at
            ),
            empty=True,
        )  # fmt: skip

    def _change(self, reference, changes, correction, deed, *, empty=False):
        """Do a deed that changes facts or codes of one incident, if it is there, to both registers.

        `empty`: the deed says more than facts, and may leave them as they were.
        """
        if reference not in self.plain.believed:
            return
        day = None if correction else self._from(reference)
        after = self.plain.amended(reference, changes, day)
        try:
            number = deed()
        except Conflict:
            assert not self.plain.stands[reference] or (
                self._stands(reference) == "not-ours" and changes.get("standing") in {"counted", "exercise"}
            )
            return
        except WrongInput:
            number = None
        if number is None:
            assert without_basis(after) == without_basis(self.plain.now(reference))
        else:
            assert empty or after != self.plain.now(reference)
            self.plain.amend(reference, after, number)

    def _stands(self, reference):
        line = self.plain.now(reference)
        return line[max(line)]["standing"]

    def undo(self, which):
        if not self.loads:
            return
        load = sorted(self.loads)[which % len(self.loads)]
        before = self.head
        undone = undoing.undo(self.body, load, reason="wrong file", by=self.by, at=self.at)
        entered = self._entered(before)
        touched = self.loads.pop(load)
        assert set(undone.kept) == {one for one in touched if not self.plain.undo(one, load, entered.get(one))}

    def _from(self, reference):
        return max(self.today, min(self.plain.now(reference)))

    def _entered(self, before):
        rows = Entry.objects.filter(body=self.body.pk, number__gt=before)
        return dict(rows.values_list("subject", "number"))


def asked(changes):
    """Changes as a person asks for them."""
    named = {name: value for name, value in changes.items() if name not in {"mark", "standing", *BESIDE}}
    return named | ({"exercise": "yes" if changes["standing"] == "exercise" else "no"} if "standing" in changes else {})


def marks(said):
    """How sure a row or a change is of its days."""
    told = {"occurred_on": said.get("mark")} | {name: said.get(f"{name} mark") for name in MOMENTS}
    return {name: mark for name, mark in told.items() if mark}


def times(said):
    """The times of day that a row or a change states, as ISO moments in London."""
    return {
        name: datetime.combine(said[name], said[f"{name} time"], years.LONDON).isoformat(timespec="minutes")
        for name in MOMENTS
        if said.get(f"{name} time")
    }


def stated(changes):
    """Changes as the plain register takes them: a tier that a person gives is theirs, one taken away follows."""
    if "tier" not in changes:
        return changes
    return {**changes, "basis": "overridden" if changes["tier"] else "derived"}


def without_basis(line):
    return oracle.joined({since: {**facts, "basis": None} for since, facts in line.items()})


def given(rows):
    """Rows as a register that was read gives them."""
    names = ("reference", *FIELDS, *OTHER, "exercise")
    about = reading.About(
        file="sheet.csv", sha256=uuid.uuid4().hex, sheet="", other_sheets=(), header_row=1, header=names,
        mapping={name: name for name in names}, constants={}, ignored=(), unmapped=(), encoding="utf-8", preview=(),
        read=len(rows), totals_skipped=(),
    )  # fmt: skip
    return reading.Reading(about, names, iter([[item(*one) for one in enumerate(rows.items(), 2)]]))


def item(place, one):
    reference, row = one
    values = [
        value.isoformat() if isinstance(value, date) else value for value in (row[name] for name in (*FIELDS, *OTHER))
    ]
    exercise = "yes" if row["standing"] == "exercise" else "no"
    return [place, f"key{place}", [reference, *values, exercise], marks(row), times(row), [], ""]
