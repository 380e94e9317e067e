"""A table of the sample is published from its page, is read by somebody without an account, and is withdrawn."""

import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ASKED = "measure=other-incidents&by=financial-year&group=&start=1+April+2011&end=31+March+2015"


def test_publish_read_and_withdraw(page_at):
    officer = page_at(who="information.rights").opens(f"/figures/?{ASKED}").follows("Publish this table")
    officer.sees("Publish: Other information security incidents").looks("publish")
    officer.presses("Publish").sees("There is a problem").looks("publish-error")
    officer.writes("The document that it stands in", "Annual Report 2014/15").presses("Publish")
    officer.sees("Published figures").looks("published")
    link = officer.page.get_by_role("link", name=re.compile("its page")).first.get_attribute("href")
    page_at().opens(link).looks("published-public")
    officer.opens(f"/figures/publish/?{ASKED}&as_at=1+March+2013").sees("This is not what was published before")
    officer.looks("publish-differs")
    assert "/released/" in officer.page.get_by_role("link", name="now,").first.get_attribute("href")
    officer.fits_a_phone()
    officer.opens("/figures/published/").follows("withdraw").writes("Why it is withdrawn", "the wrong table")
    officer.looks("published-withdraw").presses("Withdraw it").sees("Published figures")


def test_the_annual_report(page_at):
    page_at(who="siro").opens("/figures/annual-report/?year=2014/15").sees("Personal data incidents").looks(
        "annual-report"
    )
    officer = page_at(who="information.rights").opens("/figures/annual-report/?year=2014/15")
    officer.follows("Publish these tables").sees("Publish: personal data incidents").looks("annual-publish")
    officer.fits_a_phone()
    officer.presses("Publish").sees("There is a problem").looks("annual-publish-error")
