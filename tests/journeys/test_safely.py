"""A table of the sample is looked at on the page that makes it safe to publish."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ASKED = "measure=people-affected&by=financial-year&group=tier&start=1+April+2011&end=31+March+2015"


def test_whether_a_table_needs_protecting(page_at):
    officer = page_at(who="information.rights").opens(f"/figures/?{ASKED}").follows("Make it safe to publish")
    officer.sees("Whether it needs protecting").looks("safely")
