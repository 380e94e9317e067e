"""Actions with an owner and a day, the root cause and the lesson, closing with what is missing, and opening again."""

from datetime import date, timedelta

import pytest

import staff
import teams
from candour.incidents import codes, history, models, queries, replay
from candour.incidents.actions import acting, assessing, categorising, closing, reporting, triage
from candour.incidents.queries import tasks
from candour.incidents.queries.reporting import progress
from candour.incidents.said import Said
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.ledger.coordinates import AsAt
from candour.rules.refusals import Conflict, NotThere, WrongInput


@pytest.fixture
def team(body):
    return teams.Team(body)


@pytest.fixture
def reference(team):
    return team.incident()


@pytest.fixture
def plan(team, reference):
    def say(words="Ring the recipient", days=3, owner=None, **said):
        task = acting.Task(owner or team.handler, team.today + timedelta(days=days))
        return acting.plan(team.body, reference, words, task, by=team.handler, at=team.now(), **said)

    return say


@pytest.fixture
def work(team, reference):
    def read(number=None):
        at = AsAt(team.today, number or ledger.head(team.body.pk).number)
        return queries.whole(team.body, reference, at, by=team.handler, today=team.today, now=False).work

    return read


def whole(body):
    return verification.verify(body.pk).ok and replay.compare(body.pk) is None


def said(team):
    return {"by": team.handler, "at": team.now()}


def test_an_action_has_an_owner_and_a_day_and_ends_once(plan, work, team):
    number = plan()
    [task] = work().open_actions
    assert (task.number, task.words, task.owner, task.due_on) == (
        number,
        "Ring the recipient",
        team.handler.number,
        team.today + timedelta(days=3),
    )
    acting.end(team.body, number, "done", words="they put it in the shredder", **said(team))
    [task] = work().actions
    assert (task.state, task.outcome) == ("done", "they put it in the shredder")
    assert [one.state for one in work(number).actions] == ["open"]
    with pytest.raises(Conflict):
        acting.end(team.body, number, "done", **said(team))
    assert whole(team.body)


def test_a_dropped_action_says_why(plan, team):
    number = plan()
    with pytest.raises(WrongInput, match="need not be done"):
        acting.end(team.body, number, "dropped", **said(team))
    with pytest.raises(WrongInput, match="done or dropped"):
        acting.end(team.body, number, "postponed", **said(team))
    acting.end(team.body, number, "dropped", words="the recipient rang us", **said(team))


def test_an_action_changes_hands_or_its_day_moves_with_a_reason(plan, work, team):
    number = plan()
    task = acting.Task(team.siro, team.today + timedelta(days=9))
    acting.plan_anew(team.body, number, task, reason="on leave", **said(team))
    [found] = work().actions
    assert (found.number, found.owner, found.due_on) == (number, team.siro.number, task.due_on)
    with pytest.raises(WrongInput, match="nothing would change"):
        acting.plan_anew(team.body, number, task, reason="on leave", **said(team))
    assert len(models.Action.objects.all()) == 2


@pytest.mark.parametrize("words", ["", "   "])
def test_an_action_says_what_has_to_be_done_by_a_day_to_come(plan, words):
    with pytest.raises(WrongInput, match="say what has to be done"):
        plan(words)
    with pytest.raises(WrongInput, match="has passed"):
        plan(days=-1)


def test_an_action_of_another_body_is_not_there(plan, team):
    number = plan()
    with pytest.raises(NotThere):
        acting.end(team.body, number + 1000, "done", **said(team))
    models.Handling.objects.update(confidential=True)
    with pytest.raises(NotThere):
        acting.end(team.body, number, "done", **said(team))


def test_nobody_is_given_an_action_on_what_they_may_not_see(plan, team):
    models.Handling.objects.update(confidential=True)
    incident = models.Incident.objects.get().number
    models.Access.objects.create(body=team.body.pk, incident=incident, person=team.handler.number, opened=1)
    with pytest.raises(Conflict, match="name them first"):
        plan(owner=team.siro)


def test_open_actions_are_listed_by_day_for_those_who_may_see_them(plan, team, django_assert_max_num_queries):
    late, soon = plan("Second", 5), plan("First", 1)
    plan("Of somebody else", 2, owner=team.siro)
    team.at += timedelta(days=3)
    with django_assert_max_num_queries(8):
        found = tasks.due(team.body, by=team.handler, today=team.today, owner=team.handler)
    assert [(one.number, one.words, one.overdue) for one in found] == [(soon, "First", True), (late, "Second", False)]
    assert len(tasks.due(team.body, by=team.handler, today=team.today)) == 3
    models.Handling.objects.update(confidential=True)
    assert tasks.due(team.body, by=team.handler, today=team.today) == []


