"""Whatever a letter holds, every word of it comes out somewhere."""

import json
import re
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from candour.reading import layout, particulars, questions, requests

PIECES = (
    "1a. How many members of staff do you have?",
    "1b) How many contractors have access?",
    "2. a) Is there a policy",
    "   b) Please send a copy of it.",
    "Q3a. Do you know how many incidents there were since April 2011? (Reported to the ICO",
    "as a DPA breach)",
    "Answer: Yes, No, Only since (date):",
    "Answer FY11-12: FY12-13: FY13-14: FY14-15:",
    "FY11-12: 37 FY12-13: 54",
    "4. Near misses",
    "a) How many in 2014/15?",
    "• whether you have a guideline",
    "Yes",
    "1800",
    "2011/12: 37",
    "Our response:",
    "A1. There were twelve.",
    "Thank you for your email of 28 February.",
    "Please tell me how many breaches there were, and how many people were affected.",
    "> quoted words > here",
    ">> 1. How many quoted laptops were lost?",
    "On 28 February 2016, somebody wrote:",
    "From: A Requester <someone@example.org>",
    "Sent: 28 February 2016 23:10",
    "Subject: Data breaches",
    "Your ref: 552901   Our ref: Gov/SB 17-03",
    "If you are unhappy you may ask for a review.",
    "Yours faithfully",
    "Page 1 of 2",
    "OFFICIAL",
    "\f",
    "",
    "",
    "",
)
WORD = re.compile(r"[a-z]{2,}|\d{2,}")
lines = st.lists(st.one_of(st.sampled_from(PIECES), st.text("ab (?).1:>•", max_size=20)), max_size=40)


def words(*pieces):
    return Counter(word for piece in pieces for word in WORD.findall(piece.lower()))


@given(lines)
@settings(max_examples=300, deadline=None)
def test_no_word_is_dropped(raw):
    kept, furniture = layout.lines(raw)
    letter = questions.take_apart(kept)
    inside = [
        piece
        for found in letter.questions
        for piece in (found.number, found.text, found.heading, *found.template, *found.given)
    ]
    outside = [*(line.text for line in letter.preamble), *letter.unread, *furniture]
    assert not words(*raw) - words(*inside, *outside)


@given(lines)
@settings(max_examples=60, deadline=None)
def test_json_of_any_text_holds_all_its_words(raw):
    text = "\n".join(["Letter", *raw])
    record = json.dumps(requests.read(text.encode(), "request.txt", today=None).as_json(), ensure_ascii=False)
    assert not set(words(text)) - set(words(record.replace("\\n", " ").replace("\\t", " ")))


@given(lines)
@settings(max_examples=60, deadline=None)
def test_particulars_are_words_of_the_letter(raw):
    found = particulars.read(raw, (), None, answered=True)
    assert not words(found.ours, found.theirs, found.subject) - words(*raw)
