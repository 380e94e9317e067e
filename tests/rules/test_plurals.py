"""A number stands with its noun as people say it."""

from candour.rules.plurals import plural


def test_one_has_no_s_and_any_other_number_has_one():
    assert [plural(count, "incident") for count in (0, 1, 2, 1000)] == [
        "0 incidents", "1 incident", "2 incidents", "1,000 incidents",
    ]  # fmt: skip
    assert plural(1, "entry", "entries") == "1 entry"
    assert plural(-2, "action is", "actions are") == "-2 actions are"