def test_templates_propose_actions_for_a_type_until_they_are_planned(team, reference, plan):
    template = {"slug": "recall", "words": "Recall the message", "days": 1, "codes": ["failure-to-use-bcc"]}
    team.state("action-template", "recall", template)
    team.state("action-template", "thank", {"slug": "thank", "words": "Thank the reporter", "days": 5})

    def proposed():
        at = AsAt(team.today, ledger.head(team.body.pk).number)
        work = queries.whole(team.body, reference, at, by=team.handler, today=team.today, now=True).work
        return [(one.slug, one.due_on - team.today) for one in tasks.proposed(team.body, work, at)]

    assert proposed() == [("thank", timedelta(5))]
    categorising.categorise(team.body, reference, {"ico-type": "failure-to-use-bcc"}, **said(team))
    assert proposed() == [("recall", timedelta(1)), ("thank", timedelta(5))]
    plan("Recall the message")
    assert proposed() == [("thank", timedelta(5))]


POLICY = {"slug": "sending", "title": "Sending things", "version": "2", "topics": ["policy"]}


def test_a_root_cause_is_a_code_and_words_with_paragraphs_of_policies(team, reference, work):
    team.state("policy", "sending", POLICY)
    lesson = acting.Lesson("process", "Two letters lay on one desk.", "One desk, one case.", [("sending", "2.1")])
    acting.learn(team.body, reference, lesson, **said(team))
    team.state("policy", "sending", {**POLICY, "version": "3"})
    acting.learn(team.body, reference, acting.Lesson("process", "And nobody checked."), **said(team))
    first, second = work().lessons
    assert first.paragraphs == ({"policy": "sending", "version": "2", "paragraph": "2.1"},)
    assert (second.root_cause, second.lesson) == ("And nobody checked.", "")
    assert [one.code for one in work().codings if one.scheme == "root-cause"] == ["process"]
    told = " ".join(one.words for one in history.sentences(team.body, reference))
    assert "Root cause: A process that is missing, unclear or not followed. Two letters lay on one desk." in told
    assert "See policy sending, version 2, paragraph 2.1." in told
    assert whole(team.body)


@pytest.mark.parametrize(
    ("lesson", "says"),
    [
        (acting.Lesson("sloth", "why"), "no category of Root causes"),
        (acting.Lesson("process", " "), "say why it happened"),
        (acting.Lesson("process", "why", paragraphs=[("nowhere", "1")]), "no policy in force"),
        (acting.Lesson("process", "why", paragraphs=[("sending", "<b>")]), "such as 2.1"),
    ],
)
def test_a_lesson_names_what_there_is(team, reference, lesson, says):
    team.state("policy", "sending", POLICY)
    with pytest.raises(WrongInput, match=says):
        acting.learn(team.body, reference, lesson, **said(team))


def close(team, reference, **words):
    return closing.close(team.body, reference, **words, **said(team))


def missing(team, reference):
    with pytest.raises(closing.NotComplete) as refused:
        close(team, reference)
    return [one.code for one in refused.value.missing]


def settle(team, reference, outcome="do-not-tell"):
    """Everything that has to be decided, decided."""
    categorising.categorise(team.body, reference, {"cabinet-office": "IV"}, **said(team))
    answers = {"living_people": "yes", "likelihood": "unlikely"}
    assessing.assess(team.body, reference, "ico-self-assessment", answers, **said(team))
    assessing.advise(team.body, reference, "ico", outcome, words="because", by=team.dpo, at=team.now())
    grounds = assessing.Grounds("because")
    assessing.decide(team.body, reference, "ico", outcome, grounds=grounds, by=team.siro, at=team.now())


def test_closing_names_all_that_is_missing(team, reference, plan):
    plan()
    assert missing(team, reference) == ["ico-undecided", "not-assessed", "no-category", "open-actions"]
    with pytest.raises(closing.NotComplete, match="Nobody has decided whether to tell the Information Commissioner"):
        close(team, reference, reason="never mind")


def test_a_reason_stands_in_for_what_is_missing_but_for_no_duty(team, reference, plan):
    plan()
    settle(team, reference)
    assert missing(team, reference) == ["open-actions"]
    close(team, reference, reason="the action goes on in the project")
    assert history.sentences(team.body, reference)[0].words == "Closed, although something was missing."


def test_what_was_decided_has_to_be_done_before_it_is_closed(team, reference):
    settle(team, reference, "tell")
    assert missing(team, reference) == ["ico-not-told"]
    assessing.record_told(team.body, reference, "ico", team.today, **said(team))
    close(team, reference)


