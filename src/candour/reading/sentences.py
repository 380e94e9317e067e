"""Tells the sentences of a letter apart by their wording: what asks, answers, or takes leave."""

import re
from collections.abc import Sequence


def _any(*alternatives: str) -> str:
    return f"(?:{'|'.join(alternatives)})"


def _compiled(*alternatives: str) -> re.Pattern[str]:
    return re.compile(_any(*alternatives), re.IGNORECASE)


_COUNT = _any("how many", "how much", "how often", "(?:the )?(?:total )?numbers? of")
_TELL = _any(
    "tell", "provide", "send", "supply", "state", "confirm", "give", "let me (?:know|have)", "list", "disclose",
    "advise", "forward", "include", "specify", "share", "explain", "describe",
)  # fmt: skip
_OBJECT = _any(
    _COUNT, "whether", "what", "which", "who", "when", "why", "a copy of", "copies of", "details of", "please"
)
_QUESTION_WORD = _any(
    _COUNT, "a copy", "cop(?:y|ies)", "details", "the (?:date|name|cost|amount|total)s?", "what", "which", "who",
    "whether", "when", "where", "why", "how", "do you", "does", "did", "is there", "are there", "has", "have you",
    "are you", "any", "a (?:list|breakdown)", "your (?:policy|current)", _TELL,
)  # fmt: skip
_ASKS = _compiled(
    r"\?",
    rf"^(?:and )?{_QUESTION_WORD}\b",
    rf"\b(?:please|kindly)\b.*?\b{_TELL}\b",
    rf"\bI (?:would|should|'d) (?:like|wish|be grateful)\b.*?"
    rf"\b(?:know|see|receive|have|copy|copies|details|{_COUNT})\b",
    r"\b(?:request|requesting|ask|asking)(?: for)?\b.{0,40}?"
    rf"\b(?:details|copies|a copy|statistics|figures|data on|{_COUNT})\b",
    r"\b(?:could|can|would|will) you\b",
    r"\b(?:how many|how much)\b",
)
_FRAMES = re.compile(
    r"(?:dear\b.*?,\s*)?"
    + _any(
        "I am writing", "I write", "I would like to (?:make|submit|request)", "this is a", "I am making",
        "I wish to make", "under the (?:terms|freedom|provisions)", "please (?:treat|accept)", "in accordance with",
        "pursuant to",
    )
    + r"\b",
    re.IGNORECASE,
)  # fmt: skip
_HOUSEKEEPING = _compiled(
    r"\backnowledg", r"\bconfirm (?:safe )?receipt\b", r"\badvise and assist\b", r"\blook(?:ing)? forward\b",
    r"\bcontact me\b", r"\breply by\b", r"\b(?:refine|narrow)\b", r"\bclarif", r"\b(?:cost|appropriate) limit\b",
    r"\b(?:in|as) an? (?:excel|csv|electronic|spreadsheet|machine|pdf)\b", r"\b(?:by|via) e-?mail\b",
    r"\bwithin (?:20|twenty) working days\b", r"\bthank you\b", r"\bdo not hesitate\b", r"\bwithhold\b",
    r"\binternal review\b", r"\bany questions\b", r"^on .{6,80} wrote:", r"^(?:from|sent|to|cc|subject):",
)  # fmt: skip
_FAREWELL = _compiled(
    r"(?:yours|regards|sincerely|cheers)\b",
    r"(?:kind|best|warm|many) (?:regards|thanks|wishes)",
    r"thanks?\b(?! to)|thank you\b",
    r"I (?:would |should )?(?:look|hope|trust|understand|am happy|prefer|reserve)\b",
    r"I(?: am|'m) (?:grateful|aware)|we (?:hope|trust)\b",
    r"if you are (?:un|dis|not )|if (?:you (?:have|wish|require)|any|this|my|the|it)\b",
    r"you (?:may|can|have the right)\b.*\b(?:review|re-use|complain)",
    r"please (?:acknowledge|confirm receipt|reply|respond|contact|do not hesitate|quote|let me know if)",
    r"please send (?:your|the) (?:reply|response)",
    r"(?:please )?(?:provide|send) (?:the|this|your|all) (?:information|response|answers?|reply|data)\b"
    r".*\b(?:format|e-?mail|electronic\w*|csv|excel)\b",
    r"under (?:section|the)\b",
    r"on .{6,80} wrote:|-{2,}\s*$|_{5,}|sent from my|-+\s?original message",
)
_ADDS = _compiled(
    r"(?:please|where|note|by|this|including|only|not including|excluding|broken|split|an?)\b",
    r"if (?:so|yes|not|known|possible|available)\b",
    r"for (?:example|each|the purposes?)\b",
    r"e\.?g|i\.?e",
    r"I (?:mean|am (?:only )?interested|do not need)\b",
)
_NARROWS = _compiled(
    r"(?:could|can|would) you please (?:break|split)|please (?:also )?(?:break|split)\b",
    r"(?:please )?(?:could you )?(?:provide|give|include|supply) (?:me with )?(?:the |these |this |your )?"
    r"(?:figures|numbers|data|answers|statistics|totals?|a breakdown|breakdown)\b",
)
_BARE_ANSWER = r"(?:yes|no|nil|none|zero|not held|n/a|(?:approx\w*\.?|about|circa)?\s*\d[\d,]*)"
_ANSWERS = _compiled(
    r"yes|no|nil|none|zero|not held|n/a|approximately|about \d|\d|section \d|information (?:is )?not|this information",
    r"(?:we|our|there (?:were|was|are|have)) ",
    r"the (?:council|trust|authority|body|department|agency) ",
)
_ANSWERS_BELOW = r"(?:(?:[\w'’]+ ){0,2}(?:response|reply|decision)s?|(?:our|the) answers?|answers)\s*:?[\s\d/.-]*"
_REPLY_SIGNS = (
    (2, r"thank you for your (?:e-?mail|letter|request|enquiry|correspondence|freedom of information)"),
    (2, r"you (?:made|asked|requested|have asked|have requested|wrote)\b"),
    (2, r"your request (?:for information )?(?:was|has been|which we) received"),
    (2, r"request and response|(?:our|the \w+(?:'s|’s)?) (?:response|reply|answer)s?\s*:"),
    (2, rf"^{_ANSWERS_BELOW}$"),
    (1, r"internal review\b.*\b(?:undertaken|carried out|within|contact|writing)"),
    (1, r"you (?:may|can|have the right to) (?:ask|request|complain)"),
    (1, r"\byour ref"),
    (1, r"please find (?:attached|below|enclosed)|(?:we|I) can confirm|is not held|information is held"),
)
_ENOUGH_SIGNS = 2
_SENTENCE_END = re.compile(r"(?<=[?!])\s+|(?<=[a-z\d)”\"’'][.;])\s+(?=[A-Z“\"])|(?<=:)\s+(?=[A-Z])")
_APART = re.compile(
    rf"(?:,|;)?\s+(?=(?:and|together with|as well as)\s+(?:also\s+)?(?:please\s+)?{_OBJECT}\b)|;\s+(?={_OBJECT}\b)",
    re.IGNORECASE,
)
_LEAST_WORDS = 6


