"""The pages around an incident: its files, two moments of it, who holds what, and what somebody was told."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

INCIDENT = "2013-0004"


def test_a_file_is_kept_and_the_history_says_so(page_at, tmp_path):
    letter = tmp_path / "confirmation.txt"
    letter.write_text("We deleted it.\n", encoding="utf-8")
    handler = page_at(who="governance.officer").opens(f"/files/{INCIDENT}/").sees("Files").looks("files-none")
    handler.presses("Add").sees("There is a problem").looks("files-error")
    handler.page.get_by_label("File", exact=True).set_input_files(letter)
    handler.presses("Add").sees("Files").looks("files")
    handler.opens(f"/register/{INCIDENT}/").sees("History")
    assert handler.page.get_by_text("File kept: confirmation.txt.").count() == 1


@pytest.mark.parametrize(
    ("address", "heading", "name"),
    [
        (f"/register/{INCIDENT}/compare/?first=10+April+2013&second=26+November+2026", "Compare", "compare"),
        (f"/register/{INCIDENT}/note/", "Add a note", "note"),
    ],
)
def test_pages_that_are_looked_at_now_and_then(page_at, address, heading, name):
    page_at(who="governance.officer").opens(address).sees(heading).looks(name)


def test_whoever_is_signed_out_while_they_type_loses_nothing(page_at):
    handler = page_at(who="governance.officer").opens("/told-us/")
    handler.page.get_by_label("No", exact=True).first.check()
    handler.writes("What happened?", "A caller found a folder on a bus.")
    handler.page.context.clear_cookies(name="sessionid")
    handler.presses("Record the report").sees("You have been signed out").looks("signed-out")
    assert handler.page.get_by_text("A caller found a folder on a bus.").count() == 1
