"""The list of incidents on its page: month, tier and category by default, more by a decision, and the files."""

import html
import json
import re

from django.utils import timezone

from candour.figures import models
from candour.incidents.actions import recording

ASKED = "measure=all-incidents&start=1+April+2014&end=31+March+2016"
MORE = f"{ASKED}&more=day&more=department"


def rows(page):
    body = page.content.decode().partition("<tbody")[2].partition("</tbody>")[0]
    return [re.findall(r"<td[^>]*>([^<]*)</td>", row) for row in body.split("</tr>")[:-1]]


def test_a_line_says_month_tier_and_category(visitor, register):
    page = visitor("foi-officer").get(f"/figures/list/?{ASKED}")
    assert rows(page) == [
        ["May 2014", "Other incident", "IV"],
        ["November 2014", "Reported to the ICO", "I"],
        ["June 2015", "Near miss", "not stated"],
        ["July 2015", "Event", "V"],
    ]
    assert "Letter to a former address" not in page.content.decode()


def test_unasked_it_lists_this_financial_year(visitor, register, text_of):
    assert "No incident is listed there" in text_of(visitor("foi-officer").get("/figures/list/"))


def test_the_page_of_a_table_leads_to_its_list(visitor, register):
    client = visitor("foi-officer")
    page = client.get(f"/figures/?{ASKED}&by=financial-year&group=tier").content.decode()
    address = re.search(r'href="(/figures/list/\?[^"]+)"', page)[1].replace("&amp;", "&")
    assert len(rows(client.get(address))) == 4


def test_more_is_shown_only_after_a_decision_with_its_reason(visitor, register, text_of):
    client = visitor("foi-officer")
    asked = client.get(f"/figures/list/?{MORE}")
    assert "The list would also show: Day, Department." in text_of(asked)
    assert rows(asked) == []
    assert client.post(f"/figures/list/?{MORE}", {"reason": " "}).status_code == 422
    assert not models.Decision.objects.exists()
    decided = client.post(f"/figures/list/?{MORE}", {"reason": "the days were in the press"}, follow=True)
    assert rows(decided)[0] == ["May 2014", "Other incident", "IV", "12 May 2014",
                                "not named: fewer than 100 people, or size not known"]  # fmt: skip
    kept = models.Decision.objects.get()
    assert (kept.reason, kept.decided_by) == ("the days were in the press", client.person.number)
    assert f"as entry {kept.opened} decided" in text_of(decided)


def test_who_may_not_decide_sees_no_form_and_is_refused(visitor, register, text_of):
    client = visitor("auditor")
    page = client.get(f"/figures/list/?{MORE}")
    assert "a decision that you may not make" in text_of(page)
    client.post(f"/figures/list/?{MORE}", {"reason": "why not"})
    assert not models.Decision.objects.exists()
    assert visitor("reporter").get(f"/figures/list/?{ASKED}").status_code == 404


def test_the_list_as_a_file(visitor, register):
    client = visitor("foi-officer")
    client.post(f"/figures/list/?{MORE}", {"reason": "the days were in the press"})
    decided = models.Decision.objects.get().opened
    for kind in ("csv", "ods", "xlsx", "json", "pdf"):
        plain, more = (client.get(f"/figures/list/{where}") for where in
                       (f"incidents.{kind}?{ASKED}", f"{decided}/incidents.{kind}"))  # fmt: skip
        assert (plain.status_code, more.status_code) == (200, 200)
        assert "incident-list-all-incidents-as-at-" in plain.headers["Content-Disposition"]
        if kind == "json":
            assert [len(json.loads(one.content)["incidents"][0]) for one in (plain, more)] == [3, 5]


def test_a_list_that_is_not_there_is_not_found(visitor, register):
    client = visitor("foi-officer")
    for rest in ("incidents.svg", "999/", "999/incidents.csv"):
        assert client.get(f"/figures/list/{rest}").status_code == 404


NO_SENSE = {
    "start=1+April+2016&end=1+April+2015": "before",
    "measure=unheard-of": "Choose count from the list",
    "more=description": "is not one of the available choices",
    "as_at=1+January+2099": "still to come",
}


def test_what_makes_no_sense_says_what_to_mend(visitor, register, text_of):
    client = visitor("foi-officer")
    for asked, says in NO_SENSE.items():
        assert says in text_of(client.get(f"/figures/list/?{asked}")), asked
        assert client.get(f"/figures/list/incidents.csv?{asked}").status_code == 422


def test_a_file_with_more_takes_the_decision_too(visitor, register):
    assert visitor("foi-officer").get(f"/figures/list/incidents.csv?{MORE}").status_code == 422


def test_a_page_shows_some_lines_leads_to_the_next_and_says_how_many_the_files_have(visitor, register, body, text_of):
    client = visitor("handler")
    for _ in range(60):
        recording.record(body, {"information_lost": "yes"}, words={}, by=client.person, at=timezone.now())
    page = client.get("/figures/list/")
    assert len(rows(page)) == 50
    assert "The next lines · The files have all 60." in text_of(page)
    (following,) = re.findall(r'href="([^"]+)">The next lines', page.content.decode())
    page = client.get(html.unescape(following))
    assert len(rows(page)) == 10
    assert "The next lines" not in text_of(page)
    assert "there is no such page" in text_of(client.get("/figures/list/?after=x")).lower()


def test_a_list_of_one_small_department_takes_a_decision(visitor, register, text_of):
    client = visitor("foi-officer")
    asked = f"/figures/list/?{ASKED}&only=department&value=North"
    page = client.get(asked)
    assert (rows(page), "The list would also show: only department North." in text_of(page)) == ([], True)
    decided = client.post(asked, {"reason": "it was in the press"}, follow=True)
    assert rows(decided) == [["May 2014", "Other incident", "IV"], ["June 2015", "Near miss", "not stated"]]
