"""Questions about the body itself: each answered from what it stated for that day, or left to a person."""

from datetime import date

import pytest

import extracts
from candour.documents import blocks, letter_pdf
from candour.organisation import actions
from foi import asking


def ask(body, question, **more):
    """The parts that answer one question, drawn anew each time."""
    (answer,) = asking.answers(asking.reply(body, f"1. {question}", redraft=True, **more)).values()
    return answer["parts"]


def words(body, question, **more):
    return [part["words"] for part in ask(body, question, **more)]


STAFF = "About how many members of staff do you have?"
CONTRACTORS = "How many contractors have routine access to your information?"


def test_staff_by_headcount_and_as_full_time_equivalents(body):
    assert words(body, STAFF) == ["About 1,750 members of staff (headcount)."]
    asking.state(
        body, 'from = 2015-04-01\n[[facts]]\nname = "staff"\nvalue = 1650\nunit = "fte"\nnote = "from payroll"'
    )
    (part,) = ask(body, STAFF)
    assert part["words"] == "1,650 members of staff (full-time equivalent)."
    assert part["notes"] == ["From payroll."]
    assert part["fact"] == {
        "name": "staff", "value": 1650, "unit": "fte", "on": "2016-03-10", "status": "held", "note": "from payroll",
        "since": "2015-04-01",
    }  # fmt: skip
    assert words(body, STAFF, as_at=date(2015, 3, 31)) == ["About 1,750 members of staff (headcount)."]


def test_another_unit_than_was_asked_for_is_said(body):
    (part,) = ask(body, "How many full-time equivalent staff do you employ?")
    assert part["notes"] == ["We hold the number as headcount, not as full-time equivalents."]


def test_a_number_that_is_not_known(body):
    asking.state(body, 'from = 2015-04-01\n[[facts]]\nname = "staff"\nvalue = "not-known"')
    (part,) = ask(body, STAFF)
    assert (part["status"], part["words"]) == ("not_held", "We do not know the number.")
    assert part["fact"]["value"] == "not-known"


SUPPLIER = """
    from = 2014-01-01
    [[suppliers]]
    slug = "it"
    name = "the IT supplier"
    what = "runs our network"
    people = "not-known"
    bound_by = "a duty of confidentiality"
"""
SECOND = """
    from = 2015-01-01
    [[suppliers]]
    slug = "archive"
    name = "the archive"
    people = 30
    approximate = true
    [[suppliers]]
    slug = "cleaner"
    name = "the cleaner"
    people = 4
    routine_access = false
"""


def test_one_supplier_whose_number_is_not_known(body):
    asking.state(body, SUPPLIER)
    (part,) = ask(body, CONTRACTORS)
    assert part["words"] == (
        "All people of the IT supplier who have access to our information are bound by a duty of confidentiality. "
        "We do not know how many they are."
    )
    assert part["notes"] == ["The IT supplier: runs our network."]


def test_several_suppliers_first_together(body):
    asking.state(body, SUPPLIER)
    asking.state(body, SECOND)
    together, archive, it = ask(body, CONTRACTORS)
    assert together["words"].startswith("People of 2 suppliers have routine access")
    assert [part["fact"]["value"] for part in (together, archive, it)] == ["not-known", 30, "not-known"]
    assert archive["words"] == "About 30 people of the archive have routine access to our information."


def test_several_suppliers_whose_numbers_are_known_are_added_up(body):
    asking.state(body, SUPPLIER.replace('"not-known"', "1"))
    asking.state(body, SECOND)
    together, archive, it = ask(body, CONTRACTORS)
    assert together["words"] == "About 31 people of 2 suppliers have routine access to our information."
    assert (together["status"], archive["status"], it["status"]) == ("approximate", "approximate", "held")
    assert it["words"].startswith("1 person of the IT supplier has routine access to our information.")


def test_a_supplier_counts_only_while_it_is_in_force(body):
    asking.state(body, SUPPLIER)
    assert ask(body, CONTRACTORS, as_at=date(2013, 12, 31))[0]["needs"].startswith("state contractors with access")


def test_the_bodys_own_paragraph_says_by_what_they_are_bound(body):
    asking.state(body, SUPPLIER)
    asking.state(
        body,
        """
        from = 2011-04-01
        [[paragraphs]]
        slug = "confidentiality"
        version = "1"
        owner = "Contracts manager"
        words = "Everybody at {supplier} is bound by {bound_by}"
        """,
    )
    said = "Everybody at the IT supplier is bound by a duty of confidentiality. We do not know how many they are."
    assert words(body, CONTRACTORS) == [said]


