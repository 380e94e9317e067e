"""Somebody reports on a phone or a desk, with and without scripts, in English and in Welsh, and follows it up."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
WIDTHS = pytest.mark.parametrize("width", [1280, 320])
A_SECOND = 3
"""Characters that somebody types in a second on a phone: some forty words a minute."""

HERE = "/report/sample/"


def chooses_one(visitor, name):
    visitor.page.get_by_label(name, exact=True).first.check()
    return visitor


def carries_on(visitor, heading):
    return visitor.presses("Continue").sees(heading)


def code_of(visitor):
    return re.search(r"[2-9A-Z]{4}(?:-[2-9A-Z]{4}){2}", visitor.page.locator("main").inner_text())[0]


@WIDTHS
def test_a_near_miss_in_less_than_a_minute_of_typing(page_at, width):
    typed = ("A cabinet with files stood open over night", "Post room")
    assert sum(map(len, typed)) / A_SECOND < 60
    visitor = page_at(width).opens("/report/").looks("report-start")
    visitor.presses("Report an information security incident")
    visitor.sees("Could someone come to harm because of this, today?").looks("report-harm")
    carries_on(chooses_one(visitor, "No, it was a near miss"), "What could have happened?")
    carries_on(visitor.writes("What could have happened?", typed[0]), "Where was it?")
    carries_on(visitor.writes("Where was it?", typed[1]), "Is there anything we should do?").looks("report-wish")
    carries_on(visitor, "Check your answers").looks("report-check-near")
    visitor.presses("Send the report").sees("Report received").looks("report-sent")


@WIDTHS
def test_a_letter_to_the_wrong_house(page_at, width):
    visitor = page_at(width).opens(f"{HERE}harm/")
    carries_on(visitor, "There is a problem").looks("report-harm-error")
    carries_on(chooses_one(visitor, "No"), "What happened?").looks("report-what")
    visitor.writes("What happened?", "A letter for one family went to their old house.")
    carries_on(visitor, "When did it happen?").looks("report-when")
    chooses_one(visitor, "On another day").looks("report-when-day")
    for name, said in (("Day", "27"), ("Month", "3"), ("Year", "2025")):
        visitor.writes(name, said)
    carries_on(visitor, "When was it noticed?")
    carries_on(chooses_one(visitor, "Today"), "What kind of information is it about?").looks("report-information")
    chooses_one(visitor, "Health or disability, in body or mind")
    carries_on(visitor, "Whose information is it?").looks("report-people")
    chooses_one(visitor, "Children (under 18)").writes("About how many people? (optional)", "2")
    carries_on(visitor, "Was it got back, or stopped?").looks("report-got")
    carries_on(chooses_one(visitor, "No"), "Can we contact you?").looks("report-contact")
    chooses_one(visitor, "Yes").writes("Your name, if we can contact you", "Reporter")
    carries_on(visitor, "There is a problem").looks("report-contact-error")
    visitor.writes("Email address or telephone number, if we can contact you", "020 7946 0123")
    carries_on(visitor, "Check your answers").looks("report-check")
    visitor.presses("Send the report").sees("Report received")


@WIDTHS
def test_someone_could_come_to_harm(page_at, width):
    visitor = page_at(width).opens(f"{HERE}harm/")
    carries_on(chooses_one(visitor, "Yes"), "What to do now").looks("report-now")
    assert visitor.page.get_by_text("ring 999").count() == 1
    visitor.presses("Tell us what happened")
    visitor.sees("What happened?").writes("What happened?", "An address was given to somebody dangerous.")
    visitor.presses("Save and finish later").sees("Your report is saved, but not sent").looks("report-saved")


def test_an_anonymous_reporter_comes_back_with_the_code(page_at):
    reporter = page_at(320).opens(f"{HERE}harm/")
    carries_on(chooses_one(reporter, "No, it was a near miss"), "What could have happened?")
    reporter.writes("What could have happened?", "The wrong list was nearly sent.")
    carries_on(reporter, "Where was it?").writes("Where was it?", "Email")
    carries_on(carries_on(reporter, "Is there anything we should do?"), "Check your answers")
    reporter.presses("Send the report").sees("Report received")
    code = code_of(reporter)
    reporter.presses("Finish, and forget the code on this device").sees("Report an information security incident")

    later = page_at(1280).opens(f"{HERE}follow-up/").looks("report-follow-up")
    carries_on(later.writes("What is your code?", "K4HT-9RWX-7CJM"), "There is a problem").looks("report-follow-error")
    carries_on(later.writes("What is your code?", code.lower()), "Your report").looks("report-progress")
    later.writes("Do you want to tell us more? (optional)", "It was the spring list.").presses("Send")
    later.sees("Your report")
    assert later.page.get_by_text("It was the spring list.").count() == 1

    handler = page_at(1280, "governance.officer").opens("/register/?words=wrong+nearly")
    handler.page.locator("main table a").first.click()
    handler.follows("Ask them").sees("Ask whoever reported it").looks("ask")
    handler.writes("What do you want to know?", "Which list was it?").presses("Ask").sees("Facts")
    later.opens(f"{HERE}progress/").sees("Questions and answers").looks("report-asked")
    later.writes("Your answer", "The list of the spring term.").presses("Send").sees("Your report")
    assert later.page.get_by_text("The list of the spring term.").count() == 1


@WIDTHS
def test_in_welsh(page_at, width):
    visitor = page_at(width).opens(f"{HERE}").follows("Cymraeg").sees("Rhoi gwybod").looks("report-start-cy")
    visitor.opens(f"{HERE}harm/").sees("A allai rhywun gael niwed").looks("report-harm-cy")
    chooses_one(visitor, "Na").presses("Parhau").sees("Beth ddigwyddodd?").looks("report-what-cy")
    visitor.presses("Parhau").sees("Mae problem")
    assert visitor.page.title().startswith("Gwall: ")
    visitor.opens("/privacy").sees("Preifatrwydd").looks("privacy-cy")
    visitor.opens("/sign-in/").sees("Mewngofnodi").looks("sign-in-cy")


@WIDTHS
def test_told_by_telephone(page_at, width):
    visitor = page_at(width, "governance.officer").opens("/told-us/").looks("told-us")
    visitor.presses("Record the report").sees("There is a problem").looks("told-us-error")
    visitor.writes("At what time?", "09:05").writes("On which day were we told?", "10 March 2026")
    chooses_one(visitor, "No").writes("What happened?", "A caller found a folder on a bus.")
    visitor.presses("Record the report").sees("Report recorded").looks("told-us-done")


def test_without_scripts_and_with_the_keyboard_alone(browser, site):
    context = browser.new_context(base_url=site.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{HERE}harm/")
    page.get_by_label("No", exact=True).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="What happened?").wait_for()
    page.get_by_label("What happened?").fill("A laptop was left on a train.")
    page.get_by_role("button", name="Continue").press("Enter")
    page.get_by_role("heading", name="When did it happen?").wait_for()
    assert page.get_by_label("Day", exact=True).is_visible()
    context.close()


def test_the_form_to_print(page_at):
    page_at(1280).opens(f"{HERE}form.html").sees("Report of an information security incident").looks("report-form")
