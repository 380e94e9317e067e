"""A table of the sample is made safe to publish on its page, its incidents are listed, and decisions are recorded."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ASKED = "measure=people-affected&by=financial-year&group=tier&start=1+April+2011&end=31+March+2015"


def test_make_it_safe_and_record_why(page_at):
    officer = page_at(who="information.rights").opens(f"/figures/?{ASKED}").follows("Make it safe to publish")
    officer.sees("Whether it needs protecting").looks("safely").fits_a_phone()
    officer.opens(f"/figures/safe/?{ASKED}&protect=round-5").sees("After")
    officer.writes("How a number could lead to a person, or why none can", "a small office")
    officer.presses("Record the decision").sees("Paragraph for the reply").looks("safely-decided")


def test_a_rule_for_people_can_be_applied_to_everything_all_the_same(page_at):
    asked = "measure=events&by=financial-year&group=&start=1+April+2011&end=31+March+2015&protect=standard"
    officer = page_at(who="information.rights").opens(f"/figures/safe/?{asked}").looks("safely-not-people")
    officer.follows("Apply it to everything that is counted all the same").sees("After").looks("safely-everything")
    officer.fits_a_phone()


def test_merge_rows_first_and_see_what_was_decided(page_at):
    officer = page_at(who="information.rights").opens(f"/figures/safe/?{ASKED}&protect=standard")
    officer.page.get_by_text("Merge rows or periods first").click()
    for row in ("Event", "Near miss"):
        officer.page.get_by_label(row, exact=True).check()
    officer.looks("safely-merging").presses("Merge").sees("After")
    officer.page.get_by_text("Merged: Tier: event + near-miss").wait_for()
    officer.looks("safely-merged")
    officer.writes("How a number could lead to a person, or why none can", "few events").presses("Record the decision")
    officer.follows("Decisions about disclosure").sees("Decisions about disclosure").looks("decisions")
    officer.page.locator("tbody a").first.click()
    officer.sees("The questions, as they were answered").looks("decision")


def test_list_the_incidents_of_a_table_and_decide_to_show_more(page_at):
    officer = page_at(who="information.rights").opens(f"/figures/?{ASKED}").follows("List these incidents")
    officer.sees("List of incidents").looks("incident-list").fits_a_phone()
    officer.opens(f"/figures/list/?{ASKED}&more=day&more=department").sees("Record the decision")
    officer.looks("incident-list-more")
    officer.writes("Why this tells nothing of a person", "the days stand in the annual report")
    officer.presses("Record the decision and show the list").sees("List of incidents").looks("incident-list-decided")
