"""From the first page to a number, to the incidents behind it, to one of them as it stood; and a request's reply."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]


@pytest.mark.parametrize("who", ["governance.officer", "information.rights", "siro", "auditor", "administrator"])
def test_the_first_page_of_each(page_at, who):
    page_at(who=who).opens("/").sees("Sample Body").looks(f"home-{who}")


def test_from_a_number_to_an_incident_as_it_stood(page_at):
    visitor = page_at(who="governance.officer")
    visitor.opens("/figures/?measure=events&group=&start=2011-04-01&end=2015-03-31&as_at=2016-03-10")
    visitor.sees("Events and anomalies, by financial year").looks("figures-events")
    visitor.follows("39").sees("39 incidents behind the number").looks("behind-a-number")
    visitor.page.locator("tbody a").first.click()
    visitor.sees("What it counts as").looks("incident-as-it-stood")
    visitor.follows("See it as it stands now").looks("incident")


def test_all_tiers_side_by_side(page_at):
    page_at(who="siro").opens("/figures/").sees("All incidents, by financial year").looks("figures")


def test_a_question_that_makes_no_sense(page_at):
    visitor = page_at(who="siro").opens("/figures/").writes("From", "31 September 2020").presses("Show")
    visitor.sees("There is a problem").looks("figures-error")


def test_looking_for_an_incident(page_at):
    visitor = page_at(who="governance.officer").opens("/register/").looks("register")
    visitor.writes("Words or reference", "laptop").chooses("Tier", "Reported to the ICO").presses("Search")
    visitor.looks("register-search")
    visitor.opens("/register/").follows("Older").follows("Newer")
    visitor.writes("Words or reference", "zeppelin").presses("Search").looks("register-nothing-found")


def test_a_request_and_its_reply(page_at):
    visitor = page_at(who="information.rights").opens("/requests/").looks("requests")
    visitor.follows("Gov/SB 16-1").sees("Questions and answers").looks("request")
    page = visitor.page
    assert page.frame_locator(".candour-letter").get_by_text("Thank you for your email").count() == 1
    assert page.get_by_text("Due Wednesday 30 March 2016, working day 20").count() == 1
    with page.expect_download() as kept:
        page.get_by_role("link", name="PDF", exact=True).click()
    assert kept.value.suggested_filename == "reply.pdf"


def test_every_page_without_scripts(browser, page_at, site):
    cookies = page_at(who="auditor").page.context.storage_state()
    context = browser.new_context(base_url=site.url, storage_state=cookies, java_script_enabled=False)
    page = context.new_page()
    for address in ("/", "/register/", "/figures/", "/requests/", "/requests/Gov/SB%2016-1/", "/account/"):
        assert page.goto(address).status == 200
        assert page.get_by_role("link", name="Figures").count() >= 1
    context.close()
