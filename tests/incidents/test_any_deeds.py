"""Whatever people do to incidents, in whatever order, the chain verifies and a replay of it believes what tables say.

test_histories.py holds loads and amendments against plain Python; here are all the deeds of the daily work.
"""

import itertools
from datetime import timedelta

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

import extracts
import retained
import staff
import teams
from candour.incidents import codes, models
from candour.incidents.actions import (
    access,
    acting,
    amending,
    assessing,
    assigning,
    attaching,
    categorising,
    closing,
    holding,
    linking,
    marking,
    reporting,
    splitting,
    triage,
    voiding,
)  # fmt: skip
from candour.incidents.queries.reporting import progress
from candour.incidents.said import Said
from candour.organisation import people
from candour.rules.refusals import Refusal

UNLIKELY = {"living_people": "yes", "likelihood": "unlikely"}
CODES = itertools.count(1)


class Work:
    """A team, a reporter with several codes, and every deed by a word; what is refused leaves everything as it was."""

    def __init__(self):
        self.body = extracts.body(f"work-{next(CODES)}")
        retained.schedule(self.body, people.operator(self.body), keep=1, unit="months", counted_from="logged")
        self.team = teams.Team(self.body)
        self.manager, self.second = (self.team.person(f"Records {one}", "records-manager") for one in (1, 2))
        self.colleague = self.team.person("Second handler", "handler")
        self.incidents, self.codes, self.done = [], [], set()
        self.report()
        self.report()

    @property
    def by(self):
        return {"by": self.team.handler, "at": self.team.now()}

    def do(self, deed, one, other):
        try:
            getattr(self, deed)(self.incidents[one % len(self.incidents)], self.incidents[other % len(self.incidents)])
        except Refusal:
            return
        self.done.add(deed)

    def wait(self, *_):
        self.team.at += timedelta(days=20)

    def report(self, *_):
        code = codes.new()
        said = Said(description="A letter went to the wrong house", reporter="Reporter", contact="r@sample.example")
        told = reporting.report(self.body, said, code=code, way=reporting.Way(), by=None, at=self.team.now())
        self.incidents.append(told.reference)
        self.codes.append(code)

    def accept(self, one, *_):
        triage.accept(self.body, one, facts={"information_lost": "yes", "personal_data": "yes"}, **self.by)

    def dismiss(self, one, *_):
        triage.dismiss(self.body, one, reason="a test", **self.by)

    def exercise(self, one, *_):
        triage.mark_exercise(self.body, one, reason="the spring exercise", **self.by)

    def not_ours(self, one, *_):
        passed = triage.PassedOn("Another Body", self.team.today)
        triage.set_role(self.body, one, "recipient", passed=passed, reason="theirs", **self.by)

    def supplier(self, one, *_):
        facts = {"supplier": "it-supplier", "supplier_told_us_on": self.team.today}
        triage.tell_supplier(self.body, one, facts, owes="the list", due_on=None, received=False, **self.by)

    def recipient(self, one, *_):
        triage.confirm_by_recipient(self.body, one, self.team.today, how="deleted", **self.by)

    def note(self, one, *_):
        triage.note(self.body, one, "Rang the archive", **self.by)

    def assign(self, one, *_):
        assigning.assign(self.body, one, self.colleague, **self.by)

    def change(self, one, *_):
        changes = {"department": "North", "people_affected": 3}
        amending.amend(self.body, one, changes, reason="r", correction=False, **self.by)

    def correct(self, one, *_):
        changes = {"occurred_on": self.team.today.replace(day=1).isoformat()}
        amending.amend(self.body, one, changes, reason="r", correction=True, **self.by)

    def duplicate(self, one, other):
        linking.link(self.body, one, other, linking.DUPLICATE, **self.by)

    def relate(self, one, other):
        linking.link(self.body, one, other, linking.RELATED, **self.by)

    def unlink(self, one, other):
        linking.unlink(self.body, one, other, reason="apart", **self.by)

    def split(self, one, *_):
        reports = [row.number for row in models.Report.objects.filter(body=self.body.pk, closed=None)]
        mine = [number for number in reports if self._is_about(number, one)]
        parts = [
            splitting.Part(frozenset({"department", "cabinet-office"})),
            splitting.Part(frozenset({"data_types"}), {"people_affected": 1}, "The second", tuple(mine[:1])),
        ]
        self.incidents += splitting.split(self.body, one, parts, reason="two", **self.by)[1:]

    def _is_about(self, number, reference):
        incident = staff.number(self.body, reference)
        return models.Report.objects.filter(body=self.body.pk, closed=None, number=number, incident=incident).exists()

    def join(self, one, other):
        splitting.join(self.body, one, [other], reason="one letter", **self.by)

    def void(self, one, *_):
        voiding.void(self.body, one, reason="never so", **self.by)

    def restore(self, one, *_):
        voiding.restore(self.body, one, reason="it was so", **self.by)

    def restrict(self, one, *_):
        access.restrict(self.body, one, persons=[self.team.handler.number], reason="staff", **self.by)

    def open_up(self, one, *_):
        access.open_up(self.body, one, reason="over", **self.by)

    def mark(self, one, *_):
        marking.mark(self.body, one, "OFFICIAL-SENSITIVE", reason="names", **self.by)

    def categorise(self, one, *_):
        categorising.categorise(self.body, one, {"cabinet-office": "IV", "veris": "error"}, reason="seen", **self.by)

    def tier(self, one, *_):
        categorising.decide_tier(self.body, one, "event", reason="seen", **self.by)

    def follow(self, one, *_):
        categorising.follow_facts(self.body, one, reason="seen", **self.by)

    def assess(self, one, *_):
        assessing.assess(self.body, one, "ico-self-assessment", UNLIKELY, reason="more is known", **self.by)

    def advise(self, one, *_):
        said = {"words": "They are children", "by": self.team.dpo, "at": self.team.now()}
        assessing.advise(self.body, one, "ico", "tell", **said)

    def decide(self, one, *_):
        grounds = assessing.Grounds("They are children", None, "nobody was there")
        assessing.decide(self.body, one, "ico", "tell", grounds=grounds, by=self.team.siro, at=self.team.now())

    def told(self, one, *_):
        assessing.record_told(self.body, one, "ico", self.team.today, ico_reference="", **self.by)

    def plan(self, one, *_):
        task = acting.Task(self.team.handler, self.team.today + timedelta(days=5))
        acting.plan(self.body, one, "Ring them", task, **self.by)

    def end(self, *_):
        row = models.Action.objects.filter(body=self.body.pk, state="open", closed=None).first()
        if row:
            acting.end(self.body, row.number, "done", **self.by)

    def close(self, one, *_):
        closing.close(self.body, one, outcome="It came back", reason="known", **self.by)

    def reopen(self, one, *_):
        closing.reopen(self.body, one, reason="a second letter", **self.by)

    def attach(self, one, *_):
        attaching.attach(self.body, one, attaching.Offered(b"A note", "note.txt"), **self.by)

    def ask(self, one, *_):
        reporting.ask(self.body, one, "Which house?", **self.by)

    def answer(self, one, *_):
        reporting.answer(self.body, self.codes[sum(map(ord, one)) % len(self.codes)], "Number 12", at=self.team.now())

    def hold(self, one, *_):
        scope = holding.Scope(reference=one)
        holding.place_hold(self.body, scope, kind="appeal", reason="asked", by=self.manager, at=self.team.now())

    def dispose(self, *_):
        retained.dispose(self.body, self.manager, self.second, at=self.team.now())


