"""Nothing but a keyboard: somebody reports, a handler takes it up, and closes it."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
FAR = 90
"""Presses of Tab after which something counts as out of reach."""

FOCUSED = """() => {
    const here = document.activeElement
    const label = here.labels && here.labels.length ? here.labels[0].innerText : here.innerText || here.value
    const seen = getComputedStyle(here)
    return { name: (label || '').trim(), shown: seen.outlineStyle !== 'none' || seen.boxShadow !== 'none' }
}"""


class Keyboard:
    """Hands on the keys of one window."""

    def __init__(self, page):
        self.page = page

    def goes_to(self, name):
        """Press Tab until the thing of that name has the focus, which can be seen."""
        for _ in range(FAR):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(FOCUSED)
            if here["name"] == name:
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


def test_an_incident_is_taken_up_and_closed_with_the_keyboard_alone(page_at):
    keys = Keyboard(page_at(who="governance.officer").opens("/told-us/").page)
    keys.chooses("Yes", down=1).types("What happened?", "A file was put into the wrong cabinet.")
    keys.enters("Record the report").sees("Report recorded")
    reference = re.search(r"\d{4}-\d{4}", keys.page.locator("main").inner_text())[0]
    keys.page.goto("/desk/")
    keys.enters(reference).sees("Look at a new incident")
    keys.chooses("An incident: take it up").enters("Save").sees(reference)
    keys.enters("Close the incident").sees("Close the incident")
    keys.types("What came of it", "It was put back the same day.")
    keys.types("Why it is closed although something is missing", "Nothing left the room").enters("Close it")
    keys.page.goto(f"/register/{reference}/")
    assert "Closed" in keys.page.locator(".candour-history").inner_text()
