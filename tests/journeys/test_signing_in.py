"""Somebody comes in: password, second factor, recovery codes; and leaves."""

import pytest

pytestmark = pytest.mark.browser


def test_first_sign_in(page_at, site):
    visitor = page_at(1280).opens("/").looks("sign-in")
    visitor.signs_in(**site.passwords["dpo"]).looks("second-factor")
    visitor.sets_up_second_factor()
    visitor.looks("recovery-codes").presses("I have written them down").looks("home-dpo")
    visitor.presses("Sign out").sees("Sign in")
