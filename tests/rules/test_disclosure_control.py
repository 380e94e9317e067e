"""Small numbers: what is hidden with them, and that nobody can work them out again."""

import itertools
import time
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import attacker
from candour.rules import answers
from candour.rules.disclosure_control import exact, protecting, rule, sums
from candour.rules.refusals import NotThere, WrongInput

FIVE = rule.Rule(threshold=5)
STRICT = rule.Rule(threshold=5, strict=True)
WAYS = [protecting.EXACT, protecting.GREEDY]


@pytest.fixture(params=WAYS)
def method(request):
    return request.param


def hidden_of(row, how=FIVE, **more):
    """The numbers of one row that are hidden, its total shown."""
    done = protecting.protect(sums.grid([row]), how, **more)
    return sorted(done.counts.values[name] for name in done.hidden), done


# The vectors of the domain facts: threshold 5, one row, its total shown.


def test_three_small_ones_protect_each_other(method):
    hidden, done = hidden_of((30, 4, 2, 1), method=method)
    assert hidden == [1, 2, 4]
    assert {(found.least, found.most, found.possible) for found in done.ranges.values()} == {(1, 4, 4)}


def test_two_ones_forced_by_their_remainder_take_the_five_with_them(method):
    hidden, done = hidden_of((30, 5, 1, 1), method=method)
    assert hidden == [1, 1, 5]
    assert {(found.least, found.most) for found in done.ranges.values()} == {(1, 4), (1, 5)}


def test_two_twos_are_enough_for_three_possible_numbers_but_not_for_all_four(method):
    hidden, done = hidden_of((33, 2, 2), method=method)
    assert hidden == [2, 2]
    assert {(found.least, found.most) for found in done.ranges.values()} == {(1, 3)}
    assert hidden_of((33, 2, 2), STRICT, method=method)[0] == [2, 2, 33]


def test_one_small_number_alone_takes_the_rest_or_the_total_with_it(method):
    assert hidden_of((36, 1), method=method)[0] == [1, 36]
    known = [sums.published([(0, 0)], 36, "annual report")]
    assert hidden_of((36, 1), earlier=known, hide_totals=True, method=method)[0] == [1, 37]


def test_zeros_beside_one_number_are_no_question_of_small_numbers(method):
    assert hidden_of((37, 0, 0), method=method)[0] == []


# What cannot be met says so, and offers what can.


def test_a_suppression_that_cannot_be_met_offers_what_can(method):
    known = [sums.published([(0, 0)], 36, "annual report")]
    with pytest.raises(protecting.CannotBeMet, match="could be worked out whatever other cells are hidden") as refused:
        hidden_of((36, 1), earlier=known, method=method)
    assert refused.value.offers == (protecting.HIDE_TOTALS, protecting.MERGE, protecting.ROUND)
    assert hidden_of((36, 1), rule.preset("round-5"), earlier=known)[0] == []


def test_what_was_published_itself_is_shown_for_hiding_it_protects_nobody(method):
    assert hidden_of((36, 1), earlier=[sums.published([(0, 1)], 1, "annual report")], method=method)[0] == []


def test_two_small_ones_that_make_up_their_total_cannot_be_met_but_by_hiding_it(method):
    with pytest.raises(protecting.CannotBeMet) as refused:
        hidden_of((4, 3), method=method)
    assert refused.value.offers[0] == protecting.HIDE_TOTALS
    assert hidden_of((4, 3), hide_totals=True, method=method)[0] == [3, 4, 7]


# Rules and presets.


@pytest.mark.parametrize(
    "parts",
    [
        {"threshold": 2}, {"threshold": -1}, {}, {"base": 7}, {"threshold": 3, "base": 10}, {"distinct": 1, "base": 5},
        {"bands": ((1, 1), (2, 9))}, {"threshold": 5, "zeros": "perhaps"}, {"threshold": 5, "bands": ((1, 4),)},
    ],
)  # fmt: skip
def test_a_rule_that_protects_nothing_is_refused(parts):
    with pytest.raises(WrongInput):
        rule.Rule(**parts)