def test_a_high_risk_needs_a_decision_about_the_people(team, reference):
    settle(team, reference)
    answers = {"living_people": "yes", "likelihood": "likely", "high_risk": "yes"}
    again = {"reason": "they called us", **said(team)}
    assessing.assess(team.body, reference, "ico-self-assessment", answers, **again)
    assert missing(team, reference) == ["people-undecided"]


def test_a_near_miss_with_a_category_closes_at_once(team):
    reference = team.incident("Noticed in time", information_lost="no", personal_data="no", resources_assigned="no")
    categorising.categorise(team.body, reference, {"veris-incident": "near-miss"}, **said(team))
    close(team, reference, outcome="We moved the printer.")
    version = models.Version.objects.get(closed=None, held_until=date(9999, 12, 31))
    assert version.closed_on == team.today
    assert models.Handling.objects.get().state == "closed"
    assert history.sentences(team.body, reference)[0].words == "Closed. What came of it: We moved the printer."


def test_another_body_s_duty_is_not_ours(team):
    reference = team.incident(our_role="recipient")
    categorising.categorise(team.body, reference, {"cabinet-office": "IV"}, **said(team))
    close(team, reference)


def test_what_a_supplier_owes_and_what_a_reporter_was_asked_is_missing_until_it_comes(team):
    code = codes.new()
    told = Said(description="The supplier lost a tape")
    reference = reporting.report(team.body, told, code=code, way=reporting.Way(), by=None, at=team.now()).reference
    no = dict.fromkeys(("information_lost", "personal_data", "resources_assigned"), "no")
    triage.accept(team.body, reference, facts=no, **said(team))
    categorising.categorise(team.body, reference, {"veris": "error"}, **said(team))
    triage.tell_supplier(team.body, reference, {"supplier": "it-supplier"}, owes="The list", **said(team))
    reporting.ask(team.body, reference, "Which tape?", **said(team))
    assert missing(team, reference) == ["owed", "no-answer"]
    reporting.answer(team.body, code, "The one of Monday", at=team.now())
    assert missing(team, reference) == ["owed"]
    triage.tell_supplier(team.body, reference, {}, received=True, **said(team))
    close(team, reference)


def test_opening_again_keeps_all_that_there_was(team, reference, plan):
    plan()
    settle(team, reference)
    triage.tell_supplier(team.body, reference, {"supplier": "it-supplier"}, owes="The list", **said(team))
    kept = (models.Action, models.Assessment, models.Advice, models.Decision, models.Coding, models.Awaited)
    before = [list(table.objects.filter(closed=None).values()) for table in kept]
    close(team, reference, reason="known")
    closing.reopen(team.body, reference, reason="a second letter", **said(team))
    assert [list(table.objects.filter(closed=None).values()) for table in kept] == before
    assert all(before)


def test_opening_again_takes_a_reason_and_gives_the_work_back(team, reference):
    settle(team, reference)
    with pytest.raises(Conflict):
        closing.reopen(team.body, reference, reason="too early", **said(team))
    close(team, reference)
    with pytest.raises(WrongInput, match="opened again"):
        closing.reopen(team.body, reference, reason=" ", **said(team))
    team.at += timedelta(days=40)
    closing.reopen(team.body, reference, reason="a second letter turned up", **said(team))
    row = models.Handling.objects.get()
    assert (row.state, row.assigned_to) == ("open", team.handler.number)
    assert models.Version.objects.get(closed=None, held_until=date(9999, 12, 31)).closed_on is None
    told = history.sentences(team.body, reference)[0]
    assert (told.words, told.reason) == ("Opened again.", "a second letter turned up")
    assert whole(team.body)


def test_an_incident_of_an_older_register_is_opened_again_by_whoever_does_it(team):
    reference = team.incident(taken_up=False)
    models.Handling.objects.all().delete()
    closing.reopen(team.body, reference, reason="the ICO asked", **said(team))
    assert models.Handling.objects.get().assigned_to == team.handler.number


def test_whoever_reported_it_reads_what_was_written_for_them_and_nothing_else(team):
    code, at = codes.new(), team.now()
    told = Said(description="The door stood open", near_miss=True)
    reference = reporting.report(team.body, told, code=code, way=reporting.Way(), by=None, at=at).reference
    triage.accept(team.body, reference, facts={"information_lost": "no", "personal_data": "no"}, **said(team))
    close(team, reference, outcome="Facilities were slow", feedback="The door has a closer now.", reason="no code")
    assert progress(team.body, code).feedback == "The door has a closer now."
    assert "Whoever reported it reads: The door has a closer now." in staff.told(team.body, reference)[0]
    closing.reopen(team.body, reference, reason="it broke", **said(team))
    assert progress(team.body, code).feedback == ""
    close(team, reference, reason="no code")
    assert progress(team.body, code).feedback == ""
    assert staff.whole(team.body)
