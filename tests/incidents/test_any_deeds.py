"""Whatever people do to incidents, in whatever order, the chain verifies and a replay of it believes what tables say.

test_histories.py holds loads and amendments against plain Python; here are all the deeds of the daily work.
"""

import itertools
import os
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
    drafting,
    holding,
    linking,
    marking,
    notices,
    recording,
    reporting,
    splitting,
    triage,
    voiding,
)  # fmt: skip
from candour.incidents.lifecycle import WORKED_ON
from candour.incidents.queries.reporting import draft, progress
from candour.incidents.said import Said
from candour.ledger import models as ledger
from candour.organisation import people
from candour.rules.refusals import Refusal, WrongInput
from candour.rules.rights import Deed

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

    def record(self, *_):
        said = {"information_lost": "yes", "discovered_on": self.team.today}
        self.incidents.append(recording.record(self.body, said, words={"description": "A fax"}, **self.by)[0])

    def report(self, *_):
        code = codes.new()
        said = Said(description="A letter went to the wrong house", reporter="Reporter", contact="r@sample.example")
        told = reporting.report(self.body, said, code=code, way=reporting.Way(), by=None, at=self.team.now())
        self.incidents.append(told.reference)
        self.codes.append(code)

    def someone_in_danger(self, *_):
        """Somebody could come to harm: it is on record at once, and told more of later."""
        code = codes.new()
        told = {"code": code, "way": reporting.Way(), "by": None, "at": self.team.now(), "rest_follows": True}
        drafting.begin(self.body, language="cy", at=self.team.at, code=code)
        self.incidents.append(reporting.report(self.body, Said(immediate_risk="yes"), **told).reference)
        self.codes.append(code)

    def tell_more(self, *_):
        said = Said(description="An address was given away", immediate_risk="no")
        for code in self.codes:
            if draft(self.body, code, self.team.at):
                reporting.tell_more(self.body, said, code=code, at=self.team.now())
                return
        raise WrongInput("nobody has more to tell")

    def accept(self, one, *_):
        triage.accept(self.body, one, facts={"information_lost": "yes", "personal_data": "yes"}, **self.by)

    def dismiss(self, one, *_):
        triage.dismiss(self.body, one, reason="a test", **self.by)

    def exercise(self, one, *_):
        triage.mark_exercise(self.body, one, reason="the spring exercise", **self.by)

    def not_ours(self, one, *_):
        passed = triage.PassedOn("Another Body", self.team.today)
        triage.set_role(self.body, one, "recipient", passed=passed, reason="theirs", **self.by)

    def ours(self, one, *_):
        triage.set_role(self.body, one, "controller", reason="ours after all", **self.by)

    def supplier(self, one, *_):
        facts = {"supplier": "it-supplier", "supplier_told_us_on": self.team.today}
        triage.tell_supplier(self.body, one, facts, owes="the list", due_on=None, received=False, **self.by)

    def supplier_delivers(self, one, *_):
        triage.tell_supplier(self.body, one, {}, received=True, **self.by)

    def recipient(self, one, *_):
        triage.confirm_by_recipient(self.body, one, self.team.today, how="deleted", **self.by)

    def note(self, one, *_):
        triage.note(self.body, one, "Rang the archive", **self.by)

    def assign(self, one, *_):
        assigning.assign(self.body, one, self.colleague, **self.by)

    def hand_over(self, *_):
        assigning.hand_over(self.body, self.colleague, self.team.handler, reason="leaves", **self.by)

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

    def name(self, one, *_):
        access.grant(self.body, one, person=self.colleague.number, **self.by)

    def unname(self, one, *_):
        access.revoke(self.body, one, person=self.colleague.number, reason="done", **self.by)

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

    def plan_anew(self, *_):
        row = models.Action.objects.filter(body=self.body.pk, state="open", closed=None).first()
        if row is None:
            raise WrongInput("there is no open action")
        task = acting.Task(self.colleague, self.team.today + timedelta(days=9))
        acting.plan_anew(self.body, row.number, task, reason="away", **self.by)

    def learn(self, one, *_):
        lesson = acting.Lesson("process", "The list was old", "Print it each day")
        acting.learn(self.body, one, lesson, **self.by)

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

    def detach(self, *_):
        attaching.detach(self.body, *self._file(sealed=False), reason="the wrong one", **self.by)

    def send_file(self, one, *_):
        kept = {"kept": timedelta(days=30), "at": self.team.now()}
        reporting.attach(self.body, self._code(one), f"A list of {one}".encode(), "list.txt", **kept)

    def open_sealed(self, *_):
        attaching.open_sealed(self.body, *self._file(sealed=True), reason="is it the list?", **self.by)

    def _file(self, *, sealed):
        row = models.Attachment.objects.filter(body=self.body.pk, closed=None, sealed=sealed).first()
        if row is None:
            raise WrongInput("there is no such file")
        return models.Incident.objects.get(body=self.body.pk, number=row.incident).reference, row.opened

    def _code(self, reference):
        return self.codes[sum(map(ord, reference)) % len(self.codes)]

    def work_rounds(self, *_):
        """The worker reads on, asks the next person, and sends what there is to send."""
        by = {"by": people.operator(self.body), "at": self.team.now()}
        while notices.gather(self.body, **by):
            pass
        notices.remind(self.body, **by)
        notices.escalate(self.body, **by)
        waiting = models.Notice.objects.filter(body=self.body.pk, sent_at=None).values_list("pk", flat=True)
        notices.sent(self.body, list(waiting), **by)

    def acknowledge(self, *_):
        insists = models.Notice.objects.filter(body=self.body.pk, insists=True, acknowledged=None)
        notices.acknowledge(self.body, insists.values_list("pk", flat=True).first() or 0, **self.by)

    def ask(self, one, *_):
        reporting.ask(self.body, one, "Which house?", **self.by)

    def answer(self, one, *_):
        reporting.answer(self.body, self._code(one), "Number 12", at=self.team.now())

    def hold(self, one, *_):
        scope = holding.Scope(reference=one)
        holding.place_hold(self.body, scope, kind="appeal", reason="asked", by=self.manager, at=self.team.now())

    def lift_hold(self, *_):
        found = models.Hold.objects.filter(body=self.body.pk, closed=None).values_list("opened", flat=True).first()
        holding.lift_hold(self.body, found or 0, reason="over", by=self.manager, at=self.team.now())

    def hold_for_request(self, one, *_):
        why = {"reason": "asked for", "case": "FOI 1", "by": self.manager, "at": self.team.now()}
        holding.place_hold(self.body, holding.Scope(reference=one), kind="request", **why)

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
WORKED = [
    ("exercise", 1, 0),
    ("restore", 1, 0),
    ("accept", 1, 0),
    ("relate", 0, 1),
    ("unlink", 1, 0),
    *((name, 0, 0) for name in DAILY),
]
JOINED = [
    *(("accept", one, 0) for one in (0, 1)), ("categorise", 0, 0), ("split", 0, 0), ("join", 1, 2), ("answer", 0, 0),
    ("split", 1, 0), ("restore", 2, 0), ("duplicate", 0, 1), ("join", 3, 0), ("void", 3, 0), ("unlink", 0, 1),
]  # fmt: skip
OVER = [
    ("accept", 0, 0), ("split", 0, 0), ("dismiss", 0, 0), ("wait", 0, 0), ("wait", 0, 0), ("dispose", 0, 0),
    ("restore", 0, 0), ("change", 0, 0), ("wait", 0, 0), ("wait", 0, 0), ("dispose", 0, 0),
]  # fmt: skip


@settings(
    max_examples=int(os.environ.get("HISTORIES", "15")),
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
    assert who_has_what(models.Assigned.objects.filter(closed=None), "person") == who_has_what(
        models.Handling.objects.filter(state__in=WORKED_ON).exclude(assigned_to=None), "assigned_to"
    )


def who_has_what(rows, person):
    return sorted(rows.values_list("body", "incident", person))


def test_every_deed_of_these_is_really_done(db):
    work = Work()
    for deed in (*WORKED, *JOINED, *OFTEN, *OVER):
        work.do(*deed)
    assert set(ALL) - work.done == set()
    done = set(ledger.Entry.objects.filter(body=work.body.pk).values_list("deed", flat=True))
    assert {deed.value for deed in Deed if deed.value.startswith(DAILY_WORK)} - ELSEWHERE - done == set()


DAILY_WORK = (
    "incident.", "reporter.", "note.", "risk.", "advice.", "notification.", "action.", "lesson.", "file.", "access.",
    "work.", "notice.", "hold.", "disposal.",
)  # fmt: skip
ELSEWHERE = {Deed.RECORD, Deed.REPEAT_DISPOSAL, Deed.LET_GO}
"""What a load, a restored backup and a release do: each has its own tests."""
