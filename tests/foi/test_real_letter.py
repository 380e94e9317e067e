"""The reply to the four-tier questionnaire: the real letter as the request, and the sample's request in other words."""

from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

import extracts
from candour.cli.sample import incidents
from candour.figures import actions as knowing
from candour.figures import differences, questions
from candour.foi import actions as foi
from candour.incidents import actions as register
from candour.incidents.models import Incident, Version
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt
from candour.organisation import people
from candour.rules import years
from foi import asking

LETTERS = sorted((Path(__file__).resolve().parents[2].parent / "shared" / "seed").glob("*.txt"))
SAMPLE = Path(incidents.__file__).with_name("request.txt")
YEARS = years.periods("financial-year", date(2011, 4, 1), date(2015, 3, 31))
MISSING = pytest.mark.skipif(not LETTERS, reason="the real letter is not on this machine (../shared/seed)")
REQUESTS = [
    pytest.param(LETTERS[0] if LETTERS else None, id="real letter", marks=MISSING),
    pytest.param(SAMPLE, id="sample request"),
]


@pytest.fixture(scope="module", params=REQUESTS)
def request_path(request):
    return request.param


@pytest.fixture(scope="module")
def first_draft(sample, django_db_blocker, request_path):
    """Drafted once; what a test does afterwards is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield asking.reply(sample, asking.arrived(request_path.read_bytes(), request_path.name))
        transaction.set_rollback(True)


@pytest.fixture
def drafted(first_draft, db):
    return first_draft


@pytest.fixture
def said(drafted):
    return asking.answers(drafted)


def test_nothing_is_left_open_and_the_days_are_right(drafted):
    assert [question["answer"]["open"] for question in drafted.answers["questions"]] == [[]] * 12
    assert drafted.needs_a_person == 0
    about = {name: drafted.answers[name] for name in ("case", "received", "due", "as_at", "dated", "working_day")}
    assert about == {
        "case": "Gov/SB 16-1",
        "received": "2016-02-28",
        "due": "2016-03-30",
        "as_at": "2016-03-10",
        "dated": "2016-03-10",
        "working_day": 9,
    }


def test_staff_and_contractors(said):
    (staff,), (supplier,) = said["1a"]["parts"], said["1b"]["parts"]
    assert (staff["status"], staff["fact"]["value"]) == ("approximate", 1800)
    assert staff["words"] == "About 1,800 members of staff (headcount)."
    assert (supplier["fact"]["note"], supplier["fact"]["value"]) == ("the IT supplier", "not-known")
    assert "IT supplier" in supplier["words"]
    assert "a duty of confidentiality" in supplier["words"]
    assert supplier["words"].endswith("We do not know how many they are.")


def test_policy_then_categories_then_sponsor(said):
    policy, scheme, sponsor = said["2a"]["parts"]
    assert policy["words"].startswith("Yes. The requirement to report is set out in our Information Assurance Policy")
    assert (policy["document"]["version"], policy["document"]["paragraphs"]) == ("2.0", "2.2 to 2.3")
    assert policy["document"]["link"] in policy["words"]
    labels = {row["code"]: row["label"] for row in scheme["scheme"]["categories"]}
    assert list(labels) == ["I", "II", "III", "IV", "V"]
    assert labels["II"].endswith("from outside secured Sample Body premises")
    assert labels["I"].endswith("from secured Government premises")
    assert sponsor["words"] == (
        "We also report incidents to our sponsor department, the Ministry of Samples, according to the Ministry's own "
        "categories; they are broken down into more detail."
    )


def test_the_form_enclosed_no_document_of_our_own_and_annual_reports_by_link(drafted, said):
    form, own, reports = said["2b"]["parts"]
    assert form["enclosed"]["file"] == "pro-forma.pdf"
    assert [name for name, _ in drafted.enclosures] == ["pro-forma.pdf"]
    assert drafted.enclosures[0][1].startswith(b"%PDF")
    assert own["status"] == "not_held"
    assert own["words"].startswith("Apart from the Information Assurance Policy named under 2a, we hold no document")
    assert (reports["status"], reports["section"]) == ("elsewhere", "21")
    assert reports["words"].endswith(reports["document"]["link"])
    assert "section 21 of the Freedom of Information Act 2000" in reports["notes"][0]


@pytest.mark.parametrize(
    ("known", "number", "values"),
    [("3a", "3b", [0, 0, 0, 1]), ("4a", "4b", [37, 54, 75, 81]), ("5a", "5b", [4, 11, 39, 80])],
)
def test_known_and_counted(said, known, number, values):
    assert said[known]["words"] == "Yes, for all the years you list."
    assert asking.cells(said[number]) == [("held", value) for value in values]
    assert said[number]["words"] == "For each of these years we recorded:"
    (note,) = said[number]["parts"][0]["notes"]
    assert note.endswith("as the register stood on 10 March 2016. Recorded since 1 April 2011.")


def test_near_misses_are_not_held_and_the_part_year_is_offered(said):
    assert said["6a"]["words"] == (
        "No, not for the years you list. We have collected this information since 1 April 2015, and can send you the "
        "number from then to 10 March 2016 if you would like it."
    )
    assert asking.cells(said["6b"]) == [("not_held", None)] * 4
    assert said["6b"]["words"] == "We do not hold this information for any of these years."
    (note,) = said["6b"]["parts"][0]["notes"]
    assert note.startswith("We searched the incident log, the Governance team's mailbox and the IT service desk, on ")


def test_the_same_request_again_gives_the_same_bytes_and_opens_no_second_case(sample, drafted, request_path):
    again = asking.reply(sample, asking.arrived(request_path.read_bytes(), "another name.txt"))
    assert (again.case, again.anew) == (drafted.case, False)
    assert again.files == drafted.files
    assert again.answers == drafted.answers


def test_incidents_amended_after_the_reply_move_nothing_in_it(sample, drafted, request_path):
    before = ledger.head(sample.pk).number
    moved = _three_events(sample)
    for reference in moved:
        register.amend(
            sample, reference, {"tier": "other-incident"}, reason="looked at again", correction=True,
            by=people.operator(sample), at=extracts.NOW,
        )  # fmt: skip
    _the_same_whatever_way_it_is_made(sample, drafted, request_path)
    assert sorted(one.reference for one in _differences(sample, "events", before)) == sorted(moved)
    assert sorted(one.reference for one in _differences(sample, "other-incidents", before)) == sorted(moved)
    assert _differences(sample, "near-misses", before) == []


def test_an_older_register_that_is_loaded_late_moves_nothing_in_it(sample, drafted, request_path, tmp_path):
    before = ledger.head(sample.pk).number
    late = """
        reference  logged_on   tier
        OLD-1      2011-05-01  event
        OLD-2      2014-12-24  event
    """
    extracts.load(sample, late, tmp_path, source="an older register")
    _the_same_whatever_way_it_is_made(sample, drafted, request_path)
    assert [one.reference for one in _differences(sample, "events", before)] == ["OLD-1", "OLD-2"]


def test_a_redraft_is_drawn_at_the_head_and_keeps_the_first(sample, drafted, request_path, tmp_path):
    extracts.load(sample, "reference  logged_on  tier\nOLD-1  2011-05-01  event", tmp_path, source="older")
    came = asking.arrived(request_path.read_bytes(), request_path.name)
    anew = asking.reply(sample, came, redraft=True)
    assert (anew.case, anew.anew) == (drafted.case, True)
    assert asking.cells(asking.answers(anew)["5b"])[0] == ("held", 5)
    assert anew.answers["ledger_number"] > drafted.answers["ledger_number"]
    assert asking.reply(sample, came).files == anew.files


def test_settings_that_change_afterwards_move_nothing_in_it(sample, drafted, request_path):
    asking.state(
        sample,
        """
        from = 2011-04-01
        [letter]
        letterhead = ["Sample Body", "Another Street"]
        [[facts]]
        name = "staff"
        value = 9
        """,
    )
    knowing.state_coverage(
        sample, "near-misses", since=date(2011, 4, 1), until=None, where={}, kept_in=None, reason="found",
        by=people.operator(sample), at=extracts.NOW,
    )  # fmt: skip
    _the_same_whatever_way_it_is_made(sample, drafted, request_path)


def _three_events(body):
    events = Version.objects.filter(body=body.pk, tier="event", logged_on__lt=YEARS[-1].end).values("incident")[:3]
    return list(Incident.objects.filter(body=body.pk, number__in=events).values_list("reference", flat=True))


def _differences(body, measure, before):
    head = AsAt(asking.DATED, ledger.head(body.pk).number)
    return differences.differences(body.pk, questions.question(measure, YEARS), head, before)


def _the_same_whatever_way_it_is_made(body, drafted, path):
    """As kept, and drawn again from the frozen coordinates."""
    assert asking.reply(body, asking.arrived(path.read_bytes(), path.name)).files == drafted.files
    again = foi.drawn_again(body, drafted.case)
    for name in ("answers.json", "reply.pdf", "reply.html"):
        assert again[name] == drafted.files[name], name
