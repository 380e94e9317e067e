"""Every deed on an incident, wherever it stands: done where the table allows it, else refused with what to do first."""

import re
from datetime import timedelta

import pytest
from django.db import transaction

import retained
from candour.incidents import codes, lifecycle, models
from candour.incidents.actions import (
    access,
    acting,
    amending,
    assessing,
    assigning,
    attaching,
    categorising,
    closing,
    disposing,
    linking,
    marking,
    reporting,
    splitting,
    triage,
    voiding,
)  # fmt: skip
from candour.incidents.facts import COUNTED, DUPLICATE, EXERCISE, NO_INCIDENT, NOT_OURS, STANDINGS, VOID
from candour.incidents.lifecycle import CLOSED, KEPT, NEW, OPEN, RULES
from candour.incidents.queries import due
from candour.incidents.said import Said
from candour.organisation import people
from candour.rules.refusals import Conflict
from candour.rules.rights import Deed
from teams import Team

WHERE = {
    "new": (COUNTED, NEW), "open": (COUNTED, OPEN), "closed": (COUNTED, CLOSED), "kept": (COUNTED, KEPT),
    "an exercise": (EXERCISE, OPEN), "not ours": (NOT_OURS, OPEN),
    "void": (VOID, CLOSED), "not an incident": (NO_INCIDENT, CLOSED), "a duplicate": (DUPLICATE, CLOSED),
    "disposed of": (COUNTED, CLOSED),
}  # fmt: skip
"""Where an incident may stand, and the work on it; what is disposed of stands as it did, without its words."""


