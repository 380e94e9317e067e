"""Whoever answers for the risk looks at the year, and takes a table with its chart away."""

from datetime import date, timedelta

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

TIERS = ("reported-to-ico", "other-incident", "other-incident", "event", "near-miss", "near-miss", "near-miss")
TYPES = (
    "Data emailed to incorrect recipient", "Phishing", "Failure to use bcc", "Verbal disclosure of personal data",
    "Loss/theft of paperwork or data left in insecure location", "Ransomware", "Malware",
)  # fmt: skip
CAUSES = ("wrong recipient", "lost in transit", "left on a train", "wrong attachment")


def two_years_of_work(site, folder):
    """Load what a body of some size logs in two years: the sample's own figures end long ago."""
    today = date.today()  # noqa: DTZ011 - the day on which the browser looks
    rows = ["reference,logged_on,tier,incident_type,cause,aware_at,told_ico_on,closed_on,description"]
    for at in range(160):
        day = today - timedelta(days=(at * 37) % 700 + 1)
        tier = TIERS[at % len(TIERS)]
        told = day + timedelta(days=at % 5) if tier == "reported-to-ico" else ""
        closed = day + timedelta(days=at % 60 + 1)
        closed = closed if closed < today else ""
        aware, told = (day, min(told, today)) if told else ("", "")
        row = (f"W-{at:03}", day, tier, TYPES[at * at % 7], CAUSES[at % 4], aware, told, closed, "A letter")
        rows.append(",".join(str(cell) for cell in row))
    path = folder / "work.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return site.candour("load", str(path), "--source", "work")


def test_the_year_at_a_glance_and_a_table_to_take_away(page_at, tmp_path):
    siro = page_at(who="siro")
    assert two_years_of_work(siro.site, tmp_path)["loaded"] == 160
    siro.opens("/").sees("the same days a year before").looks("home-siro")
    siro.follows("The whole dashboard").sees("Open, by age").looks("dashboard")
    start = (date.today() - timedelta(days=600)).replace(day=1)  # noqa: DTZ011
    siro.opens(f"/figures/?measure=all-incidents&by=month&group=tier&start={start}").looks("figures-lines")
    siro.opens(f"/figures/?measure=all-incidents&by=month&group=incident_type&start={start}").looks("figures-heat")
    with siro.page.expect_download() as download:
        siro.page.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_bodies_stand_side_by_side(page_at):
    """A body that no other shares anything with is told how; more bodies would be in the way of the other journeys."""
    siro = page_at(who="siro").opens("/figures/").follows("Several bodies side by side")
    siro.sees("All incidents, by body and financial year").looks("bodies")
    siro.chooses("Bodies", "the bodies we sponsor").presses("Show").sees("All incidents, by body").looks("bodies-none")


SPAN = "measure=events&start=1+April+2014&end=31+March+2015"


def test_a_number_leads_to_its_parts_and_a_quoted_one_to_its_statement(page_at, site):
    """The bodies page leads on from a total only where there are several; its own parts can be looked at as well."""
    siro = page_at(who="siro").opens(f"/figures/bodies/parts/?of=joined&by=span&{SPAN}").sees("Events and anomalies")
    siro.looks("bodies-parts").fits_a_phone()
    said = ("--measure", "not-ours", "--period", "2009/10", "--value", "4", "--published-on", "2010-07-11")
    site.candour("statement", "add", *said, "--document", "Annual Report 2009/10")
    handler = page_at(who="governance.officer")
    handler.opens("/figures/?measure=not-ours&by=financial-year&group=&start=1+April+2009&end=31+March+2010")
    handler.follows("4").sees("Incidents of other bodies").looks("quoted").fits_a_phone()


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("chart-bars", "by=financial-year&group=tier&start=1+April+2012&end=31+March+2016"),
        ("chart-lines", "by=month&group=tier&start=1+April+2014&end=31+March+2016"),
        ("chart-one", "measure=near-misses&by=financial-year&group=&start=1+April+2011&end=31+March+2016"),
        ("chart-heat", "by=month&group=department&start=1+April+2014&end=31+March+2015"),
    ],
)
def test_a_chart_fits_a_phone(page_at, name, asked):
    page_at(who="siro").opens(f"/figures/?{asked}").looks(name).fits_a_phone()
