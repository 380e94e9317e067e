"""A reply on its way out: screened, asked for, cleared by a second person, and let out once, byte for byte."""

import hashlib

import pytest

import staff
from candour.foi import actions, enclosing, lifecycle, papers_out, releasing
from candour.ledger import models as ledger
from candour.ledger import verification
from candour.organisation import exits, files
from candour.organisation.exits import Paper
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput
from candour.rules.rights import Deed
from candour.screening import gate, looking
from foi import asking

LETTER = b"Dear Sir or Madam\n\nPlease find our reply enclosed.\n"
PLAIN = b"year,incidents\n2014/15,80\n2015/16,76\n"
HOLDS_A_NUMBER = b"name,number\nA person,QQ 12 34 56 C\nAnother,AB 12 34 56 C\n"
AT = asking.extracts.NOW


@pytest.fixture
def officer(body):
    return staff.hire(body, "foi-officer")


@pytest.fixture
def approver(body):
    return staff.hire(body, "release-approver")


@pytest.fixture
def case(body, officer):
    """A request whose letter a person has finished."""
    reference = asking.reply(body, "1. How many staff do you employ?", by=officer).case
    enclosing.enclose(body, reference, content=LETTER, name="reply.txt", as_letter=True, by=officer, at=AT)
    return reference


@pytest.fixture
def enclose(body, case, officer):
    def enclosed(content, name):
        enclosing.enclose(body, case, content=content, name=name, by=officer, at=AT)
        return Paper(name, hashlib.sha256(content).hexdigest())

    return enclosed


@pytest.fixture
def step(body, case, officer, approver):
    """Take a step as whoever takes it."""
    deeds = {
        "ask": lambda: releasing.ask_clearance(body, case, by=officer, at=AT),
        "clear": lambda: releasing.clear(body, case, by=approver, at=AT),
        "release": lambda: actions.release(body, case, by=officer, at=AT),
        "withdraw": lambda: releasing.withdraw(body, case, reason="a mistake", by=officer, at=AT),
        "give back": lambda: releasing.give_back(body, case, reason="the second table", by=approver, at=AT),
    }
    return lambda name: deeds[name]()


def state(body, case):
    return papers_out.standing(body, case).state


def test_a_reply_goes_out_with_its_enclosures(body, case, enclose, step):
    enclose(PLAIN, "figures.csv")
    step("ask")
    step("clear")
    link = step("release")
    assert state(body, case) == "released"
    assert [(paper.name, paper.content) for paper in exits.public(link)] == [
        ("reply.txt", LETTER),
        ("figures.csv", PLAIN),
    ]
    assert releasing.link(body, case) == link
    assert verification.verify(body.pk).ok


def test_a_reply_goes_out_once(step):
    step("ask")
    step("clear")
    step("release")
    with pytest.raises(Conflict, match="released"):
        step("release")


@pytest.mark.parametrize("name", ["clear", "release", "withdraw"])
def test_nothing_goes_before_clearance_was_asked(step, name):
    with pytest.raises(Conflict):
        step(name)


def test_who_asks_for_clearance_does_not_give_it(body, case):
    both = staff.hire(body, "foi-officer", "release-approver")
    releasing.ask_clearance(body, case, by=both, at=AT)
    with pytest.raises(NotAllowed):
        releasing.clear(body, case, by=both, at=AT)


def test_the_operator_clears_nothing(body, case, operator, step):
    step("ask")
    with pytest.raises(NotAllowed):
        releasing.clear(body, case, by=operator, at=AT)


@pytest.mark.parametrize("before", [["ask"], ["ask", "clear"]])
def test_what_was_cleared_is_what_leaves_or_nothing_does(body, case, enclose, step, before):
    for name in before:
        step(name)
    enclose(PLAIN, "figures.csv")
    assert state(body, case) == "draft"
    with pytest.raises(Conflict):
        step("release")


def test_a_new_draft_is_cleared_anew(body, case, step, officer):
    step("ask")
    step("clear")
    models = papers_out.models
    taken_out = models.Enclosure.objects.get(closed=None).sha256
    enclosing.take_out(body, case, taken_out, by=officer, at=AT)
    assert state(body, case) == "draft"


def test_a_file_changed_on_the_disk_does_not_leave(body, case, step):
    step("ask")
    step("clear")
    kept = files._path(hashlib.sha256(LETTER).hexdigest())
    kept.write_bytes(b"Dear Sir or Madam, something else")
    with pytest.raises(Conflict, match="changed on the disk"):
        step("release")
    kept.write_bytes(LETTER)
    assert state(body, case) == "cleared"