def test_who_the_suppliers_are(body):
    asking.state(body, SUPPLIER)
    assert words(body, "Who is your IT supplier?") == ["The IT supplier: runs our network."]


SPONSORS = """
    [[sponsors]]
    from = 2011-04-01
    name = "Department of Examples"
    [[sponsors]]
    from = 2014-04-01
    name = "Ministry of Samples"
    scheme = "cabinet-office"
    pro_forma = "Security incident report"
"""
SPONSOR = "Which department sponsors you?"


def test_the_sponsor_is_that_of_the_day(body):
    asking.state(body, SPONSORS)
    before, after = date(2014, 3, 31), date(2014, 4, 1)
    assert words(body, SPONSOR, as_at=before) == [
        "Our sponsor department is the Department of Examples, since 1 April 2011."
    ]
    assert words(body, SPONSOR, as_at=after) == [
        "Our sponsor department is the Ministry of Samples, since 1 April 2014."
    ]


POLICY = """
    from = 2011-04-01
    [[policies]]
    slug = "information-assurance"
    title = "Information Assurance Policy"
    version = "1.0"
    paragraphs = "2.1 to 2.2"
    link = "https://www.example.org/policy"
    topics = ["policy"]
"""
CLASSIFIED = "Do you have a policy on reporting incidents, and does it include a classification of incidents?"
COPY = "Please send me a copy of the latest version of these documents."


def test_only_a_question_about_categories_is_answered_with_them(body):
    asking.state(body, POLICY)
    asking.state(body, SPONSORS)
    assert len(ask(body, "Do you have a policy on reporting information security incidents?")) == 1
    policy, scheme, sponsor = ask(body, CLASSIFIED)
    assert policy["words"].startswith("Yes. The requirement to report is set out in our Information Assurance Policy")
    assert [row["code"] for row in scheme["scheme"]["categories"]] == ["I", "II", "III", "IV", "V"]
    assert sponsor["words"].endswith("according to Cabinet Office categories of personal data related incidents.")


def test_our_own_label_from_its_day_on(body):
    asking.state(body, POLICY)
    asking.state(
        body, 'from = 2015-04-01\n[[wordings]]\nscheme = "cabinet-office"\ncode = "II"\nlabel = "Left on a train"'
    )

    def second(day):
        return ask(body, CLASSIFIED, as_at=day)[1]["scheme"]["categories"][1]

    assert "outside secured Government premises" in second(date(2015, 3, 31))["label"]
    assert second(date(2015, 4, 1)) == {"code": "II", "label": "Left on a train", "own": True}


def test_without_a_policy_on_record_nothing_is_claimed(body):
    (policy, *_) = ask(body, CLASSIFIED)
    assert (policy["words"], policy["needs"]) == ("", "state policy: nothing is on record as at 10 March 2016")
    (copy,) = ask(body, "Please send me a copy of your information security policy.")
    assert copy["needs"].startswith("state policy copy")


def test_a_policy_on_file_is_enclosed_one_with_a_link_is_open_to_everybody(body, tmp_path):
    (tmp_path / "policy.txt").write_text("Report it.", encoding="utf-8")
    asking.state(body, POLICY)
    (part,) = ask(body, "Please send me a copy of your information security policy.")
    assert (part["status"], part["section"]) == ("elsewhere", "21")
    assert (
        part["words"] == "Our Information Assurance Policy (version 1.0) is published at https://www.example.org/policy"
    )
    asking.state(
        body, POLICY.replace('"1.0"', '"2.0"').replace("2011-04-01", "2014-09-01") + 'file = "policy.txt"', tmp_path
    )
    came = asking.arrived("1. Please send me a copy of your information security policy?")
    drafted = asking.reply(body, came)
    assert drafted.enclosures == (("policy.txt", b"Report it."),)
    assert asking.answers(drafted)["1"]["parts"][0]["words"].endswith("(version 2.0): a copy is enclosed.")
    assert "Information Assurance Policy (policy.txt)" in drafted.files["reply.html"].decode()


def test_the_scottish_act_has_its_own_section(db):
    scottish = actions.add_body("scottish", name="Scottish Body", kind="ndpb", regime="foisa", at=extracts.NOW)
    asking.state(scottish, POLICY)
    (part,) = ask(scottish, "Please send me a copy of your information security policy.")
    assert part["section"] == "25"
    assert part["notes"] == [
        "It is already available to you at that address (section 25 of the Freedom of Information (Scotland) Act 2002)."
    ]


