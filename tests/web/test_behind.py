"""Each number on each page of figures leads to exactly the incidents that it counts, at its own coordinates."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from django.utils import timezone

from candour.figures import actions as knowing
from candour.figures import quoting
from candour.incidents import actions as incidents
from candour.incidents import loading
from candour.organisation import actions as organisation
from candour.organisation import kinds, people, succession
from candour.organisation.kinds_of_bodies import Shared
from candour.reading import register as reading
from candour.rules import years


@dataclass(frozen=True)
class Figure:
    """One number that others published."""

    period: years.Period
    value: int
    about: str = "Reports: Justice"
    only: Mapping[str, str] = field(default_factory=dict)


LINK = re.compile(r'<a class="govuk-link" href="(/figures/incidents/[^"]+)">(\d[^<]*)</a>')
NUMBER = re.compile(r'<a class="govuk-link" href="(/figures/[^"]+)">([\d,]+)</a>')
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


@pytest.fixture
def bodies_of(visitor, register, tmp_path):
    """Other Body became part of ours on 1 April 2015, with two events of 2014/15."""
    now = timezone.now()
    other = organisation.add_body("other", name="Other Body", kind="ndpb", regime="foia", at=now)
    path = tmp_path / "other.csv"
    path.write_text("reference,logged_on,tier\nO-1,2014-05-01,event\nO-2,2014-06-01,event\n", encoding="utf-8")
    by = people.operator(other)
    with reading.open_register(path, today=now.date()) as found:
        loading.load(found, body=other, source="sheet", update=False, dry_run=False, by=by, at=now)
    knowing.state_coverage(
        other, "events", since=years.read("2010/11").start, until=None, where={}, kept_in=None, reason="kept", by=by,
        at=now,
    )  # fmt: skip
    return other


def test_a_total_over_bodies_leads_to_its_parts_and_each_part_on(visitor, bodies_of, body, text_of):
    now, merged = timezone.now(), years.read("2014/15").end + timedelta(days=1)
    by = people.operator(bodies_of)
    succession.hand_over(bodies_of, [body], how="merged", on=merged, reason="the order", by=by, at=now)
    succession.take_over(body, bodies_of, prefix="OB/", by=people.operator(body), at=now)
    client = visitor("siro", "handler")
    page = client.get(f"/figures/bodies/?of=joined&measure=all-incidents&{YEARS}").content.decode()
    total = [html.unescape(address) for address, said in NUMBER.findall(page) if "/parts/" in address and said == "4"]
    parts = client.get(total[0])
    assert "Together 4 , of 2 bodies" in text_of(parts)
    led = [(html.unescape(address), said) for address, said in NUMBER.findall(parts.content.decode())]
    assert [(address.split("?")[0], said) for address, said in led] == [
        ("/figures/bodies/incidents/", "2"),
        ("/figures/incidents/", "2"),
    ]
    assert "2 incidents behind the number" in text_of(client.get(led[1][0]))
    assert "OB/O-2" in text_of(client.get(led[0][0]))


def test_what_a_sponsor_sees_leads_to_what_it_rests_on_and_to_no_incident(visitor, bodies_of, body, text_of):
    for stated in (kinds.Sponsor("Sample Body", body=body.slug), Shared(body.slug, "events")):
        day = years.read("2014/15").start
        organisation.say(bodies_of, stated, from_=day, by=people.operator(bodies_of), at=timezone.now())
    client = visitor("siro", "handler")
    page = client.get(f"/figures/bodies/?of=sponsored&measure=events&{YEARS}").content.decode()
    ((address, said),) = NUMBER.findall(page)
    behind = client.get(html.unescape(address).partition("#")[0])
    assert (said, html.unescape(address).partition("#")[2]) == ("2", "other")
    assert "Other Body: 2 Counted 1 April 2014 to 31 March 2015" in text_of(behind)
    assert "known to Other Body alone" in text_of(behind)
    assert not NUMBER.findall(behind.content.decode())


def test_a_quoted_figure_leads_to_the_statement_it_comes_from(visitor, register, text_of):
    for value, said_on in ((7, date(2012, 5, 1)), (8, date(2012, 6, 1))):
        knowing.add_statement(
            register, "near-misses", period=years.read("2011/12"), value=value, said_on=said_on,
            document="Annual Report 2011/12", by=people.operator(register), at=timezone.now(),
        )  # fmt: skip
    asked = "measure=near-misses&group=&by=financial-year&start=1+April+2011&end=31+March+2012"
    client = visitor("foi-officer")
    ((address, said),) = NUMBER.findall(client.get(f"/figures/?{asked}").content.decode())
    behind = text_of(client.get(html.unescape(address)))
    assert said == "8"
    assert behind.index("2011/12 8 Document Annual Report 2011/12 Said on 1 June 2012") < behind.index("2011/12 7")
    assert "no incidents of this register are behind it" in behind
    assert visitor("reporter").get(html.unescape(address)).status_code == 404


def test_a_figure_of_others_leads_to_what_they_published(visitor, register, text_of):
    figure = Figure(years.read("2014/15"), 412)
    quoting.load(
        register, [figure], measure="all-incidents", document="Trends", said_on=date(2016, 6, 1), sha256="ab" * 32,
        by=people.operator(register), at=timezone.now(),
    )  # fmt: skip
    client = visitor("foi-officer")
    page = client.get(f"/figures/?measure=all-incidents&group=&{YEARS}&beside=Reports%3A+Justice").content.decode()
    (address,) = [address for address, said in NUMBER.findall(page) if said == "412"]
    behind = text_of(client.get(html.unescape(address)))
    assert "Quoted as Reports: Justice published it" in behind
    assert "412 Document Trends Said on 1 June 2016" in behind
