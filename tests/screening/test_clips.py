"""What a clipping path leaves to be seen: letters outside of it are told, by either rule of PDF."""

from hypothesis import given
from hypothesis import strategies as st

from candour.screening import looking
from candour.screening.cleaning import renditions
from candour.screening.pdf.clips import Clip
from carriers.portable import AROUND, CIRCLE, LINE, SECRET, made
from screening.test_cleaning import nowhere

SQUARE = ((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0))
LENGTHS = st.floats(-20, 20, allow_nan=False)


@given(LENGTHS, LENGTHS)
def test_a_rectangle_shows_what_lies_in_it(x, y):
    inside = 0 < x < 10 and 0 < y < 10
    outside = not (0 <= x <= 10 and 0 <= y <= 10)
    for path in (SQUARE, SQUARE[::-1]):
        assert Clip(((path,),)).shows((x, y)) or not inside
        assert not (outside and Clip(((path,),)).shows((x, y)))


@given(LENGTHS, LENGTHS)
def test_two_paths_show_what_lies_in_both(x, y):
    moved = tuple((a + 5, b + 5) for a, b in SQUARE)
    both = Clip(((SQUARE,), (moved,)))
    assert both.shows((x, y)) == (Clip(((SQUARE,),)).shows((x, y)) and Clip(((moved,),)).shows((x, y)))
    assert both.box == (5, 5, 10, 10)


def test_a_hole_shows_nothing():
    hole = ((2.0, 2.0), (2.0, 8.0), (8.0, 8.0), (8.0, 2.0))
    clip = Clip(((SQUARE, hole),))
    assert not clip.shows((5, 5))
    assert clip.shows((1, 5))
    assert not clip.surely_shows((4, 4, 6, 6))


def test_only_the_letters_that_are_cut_off_are_told():
    content = made(LINE + "q 60 640 60 30 re W n " + SECRET + "Q")
    (found,) = looking.look(content, "page.pdf").findings
    assert found.code == "pdf.clipped-text"
    assert "od* se**" in found.what  # what nob|ody sees


def test_what_is_clipped_away_is_not_in_the_clean_rendition():
    for clip in ("60 690 300 30 re W n ", "0 0 0 0 re W n ", f"{AROUND}W* n "):
        clean = renditions.clean(made(LINE + "q " + clip + SECRET + "Q"), "page.pdf")
        assert nowhere("nobody", clean.content)
        assert looking.look(clean.content, clean.name).verdict == "clear"
    kept = renditions.clean(made(LINE + "q " + CIRCLE + "W n " + SECRET + "Q"), "page.pdf")
    assert not nowhere("nobody", kept.content)