def test_a_form_of_which_only_the_title_is_on_record_waits_for_a_person(body):
    asking.state(body, POLICY)
    asking.state(body, SPONSORS)
    drafted = asking.reply(body, f"1a. {CLASSIFIED}\n\n1b. {COPY}\n")
    assert asking.answers(drafted)["1b"]["open"] == ["add the file of Security incident report, to be enclosed"]


def test_enclosures_never_overwrite_the_reply_or_each_other(body, tmp_path):
    for folder, text in (("a", "first"), ("b", "second")):
        (tmp_path / folder).mkdir()
        for name in ("reply.pdf", "annex.txt"):
            content = letter_pdf_of(text) if name.endswith("pdf") else text.encode()
            (tmp_path / folder / name).write_bytes(content)
            slug = f"{folder}-{name.replace('.', '-')}"
            asking.state(
                body,
                f'from = 2011-04-01\n[[documents]]\nslug = "{slug}"\ntitle = "{slug}"\nfile = "{name}"\n'
                'topics = ["policy-copy"]',
                tmp_path / folder,
            )
    drafted = asking.reply(body, "1. Please send me a copy of your information security policy.")
    assert [name for name, _ in drafted.enclosures] == ["annex.txt", "reply-2.pdf", "annex-2.txt", "reply-3.pdf"]
    assert {dict(drafted.enclosures)["annex.txt"], dict(drafted.enclosures)["annex-2.txt"]} == {b"first", b"second"}
    named = [part["enclosed"]["file"] for part in asking.answers(drafted)["1"]["parts"]]
    assert named == [name for name, _ in drafted.enclosures]


def letter_pdf_of(text):
    return letter_pdf.pdf(blocks.Letter(text, "en-GB", text, (), (), date(2016, 1, 1), (), text, (), (), (), ""))


STANDING = """
    [[standing_answers]]
    from = 2011-04-01
    topic = "training"
    version = "1"
    owner = "Governance team"
    words = "Everybody who joins {body} is trained."
    [[standing_answers]]
    from = 2015-04-01
    topic = "training"
    version = "2"
    owner = "Governance team"
    words = "Everybody who joins {body} is trained in the first month."
    [[standing_answers]]
    from = 2011-04-01
    topic = "details-of-incidents"
    version = "1"
    owner = "Governance team"
    words = "We describe them in our annual report. Write to {sponsor} for more."
"""


def test_a_standing_answer_is_versioned_and_owned(body):
    asking.state(body, STANDING)
    question = "What training do your staff get in information security?"
    (part,) = ask(body, question)
    assert part["words"] == "Everybody who joins Sample Body is trained in the first month."
    assert part["standing"] == {"topic": "training", "version": "2", "owner": "Governance team"}
    assert words(body, question, as_at=date(2015, 3, 31)) == ["Everybody who joins Sample Body is trained."]


def test_a_standing_answer_with_a_gap_in_it_waits_for_a_person(body):
    asking.state(body, STANDING)
    (answer,) = asking.answers(asking.reply(body, "1. Please describe what happened in each incident.")).values()
    assert answer["open"] == [
        "standing answer details-of-incidents asks for {sponsor}, which is not stated for that day"
    ]


@pytest.mark.parametrize(
    ("question", "opens"),
    [
        ("What is the airspeed of an unladen swallow?", "read the question and answer it."),
        ("How many swallows nest in your roof in 2014/15?", "read the question and answer it."),
        ("How many data breaches were there in 2014/15?", "confirm that the question was understood."),
        ("Which fines did the Information Commissioner impose on you?", "state penalties: nothing is on record"),
    ],
)
def test_what_cannot_be_answered_is_left_open_and_marked_on_every_page(body, question, opens):
    drafted = asking.reply(body, f"1. {question}\n\n2. {STAFF}\n")
    answer = asking.answers(drafted)["1"]
    assert answer["needs"] == "a-person"
    assert any(one.startswith(opens) for one in answer["open"]), answer["open"]
    assert drafted.needs_a_person == 1
    page = drafted.files["reply.html"].decode()
    assert "DRAFT: 1 answer needs a person" in page
    assert f"[Before this goes out: {opens}" in page


def test_what_is_whole_is_not_marked(body):
    drafted = asking.reply(body, f"1. {STAFF}")
    assert drafted.needs_a_person == 0
    assert "DRAFT" not in drafted.files["reply.html"].decode()
