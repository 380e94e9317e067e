"""One request from its arrival: who may, what it is known by, its reference, and what comes in and cannot be used."""

import json
from datetime import date, timedelta
from email.message import EmailMessage

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import extracts
from candour.foi import actions as foi
from candour.foi import models, queries
from candour.ledger import queries as ledger
from candour.ledger import verification
from candour.organisation import actions, files, people
from candour.rules.refusals import Conflict, NotAllowed, NotThere, WrongInput
from foi import asking

STAFF = "1. About how many members of staff do you have?"
TODAY = extracts.NOW.date()
DAY = timedelta(days=1)


@pytest.fixture
def somebody(body, operator):
    def add(*roles):
        name = people.title(roles[0])
        return actions.add_person(body, name=name, roles=roles, email="", by=operator, at=extracts.NOW)

    return add


def cases(body):
    return list(models.Case.objects.filter(body=body.pk).order_by("number").values_list("reference", flat=True))


def test_a_request_is_known_by_its_day_and_its_bytes(body):
    first = asking.reply(body, asking.arrived(STAFF))
    assert asking.reply(body, asking.arrived(STAFF, "renamed.txt")).case == first.case
    other_day = asking.reply(body, asking.arrived(STAFF, received=asking.RECEIVED + DAY))
    other_words = asking.reply(body, asking.arrived(STAFF + " "))
    assert cases(body) == [first.case, other_day.case, other_words.case] == [f"SB/FOI 16-{n}" for n in (1, 2, 3)]


def test_another_body_may_have_been_asked_the_same(body):
    other = extracts.body("other")
    assert asking.reply(body, STAFF).case != asking.reply(other, STAFF).case
    assert cases(other) == ["FOI 2016-1"]


def test_the_serial_begins_anew_each_year_and_leaves_out_what_is_taken(body):
    asking.reply(body, asking.arrived(STAFF, our_reference="SB/FOI 16-2"))
    asking.reply(body, asking.arrived(STAFF, received=date(2016, 3, 1)))
    assert cases(body) == ["SB/FOI 16-2", "SB/FOI 16-3"]
    later = date(2017, 1, 2)
    assert asking.reply(body, asking.arrived(STAFF, received=later), as_at=later, dated=later).case == "SB/FOI 17-1"


def test_a_pattern_without_the_year_counts_on(body):
    asking.state(
        body, 'from = 2011-04-01\n[letter]\nletterhead = ["Sample Body"]\nreference_pattern = "REQ{serial:03}"'
    )
    asking.reply(body, asking.arrived(STAFF))
    later = date(2017, 1, 2)
    assert asking.reply(body, asking.arrived(STAFF, received=later), as_at=later, dated=later).case == "REQ002"


def test_a_reference_belongs_to_one_case(body):
    asking.reply(body, asking.arrived(STAFF, our_reference="A 1"))
    with pytest.raises(Conflict, match="A 1 is the reference of another case"):
        asking.reply(body, asking.arrived(STAFF + "x", our_reference="A 1"))
    assert cases(body) == ["A 1"]


def test_what_the_requester_calls_it_is_printed(body):
    given = asking.reply(body, asking.arrived(STAFF, their_reference="808"))
    assert given.answers["their_reference"] == "808"
    assert "<dt>Your ref</dt><dd>808</dd>" in given.files["reply.html"].decode()


@pytest.mark.parametrize(
    ("channel", "opening"),
    [("email", "your email of"), ("post", "your letter of"), ("web", "your message on our website of")],
)
def test_the_opening_line_names_the_channel_and_the_day(body, channel, opening):
    drafted = asking.reply(body, asking.arrived(STAFF, channel=channel))
    assert f"Thank you for {opening} 28 February 2016." in drafted.files["reply.html"].decode()


def test_the_default_knowledge_is_that_of_the_day_of_receipt(body):
    drafted = asking.reply(body, STAFF, as_at=None)
    assert (drafted.answers["as_at"], drafted.answers["dated"]) == ("2016-02-28", "2016-03-10")


def test_a_late_letter_counts_on(body):
    assert asking.reply(body, STAFF, dated=date(2016, 4, 1)).answers["working_day"] == 22


