"""A long list of a report is read as it was written, in memory or in its file."""

import pytest

from candour.incidents import piles


@pytest.mark.parametrize("kept", [16, piles.IN_MEMORY])
def test_things_are_read_by_place_and_in_order_also_between_two_that_are_put_on(monkeypatch, kept):
    monkeypatch.setattr(piles, "IN_MEMORY", kept)
    pile = piles.Pile(tuple)
    pile.extend((row, f"£{row}\n") for row in range(50))
    assert (pile[3], pile[-1], pile[1:3]) == ((3, "£3\n"), (49, "£49\n"), [(1, "£1\n"), (2, "£2\n")])
    pile.append((50, ""))
    assert list(pile) == [*((row, f"£{row}\n") for row in range(50)), (50, "")]
    assert (len(pile), bool(pile), bool(piles.Pile(tuple))) == (51, True, False)
