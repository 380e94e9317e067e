"""Old incidents are proposed for disposal, looked at by a second person, and erased; what is held stays."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

REGISTER = """reference,logged_on,closed_on,tier,description
P-1,2003-05-12,2003-06-01,other-incident,Letter for Zebedee Quill sent to his old address
P-2,2003-09-01,2003-09-02,near-miss,Cabinet with papers of Zebedee Quill found open
P-3,2004-02-20,2004-03-01,event,File of Zebedee Quill looked for and found
"""


@pytest.fixture
def paper(site, tmp_path):
    """Three incidents from a paper register; everything since is held for an inquiry."""
    (tmp_path / "paper.csv").write_text(REGISTER, encoding="utf-8")
    site.candour("load", str(tmp_path / "paper.csv"), "--source", "paper register")
    inquiry = ("--for", "litigation", "--case", "Sample Inquiry", "--reason", "the inquiry asked for all of it")
    site.candour("hold", "place", "--from", "2005-01-01", *inquiry)


def test_disposal(page_at, paper):
    first = page_at(who="governance.officer").opens("/retention/").sees("Due for disposal").looks("retention")
    assert first.page.get_by_text("Freedom of Information Act 2000 s.77").count() >= 1
    first.page.get_by_label("Leave out P-3").check()
    first.presses("Propose to dispose of the rest").sees("There is a problem").looks("retention-no-reason")
    first.writes("Why what you leave out is kept for now", "The family asked us to keep it")
    first.presses("Propose to dispose of the rest").sees("2 records to be disposed of").looks("proposal")
    assert first.page.get_by_role("button", name="Erase for good").count() == 0

    second = page_at(who="records.manager").opens("/retention/").follows("look at proposal")
    second.sees("2 records to be disposed of").presses("Erase for good").sees("There is a problem")
    second.page.get_by_label("I have looked at the list").check()
    second.looks("proposal-second-person").presses("Erase for good").sees("Disposal no.").looks("disposal")
    assert second.page.get_by_text("Texts erased").count() == 1

    first.opens("/register/P-1/").sees("P-1").looks("incident-disposed")
    assert first.page.get_by_text("erased under the retention schedule").count() == 1
    assert first.page.get_by_text("Zebedee").count() == 0
    first.opens("/register/P-3/").sees("P-3")
    assert first.page.get_by_text("Zebedee Quill").count() >= 1


def test_holds(page_at, paper):
    visitor = page_at(who="records.manager").opens("/retention/holds/").sees("Holds").looks("holds")
    visitor.presses("Place the hold").sees("There is a problem").looks("holds-error")
    visitor.chooses("What it is for", "An internal review or an appeal").writes("Incident", "P-3")
    visitor.writes("Why it has to be kept", "An internal review").presses("Place the hold").sees("Holds")
    visitor.page.get_by_role("row", name="P-3").get_by_role("link", name="Lift").click()
    visitor.sees("Lift hold no.").looks("hold-lift")
    visitor.writes("Why it need not be kept any longer", "The review is over").presses("Lift the hold").sees("Holds")
    assert visitor.page.get_by_text("lifted, no.").count() >= 1
