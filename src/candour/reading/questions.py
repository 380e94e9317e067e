"""Finds the questions in a letter's lines: where each begins and ends, and what was written under it."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from candour.reading import layout, numbering, sentences, templates
from candour.reading.layout import Line


@dataclass
class Found:
    """A question as it stands in the letter: its text, its template lines, and what was left under it as an answer."""

    number: str
    text: str = ""
    heading: str = ""
    template: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return the number as it is compared: 1a."""
        return numbering.key(self.number)


@dataclass
class Letter:
    """A letter taken apart; every line is in exactly one place."""

    preamble: list[Line] = field(default_factory=list)
    questions: list[Found] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    answered: bool = False


@dataclass
class _Stretch:
    """The lines from one question's opening to the next one's."""

    number: str
    lines: list[Line]
    heading: str = ""


def take_apart(lines: Sequence[Line]) -> Letter:
    """Take a letter apart: numbered questions where it numbers them, else the sentences that ask."""
    lines = [Line(piece, line.depth, line.first) for line in lines for piece in numbering.split_glued(line.text)]
    answered = sentences.is_reply([line.text for line in lines])
    depth = _depth(lines)
    found = _Divider(lines, depth)
    stretches = found.stretches
    if not stretches:
        return _in_prose(lines, depth, answered=answered)
    answered = answered or _answers_stand_between(stretches)
    letter = Letter(preamble=found.before, unread=found.headings, answered=answered)
    for stretch in stretches:
        _add(letter, _Reader(stretch, depth, answered=letter.answered, last=stretch is stretches[-1]))
    return letter


# ---- where questions begin ----


def _depth(lines: Sequence[Line]) -> int:
    """Return the depth of quotation that holds the questions: where most of them open, the outermost of equals."""
    numbered = Counter(line.depth for at, line in enumerate(lines) if _is_numbered_question(lines, at))
    asking = Counter(line.depth for line in lines if sentences.asks(line.text))
    for counts in (numbered, asking):
        if counts:
            return max(counts, key=lambda depth: (counts[depth], -depth))
    return 0


def _is_numbered_question(lines: Sequence[Line], at: int) -> bool:
    opening = numbering.opening(lines[at].text)
    return opening is not None and opening.style != "bullet" and sentences.asks(_paragraph(lines, at, opening.rest))


def _paragraph(lines: Sequence[Line], at: int, rest: str) -> str:
    """Return a line with the wrapped lines below it, up to the next paragraph or numbered line."""
    texts = [rest]
    for line in lines[at + 1 :]:
        if line.first or line.depth != lines[at].depth or numbering.opening(line.text):
            break
        texts.append(line.text)
    return layout.joined(texts)


