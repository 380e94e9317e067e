"""Somebody comes in for the first time, leaves, and comes in again with a code that they wrote down."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]
PASSWORD = "four-random-words-here"


@pytest.fixture
def newcomer(site):
    """The one-time link of somebody whom the administrator has just added."""
    words = ("Duty officer", "--role", "duty-officer", "--email", "duty.officer@sample-body.example")
    return site.candour("person", "add", *words)["link"].partition("/welcome/")[2]


def test_the_first_time_and_the_second(page_at, newcomer):
    visitor = page_at().opens(f"/welcome/{newcomer}").looks("welcome")
    visitor.writes("Password", PASSWORD).writes("Password again", PASSWORD).presses("Continue")
    visitor.looks("second-factor")
    codes = visitor.sets_up_second_factor()
    visitor.looks("recovery-codes").presses("I have written them down").sees("Sample Body")
    visitor.follows("Duty officer").sees("Your account").looks("account")
    visitor.presses("Sign out").sees("Sign in").looks("sign-in")

    visitor.writes("Email address", "duty.officer@sample-body.example").writes("Password", PASSWORD)
    visitor.presses("Continue").sees("Enter the code from your app").looks("code")
    visitor.writes("Code", codes[3]).presses("Continue").sees("Sample Body")


def test_a_slip_of_the_finger(page_at):
    visitor = page_at().opens("/").looks("sign-in")
    visitor.writes("Email address", "duty.officer@sample-body.example").writes("Password", "wrong-but-long-enough")
    visitor.presses("Continue").sees("There is a problem").looks("sign-in-error")
    assert visitor.page.title() == "Error: Sign in – Candour"


@pytest.mark.parametrize("name", ["accessibility", "cookies", "privacy", "sign-in/forgotten/", "no-such-page"])
def test_pages_for_anybody(page_at, name):
    page_at().opens(f"/{name}").looks(name.strip("/").replace("/", "-"))
