"""The table of the four-tier questionnaire, asked on four days and at three ledger numbers, as it came to be."""

from datetime import date, timedelta

import pytest

import extracts
from candour.figures import differences, questions
from candour.incidents import actions
from candour.ledger import queries as ledger
from candour.ledger.coordinates import AsAt

PUBLISHED = {
    "other-incident": {2011: 37, 2012: 54, 2013: 75, 2014: 81},
    "event": {2011: 4, 2012: 11, 2013: 39, 2014: 80},
}
"""What the body told its requester on 10 March 2016, by financial year."""


def sheet():
    """The old sheet: each year's incidents at even distances from 1 April on."""
    lines = ["reference  logged_on  tier  personal_data"]
    for tier, years in PUBLISHED.items():
        for year, many in years.items():
            for at in range(many):
                day = date(year, 4, 1) + timedelta(days=at * 365 // many)
                lines.append(f"{tier}-{year}-{at}  {day}  {tier}  yes")
    return "\n".join(lines)


DESK = """
    reference  logged_on   tier
    D-1        2012-07-02  event
    D-2        2012-08-02  event
    D-3        2014-01-02  event
"""


@pytest.fixture
def story(body, operator, tmp_path):
    """Three ledger numbers: the sheet is loaded; the service desk's; one incident turns out to have been told."""
    for measure in ("incidents-reported-to-ico", "other-incidents", "events"):
        extracts.cover(body, measure, "2011-04-01")
    extracts.cover(body, "near-misses", "2015-04-01")
    extracts.load(body, sheet(), tmp_path)
    loaded = ledger.head(body.pk).number
    extracts.load(body, DESK, tmp_path, source="service desk", name="desk.csv")
    desk = ledger.head(body.pk).number
    told = {"told_ico_on": "2014-12-01", "tier": "reported-to-ico"}
    actions.amend(
        body, "other-incident-2014-7", told, reason="the letter to the ICO was found", correction=True, by=operator,
        at=extracts.NOW + timedelta(minutes=5),
    )  # fmt: skip
    return {"loaded": loaded, "desk": desk, "told": ledger.head(body.pk).number}


#  as at         number     told the ICO    other incidents       events              reconstructed
TOLD = """
   31 Mar 2012   loaded     0 . . .         37 .  .  .            4  .  .  .          yes
   31 Mar 2012   desk       0 . . .         37 .  .  .            4  .  .  .          yes
   31 Mar 2012   told       0 . . .         37 .  .  .            4  .  .  .          yes
   30 Sep 2013   loaded     0 0 0 .         37 54 38 .            4  11 20 .          yes
   30 Sep 2013   desk       0 0 0 .         37 54 38 .            4  13 20 .          yes
   30 Sep 2013   told       0 0 0 .         37 54 38 .            4  13 20 .          yes
   10 Mar 2016   loaded     0 0 0 0         37 54 75 81           4  11 39 80         yes
   10 Mar 2016   desk       0 0 0 0         37 54 75 81           4  13 40 80         yes
   10 Mar 2016   told       0 0 0 1         37 54 75 80           4  13 40 80         yes
   20 Nov 2026   loaded     0 0 0 0         37 54 75 81           4  11 39 80         no
   20 Nov 2026   desk       0 0 0 0         37 54 75 81           4  13 40 80         no
   20 Nov 2026   told       0 0 0 1         37 54 75 80           4  13 40 80         no
"""
DAYS = {
    "31 Mar 2012": "2012-03-31", "30 Sep 2013": "2013-09-30", "10 Mar 2016": "2016-03-10", "20 Nov 2026": "2026-11-20",
}  # fmt: skip
MEASURES = ("incidents-reported-to-ico", "other-incidents", "events")


def test_the_seeds_table_on_four_days_and_at_three_ledger_numbers(story, ask):
    for line in TOLD.strip().splitlines():
        words = line.split()
        day, number, numbers, reconstructed = " ".join(words[:3]), words[3], words[4:-1], words[-1]
        said = []
        for measure in MEASURES:
            table = ask(measure, as_at=DAYS[day], number=story[number])
            said += ["." if cell.value is None else str(cell.value) for cell in table.groups[0].cells]
        whole = ask("all-incidents", as_at=DAYS[day], number=story[number])
        assert (said, "yes" if whole.reconstructed else "no") == (numbers, reconstructed), line


def test_near_misses_are_not_held_before_they_were_collected(story, ask):
    assert {cell.status for cell in ask("near-misses").groups[0].cells} == {"not_in_register"}


def test_what_changed_since_the_letter_is_named_one_by_one(body, story, ask):
    question = ask("all-incidents", as_at="2016-03-10", group=["tier"]).question
    later = AsAt(date(2016, 3, 10), story["told"])
    found = differences.differences(body.pk, questions.question("all-incidents", question.periods), later, 0)
    assert len(found) == 384
    since = differences.differences(body.pk, question, later, story["loaded"])
    assert [(one.reference, one.kind, one.before_period, one.after_period) for one in since] == [
        ("D-1", "source-loaded", "", "2012/13"),
        ("D-2", "source-loaded", "", "2012/13"),
        ("D-3", "source-loaded", "", "2013/14"),
        ("other-incident-2014-7", "told-ico", "2014/15", "2014/15"),
    ]