class Ground:
    """One incident that stands somewhere, with all that a deed may be done to: a report, an action, a file, a link."""

    def __init__(self, body, where):
        if where == "disposed of":
            retained.schedule(body, people.operator(body), keep=1, unit="months", counted_from="logged")
        self.team = Team(body)
        self.body, self.where = body, where
        self.other, self.third = self._reported()[0], self._reported()[0]
        self.one, self.code = (self.team.incident(taken_up=False), "") if where == "kept" else self._reported()
        if where not in {"new", "kept"}:
            self.accept()
            self.action = self.plan()
        self.file = self.attach() if where != "kept" else None
        access.grant(body, self.one, person=self.team.dpo.number, **self.by)
        if where != "a duplicate":
            linking.link(body, self.one, self.other, "related", **self.by)
        getattr(self, f"_{where.replace(' ', '_')}", lambda: None)()

    def _reported(self):
        code = codes.new()
        said = Said(description="A letter went astray", discovered=None)
        way = reporting.Way()
        return reporting.report(self.body, said, code=code, way=way, by=None, at=self.team.now()).reference, code

    @property
    def by(self):
        return {"by": self.team.handler, "at": self.team.now()}

    def _closed(self):
        categorising.categorise(self.body, self.one, {"veris": "error"}, **self.by)
        triage.tell_supplier(self.body, self.one, {}, received=True, **self.by)
        amending.amend(self.body, self.one, {"personal_data": "no"}, reason="none", correction=False, **self.by)
        self.close()

    def _an_exercise(self):
        self.exercise()

    def _not_ours(self):
        self.not_ours()

    def _void(self):
        self.void()

    def _not_an_incident(self):
        self.dismiss()

    def _a_duplicate(self):
        linking.link(self.body, self.one, self.other, "duplicate", **self.by)

    def _disposed_of(self):
        self._closed()
        manager, second = (self.team.person(f"Records {one}", "records-manager") for one in (1, 2))
        self.team.at += timedelta(days=60)
        rows = due.due(self.body, by=manager, today=self.team.today).rows
        entries = [row.entry for row in rows if row.name == self.one]
        proposal = disposing.propose(self.body, entries, by=manager, at=self.team.now())
        disposing.approve(self.body, proposal, by=second, at=self.team.now())

    def answer(self):
        reporting.answer(self.body, self.code, "Number 12", at=self.team.now())

    def ask(self):
        reporting.ask(self.body, self.one, "Which house?", **self.by)

    def accept(self):
        triage.accept(self.body, self.one, **self.by)

    def dismiss(self):
        triage.dismiss(self.body, self.one, reason="a test", **self.by)

    def assign(self):
        assigning.assign(self.body, self.one, self.team.person("A colleague", "handler"), **self.by)

    def note(self):
        triage.note(self.body, self.one, "Rang the archive", **self.by)

    def change(self):
        amending.amend(self.body, self.one, {"devices": "3"}, reason="counted", correction=False, **self.by)

    def supplier(self):
        triage.tell_supplier(self.body, self.one, {"supplier": "it-supplier"}, owes="a list", **self.by)

    def correct(self):
        amending.amend(self.body, self.one, {"devices": "4"}, reason="counted", correction=True, **self.by)

    def exercise(self):
        triage.mark_exercise(self.body, self.one, reason="the spring exercise", **self.by)

    def not_ours(self):
        passed = triage.PassedOn("Another Body", self.team.today)
        triage.set_role(self.body, self.one, "recipient", passed=passed, reason="theirs", **self.by)

    def link(self):
        linking.link(self.body, self.one, self.third, "related", **self.by)

    def unlink(self):
        linking.unlink(self.body, self.one, self.other, reason="apart", **self.by)

    def split(self):
        parts = [splitting.Part(frozenset()), splitting.Part(frozenset(), {}, "The second")]
        splitting.split(self.body, self.one, parts, reason="two", **self.by)

    def join(self):
        splitting.join(self.body, self.one, [self.third], reason="one letter", **self.by)

    def join_away(self):
        splitting.join(self.body, self.third, [self.one], reason="one letter", **self.by)

    def void(self):
        voiding.void(self.body, self.one, reason="never so", **self.by)

    def restore(self):
        voiding.restore(self.body, self.one, reason="it was so", **self.by)

    def restrict(self):
        access.restrict(self.body, self.one, persons=[self.team.handler.number], reason="staff", **self.by)

    def name(self):
        access.grant(self.body, self.one, person=self.team.siro.number, **self.by)

    def unname(self):
        access.revoke(self.body, self.one, person=self.team.dpo.number, reason="done", **self.by)

    def mark(self):
        marking.mark(self.body, self.one, "OFFICIAL-SENSITIVE", reason="names", **self.by)

    def categorise(self):
        categorising.categorise(self.body, self.one, {"cabinet-office": "IV"}, reason="seen", **self.by)

    def tier(self):
        categorising.decide_tier(self.body, self.one, "reported-to-ico", reason="seen", **self.by)

    def assess(self):
        answers = {"living_people": "yes", "likelihood": "unlikely"}
        assessing.assess(self.body, self.one, "ico-self-assessment", answers, **self.by)

    def advise(self):
        assessing.advise(self.body, self.one, "ico", "tell", words="do", by=self.team.dpo, at=self.team.now())

    def decide(self):
        grounds = assessing.Grounds("They are children", None, "nobody was there")
        assessing.decide(self.body, self.one, "ico", "tell", grounds=grounds, by=self.team.siro, at=self.team.now())

    def plan(self):
        task = acting.Task(self.team.handler, self.team.today + timedelta(days=500))
        return acting.plan(self.body, self.one, "Ring them", task, **self.by)

    def plan_anew(self):
        task = acting.Task(self.team.dpo, self.team.today + timedelta(days=9))
        acting.plan_anew(self.body, self.action, task, reason="away", **self.by)

    def end(self):
        acting.end(self.body, self.action, "done", **self.by)

    def learn(self):
        acting.learn(self.body, self.one, acting.Lesson("process", "The list was old"), **self.by)

    def close(self):
        closing.close(self.body, self.one, outcome="It came back", reason="known", **self.by)

    def reopen(self):
        closing.reopen(self.body, self.one, reason="a second letter", **self.by)

    def attach(self):
        return attaching.attach(self.body, self.one, attaching.Offered(b"A note", "note.txt", sealed=True), **self.by)

    def attach_another(self):
        attaching.attach(self.body, self.one, attaching.Offered(b"Another", "other.txt"), **self.by)

    def detach(self):
        attaching.detach(self.body, self.one, self.file, reason="the wrong one", **self.by)

    def open_sealed(self):
        attaching.open_sealed(self.body, self.one, self.file, reason="is it the list?", **self.by)


