"""Lines and heat tables: no line runs over a gap or a break, a zero, a gap and a suppressed number differ."""

import re
from datetime import date

import pytest
from defusedxml import ElementTree

from candour.documents import charts, letter_pdf
from candour.documents.charts import heated
from candour.rules import answers

SVG = "{http://www.w3.org/2000/svg}"
MONTHS = ("April", "May", "June", "July", "August")


def held(*numbers):
    return [answers.NotHeld() if number is None else answers.Held(number) for number in numbers]


def drawn(draw, *series, labels=MONTHS, **more):
    return draw("Events, by month", "What it shows.", labels, series, **more)


def texts(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def said(svg):
    return [element.text for element in ElementTree.fromstring(svg).iter(f"{SVG}title")][1:]


def ways(svg):
    """How many points each line runs through."""
    return [
        way.count("L") + 1
        for way in re.findall(r'<path d="(M[\d. L]+)" fill="none" stroke="#\w+" stroke-width="2"', svg)
    ]


@pytest.mark.parametrize("draw", [charts.lines, charts.heat])
def test_each_is_a_picture_with_a_name_and_a_description(draw):
    root = ElementTree.fromstring(drawn(draw, ("Events", held(1, 2, 3, 4, 5))))
    assert root.get("role") == "img"
    assert root.find(f"{SVG}desc").text == "What it shows."
    assert [root.find(f"{SVG}{name}").get("id") for name in ("title", "desc")] == root.get("aria-labelledby").split()
    assert not any("style" in element.attrib for element in root.iter())


@pytest.mark.parametrize("draw", [charts.lines, charts.heat])
def test_each_needs_an_answer_for_each_period(draw):
    with pytest.raises(ValueError, match="one answer for each"):
        drawn(draw, ("Events", held(1)))


def test_a_line_runs_through_its_numbers_and_over_no_gap():
    svg = drawn(charts.lines, ("Events", held(4, 11, None, 39, 80)))
    assert ways(svg) == [2, 2]
    assert said(svg) == ["June: not held", "April: 4", "May: 11", "July: 39", "August: 80"]
    assert len(re.findall(r'fill="url\(#c[0-9a-f]{8}h\)"', svg)) == 1


def test_a_line_is_broken_where_the_series_breaks_and_the_note_stands_below():
    svg = drawn(charts.lines, ("Events", held(1, 2, 3, 4, 5)), breaks=[("July", "A new form.")])
    assert ways(svg) == [3, 2]
    assert "A: A new form." in texts(svg)
    assert re.search(r"l4 [\d.]+l-8 [\d.]+l4 ", svg)


def test_gaps_that_follow_each_other_are_one_and_say_what_they_are():
    svg = drawn(charts.lines, ("Events", held(None, None, None, 4, 5)))
    assert texts(svg).count("not held") == 1
    assert said(svg)[0] == "April to June: not held"


def test_a_gap_of_one_line_only_stands_below_the_axis_beside_its_mark():
    svg = drawn(charts.lines, ("Events", held(1, 2, 3, 4, 5)), ("Near misses", held(None, 0, 1, 2, 3)))
    assert "April, Near misses: not held" in said(svg)
    assert ways(svg) == [5, 4]
    assert re.findall(r'height="13" fill="url\(#c[0-9a-f]{8}h\)"', svg)
    assert "not held" in texts(svg)


def test_lines_are_told_apart_by_shape_and_dashes():
    svg = drawn(charts.lines, *((f"Tier {at}", held(at, 2, 3, 4, 5)) for at in range(5)))
    assert {f"Tier {at}" for at in range(5)} <= set(texts(svg))
    assert len(set(re.findall(r'stroke-width="2" stroke-dasharray="([^"]+)"', svg))) == 4


def test_what_is_suppressed_is_crossed_and_never_on_the_line():
    cells = [*held(3), answers.Suppressed("fewer than 5"), *held(5, 6, 7)]
    svg = drawn(charts.lines, ("People", cells))
    assert "suppressed" in texts(svg)
    assert ways(svg) == [3]
    assert len(re.findall('fill="none" stroke="#0b0c0c" stroke-width="1.5"/><path', svg)) == 1


def test_the_scale_has_whole_steps_that_hold_the_highest_number():
    assert {"0", "20", "40", "60", "80"} <= set(texts(drawn(charts.lines, ("Events", held(1, 2, 3, 4, 77)))))
    assert {"0", "1", "2", "3", "4"} <= set(texts(drawn(charts.lines, ("Events", held(0, 0, 0, 0, 0)))))


def test_a_heat_table_is_darker_where_the_number_is_higher_also_in_grey():
    greys = [sum(int(tone[at : at + 2], 16) for at in (1, 3, 5)) for tone in heated._TONES]
    assert greys == sorted(greys, reverse=True)
    svg = drawn(charts.heat, ("Email", held(0, 1, 40, 79, 80)))
    fills = re.findall(r'height="20" fill="(#\w+)"', svg)
    assert fills == [heated._TONES[at] for at in (0, 1, 3, 5, 5)]
    assert texts(svg).count("0") == 2  # in its cell and in the legend


def test_a_heat_table_shows_a_gap_and_a_suppressed_number_as_what_they_are():
    cells = [answers.NotInRegister(), answers.Suppressed("fewer than 5"), *held(1, 2, 3)]
    svg = drawn(charts.heat, ("Email", cells), ("Post", held(1, 2, 3, 4, 5)), breaks=[("June", "A new form.")])
    assert said(svg)[:2] == [
        "April, Email: this register has no record for this time",
        "May, Email: suppressed (fewer than 5)",
    ]
    assert svg.count('width="11" height="11" fill="none"') == 2  # in its cell and in the legend
    assert "A: A new form." in texts(svg)


def test_a_title_that_is_long_is_printed_smaller_and_whole():
    title = "Incidents reported to the Information Commissioner, as at 26 November 2026 · record no. 4435 · 5759ba66"
    svg = charts.lines(title, "What it shows.", MONTHS, [("Events", held(1, 2, 3, 4, 5))])
    (size,) = re.findall(r'font-size="([\d.]+)" font-weight="bold"', svg)
    assert len(title) * 0.54 * float(size) <= 640
    assert title in texts(svg)


def test_a_part_of_a_period_has_its_days_in_the_table_only_and_takes_no_room_from_the_others():
    labels = [*(f"Month {at}" for at in range(17)), "February 2016 (to 10 February 2016)"]
    svg = charts.lines("Events", "What it shows.", labels, [("Events", held(*range(18)))])
    under = [words for words in texts(svg) if words.startswith("Month")]
    assert len(under) >= 6
    assert not [words for words in texts(svg) if "(" in words]


def test_the_number_of_a_part_stands_at_its_point_without_the_word_where_that_has_no_room():
    cells = [*held(*range(13)), answers.HeldSince(9, until=date(2026, 9, 30))]
    svg = charts.lines("Events", "What it shows.", [f"20{at}/{at + 1}" for at in range(13, 27)], [("Events", cells)])
    assert "9" in texts(svg)


def test_a_name_that_has_room_is_whole_and_a_longer_one_is_shortened_and_whole_in_its_titles():
    name = "Data of wrong data subject shown in client portal"
    assert name in texts(drawn(charts.heat, (name, held(1, 2, 3, 4, 5))))
    labels = [f"{at}" for at in range(28)]
    svg = charts.heat("Events", "What it shows.", labels, [(name, held(*range(28)))])
    assert "Data of wrong data subject…" in [words[:26] + words[-1] for words in texts(svg) if words.endswith("…")]
    assert said(svg)[0] == f"0, {name}: 0"


def test_both_can_be_kept_as_pictures():
    for draw in (charts.lines, charts.heat):
        assert letter_pdf.picture(drawn(draw, ("Events", held(1, None, 3, 4, 5)))).startswith(b"\x89PNG")


@pytest.mark.parametrize("draw", [charts.bars, charts.lines, charts.heat])
def test_a_number_between_two_whole_ones_is_drawn_to_scale(draw):
    svg = drawn(draw, ("Days", [answers.Held(2.5), *held(1, 5, 3, 4)]))
    assert "2.5" in texts(svg)
    assert "no number" not in said(svg)
