"""From the queue to what an incident turns out to be: taken up, split, a supplier's, found again, two at once."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
WIDTHS = pytest.mark.parametrize("width", [1280, 320])


def ticks(visitor, label):
    visitor.page.get_by_label(label, exact=False).first.check()
    return visitor


def told(handler, what):
    """Record what somebody told us by telephone just now; its reference."""
    handler.opens("/told-us/")
    handler.page.get_by_label("No", exact=True).first.check()
    handler.writes("What happened?", what).presses("Record the report").sees("Report recorded")
    return re.search(r"\d{4}-\d{4}", handler.page.locator("main").inner_text())[0]


def history(visitor, reference):
    visitor.opens(f"/register/{reference}/")
    return visitor.page.locator(".candour-history").inner_text()


@WIDTHS
def test_from_the_queue_to_an_open_incident(page_at, width):
    handler = page_at(width, "governance.officer")
    reference = told(handler, "A letter for one family went to their old house.")
    handler.opens("/").sees("What runs out next").looks("home-handler")
    handler.opens("/register/").sees("Register").looks("register-rows").fits_a_phone()
    handler.opens("/desk/").sees("New, not yet looked at").looks("queue").fits_a_phone()
    handler.follows(reference).sees("Look at a new incident").looks("triage")
    handler.presses("Save").sees("There is a problem").looks("triage-error")
    ticks(handler, "An incident: take it up").looks("triage-take-up")
    handler.chooses("Was information lost, disclosed, altered or made unavailable?", "Yes").presses("Save")
    assert "Taken up, and given to Governance officer" in history(handler, reference)
    handler.opens("/desk/").sees("Waiting for me")
    assert reference in handler.page.get_by_role("region", name="Waiting for me").inner_text()


@WIDTHS
def test_a_suppliers_incident_is_one_for_us_and_one_for_another_body(page_at, width):
    handler = page_at(width, "governance.officer")
    reference = told(handler, "The supplier's mailbox stood open: our people and another body's.")
    own = f"/register/{reference}"
    ticks(handler.opens(f"{own}/triage/"), "An incident: take it up").presses("Save")
    handler.opens(f"{own}/supplier/").writes("Supplier", "the IT supplier")
    handler.writes("The supplier knew on", "2 March 2026").writes("The supplier told us on", "9 March 2026")
    handler.writes("What the supplier still owes us", "The list of who opened it").looks("supplier").presses("Save")
    handler.opens("/desk/").sees("Waiting for others").looks("queue-waiting")
    handler.opens(f"{own}/split/").writes("What the new part is about", "The other body's people")
    handler.writes("People affected in this one", "3").writes("People affected in the new part", "2")
    handler.writes("Why", "two controllers").looks("split").presses("Split").sees(reference)
    part = re.search(r"Split: (\d{4}-\d{4})", history(handler, reference))[1]
    assert "The supplier still owes us: The list of who opened it" in history(handler, reference)
    handler.opens(f"/register/{part}/role/")
    ticks(handler, "It is another body’s, and it reached us: recipient")
    handler.writes("If it is another body’s: passed on to", "Another Body").writes("Passed on, on", "10 March 2026")
    handler.looks("role").presses("Save").sees(part)
    assert "Passed on to Another Body on 10 March 2026" in history(handler, part)
    assert "not ours" in handler.page.locator(".candour-labels").first.inner_text().lower()


@WIDTHS
def test_one_that_turns_out_to_be_two_and_the_link_between_them(page_at, width):
    handler = page_at(width, "governance.officer")
    reference = told(handler, "Two folders were left on a bus.")
    other = told(handler, "A caller rang about the same folders.")
    handler.opens(f"/register/{other}/triage/")
    ticks(handler, "The same as another one").writes("Reference of the other incident", reference)
    handler.looks("triage-duplicate").presses("Save").sees(other)
    handler.opens(f"/register/{reference}/split/").writes("What the new part is about", "The second folder")
    handler.writes("Why", "two folders, two families")
    handler.chooses(f"Duplicate {other}", "with the new part").looks("split-duplicate").presses("Split")
    assert "is now apart from it" in history(handler, reference)
    handler.opens(f"/register/{other}/unlink/").looks("unlink")
    handler.opens(f"/register/{reference}/join/").looks("join")


@WIDTHS
def test_a_laptop_found_again_moves_nothing_by_itself(page_at, width, site):
    handler = page_at(width, "governance.officer")
    reference = told(handler, "A laptop was left on a train.")
    ticks(handler.opens(f"/register/{reference}/triage/"), "An incident: take it up")
    handler.chooses("Was information lost, disclosed, altered or made unavailable?", "Yes").presses("Save").sees(
        reference
    )
    before = handler.page.locator(".candour-labels").first.inner_text()
    site.candour("amend", reference, "recovered_on=2026-03-10", "--reason", "handed in at the station")
    assert "Recovered changed from not stated to 10 March 2026" in history(handler, reference)
    assert handler.page.locator(".candour-labels").first.inner_text() == before


@WIDTHS
def test_two_handlers_at_once(page_at, width):
    first, second = page_at(width, "governance.officer"), page_at(width, "deputy.officer")
    reference = told(first, "A screen showed the wrong person's record.")
    second.opens(f"/register/{reference}/triage/").sees("Look at a new incident")
    ticks(first.opens(f"/register/{reference}/triage/"), "An incident: take it up").presses("Save").sees(reference)
    ticks(second, "Not an incident").writes("Why", "It was a test record").presses("Save")
    second.sees("Somebody changed it since you opened the page").looks("moved")
    assert "Taken up, and given to Governance officer" in second.page.locator("main").inner_text()
    assert "It was a test record" in second.page.locator("main").inner_text()
    second.presses("Do it all the same").sees(reference)
    assert "Found not to be an incident" in history(second, reference)


@WIDTHS
def test_a_confidential_incident_is_seen_by_those_named(page_at, width):
    first, second = page_at(width, "governance.officer"), page_at(width, "deputy.officer")
    reference = told(first, "A member of staff looked up a neighbour.")
    first.opens(f"/register/{reference}/confidential/").looks("confidential")
    first.writes("Why", "a member of staff is concerned").presses("Make confidential").sees(reference)
    second.opens(f"/register/{reference}/").sees("Page not found")
    first.opens(f"/register/{reference}/name/").looks("name")
    first.chooses("Who may see it?", "Deputy duty officer (Duty officer)").presses("Name them").sees(reference)
    second.opens(f"/register/{reference}/").sees(reference)
    first.opens(f"/register/{reference}/access/").sees("Who looked at it").looks("access")
    first.opens("/desk/holders/").sees("Who holds what").looks("holders").fits_a_phone()
    first.opens("/desk/hand-over/").sees("Hand over somebody").looks("hand-over")
