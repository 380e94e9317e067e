"""`candour figures --protect`: what leaves, what is told, and the decision that is kept."""

import pytest

from candour.figures import models

ASKED = ("figures", "--measure", "other-incidents", "--from", "2011-04-01", "--to", "2013-03-31")
NUMBERS = {"North": (12, 9), "South": (3, 20), "Legal": (8, 11)}


@pytest.fixture
def register(body, tmp_path):
    rows = [
        f"{name}-{year}-{at},{year}-05-01,other-incident,{name}"
        for name, counts in NUMBERS.items()
        for year, count in zip((2011, 2012), counts, strict=True)
        for at in range(count)
    ]
    rows += [f"event-{at},{2011 if at < 3 else 2012}-05-01,event,South" for at in range(7)]
    sheet = tmp_path / "register.csv"
    sheet.write_text("\n".join(["reference,logged_on,tier,department", *rows]) + "\n")
    assert body("load", sheet).code == 0
    for measure in ("other-incidents", "events"):
        since = ("--from", "2011-04-01", "--reason", "kept")
        assert body("coverage", "set", "--measure", measure, *since).code == 0
    return body


def test_a_table_by_department_is_protected_by_rule_and_says_how(register):
    done = register(*ASKED, "--group", "department", "--protect", "auto", "--format", "json")
    assert done.code == 0
    cells = [cell for group in done.json["groups"] for cell in group["cells"]]
    assert [cell["status"] for cell in cells].count("suppressed") == 4
    assert done.json["disclosure_control"]["rule"] == "Fewer than 5"
    assert done.json["decision"]["protect"]
    assert done.json["decision"]["ledger_number"] is None
    assert "Hidden: 1 small, 3 to protect them (exact)." in done.err
    assert "at least 3 numbers are possible" in done.err
    assert "Not recorded" in done.err


def test_counts_of_incidents_are_left_as_they_are_by_default(register):
    done = register(*ASKED, "--protect", "auto", "--format", "json")
    assert "disclosure_control" not in done.json
    assert not done.json["decision"]["protect"]
    refused = register(*ASKED, "--protect", "standard")
    assert (refused.code, "nothing in this table speaks of a person" in refused.err) == (2, True)
    assert register(*ASKED, "--protect", "standard,scope=all").code == 0


def test_a_decision_is_recorded_with_its_reason_and_drafts_the_paragraph(register):
    done = register(
        *ASKED, "--group", "department", "--protect", "standard", "--reason", "three people could be told apart",
        "--format", "json",
    )  # fmt: skip
    decision = done.json["decision"]
    assert "section 40(2) of the Freedom of Information Act 2000" in decision["paragraph"]
    assert "Three people could be told apart." in decision["paragraph"]
    kept = models.Decision.objects.get()
    assert (kept.opened, kept.choice, kept.rule["threshold"]) == (decision["ledger_number"], "standard", 5)
    assert [step["question"][:4] for step in kept.steps] == ["Does", "Was ", "Is a", "Woul"]
    assert "motivated intruder" in kept.test
    assert kept.reason == "three people could be told apart"
    assert register("verify").code == 0


def test_no_control_is_a_decision_too(register):
    done = register(
        *ASKED, "--protect", "none", "--reason", "counts of incidents of the whole body", "--format", "json"
    )
    assert done.json["decision"]["paragraph"] == ""
    assert models.Decision.objects.get().rule is None


def test_what_cannot_be_met_offers_what_can(register):
    few = ("figures", "--measure", "events", *ASKED[3:], "--where", "department=South", "--protect")
    done = register(*few, "standard")
    assert done.code == 2
    assert "could be worked out whatever other cells are hidden" in done.err
    assert "hide totals as well" in done.err
    assert "round every number" in done.err
    assert register(*few, "standard,totals=hide").code == 0
    assert register(*few, "round-5").code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--protect", "unheard-of"), "is no rule of disclosure control"),
        (("--protect", "standard,colour=red"), "is no part of a rule"),
        (("--protect", "standard,threshold=many"), "is no threshold"),
        (("--protect", "standard,threshold=1"), "at least two numbers must be possible"),
        (("--protect", "none,threshold=5"), "no control has no parts"),
        (("--protect", "standard", "--against", "1"), "stands alone"),
        (("--protect", "standard", "--share", "row"), "stands alone"),
        (("--reason", "why"), "--reason goes with --protect"),
        (("--protect", "standard", "--across"), "several bodies side by side"),
        (("--protect", "auto", "--reason", " "), "give the reason"),
    ],
)
def test_a_protection_that_makes_no_sense_is_refused(register, words, says):
    done = register(*ASKED, "--group", "department", *words)
    assert done.code == 2
    assert says in done.err
    assert not models.Decision.objects.exists()


@pytest.mark.parametrize("form", ["csv", "svg", "text"])
def test_the_mark_stands_in_what_is_printed(register, form):
    done = register(*ASKED, "--group", "department", "--protect", "standard", "--format", form)
    assert "*" in done.out or "suppressed" in done.out
    assert "number from 1 to 4" in done.out


def test_rows_merged_first_leave_nothing_to_hide_and_the_decision_keeps_them(register):
    merged = (*ASKED, "--group", "department", "--merge", "department=South|Legal", "--protect", "standard")
    done = register(*merged, "--reason", "the two are one office", "--format", "json")
    assert [group["key"]["department"] for group in done.json["groups"]] == ["South + Legal", "North"]
    assert done.json["merged"] == ["department=South|Legal"]
    assert "Hidden: 0 small, 0 to protect them" in done.err
    assert models.Decision.objects.get().asked["merged"] == ["department=South|Legal"]
    assert "Merged: department: South + Legal" in register(*merged).out
    periods = register(*ASKED, "--merge", "periods=2011/12|2012/13", "--format", "json").json
    assert [cell["value"] for cell in periods["groups"][0]["cells"]] == [63]


@pytest.mark.parametrize("merge", ["department=South", "department=South|East", "periods=2011/12|2014/15"])
def test_a_merge_that_makes_no_sense_is_refused(register, merge):
    assert register(*ASKED, "--group", "department", "--merge", merge).code == 2
