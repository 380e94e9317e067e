"""Each number on each page of figures leads to exactly the incidents that it counts, at its own coordinates."""

import html
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from candour.figures import actions as knowing
from candour.incidents import actions as incidents
from candour.incidents import loading
from candour.organisation import people
from candour.reading import register as reading
from candour.rules import years

LINK = re.compile(r'<a class="govuk-link" href="(/figures/incidents/[^"]+)">(\d[^<]*)</a>')
COUNTED = re.compile(r"</span>(\d+) incidents? behind the number")
ADDED = re.compile(r"Together: (\d+) people")
YEARS = "by=financial-year&start=1+April+2014&end=31+March+2016"


@pytest.fixture
def led(visitor):
    """Follow every number of a page; give them, each counted by the list that it leads to."""

    def follow(path):
        client = visitor("siro", "handler")
        found = [(html.unescape(address), said) for address, said in LINK.findall(client.get(path).content.decode())]
        for address, said in found:
            listed = client.get(address).content.decode()
            (number,) = ADDED.findall(listed) or COUNTED.findall(listed)
            assert said.split(" ")[0] == number, (path, said)
            assert listed.count('candour-reference"><a') == int(*COUNTED.findall(listed))
        return [said for _, said in found]

    return follow


def test_on_the_page_of_a_table(led, register):
    assert led(f"/figures/?measure=all-incidents&group=tier&{YEARS}") == ["1", "1", "1", "1"]
    assert led(f"/figures/?measure=all-incidents&group=department&second=tier&{YEARS}") == ["1"] * 4


def test_where_rows_or_periods_were_merged(led, register):
    by = f"/figures/?measure=all-incidents&group=department&{YEARS}"
    assert led(f"{by}&merge=department%3DNorth%7CLegal%7CSouth") == ["2", "2"]
    assert led(f"{by}&merge=periods%3D2014/15%7C2015/16") == ["1", "2", "1"]
    assert led(f"{by}&merge=department%3DNorth%7CSouth&merge=periods%3D2014/15%7C2015/16") == ["1", "3"]


def test_before_and_after_it_was_made_safe(led, register):
    assert led(f"/figures/safe/?measure=all-incidents&group=tier&{YEARS}") == ["1"] * 4
    assert led(f"/figures/safe/?measure=people-affected&{YEARS}&protect=none") == ["120", "1"]


def test_in_the_annual_report(led, body, register):
    for measure in ("incidents-reported-to-ico", "other-incidents"):
        knowing.state_coverage(
            body, measure, since=years.read("2010/11").start, until=None, where={}, kept_in=None, reason="kept",
            by=people.operator(body), at=timezone.now(),
        )  # fmt: skip
    for reference in ("2014-0001", "2014-0002"):
        change = {"personal_data": "yes", "occurred_on": "2014-11-01"}
        incidents.amend(
            body, reference, change, reason="read", correction=True, by=people.operator(body), at=timezone.now()
        )
    assert led("/figures/annual-report/?year=2014/15") == ["1", "1", "1", "1"]


def test_beside_other_bodies_our_own_line(led, register):
    assert led(f"/figures/bodies/?of=joined&measure=all-incidents&{YEARS}") == ["2", "2"]


@pytest.fixture
def today(body, tmp_path):
    """Incidents of this year and the last, some open, some closed."""
    day = timezone.localdate()
    rows = ["reference,logged_on,tier,cause,aware_at,told_ico_on,closed_on"]
    for at, (ago, tier, closed) in enumerate(
        [(0, "event", ""), (3, "reported-to-ico", ""), (40, "near-miss", ""), (366, "other-incident", ""),
         (400, "event", 300), (1, "other-incident", 0)]
    ):  # fmt: skip
        logged = day - timedelta(days=ago)
        told = logged if tier == "reported-to-ico" else ""
        gone = day - timedelta(days=closed) if closed != "" else ""
        rows.append(f"D-{at},{logged},{tier},email,{told},{told},{gone}")
    path = tmp_path / "days.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    with reading.open_register(path, today=day) as found:
        loading.load(
            found, body=body, source="sheet", update=False, dry_run=False, by=people.operator(body), at=timezone.now()
        )


def test_on_the_dashboard(led, today):
    found = led("/dashboard/")
    assert len(found) >= 12