class _Divider:
    """Goes through the lines and tells those that open a question or head some from those that only go on."""

    def __init__(self, lines: Sequence[Line], depth: int) -> None:
        self.before: list[Line] = []
        self.stretches: list[_Stretch] = []
        self.headings: list[str] = []
        self._lines, self._depth = lines, depth
        self._above = self._heading = ""
        self._introduced = self._replying = False
        for at, line in enumerate(lines):
            self._take(at, line)

    def _take(self, at: int, line: Line) -> None:
        opening = numbering.opening(line.text) if line.depth == self._depth else None
        if opening and self._begins_section(at, opening):
            self._above, self._heading = f"{opening.number}. a)", opening.rest
            self.headings.append(line.text)
        elif opening and (self._begins_question(at, opening) or self._begins_answer(opening)):
            self._open(line, opening)
        elif self.stretches:
            self._go_on(line)
        else:
            self._introduced = line.text.endswith(":")
            self.before.append(line)

    def _open(self, line: Line, opening: numbering.Opening) -> None:
        self._above = numbering.below(self._above, opening)
        self._heading = self._heading if opening.style == "sub" else ""
        rest = [Line(opening.rest, line.depth)] if opening.rest else []
        self.stretches.append(_Stretch(self._above, rest, self._heading))

    def _go_on(self, line: Line) -> None:
        self._introduced = self._introduced and not line.first
        if sentences.announces_answers(line.text):
            self._replying = True
            self.headings.append(line.text)
        else:
            self.stretches[-1].lines.append(line)

    def _begins_section(self, at: int, opening: numbering.Opening) -> bool:
        """A numbered line directly above "a)" is a heading where it asks nothing itself."""
        after = numbering.opening(self._lines[at + 1].text) if at + 1 < len(self._lines) else None
        below = after is not None and after.style == "sub" and after.sub in ("a", "i")
        return opening.style == "main" and below and "?" not in opening.rest

    def _begins_question(self, at: int, opening: numbering.Opening) -> bool:
        text = _paragraph(self._lines, at, opening.rest)
        if not text and at + 1 < len(self._lines):
            text = _paragraph(self._lines, at + 1, self._lines[at + 1].text)
        if templates.is_answer(text) and opening.style != "letter":
            return False
        if opening.style in ("weak", "capital"):
            return sentences.asks(opening.rest)
        return bool(text) and (sentences.asks(text) or self._introduced or opening.style == "letter")

    def _begins_answer(self, opening: numbering.Opening) -> bool:
        """After "Our response:" a number that a question had stands before its answer."""
        known = any(numbering.key(stretch.number) == opening.key for stretch in self.stretches)
        return self._replying and bool(opening.key) and known


def _answers_stand_between(stretches: Sequence[_Stretch]) -> bool:
    """Two bare answers under the questions show that somebody has answered already."""
    bare = sum(any(templates.is_answer(line.text) for line in stretch.lines[1:]) for stretch in stretches)
    return bare > 1


# ---- where a question ends ----


class _Reader:
    """Reads one stretch line by line: first the question's text, then its template, then what was answered."""

    def __init__(self, stretch: _Stretch, depth: int, *, answered: bool, last: bool) -> None:
        self.found = Found(stretch.number, heading=stretch.heading)
        self.after: list[str] = []
        self._texts: list[str] = []
        self._given: list[Line] = []
        self._depth, self._answered, self._last = depth, answered, last
        self._place = "text"
        for line in _mended(stretch.lines):
            self._take(line)
        self.found.text = layout.joined(self._texts)
        self.found.given = layout.rejoined(self._given)

    def _take(self, line: Line) -> None:
        if self._place == "after" or self._is_farewell(line):
            self._place = "after"
            self.after.append(line.text)
        elif templates.begins(line.text) and line.depth == self._depth:
            self._take_template(line.text)
        elif self._place == "text" and self._continues(line):
            self._take_text(line.text)
        elif self._is_given(line):
            self._place = "given"
            self._given.append(line)
        else:
            self.after.append(line.text)

    def _take_text(self, text: str) -> None:
        text, template = templates.split_glued(text)
        question, said = sentences.split_answer(text, answered=self._answered)
        self._texts += [question] if question else []
        self._given += [Line(said)] if said else []
        if template:
            self._take_template(template)
        elif said:
            self._place = "given"

    def _take_template(self, text: str) -> None:
        template, filled = templates.split_filled(text)
        self.found.template += [template] if template else []
        self._given += [Line(filled)] if filled else []
        self._place = "given" if filled else "template"

    def _continues(self, line: Line) -> bool:
        """Say whether a line still belongs to the question's own words."""
        so_far = layout.joined(self._texts)
        if line.depth != self._depth:
            return False
        bracket_open = so_far.count("(") > so_far.count(")") and not line.first
        if not so_far or bracket_open or line.text.startswith("("):
            return True
        if templates.is_answer(line.text) or numbering.is_answer_label(line.text):
            return False
        if not sentences.is_complete(so_far):
            return not line.first or line.text[:1].islower()
        if self._answered:
            return not line.first and sentences.asks(line.text) and not sentences.is_farewell(line.text)
        return not line.first or (sentences.adds_to_question(line.text) and not self._last)

    def _is_given(self, line: Line) -> bool:
        said = templates.is_answer(line.text) or numbering.is_answer_label(line.text)
        return self._answered or line.depth != self._depth or said

    def _is_farewell(self, line: Line) -> bool:
        complete = self._place != "text" or sentences.is_complete(layout.joined(self._texts))
        return self._last and (complete or line.first) and bool(self._texts) and sentences.is_farewell(line.text)