def asks(text: str) -> bool:
    """Say whether a sentence asks for something, with a question mark or in a requester's words."""
    return bool(_ASKS.search(text.strip()))


def announces_answers(text: str) -> bool:
    """Say whether a line stands above the answers: "Our response:"."""
    return bool(re.fullmatch(_ANSWERS_BELOW, text.strip(), re.IGNORECASE))


def narrows(text: str) -> bool:
    """Say whether a sentence only says how or for when an earlier question is to be answered."""
    return bool(_NARROWS.match(text.strip()))


def is_reply(texts: Sequence[str]) -> bool:
    """Say whether a letter reads as a reply in which a request is quoted, by its wording."""
    signs = sum(weight for weight, sign in _REPLY_SIGNS if any(re.search(sign, text, re.IGNORECASE) for text in texts))
    return signs >= _ENOUGH_SIGNS


def is_complete(text: str) -> bool:
    """Say whether a question's words may end here: every bracket closed and a mark at the end."""
    return text.count("(") <= text.count(")") and text.rstrip()[-1:] in tuple("?.!;):")


def adds_to_question(text: str) -> bool:
    """Say whether a sentence after a question goes on asking or narrows it: "If so, …", "Please include …"."""
    return not is_farewell(text) and bool(_ADDS.match(text) or asks(text))


def is_farewell(text: str) -> bool:
    """Say whether a line begins what people write after their questions, or after their answers."""
    return bool(_FAREWELL.match(text.strip()))


def split_answer(text: str, *, answered: bool) -> tuple[str, str]:
    """Split a line after its last question mark where an answer follows on the same line."""
    question, mark, rest = text.rpartition("?")
    rest = rest.strip()
    bare = re.fullmatch(rf"{_BARE_ANSWER}[.;]?", rest, re.IGNORECASE)
    if mark and rest and (bare or (answered and _ANSWERS.match(rest))):
        return question + mark, rest
    return text, ""


def split(paragraph: str) -> list[str]:
    """Split a paragraph into its sentences."""
    return [sentence for sentence in _SENTENCE_END.split(paragraph) if sentence.strip()]


def which_ask(texts: Sequence[str]) -> list[bool]:
    """Say of each sentence of an unnumbered letter whether it is a question that the body has to answer.

    "I am writing under the Act to request details of …" is one only where no other sentence asks.
    """
    plain = [asks(text) and not _HOUSEKEEPING.search(text) and text[-1:] != ":" for text in texts]
    pointed = [yes and not _only_frames(text) for yes, text in zip(plain, texts, strict=True)]
    return pointed if any(pointed) else plain


def apart(sentence: str) -> list[str]:
    """Split a sentence that asks for two things: "… how many breaches …, and how many people were affected"."""
    parts: list[str] = []
    for piece in _APART.split(sentence):
        if parts and len(parts[-1].split()) < _LEAST_WORDS:
            parts[-1] += f" {piece}"
        else:
            parts.append(piece)
    return parts


def _only_frames(text: str) -> bool:
    return bool(_FRAMES.match(text)) and not re.search(rf"\?|\b{_COUNT}\b", text, re.IGNORECASE)
