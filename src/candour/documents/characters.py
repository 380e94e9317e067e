"""Which characters may stand in a document: what no format can hold, or what would deceive the eye, is taken out."""

import re
import unicodedata

# XML 1.0 s.2.2 forbids most controls, lone surrogates and the two non-characters; a file that held one would not open.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# A byte-order mark says nothing inside a text; direction overrides make it read other than it is stored.
_DECEIVING = re.compile("[\ufeff\u202a-\u202e\u2066-\u2069]")
_UNKNOWN = re.compile("[\ue000-\uf8ff\ufdd0-\ufdef\U000f0000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n|[\r\u2028\u2029\x85]")
_SAFE_LINK = re.compile(r"(https?://|mailto:)\S+", re.IGNORECASE)
_LONGEST_LINK = 2_083  # more than any browser or office program follows
_URL = re.compile(r"(https?://|www\.)", re.IGNORECASE)


def printable(text: str) -> str:
    """Return the text as every format can hold it: lines end with a line feed, private characters become U+FFFD."""
    if text.isascii() and text.isprintable():  # nearly every cell of a long sheet
        return text
    text = _LINE_ENDS.sub("\n", text)
    return _UNKNOWN.sub("\ufffd", _DECEIVING.sub("", _FORBIDDEN.sub("", text)))


def safe_link(address: str | None) -> str | None:
    """Return the address if a letter may lead there (the web or a mailbox), else None."""
    address = printable(address or "").strip()
    return address if len(address) <= _LONGEST_LINK and _SAFE_LINK.fullmatch(address) else None


def breakable(text: str, longest: int = 64) -> str:
    """Let a word that is wider than its line break, by zero-width spaces; addresses also break at their own marks."""
    if len(text) <= longest:
        return text
    return re.sub(rf"\S{{{longest + 1},}}", lambda found: _broken(found[0], longest), text)


def _broken(word: str, longest: int) -> str:
    stretch = r"[^\s/.?&=_-]" if _URL.match(word) else r"\S"
    return re.sub(rf"({stretch}{{{longest // 2}}})(?={stretch})", "\\1\u200b", word)


def in_words(character: str) -> str:
    """Return what to print for a character that no typeface has: a symbol's name, nothing for a joiner, else U+FFFD."""
    kind = unicodedata.category(character)
    if kind.startswith("S"):
        return f"[{unicodedata.name(character, 'symbol').lower()}]"
    return "" if kind in {"Cf", "Mn"} else "\ufffd"
