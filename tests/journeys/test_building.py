"""Somebody builds a table by two facts, looks at what it rests on, and keeps what it counts as a measure."""

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

ASKED = (
    "measure=other-incidents&start=2013-04-01&end=2016-03-31&group=department&second=category&share=column&minutes=4"
)


def test_a_table_is_built_and_kept_as_a_measure(page_at):
    handler = page_at(who="governance.officer")
    handler.opens(f"/figures/?{ASKED}").sees("Shares of the column").looks("builder")
    handler.opens("/figures/?measure=open-at-end&by=quarter&start=2015-04-01&end=2016-03-31&against_day=2015-10-01")
    handler.sees("Compared with record no.").looks("builder-compared")
    handler.opens("/figures/measures/new/?measure=all-incidents&only=category&value=IV").looks("measure-new")
    page = handler.page
    for name, said in (
        ("Name", "disclosures"),
        ("Title", "Unauthorised disclosures"),
        ("What is counted", "Incidents of Cabinet Office category IV, in every tier."),
    ):
        page.get_by_label(name).fill(said)
    page.get_by_role("button", name="Keep it").click()
    handler.sees("Unauthorised disclosures").looks("measure")
    handler.opens("/figures/measures/").sees("Our own").looks("measures")