def test_what_screening_blocks_does_not_leave_and_what_was_found_is_kept(body, enclose, step, case):
    paper = enclose(HOLDS_A_NUMBER, "people.csv")
    with pytest.raises(Conflict, match=r"the file people\.csv may not leave as it is"):
        step("ask")
    assert exits.reports(body, [paper], at=AT)[paper.sha256].verdict == "block"
    assert state(body, case) == "draft"
    assert ledger.Entry.objects.filter(deed=Deed.SCREEN).count() == 1


def test_a_second_person_may_let_a_file_go_with_a_reason(body, enclose, step, approver):
    paper = enclose(HOLDS_A_NUMBER, "people.csv")
    with pytest.raises(Conflict):
        step("ask")
    with pytest.raises(WrongInput, match="say why"):
        exits.let_go(body, paper, reason=" ", by=approver, at=AT)
    exits.let_go(body, paper, reason="the numbers are invented, as the request asked", by=approver, at=AT)
    step("ask")
    step("clear")
    assert exits.public(step("release"))[1].content == HOLDS_A_NUMBER


def test_nobody_lets_go_what_they_ask_clearance_for(body, case, enclose):
    both = staff.hire(body, "foi-officer", "release-approver")
    paper = enclose(HOLDS_A_NUMBER, "people.csv")
    releasing.screen(body, case, by=both, at=AT)
    exits.let_go(body, paper, reason="it is fine", by=both, at=AT)
    with pytest.raises(Conflict, match="may not leave"):
        releasing.ask_clearance(body, case, by=both, at=AT)


@pytest.mark.parametrize("role", ["foi-officer", "handler", "administrator"])
def test_others_let_nothing_go(body, case, enclose, role):
    paper = enclose(HOLDS_A_NUMBER, "people.csv")
    with pytest.raises(NotAllowed):
        exits.let_go(body, paper, reason="it is fine", by=staff.hire(body, role), at=AT)


def test_another_format_than_pdf_or_csv_takes_a_reason():
    reports = [looking.Report("reply.docx", "0" * 64, "docx", ())]
    with pytest.raises(WrongInput, match="docx"):
        gate.check_formats(reports, " ")
    gate.check_formats(reports, "the requester asked for Word and can read nothing else")


def test_what_was_looked_into_is_not_looked_into_twice(body, case, step):
    step("ask")
    step("clear")
    step("release")
    (entry,) = ledger.Entry.objects.filter(deed=Deed.SCREEN)
    assert '"tools"' in entry.content


def test_with_other_rules_it_is_looked_into_again(body, case, step, monkeypatch):
    step("ask")
    monkeypatch.setattr(exits.versions, "versions", lambda: {"rules": "newer"})
    step("clear")
    assert ledger.Entry.objects.filter(deed=Deed.SCREEN).count() == 2


def test_a_withdrawn_reply_dies_with_its_link_and_its_bytes(
    body, case, enclose, step, django_capture_on_commit_callbacks
):
    paper = enclose(PLAIN, "figures.csv")
    step("ask")
    step("clear")
    link = step("release")
    with django_capture_on_commit_callbacks(execute=True):
        step("withdraw")
    assert state(body, case) == "withdrawn"
    with pytest.raises(NotThere):
        exits.public(link)
    assert releasing.link(body, case) is None
    with pytest.raises(NotThere):
        files.read(paper.sha256)
    assert verification.verify(body.pk).ok


def test_a_reply_is_given_back_with_what_has_to_change(body, case, step):
    step("ask")
    step("give back")
    assert state(body, case) == "draft"


def test_nothing_of_a_reply_that_left_is_changed(body, case, enclose, step):
    step("ask")
    step("clear")
    step("release")
    with pytest.raises(Conflict, match="withdraw it first"):
        enclose(PLAIN, "figures.csv")


def test_an_open_answer_keeps_the_letter_here(body, officer):
    reference = asking.reply(body, "1. What colour is the bicycle of the chief executive?", by=officer).case
    with pytest.raises(Conflict, match="still needs a person"):
        releasing.ask_clearance(body, reference, by=officer, at=AT)


def test_every_step_is_in_the_table_and_every_state_can_be_reached():
    reached = {then for _, then in lifecycle.STEPS.values()} | {lifecycle.State.DRAFT}
    assert reached == set(lifecycle.State)
