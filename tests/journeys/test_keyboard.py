"""Nothing but a keyboard: somebody reports, and it is worked through to its end and opened again."""

from datetime import date, timedelta

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
NARROW = 320
FAR = 90
"""Presses of Tab after which something counts as out of reach."""

FOCUSED = """() => {
    const here = document.activeElement
    const label = here.labels && here.labels.length ? here.labels[0].innerText : here.innerText || here.value
    const seen = getComputedStyle(here)
    const name = (label || '').replace(/\\s+/g, ' ').trim()
    return { name, shown: seen.outlineStyle !== 'none' || seen.boxShadow !== 'none', group: here.name || '' }
}"""

GROUP_OF = """name => [...document.querySelectorAll('input[type=radio], input[type=checkbox]')]
    .filter(one => one.labels[0].innerText.replace(/\\s+/g, ' ').trim() === name).map(one => one.name)[0]"""


class Keyboard:
    """Hands on the keys of one window."""

    def __init__(self, page):
        self.page = page

    def goes_to(self, name):
        """Press Tab until the thing of that name has the focus, which can be seen."""
        return self._goes_where(lambda here: here["name"] == name, name)

    def _goes_where(self, is_there, name):
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(FOCUSED)
            if is_there(here):
                assert here["shown"], f"the focus on {name!r} cannot be seen"
                return self
        return pytest.fail(f"{name!r} is not reached with Tab")

    def types(self, name, text):
        self.goes_to(name).page.keyboard.type(text)
        return self

    def chooses(self, first, down=0):
        """Go to a group of radio buttons by its first one, and down from there."""
        self.goes_to(first).page.keyboard.press("Space")
        for _ in range(down):
            self.page.keyboard.press("ArrowDown")
        return self

    def picks(self, option):
        """Go to the group of radio buttons that has an option, and down to it."""
        group = self.page.evaluate(GROUP_OF, option)
        assert group, f"no group of radio buttons has {option!r}"
        self._goes_where(lambda here: here["group"] == group, option).page.keyboard.press("Space")
        for _ in range(FAR):
            if self.page.evaluate(FOCUSED)["name"] == option:
                return self
            self.page.keyboard.press("ArrowDown")
        return pytest.fail(f"{option!r} is not reached with the arrows")

    def ticks(self, option):
        self.goes_to(option).page.keyboard.press("Space")
        return self

    def enters(self, name):
        """Press Enter on a link or a button, and wait for the page that it brings."""
        self.goes_to(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        return self

    def sees(self, heading):
        self.page.get_by_role("heading", name=heading).first.wait_for()
        return self


@pytest.mark.parametrize("width", [1280, 320])
def test_a_near_miss_is_reported_with_the_keyboard_alone(page_at, width):
    keys = Keyboard(page_at(width).opens("/report/sample/").page)
    keys.enters("Report an information security incident").sees("Could someone come to harm")
    keys.chooses("Yes", down=2).enters("Continue").sees("What could have happened?")
    keys.types("What could have happened?", "A cabinet stood open").enters("Continue").sees("Where was it?")
    keys.types("Where was it?", "Post room").enters("Continue").enters("Continue").sees("Check your answers")
    keys.enters("Send the report").sees("Report received")


def test_a_report_is_worked_through_to_its_end_and_opened_again_with_the_keyboard_alone(page_at):
    words = "A letter about a child went to the house next door by mistake."
    reports(Keyboard(page_at(NARROW).opens("/report/sample/").page), words)
    handler = Keyboard(page_at(NARROW, "governance.officer").opens("/desk/").page)
    reference = handler.page.locator("tr", has_text=words).get_by_role("link").first.inner_text()
    takes_up(handler, reference)
    categorises(handler, reference)
    assesses(handler, reference)
    advises(Keyboard(page_at(NARROW, "dpo").opens(f"/register/{reference}/").page))
    decides(Keyboard(page_at(NARROW, "siro").opens(f"/register/{reference}/").page))
    tells(handler)
    acts(handler.enters(reference).sees("Facts"))
    closes_and_opens_again(handler, reference)
    history = handler.page.locator(".candour-history").inner_text()
    assert [word for word in ("Closed", "a second letter turned up") if word not in history] == []


def reports(reporter, words):
    reporter.enters("Report an information security incident").sees("Could someone come to harm")
    reporter.picks("No").enters("Continue").sees("What happened?")
    reporter.types("What happened?", words).enters("Continue").sees("When did it happen?")
    reporter.picks("Today").enters("Continue").sees("When was it noticed?")
    reporter.picks("Today").enters("Continue").sees("What kind of information")
    reporter.ticks("Health or disability, in body or mind").enters("Continue").sees("Whose information is it?")
    reporter.ticks("Children (under 18)").enters("Continue").sees("Was it got back, or stopped?")
    reporter.picks("No").enters("Continue").sees("Can we contact you?")
    reporter.picks("No, I want to stay anonymous").enters("Continue").sees("Check your answers")
    reporter.enters("Send the report").sees("Report received")


def takes_up(handler, reference):
    handler.enters(reference).sees("Look at a new incident")
    handler.picks("An incident: take it up").enters("Save").sees(reference)


def categorises(handler, reference):
    handler.enters("Choose ICO incident types").sees("ICO incident types")
    handler.picks("Data posted or faxed to incorrect recipient").enters("Save").sees("What it counts as")
    handler.enters(reference).sees("Facts")


def assesses(handler, reference):
    handler.enters("Assess, advise and decide").sees("Risk and decisions")
    handler.enters("Assess by the ICO's self-assessment")
    for answer in ("Yes", "Likely", "No"):
        handler.picks(answer).enters("Continue")
    handler.sees("What it comes to").enters("Keep this assessment").sees("Risk and decisions")
    handler.enters(reference).sees("Facts")


def advises(officer):
    officer.enters("Assess, advise and decide").enters("Advise on telling the Information Commissioner")
    officer.picks("Tell them")
    officer.types("Advice, and what it rests on", "It names an illness.").enters("Give this advice")
    officer.sees("Risk and decisions")


def decides(owner):
    owner.enters("Assess, advise and decide").enters("Decide whether to tell the Information Commissioner")
    owner.picks("Tell them").types("Grounds", "It names an illness.").enters("Decide").sees("Risk and decisions")
    owner.enters("Decide whether to tell the people").picks("Do not tell them")
    owner.types("Grounds", "The family brought it back themselves.")
    owner.types("Why it is decided without advice", "They know.").enters("Decide").sees("Risk and decisions")


def tells(handler):
    handler.enters("Assess, advise and decide").enters("Record that the Information Commissioner was told")
    handler.types("Told on", date.today().isoformat()).enters("Record it").sees("Risk and decisions")  # noqa: DTZ011


def acts(handler):
    handler.enters("Actions and lessons").enters("Plan an action")
    handler.types("What has to be done?", "Check addresses twice").goes_to("Who does it?")
    handler.page.keyboard.press("ArrowDown")
    due = date.today() + timedelta(days=5)  # noqa: DTZ011
    handler.types("By when?", due.isoformat()).enters("Plan it").sees("Actions and lessons")
    handler.enters("End Check addresses twice").picks("It is done").enters("Save").sees("Actions and lessons")
    handler.enters("Record root cause and lesson").picks("A process that is missing, unclear or not followed")
    handler.types("Why could it happen?", "Two letters lay on one desk.").enters("Save").sees("Root cause and lesson")


def closes_and_opens_again(handler, reference):
    handler.enters(reference).sees("Facts").enters("Close the incident").sees("Close the incident")
    handler.types("What whoever reported it reads with their receipt code (no names)", "Thank you: we have it back.")
    handler.types("What came of it", "It was given back.").enters("Close it")
    handler.page.goto(f"/register/{reference}/")
    handler.enters("Open it again").types("Why", "a second letter turned up").enters("Open it").sees(reference)