def _mended(lines: Sequence[Line]) -> list[Line]:
    """Put template lines that were wrapped together again."""
    mended: list[Line] = []
    for line in lines:
        if mended and not line.first and templates.goes_on(mended[-1].text, line.text):
            mended[-1] = Line(f"{mended[-1].text} {line.text}", mended[-1].depth, mended[-1].first)
        else:
            mended.append(line)
    return mended


def _add(letter: Letter, reader: _Reader) -> None:
    """Put a question with the others; a number that comes again brings an answer to its question."""
    found = reader.found
    earlier = next((known for known in letter.questions if found.key and known.key == found.key), None)
    if earlier is None or ("?" in found.text and _plain(found.text) != _plain(earlier.text)):
        letter.questions.append(found)
    else:
        again = [found.text] if _plain(found.text) != _plain(earlier.text) else []
        earlier.given += [text for text in (*again, *found.given) if text]
        letter.unread += [f"{found.number} {text}" for text in ([] if again else [found.text])] + found.template
        letter.answered = True
    letter.unread += reader.after


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text.lower())


# ---- questions that nobody numbered ----


def _in_prose(lines: Sequence[Line], depth: int, *, answered: bool) -> Letter:
    letter = Letter(answered=answered)
    pieces = [(line, sentence) for line in _unwrapped(lines) for sentence in _sentences(line.text)]
    asking = sentences.which_ask([sentence if line.depth == depth else "" for line, sentence in pieces])
    for (line, sentence), asks in zip(pieces, asking, strict=True):
        if asks and letter.questions and sentences.narrows(sentence):
            letter.questions[-1].text += f" {sentence}"
        elif asks:
            letter.questions += [Found("", *_glued(part)) for part in sentences.apart(_without_bullet(sentence))]
        elif not letter.questions:
            letter.preamble.append(Line(sentence, line.depth, line.first))
        elif templates.begins(sentence) and not letter.questions[-1].given:
            _under(letter.questions[-1], sentence)
        elif answered and not sentences.is_farewell(sentence) and not letter.unread:
            letter.questions[-1].given.append(sentence)
        else:
            letter.unread.append(sentence)
    return letter


def _sentences(text: str) -> list[str]:
    return [text] if templates.begins(text) else sentences.split(text)


def _glued(part: str) -> tuple[str, str, list[str]]:
    text, template = templates.split_glued(part)
    return text, "", [template] if template else []


def _under(question: Found, line: str) -> None:
    template, filled = templates.split_filled(line)
    question.template += [template] if template else []
    question.given += [filled] if filled else []


def _without_bullet(sentence: str) -> str:
    opening = numbering.opening(sentence)
    return opening.rest if opening and opening.style == "bullet" else sentence


def _unwrapped(lines: Sequence[Line]) -> Iterator[Line]:
    """Put the wrapped lines of each paragraph together; a bullet and a line of labels begin anew."""
    paragraph: list[Line] = []
    for line in lines:
        opening = numbering.opening(line.text)
        anew = line.first or templates.begins(line.text) or (opening is not None and opening.style == "bullet")
        if paragraph and (anew or line.depth != paragraph[0].depth):
            yield Line(layout.joined([one.text for one in paragraph]), paragraph[0].depth, paragraph[0].first)
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield Line(layout.joined([one.text for one in paragraph]), paragraph[0].depth, paragraph[0].first)