DEEDS = {
    Deed.REPORTER_ANSWERS: ("answer",), Deed.ASK_REPORTER: ("ask",), Deed.ACCEPT: ("accept",),
    Deed.DISMISS: ("dismiss",), Deed.ASSIGN: ("assign",), Deed.NOTE: ("note",), Deed.CHANGE: ("change", "supplier"),
    Deed.CORRECT: ("correct",), Deed.LINK: ("link",), Deed.UNLINK: ("unlink",), Deed.SPLIT: ("split",),
    Deed.JOIN: ("join", "join_away"), Deed.VOID: ("void",), Deed.RESTORE: ("restore",), Deed.RESTRICT: ("restrict",),
    Deed.GRANT_ACCESS: ("name",), Deed.REVOKE_ACCESS: ("unname",), Deed.CATEGORISE: ("categorise", "tier"),
    Deed.ASSESS: ("assess",), Deed.ADVISE: ("advise",), Deed.DECIDE_TO_NOTIFY: ("decide",),
    Deed.PLAN_ACTION: ("plan",), Deed.END_ACTION: ("end",), Deed.LEARN: ("learn",), Deed.CLOSE: ("close",),
    Deed.REOPEN: ("reopen",), Deed.ATTACH: ("attach_another",), Deed.DETACH: ("detach",),
    Deed.OPEN_FILE: ("open_sealed",),
}  # fmt: skip
"""Every deed of the table, and how it is done here; TELL_MORE and REPORT are a reporter's own, on what they send."""

WANTING = {
    Deed.REPORTER_ANSWERS: {"kept"}, Deed.ASK_REPORTER: {"kept"}, Deed.DETACH: {"kept", "disposed of"},
    Deed.OPEN_FILE: {"kept", "disposed of"}, Deed.END_ACTION: {"kept", "new"},
}  # fmt: skip
"""Where there is nothing to do a deed to: no report, no file, no action."""
SAYS_WHAT_TO_DO = re.compile(
    r"first|there is nothing to bring back|already; go on with it|(void|dismissed|link\w+) already"
)


def test_the_table_names_every_deed_on_one_incident():
    theirs = {Deed.REPORT, Deed.TELL_MORE}
    assert set(RULES) == set(DEEDS) | theirs
    assert {standing for standing, _ in WHERE.values()} == set(STANDINGS)


@pytest.mark.parametrize("where", WHERE)
def test_what_may_be_done_where_an_incident_stands_so_is_done_and_the_rest_refused(body, where):
    ground = Ground(body, where)
    standing, state = WHERE[where]
    assert _stands(ground) == (standing, state)
    for deed, ways in DEEDS.items():
        why = lifecycle.refusal(ground.one, deed, standing, state)
        assert not why or SAYS_WHAT_TO_DO.search(why), why
        for way in ways:
            if where not in WANTING.get(deed, ()):
                assert refused(ground, way) == why, f"{deed.value} by {way}, {where}"
    assert _stands(ground) == (standing, state)


def _stands(ground):
    number = models.Incident.objects.get(body=ground.body.pk, reference=ground.one).number
    row = models.Version.objects.filter(body=ground.body.pk, incident=number, closed=None).order_by("held_from").last()
    work = models.Handling.objects.filter(body=ground.body.pk, incident=number).first()
    return row.standing, work.state if work else KEPT


def refused(ground, way):
    """Do a deed and take it back; return why it is refused, empty where it is done."""
    before = transaction.savepoint()
    try:
        getattr(ground, way)()
    except Conflict as refusal:
        return str(refusal)
    else:
        return ""
    finally:
        transaction.savepoint_rollback(before)
