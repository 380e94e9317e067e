"""What a body may say of itself is checked when it is made."""

from datetime import date, datetime

import pytest

from candour.organisation import (
    cells,
    kinds,
    kinds_of_bodies,
    kinds_of_classifying,
    kinds_of_notices,
    kinds_of_publishing,
    kinds_of_records,
    kinds_of_work,
    references,
)
from candour.rules import clocks, years

ROWS = {
    kinds.Fact: {"name": "staff", "value": 1800, "unit": "fte", "approximate": True, "note": "a note"},
    kinds.Supplier: {"slug": "it-supplier", "name": "the IT supplier", "people": 3, "bound_by": "contract"},
    kinds.Sponsor: {
        "name": "Ministry of Samples",
        "pro_forma": "Report",
        "file": {"sha256": "a" * 64, "name": "report.docx", "size": 1},
    },
    kinds.Policy: {"slug": "policy", "title": "Policy", "version": "2", "topics": ["policy"], "adopted": "2014-09-01"},
    kinds.Document: {"slug": "report", "title": "Report", "link": "https://example.org/report"},
    kinds.Paragraph: {"slug": "opening", "words": "By {channel} to {body}", "version": "1", "owner": "Team"},
    kinds.StandingAnswer: {"topic": "training", "words": "Every year.", "version": "1", "owner": "Team"},
    kinds.Letter: {
        "letterhead": ["Sample Body"],
        "reference_pattern": "SB/FOI {yy}-{serial:03}",
        "mailbox": "a@b.example",
    },
    kinds.OfficeHolder: {"title": "Chair", "name": "The Chair", "order": 2},
    kinds.Regulator: {"name": "Regulator", "contacts": [["Post", ["1 Example Street", "Exampletown"]]]},
    kinds.Law: {"slug": "review-asked", "value": 40, "unit": "working-days", "source": "The Code"},
    kinds.Wording: {"scheme": "cabinet-office", "code": "II", "label": "Outside our premises"},
    kinds.AccountingPeriod: {"label": "P1", "start": "2015-04-01", "end": "2015-04-26"},
    kinds.ClosedDay: {"day": "2030-02-15", "name": "Celebration", "nations": ["SCT"], "source": "Gazette"},
    kinds.AcademicYear: {"month": 9, "day": 1},
    kinds.Reporting: {"without_account": True, "safeguarding": "020 7946 0999", "next": "We look at it."},
    kinds_of_publishing.AnnualReport: {"counting_policy": "We record all of them."},
    kinds_of_records.Retention: {"slug": "reports", "record": "incidents", "source": "The schedule", "keep": 6},
    kinds_of_notices.Duty: {"person": "duty@sample-body.example", "deputy": "deputy@sample-body.example"},
    kinds_of_notices.Absence: {"slug": "summer", "person": "duty@sample-body.example"},
    kinds_of_notices.Reachable: {"slug": "first", "person": "duty@sample-body.example", "telephone": "+44 7700 900000"},
    kinds_of_notices.Notices: {"webhook": "https://chat.example.org/{secret}", "escalate_after": 10, "content": True},
    kinds_of_bodies.Shared: {"sponsor": "ministry", "measure": "events"},
    kinds_of_work.Department: {"name": "North", "owner": "north@sample-body.example"},
    kinds_of_work.Marked: {"incidents": "OFFICIAL"},
    kinds_of_work.Practice: {"what": "A copy for new handlers"},
    kinds_of_classifying.OwnScheme: {"slug": "ministry-types", "title": "Types", "made_by": "sponsor"},
    kinds_of_classifying.OwnCategory: {"scheme": "ministry-types", "code": "3.1", "label": "Loss"},
    kinds_of_classifying.RetiredScheme: {"scheme": "veris", "reason": "Nobody asks for it"},
    kinds_of_classifying.Crosswalk: {
        "scheme": "ministry-types",
        "code": "3.1",
        "other": "veris",
        "other_codes": ["error"],
    },
    kinds_of_classifying.Assessing: {"methods": ["enisa-2013"]},
    kinds_of_classifying.ActionTemplate: {"slug": "recall", "words": "Recall the message", "days": 1},
}


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_every_kind_reads_a_row_and_writes_it_back(kind):
    read = cells.read(kind, ROWS[kind])
    assert cells.content(read) == ROWS[kind]
    assert cells.read(kind, cells.content(read)) == read