def test_each_preset_says_where_it_stands_and_since_when():
    for slug, preset in rule.presets().items():
        assert preset.title, slug
        assert preset.source, slug
        assert preset.since > date(2000, 1, 1)
        assert rule.from_json(rule.as_json(preset)) == preset
        assert preset.key()
    with pytest.raises(NotThere, match="nhs-digital"):
        rule.preset("unheard-of")


def test_the_rule_of_nhs_digital_hides_one_to_seven_and_rounds_the_rest():
    nhs = rule.preset("nhs-digital")
    done = protecting.protect(sums.grid([(0, 7, 8, 12, 13)]), nhs)
    printed = [done.answer((0, at)) for at in range(5)]
    assert [one.status for one in printed] == ["held", "suppressed", "rounded", "rounded", "rounded"]
    assert [one.value for one in printed] == [0, None, 10, 10, 15]
    assert done.answer((0, sums.TOTAL)).value == 40  # summed first, rounded then: the parts need not add up to it
    assert "never zero" in dict(nhs.key())["*"]


def test_a_mark_that_says_how_small_a_number_is_stands_for_nothing_else():
    office = rule.preset("home-office")
    done = protecting.protect(sums.grid([(30, 9, 1)]), office)
    assert [done.answer((0, at)).as_json().get("mark") for at in range(3)] == [None, "*", "less than five"]
    assert dict(office.key()) == {
        "less than five": "a number from 1 to 4",
        "*": "another number that would give one away: 5 or more",
    }


def test_where_zeros_are_hidden_a_zero_looks_like_a_small_number(method):
    done = protecting.protect(sums.grid([(0, 40, 12), (11, 20, 3)]), rule.preset("uk-llc"), method=method)
    assert {(0, 0), (1, 2)} <= done.small
    assert all(found.possible >= 3 for found in done.ranges.values())


def test_bands_print_the_band_and_protect_it_like_a_mark(method):
    done = protecting.protect(sums.grid([(3, 7, 40)]), rule.preset("bands"), method=method)
    marks = [done.answer((0, at)) for at in range(3)]
    assert [one.as_json().get("mark") for one in marks] == ["1 to 4", "5 to 9", None]
    assert done.ranges[(0, 0)].possible >= 3


def test_a_suppressed_cell_is_never_zero_and_never_blank():
    hidden = answers.Suppressed("a number from 1 to 4")
    assert hidden.value is None
    assert hidden.mark
    assert "suppressed" in hidden.words()


# What else could give a number away.


def test_a_total_that_was_published_before_by_another_cut_is_held_against_the_table(method):
    rows = [(30, 12, 3), (25, 14, 40)]
    alone = protecting.protect(sums.grid(rows), FIVE, method=method)
    others = [name for name in alone.hidden if name != (0, 2)]
    told = [sums.published([(0, 2), name], 3 + alone.counts.values[name], "reply 12/7") for name in others]
    jointly = protecting.protect(sums.grid(rows), FIVE, earlier=told[:1], method=method)
    assert jointly.ranges[(0, 2)].possible >= 3
    assert len(jointly.hidden) >= len(alone.hidden)


def test_a_percentage_gives_its_count_away_unless_the_table_counts_on_it():
    assert sums.from_percentage("x", "12.5", 40) == sums.Sum({"x": 1}, 5, 5)
    assert sums.from_percentage("x", "8", 37) == sums.Sum({"x": 1}, 3, 3)
    wide = sums.from_percentage("x", "0", 1000)
    assert (wide.least, wide.most) == (0, 5)
    done = protecting.protect(sums.grid([(34, 3)]), FIVE, earlier=[sums.from_percentage((0, 1), "8", 37)])
    assert not done.hidden  # the percentage has told it already
    with pytest.raises(protecting.CannotBeMet):
        protecting.protect(sums.grid([(148, 2)]), FIVE, earlier=[sums.from_percentage((0, 1), "1", 150)])