def test_a_bank_holiday_that_the_body_added_is_no_working_day(body):
    asking.state(
        body,
        """
        [[closed_days]]
        day = 2016-03-09
        name = "A day of celebration"
        nations = ["SCT"]
        source = "the gazette"
        proclaimed = 2016-01-04
        """,
    )
    drafted = asking.reply(body, STAFF)
    assert (drafted.answers["due"], drafted.answers["working_day"]) == ("2016-03-31", 8)
    late = asking.reply(body, asking.arrived(STAFF + " "), dated=date(2016, 4, 1))
    assert late.answers["working_day"] == 21


@pytest.mark.parametrize("role", ["auditor", "handler", "siro", "administrator"])
def test_who_is_no_information_rights_officer_cannot_answer(body, somebody, role):
    with pytest.raises(NotAllowed):
        asking.reply(body, STAFF, by=somebody(role))
    assert cases(body) == []


def test_nobody_answers_for_another_body(body, somebody):
    officer = somebody("foi-officer")
    assert asking.reply(body, STAFF, by=officer).anew
    with pytest.raises(NotAllowed):
        asking.reply(extracts.body("other"), STAFF, by=officer)


def test_who_may_not_look_is_told_that_there_is_nothing(body, somebody):
    drafted = asking.reply(body, STAFF)
    handler, officer = somebody("handler"), somebody("foi-officer")
    for look in (
        lambda by: queries.cases(body, by=by, today=TODAY),
        lambda by: queries.case(body, drafted.case, by=by, today=TODAY),
        lambda by: queries.file(body, drafted.case, "reply.pdf", by=by, today=TODAY),
    ):
        assert look(officer)
        for by in (handler, people.operator(extracts.body(f"body-{look.__code__.co_firstlineno}"))):
            with pytest.raises(NotThere):
                look(by)


def test_the_page_of_a_case_shows_the_last_draft(body, operator):
    first = asking.reply(body, STAFF)
    asking.state(body, 'from = 2015-04-01\n[[facts]]\nname = "staff"\nvalue = 9')
    anew = asking.reply(body, STAFF, redraft=True)
    view = queries.case(body, first.case, by=operator, today=TODAY)
    assert (view.drafts, view.row.needs_a_person, view.row.due) == (2, 0, date(2016, 3, 30))
    assert view.answers == anew.answers
    assert view.files == ("reply.pdf", "reply.docx", "reply.odt", "reply.html", "answers.json")
    assert queries.file(body, first.case, "reply.pdf", by=operator, today=TODAY) == anew.files["reply.pdf"]
    for what in ("reply.exe", "../reply.pdf"):
        with pytest.raises(NotThere):
            queries.file(body, first.case, what, by=operator, today=TODAY)
    with pytest.raises(NotThere):
        queries.case(body, "no such case", by=operator, today=TODAY)


def test_the_first_draft_is_kept_when_it_is_drawn_anew(body):
    first = asking.reply(body, STAFF)
    asking.state(body, 'from = 2015-04-01\n[[facts]]\nname = "staff"\nvalue = 9')
    asking.reply(body, STAFF, redraft=True)
    kept, _ = models.Draft.objects.filter(body=body.pk).order_by("number")
    assert {name: files.read(sha256) for name, sha256 in kept.files.items()} == first.files


def test_as_many_queries_for_many_cases_as_for_few(body, operator):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as found:
            rows = queries.cases(body, by=operator, today=TODAY)
        return len(found), len(rows)

    asking.reply(body, STAFF)
    few, one = asked()
    request = models.Case.objects.get(body=body.pk)
    for number in range(1, 30):
        request.pk, request.number, request.reference = None, 10_000 + number, f"old {number}"
        request.received, request.sha256 = asking.RECEIVED - number * DAY, f"{number:064}"
        request.save(force_insert=True)
    assert asked() == (few, one + 29)


def test_cases_are_paged_by_number(body, operator):
    for number in range(5):
        asking.reply(body, asking.arrived(STAFF + "." * number))
    page = queries.cases(body, by=operator, today=TODAY, limit=2)
    rest = queries.cases(body, by=operator, today=TODAY, before=page[-1].number, limit=9)
    assert [row.reference for row in [*page, *rest]] == [f"SB/FOI 16-{n}" for n in (5, 4, 3, 2, 1)]