@pytest.mark.parametrize(
    ("kind", "row", "says"),
    [
        (kinds.Fact, {}, "name is missing"),
        (kinds.Retention, {"slug": "a", "record": "incidents", "source": "S"}, "a period to keep"),
        (kinds.Retention, {"slug": "a", "record": "incidents", "source": "S", "keep": 0}, "a period to keep"),
        (kinds.Retention, {"slug": "a", "record": "people", "source": "S", "keep": 1, "tier": "event"}, "only a row"),
        (kinds_of_notices.Notices, {"webhook": "http://chat.example.org/"}, "begins with https://"),
        (kinds_of_notices.Notices, {"webhook": "https://user:secret@chat.example.org/"}, "without a name or password"),
        (kinds_of_notices.Notices, {"sms": "file:///etc/passwd"}, "begins with https://"),
        (kinds_of_notices.Notices, {"sms": "https://a.example/", "webhook": "https://b.example/"}, "not both"),
        (kinds_of_notices.Notices, {"marking": "SECRET"}, "OFFICIAL-SENSITIVE"),
        (kinds_of_notices.Notices, {"quiet_from": "25:00"}, "a time such as 07:00"),
        (kinds_of_notices.Reachable, {"slug": "a", "telephone": "ring me"}, "a telephone number"),
        (kinds_of_classifying.OwnScheme, {"slug": "types", "title": "T"}, "at least one hyphen"),
        (kinds_of_classifying.OwnScheme, {"slug": "ico-type", "title": "T"}, "comes with Candour"),
        (kinds_of_classifying.OwnCategory, {"scheme": "our-own", "code": "a b", "label": "T"}, "letters, digits"),
        (kinds.Fact, {"name": "Staff!"}, "small letters"),
        (kinds.Fact, {"name": "staff", "value": -1}, "a whole number from 0"),
        (kinds.Fact, {"name": "staff", "value": True}, "a whole number from 0"),
        (kinds.Fact, {"name": "staff", "value": 1, "unit": "heads"}, "headcount or fte"),
        (kinds.Fact, {"name": "staff", "value": 1, "text": "one"}, "not both"),
        (kinds.Fact, {"name": "staff", "approximate": True}, "only a value that is known"),
        (kinds.Fact, {"name": "staff", "values": 1}, "values is no field here; the fields are name, value"),
        (kinds.Fact, {"name": "staff", "value": 1, "approximate": "yes"}, "true or false"),
        (kinds.Supplier, {"slug": "a", "name": "A\x00"}, "one line of text"),
        (kinds.Supplier, {"slug": "a", "name": "A", "approximate": True}, "only a number that is known"),
        (kinds.Policy, {"slug": "a", "title": "A", "version": 2.1}, "between quotation marks"),
        (kinds.Policy, {"slug": "a", "title": "A", "version": 2, "link": "javascript:alert()"}, "https://"),
        (kinds.Policy, {"slug": "a", "title": "A", "version": 2, "adopted": datetime(2014, 1, 1)}, "a day such as"),  # noqa: DTZ001
        (kinds.Policy, {"slug": "a", "title": "A", "version": 2, "adopted": "2014-02-30"}, "a day such as"),
        (kinds.Policy, {"slug": "a", "title": "A", "version": 2, "topics": "policy"}, "a list, such as"),
        (kinds.Document, {"slug": "a", "title": "A"}, "a link or a file"),
        (kinds.Sponsor, {"name": "A", "file": "form.docx"}, "needs the title"),
        (kinds.Sponsor, {"name": "A", "pro_forma": "Form", "file": {"name": "a.pdf", "size": 1}}, "sha256 is missing"),
        (kinds.Letter, {"letterhead": []}, "a list of lines"),
        (kinds.Letter, {"letterhead": ["A"], "mailbox": "nobody"}, "an e-mail address"),
        (kinds.Letter, {"letterhead": ["A"], "reference_pattern": "FOI {yy}"}, "a pattern with {serial}"),
        (kinds.Letter, {"letterhead": ["A"], "reference_pattern": "{serial:9999}"}, "a pattern with {serial}"),
        (kinds.Letter, {"letterhead": ["A"], "reference_pattern": "{serial} {day}"}, "a pattern with {serial}"),
        (kinds.Regulator, {"name": "A", "contacts": [["Post"]]}, "a list such as"),
        (kinds.Regulator, {"name": "A", "contacts": "Post"}, "a list such as"),
        (kinds.Paragraph, {"slug": "review", "words": "{serial}", "version": 1, "owner": "A"}, "which is not known"),
        (kinds.Paragraph, {"slug": "review", "words": "{channel}", "version": 1, "owner": "A"}, "not known here"),
        (kinds.Paragraph, {"slug": "review", "words": "{body", "version": 1, "owner": "A"}, "do not pair"),
        (kinds.Paragraph, {"slug": "review", "words": "{body!r}", "version": 1, "owner": "A"}, "a name stands between"),
        (kinds.Paragraph, {"slug": "review", "words": "{body:>99999999}", "version": 1, "owner": "A"}, "a name stands"),
        (kinds.AccountingPeriod, {"label": "P", "start": "2015-04-02", "end": "2015-04-01"}, "ends before it starts"),
        (kinds.AcademicYear, {"month": 2, "day": 29}, "no year has a day 29"),
        (kinds.Wording, {"scheme": "cabinet", "code": "II", "label": "A"}, "scheme is 'cabinet'; write cabinet-office"),
        (kinds.Wording, {"scheme": "cabinet-office", "code": "2", "label": "A"}, "no code of cabinet-office; write II"),
        (kinds.Wording, {"scheme": "cabinet-office", "code": "VI", "label": "A"}, "VI is no code of cabinet-office"),
        (kinds.ClosedDay, {"day": "2030-02-15", "name": "A", "nations": ["FRA"], "source": "B"}, "a list of some of"),
    ],
)  # fmt: skip
def test_a_row_that_is_wrong_says_how_to_put_it_right(kind, row, says):
    with pytest.raises(cells.Unusable) as refused:
        cells.read(kind, row)
    assert says in str(refused.value)


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(cells.Unusable) as refused:
        cells.read(kinds.Supplier, {"name": 3, "people": "many", "who": "?"})
    assert len(refused.value.problems) == 4