def test_a_hierarchy_is_protected_at_every_level(method):
    values = {"a1": 3, "a2": 20, "a3": 9, "b1": 30, "b2": 11, "a": 32, "b": 41, "all": 73}
    lines = (
        sums.total_of("a", ["a1", "a2", "a3"]), sums.total_of("b", ["b1", "b2"]), sums.total_of("all", ["a", "b"]),
    )  # fmt: skip
    done = protecting.protect(sums.Counts(values, lines, frozenset({"a", "b", "all"})), FIVE, method=method)
    assert done.hidden == {"a1", "a3"}


def test_sums_that_leave_only_every_second_number_do_not_count_as_room():
    """Two numbers that move together by twos: bounds alone would call 1 to 4 four numbers, and there are two."""
    values = {"x": 3, "y": 10, "z": 10, "w": 3}
    lines = (sums.Sum({"x": 1, "y": 1, "z": 1, "w": -1}, 20, 20), sums.Sum({"y": 1, "z": -1}, 0, 0))
    counts = sums.Counts(values, (*lines, sums.Sum({"x": 1, "w": 1}, 6, 6)))
    for way in WAYS:
        done = protecting.protect(counts, FIVE, method=way)
        told = {one: (1, 4) if one in done.small else (1, 40) if one in done.hidden else values[one] for one in values}
        equations = [(one.parts, one.least, one.most) for one in counts.sums]
        assert all(len(attacker.possible(told, equations, one, range(1, 5))) >= 3 for one in done.small)


# The attacker.

NUMBERS = st.one_of(st.integers(0, 9), st.sampled_from([0, 0, 3, 12, 14]))


@st.composite
def tables(draw, most=6):
    height, width = draw(st.integers(1, most)), draw(st.integers(2, most))
    return draw(st.lists(st.lists(NUMBERS, min_size=width, max_size=width), min_size=height, max_size=height))


def told(done):
    """What the world sees: numbers, and for each mark what it can stand for."""
    most = sum(done.counts.values.values())
    shown = {}
    for name, value in done.counts.values.items():
        if name not in done.hidden:
            shown[name] = value
        elif name in done.small:
            shown[name] = (1, 4)
        else:
            shown[name] = (1, most)
    return shown


def equations(counts):
    return [(one.parts, one.least, one.most) for one in counts.sums]


def protected(rows, **more):
    try:
        return protecting.protect(sums.grid(rows), FIVE, **more)
    except protecting.CannotBeMet:
        assume(False)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=60)
@given(tables())
def test_the_attacker_cannot_recover_a_suppressed_cell(way, rows):
    done = protected(rows, method=way)
    shown, known = told(done), equations(done.counts)
    for name in done.small:
        assert len(attacker.possible(shown, known, name, range(1, 5))) >= 3
    for name in done.hidden - done.small:
        value = done.counts.values[name]
        assert len(attacker.possible(shown, known, name, range(max(1, value - 4), value + 5))) >= 3


@settings(max_examples=30)
@given(tables(4), st.data())
def test_the_attacker_with_an_earlier_table_cannot_either(rows, data):
    names = [(at, place) for at in range(len(rows)) for place in range(len(rows[0]))]
    parts = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True))
    before = sums.published(parts, sum(rows[at][place] for at, place in parts))
    done = protected(rows, earlier=[before])
    for name in done.small:
        assert len(attacker.possible(told(done), equations(done.counts), name, range(1, 5))) >= 3


def test_the_attacker_recovers_what_is_only_marked():
    counts = sums.grid([(30, 5, 1, 1), (9, 9, 9, 9)])
    shown = {name: (1, 4) if value in range(1, 5) else value for name, value in counts.values.items()}
    assert attacker.possible(shown, equations(counts), (0, 2), range(1, 5)) == {1}


