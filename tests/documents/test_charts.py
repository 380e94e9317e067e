"""Charts: what is not held is never drawn as zero, each says what it shows, and none needs style or script."""

import re
from datetime import date

import pytest
from defusedxml import ElementTree

from candour.documents import charts, letter_pdf
from candour.rules import answers

SVG = "{http://www.w3.org/2000/svg}"
YEARS = ("2011/12", "2012/13", "2013/14", "2014/15")
EVENTS = ("Events", [answers.Held(4), answers.Held(11), answers.Held(39), answers.Held(80)])


def drawn(*series, labels=YEARS, **more):
    return charts.bars("Events, by financial year", "From 4 to 80.", labels, series, **more)


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def said(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}title")][1:]


def bars_of(svg):
    return [float(each) for each in re.findall(r'height="([\d.]+)" fill="#1d4f91"', svg)]


def test_a_chart_is_a_picture_with_a_name_and_a_description():
    root = ElementTree.fromstring(drawn(EVENTS))
    assert root.get("role") == "img"
    named = root.get("aria-labelledby").split()
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == named
    assert root.find(f"{SVG}desc").text == "From 4 to 80."


def test_bars_are_as_high_as_their_numbers_and_carry_them():
    svg = drawn(EVENTS)
    heights = bars_of(svg)
    assert heights == pytest.approx([heights[-1] * each / 80 for each in (4, 11, 39, 80)], abs=0.05)
    assert {"4", "11", "39", "80", *YEARS} <= set(texts(svg))
    assert said(svg) == ["2011/12: 4", "2012/13: 11", "2013/14: 39", "2014/15: 80"]


def test_zero_is_a_number_and_not_held_is_a_hatched_gap_with_the_words():
    svg = drawn(("Near misses", [answers.Held(0), answers.NotHeld(), answers.NotInRegister(), answers.Held(3)]))
    assert texts(svg).count("0") == 1
    assert {"not held", "not in register"} <= set(texts(svg))
    assert len(re.findall(r'fill="url\(#c[0-9a-f]{8}h\)"', svg)) == 2
    assert len(bars_of(svg)) == 1


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (answers.NoLongerHeld(date(2015, 1, 1)), "no longer held"),
        (answers.NotApplicable(), "not applicable"),
        (answers.Withheld("31(1)(a)"), "withheld"),
        (answers.Cost(), "cost"),
        (answers.Ncnd(), "ncnd"),
        (answers.Elsewhere("the annual report"), "elsewhere"),
    ],
)
def test_every_state_without_a_number_is_a_gap_with_its_name(cell, words):
    svg = drawn(("Events", [cell]), labels=["2011/12"])
    assert words in texts(svg)
    assert bars_of(svg) == []


def test_what_is_suppressed_has_a_mark_of_its_own_of_one_size():
    svg = drawn(("Events", [answers.Suppressed("fewer than 5"), answers.Held(80), answers.NotHeld(), answers.Held(1)]))
    assert "suppressed" in texts(svg)
    assert svg.count('width="16" height="16"') == 1
    assert len(re.findall(r'fill="url\(#c[0-9a-f]{8}h\)"', svg)) == 1


def test_a_part_about_and_rounded_say_so():
    cells = [answers.HeldSince(12, date(2011, 6, 1)), answers.Approximate(1800), answers.Rounded(10), answers.Held(5)]
    svg = drawn(("Events", cells))
    assert {"12 (part)", "about 1,800", "10 (rounded)", "5"} <= set(texts(svg))
    assert svg.count('stroke-dasharray="5 3"') == 1
    assert said(svg)[0] == "2011/12: held only from 1 June 2011: 12"


def test_a_break_is_a_broken_line_before_its_period_with_its_note():
    svg = drawn(EVENTS, breaks=[("2013/14", "A new counting rule.")])
    assert "A: A new counting rule." in texts(svg)
    assert svg.count('fill="none"') == 1


def test_series_are_told_apart_without_colour_and_named():
    svg = drawn(*((f"Tier {at}", [answers.Held(at + 1)] * 4) for at in range(5)))
    assert {f"Tier {at}" for at in range(5)} <= set(texts(svg))
    assert len(set(re.findall(r'<rect [^>]*width="14" height="11" fill="([^"]+)"', svg))) == 5
    assert said(svg)[0] == "2011/12, Tier 0: 1"