def test_not_known_is_said_in_words():
    assert cells.read(kinds.Supplier, {"slug": "a", "name": "A", "people": "not-known"}).people is None


def test_what_a_field_does_not_say_is_not_written():
    assert cells.content(kinds.Fact("staff", since=date(2016, 1, 1))) == {"name": "staff"}


def test_own_periods_and_days_are_given_as_the_rules_take_them():
    period = cells.read(kinds.AccountingPeriod, ROWS[kinds.AccountingPeriod]).as_period()
    closed = cells.read(kinds.ClosedDay, ROWS[kinds.ClosedDay]).as_holiday()
    assert years.periods("accounting-period", date(2015, 4, 1), date(2015, 4, 26), accounting=[period]) == (period,)
    assert clocks.due("foisa", date(2030, 2, 14), extra=[closed]).counted[0] == date(2030, 2, 18)


def test_a_limit_is_spoken():
    assert kinds.Law("appeal", 1, "months", "The Act").words == "1 month"
    assert kinds.Law("review", 40, "working-days", "The Code").words == "40 working days"


@pytest.mark.parametrize(
    ("pattern", "reference"),
    [
        ("SB/FOI {yy}-{serial}", "SB/FOI 16-28"),
        ("{yyyy}/{serial:04}", "2016/0028"),
        ("", "FOI 2016-28"),
    ],
)
def test_our_reference_follows_the_pattern_of_the_body(pattern, reference):
    assert references.next_reference(pattern, received=date(2016, 2, 28), serial=28) == reference