def test_the_record_names_what_was_done_and_no_name_in_the_clear(body):
    drafted = asking.reply(body, "From: Jane Roe\n\n" + STAFF)
    received, made = ledger.events(body.pk, drafted.case)
    assert [event.deed for event in (received, made)] == ["request.received", "reply.drafted"]
    assert set(made.facts["files"]) == set(drafted.files)
    assert "request.txt" not in json.dumps(received.facts)
    assert received.words["file"] == "request.txt"
    assert verification.verify(body.pk).ok


def _mail(with_text):
    message = EmailMessage()
    message["From"], message["Subject"] = "somebody@example.org", "Request"
    if with_text:
        message.set_content(STAFF)
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="questions.pdf")
    return message.as_bytes()


def _scan():
    """A page that is a picture."""
    import typst  # noqa: PLC0415 - only this test draws one

    return typst.compile(b"#rect(width: 100%, height: 50%, fill: gray)")


@pytest.mark.parametrize(
    ("came", "sentence"),
    [
        (lambda: asking.arrived(b""), "empty"),
        (lambda: asking.arrived(b" \n"), "empty"),
        (lambda: asking.arrived(b"1. How many? " * 1_600_000), "20 MB"),
        (lambda: asking.arrived(_mail(with_text=False), "request.eml"), "only attachments"),
        (lambda: asking.arrived(_scan(), "scan.pdf"), "a picture without text"),
        (lambda: asking.arrived(b"\x89PNG\r\n", "scan.png"), "a picture"),
        (lambda: asking.arrived(STAFF, received=TODAY + DAY), "still to come"),
        (lambda: asking.arrived(STAFF, received=asking.DATED + DAY), "cannot be dated before"),
        (lambda: asking.arrived(STAFF, channel="pigeon"), "'pigeon' is not a channel"),
    ],
)
def test_what_cannot_be_used_changes_nothing(body, came, sentence):
    before = ledger.head(body.pk)
    with pytest.raises(WrongInput, match=sentence):
        asking.reply(body, came())
    assert ledger.head(body.pk) == before
    assert cases(body) == []


def test_figures_of_a_day_to_come_change_nothing(body):
    before = ledger.head(body.pk)
    with pytest.raises(WrongInput, match="still to come"):
        asking.reply(body, STAFF, as_at=TODAY + DAY)
    assert ledger.head(body.pk) == before


def test_a_letter_that_cannot_be_set_opens_no_case(body):
    """The closing names the sponsor, and this body has none."""
    asking.state(
        body,
        'from = 2011-04-01\n[[paragraphs]]\nslug = "closing"\nversion = "1"\nowner = "us"\nwords = "Ask {sponsor}."',
    )
    before = ledger.head(body.pk)
    with pytest.raises(WrongInput, match="sponsor"):
        asking.reply(body, STAFF)
    assert ledger.head(body.pk) == before
    assert cases(body) == []


def test_a_mail_with_attachments_is_answered(body):
    assert asking.answers(asking.reply(body, asking.arrived(_mail(with_text=True), "request.eml")))["1"]["open"] == []


def test_a_letter_without_a_question_opens_a_case_that_needs_a_person(body):
    drafted = asking.reply(body, "Dear Sir or Madam\n\nThank you for your help with my garden.\n\nYours\n")
    assert (drafted.answers["questions"], drafted.needs_a_person) == ([], 1)
    assert "no question was found in it" in drafted.files["reply.html"].decode()


def test_drawing_again_what_was_never_drafted(body):
    with pytest.raises(NotThere):
        foi.drawn_again(body, "no such case")


def test_a_kept_reply_that_was_changed_on_the_disk_is_not_given_out(body):
    drafted = asking.reply(body, STAFF)
    digest = models.Draft.objects.get(body=body.pk).files["reply.pdf"]
    path = files._path(digest)
    path.write_bytes(b"something else")
    with pytest.raises(Conflict, match="changed on the disk"):
        asking.reply(body, STAFF)
    path.write_bytes(drafted.files["reply.pdf"])