def test_a_chart_stands_in_a_page_that_allows_no_style_and_no_script():
    svg = drawn(EVENTS)
    for element in ElementTree.fromstring(svg).iter():
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)
    assert "href" not in svg


def test_two_charts_in_one_page_share_no_id_and_the_same_chart_is_the_same_bytes():
    one, other = drawn(EVENTS), drawn(("Events", [answers.NotHeld()] * 4))
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, other)]
    assert not ids[0] & ids[1]
    assert drawn(EVENTS) == one


def test_a_usual_chart_is_small_and_many_months_thin_out_their_labels():
    assert len(drawn(EVENTS)) < 2_500
    months = [f"Month {at}" for at in range(48)]
    svg = drawn(("Events", [answers.Held(at) for at in range(48)]), labels=months)
    assert 4 < len([text for text in texts(svg) if text.startswith("Month")]) < 16


def test_the_title_is_printed_only_where_asked():
    assert "Events, by financial year" in texts(drawn(EVENTS))
    assert "Events, by financial year" not in texts(drawn(EVENTS, headed=False))


def test_a_chart_needs_an_answer_for_each_period():
    with pytest.raises(ValueError, match="one answer for each"):
        drawn(("Events", [answers.Held(1)]))
    with pytest.raises(ValueError, match="needs its periods"):
        drawn(labels=())


def test_a_chart_can_be_kept_as_a_picture():
    assert letter_pdf.picture(drawn(EVENTS)).startswith(b"\x89PNG")


MONTHS = tuple(f"M{at}" for at in range(1, 13))


def thin(*series, labels=YEARS, **more):
    return charts.narrow("Events, by financial year", "From 4 to 80.", labels, series, **more)


@pytest.mark.parametrize(
    ("labels", "rows"), [(YEARS, 0), (YEARS, 1), (YEARS, 4), (YEARS, 12), (MONTHS, 1), (MONTHS, 5), (MONTHS, 12)]
)
def test_a_narrow_chart_says_every_cell_in_its_width_and_stays_in_it(labels, rows):
    series = [
        (f"Series number {row}", [answers.Held(1000 * row + at) for at in range(len(labels))]) for row in range(rows)
    ]
    svg = thin(*series, labels=labels)
    root = ElementTree.fromstring(svg)
    assert root.get("viewBox").split()[2] == "300"
    assert len(said(svg)) == rows * len(labels)
    for one in root.iter(f"{SVG}rect"):
        assert -0.1 <= float(one.get("x")) <= float(one.get("x")) + float(one.get("width")) <= 300.1
        assert float(one.get("y")) + float(one.get("height")) <= float(root.get("height"))


def test_a_narrow_bar_is_as_long_as_its_number_and_what_has_none_is_drawn_as_what_it_is():
    svg = thin(
        ("Events", [answers.Held(4), answers.NotHeld(), answers.Suppressed("a number from 1 to 4"), answers.Held(0)])
    )
    assert {"4", "not held", "suppressed", "0", *YEARS} <= set(texts(svg))
    assert len(re.findall(r'fill="#1d4f91"', svg)) == 1
    assert len(re.findall(r'fill="url\(#c[0-9a-f]{8}h\)"', svg)) == 1
    widths = [float(one) for one in re.findall(r'width="([\d.]+)" height="9" fill="#1d4f91"', thin(EVENTS))]
    assert widths == pytest.approx([widths[-1] * each / 80 for each in (4, 11, 39, 80)], abs=0.05)


def test_what_no_series_of_a_narrow_chart_has_is_said_once():
    none = [answers.NotHeld(), answers.Held(3), answers.NotHeld(), answers.Held(0)]
    svg = thin(("North", none), ("South", [*none[:2], answers.NotInRegister(), none[3]]))
    assert [one for one in said(svg) if "held" in one] == ["2011/12: not held", "2013/14, North: not held"]


def test_a_narrow_chart_says_from_when_on_its_series_are_broken():
    assert "From 2013/14: a new form" in texts(thin(EVENTS, breaks=[("2013/14", "a new form")]))


def test_what_does_not_apply_says_why():
    cells = [answers.NotApplicable(note="not sponsored then"), *EVENTS[1][1:]]
    for svg in (drawn(("North", cells)), thin(("North", cells))):
        assert "2011/12: not sponsored then" in said(svg)
        assert "not sponsored then" in texts(svg)
