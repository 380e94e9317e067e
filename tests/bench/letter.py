"""How long a letter takes: thirteen questions with their tables on three pages, warm, in each of its four formats.

Run it with `python tests/bench/letter.py`; it needs no database.
"""

import itertools
import sys
from datetime import date

import _ground

from candour.documents import blocks, letter

FOUR_FORMATS, PDF = 0.3, 0.05
TIMES = 15
WRITERS = {"pdf": letter.pdf, "docx": letter.docx, "odt": letter.odt, "html": letter.html}
YEARS = ("2011/12", "2012/13", "2013/14", "2014/15")


def reply(number: int) -> blocks.Letter:
    """A reply of the usual size; each its own, so that nothing is remembered from the one before."""
    return blocks.Letter(
        title="Reply to your request of 28 February 2016, Gov/CAF 16-014",
        language="en-GB",
        sender_name="Sample Body",
        letterhead=("1 Sample Street", "Sampleton", "SA1 1AA", "Tel 01632 960000"),
        references=(("Our ref", "Gov/CAF 16-014"),),
        dated=date(2016, 3, 10),
        addressee=("A requester",),
        subject="Freedom of Information request",
        blocks=tuple(block for question in range(1, 14) for block in answer(question + number)),
        signature=("Governance team", "governance@sample-body.example"),
        footer=("Chair", "Chief Executive"),
        last_line=f"Figures as at 28 February 2016 · record no. {number} · 3f9a0c",
    )


def answer(number: int) -> tuple[blocks.Block, ...]:
    """One question with a sentence, a table and its basis."""
    return (
        blocks.Question(f"{number}.", "How many incidents did you record in each of the last four financial years?"),
        blocks.Paragraph.of("The table shows the number of incidents recorded in each year."),
        blocks.Table("Incidents recorded", YEARS, (tuple(str(number * year) for year in (37, 54, 75, 81)),)),
        blocks.Note("Counted by the day on which the incident was logged, as the register stood on 28 February 2016."),
    )


def main() -> None:
    replies = map(reply, itertools.count(1))
    took = {name: _ground.median(lambda write=write: write(next(replies)), TIMES) for name, write in WRITERS.items()}
    busy = _ground.processor(lambda: letter.pdf(next(replies)), TIMES)
    each = ", ".join(f"{name} {seconds * 1e3:.0f} ms" for name, seconds in took.items())
    whole = sum(took.values())
    _ground.line(
        "a letter in four formats", f"{whole * 1e3:.0f} ms", f"under {FOUR_FORMATS} s", met=whole < FOUR_FORMATS
    )
    _ground.line(
        "  its PDF",
        f"{took['pdf'] * 1e3:.0f} ms, {busy * 1e3:.0f} ms of processor time",
        f"under {PDF * 1e3:.0f} ms",
        met=took["pdf"] < PDF,
    )
    print(f"  {each}")


if __name__ == "__main__":
    sys.exit(main())