@settings(max_examples=25)
@given(tables(3))
def test_no_smaller_choice_protects(rows):
    """Tried with every choice of fewer cells."""
    done = protected(rows, method=protecting.EXACT)
    counts, beside = done.counts, len(done.hidden - done.small)
    free = [name for name in counts.values if counts.values[name] and name not in done.small | counts.totals]
    fewer = [some for size in range(beside) for some in itertools.combinations(free, size)]
    assert not any(_protects(counts, done.small, some) for some in fewer)


def _protects(counts, small, others):
    most = sum(counts.values.values())
    shown = counts.values | dict.fromkeys(small, (1, 4)) | dict.fromkeys(others, (1, most))
    return all(
        len(attacker.possible(shown, equations(counts), name, range(1, max(4, counts.values[name] + 4) + 1))) >= 3
        for name in (*small, *others)
    )


@settings(max_examples=40)
@given(tables())
def test_both_ways_agree_on_what_can_be_protected_and_the_exact_one_hides_no_more(rows):
    done = protected(rows, method=protecting.EXACT)
    assert len(done.hidden) <= len(protecting.protect(sums.grid(rows), FIVE, method=protecting.GREEDY).hidden)


@pytest.mark.parametrize("way", WAYS)
def test_a_table_of_twenty_by_twenty_takes_seconds(way, record_property):
    numbers = [0, 1, 2, 3, 7, 12, 20, 5, 9, 40, 15]
    rows = [[numbers[(7 * at + 11 * place + at * place) % len(numbers)] for place in range(20)] for at in range(20)]
    begun = time.perf_counter()
    done = protecting.protect(sums.grid(rows), FIVE, method=way)
    took = time.perf_counter() - begun
    record_property("figure", f"20 × 20, {way}: {len(done.small)} small, {len(done.hidden)} hidden, {took:.1f} s")
    assert all(found.possible >= 3 for found in done.ranges.values())
    assert took < 30


def test_without_the_library_the_greedy_way_serves(monkeypatch):
    monkeypatch.setattr(exact, "available", lambda: False)
    assert protecting.protect(sums.grid([(36, 1)]), FIVE).method == protecting.GREEDY


ROUND = rule.preset("round-5")


@pytest.mark.parametrize("way", WAYS)
def test_a_rounded_number_that_an_exact_sum_gives_away_is_refused_with_what_can_be_done(way):
    def together(first, second, before=()):
        return protecting.protect(sums.Counts({"a": first, "b": second}), ROUND, earlier=before, method=way)

    assert together(3, 8).hidden == frozenset()
    with pytest.raises(protecting.CannotBeMet, match="merge rows or periods") as refused:
        together(3, 8, [sums.published(["a", "b"], 11)])  # 3 to 7 and 8 to 12 are 11 in one way only
    assert refused.value.offers == (protecting.MERGE, protecting.HIDE)
    assert refused.value.names == ("a", "b")
    together(4, 8, [sums.published(["a", "b"], 12)])
    together(3, 8, [sums.published(["a"], 3), sums.published(["b"], 8)])  # public as they are


@settings(max_examples=40)
@given(tables(3), st.data())
def test_the_attacker_cannot_work_out_a_number_that_is_only_rounded(rows, data):
    names = [(at, place) for at in range(len(rows)) for place in range(len(rows[0]))]
    parts = data.draw(st.lists(st.sampled_from(names), min_size=2, max_size=4, unique=True))
    before = sums.published(parts, sum(rows[at][place] for at, place in parts))
    try:
        done = protecting.protect(sums.grid(rows), ROUND, earlier=[before])
    except protecting.CannotBeMet:
        return
    limits = {name: ROUND.shown(value) for name, value in done.counts.values.items()}
    shown = {name: (one.least, one.most) for name, one in limits.items()}
    for name, (least, most) in shown.items():
        assert len(attacker.possible(shown, equations(done.counts), name, range(least, most + 1))) > 1