ALL = [name for name in vars(Work) if not name.startswith("_") and name not in {"by", "do"}]
DEED = st.tuples(st.sampled_from(ALL), st.integers(0, 5), st.integers(0, 5))
"""A deed, and which two incidents it is done to; most deeds look at the first."""

OFTEN = [(name, one, 1 - one) for name in ALL for one in (0, 1)]
DAILY = (
    "accept", "assign", "ask", "answer", "tier", "follow", "plan", "assess", "advise", "decide", "told", "end",
    "categorise", "close", "reopen",
)  # fmt: skip
WORKED = [(name, 0, 0) for name in DAILY]
JOINED = [
    *(("accept", one, 0) for one in (0, 1)), ("categorise", 0, 0), ("split", 0, 0), ("join", 1, 2), ("answer", 0, 0),
    ("split", 1, 0), ("restore", 2, 0), ("duplicate", 0, 1), ("join", 3, 0), ("void", 3, 0), ("unlink", 0, 1),
]  # fmt: skip
OVER = [
    ("accept", 0, 0), ("split", 0, 0), ("dismiss", 0, 0), ("wait", 0, 0), ("wait", 0, 0), ("dispose", 0, 0),
    ("reopen", 0, 0), ("change", 0, 0), ("wait", 0, 0), ("wait", 0, 0), ("dispose", 0, 0),
]  # fmt: skip


@settings(
    max_examples=15,
    deadline=None,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(deeds=st.lists(DEED, min_size=5, max_size=16))
@example(deeds=OFTEN)
@example(deeds=WORKED)
@example(deeds=JOINED)
@example(deeds=OVER)
def test_whatever_is_done_the_chain_verifies_and_the_facts_are_a_replay_of_it(db, deeds):
    work = Work()
    for deed in deeds:
        work.do(*deed)
    assert staff.whole(work.body)
    assert all(progress(work.body, code) for code in work.codes)


def test_every_deed_of_these_is_really_done(db):
    work = Work()
    for deed in (*WORKED, *JOINED, *OFTEN, *OVER):
        work.do(*deed)
    assert set(ALL) - work.done == set()
