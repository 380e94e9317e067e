"""How people write periods, as regular expressions: one alternative a way of writing, tried in this order."""

import re
from functools import cache

YEAR = r"(?:1[89]|2[0-2])\d\d"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?"
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
DAY_FIRST = rf"{_WEEKDAY}{_NTH}(?: of)? {MONTH}(?:,? {YEAR})?"
MONTH_FIRST = rf"{_WEEKDAY}{MONTH} {_NTH},? {YEAR}"
NUMBERS = rf"\d{{1,2}}([/.])\d{{1,2}}\1(?:{YEAR}|\d\d)"
_NUMBERS = rf"\d{{1,2}}[/.]\d{{1,2}}[/.](?:{YEAR}|\d\d)"
ISO = rf"{YEAR}-\d\d-\d\d"
MONTH_YEAR = rf"{MONTH}(?:,? (?:of )?{YEAR}| ?['’]\d\d|[-/](?:{YEAR}|\d\d))"
_DATED = rf"(?:{MONTH_FIRST}|{_WEEKDAY}{_NTH}(?: of)? {MONTH},? {YEAR}|{_NUMBERS}|{ISO})"

# Nothing may touch a number on either side that would make it part of a longer one: 2011-12-05, CAS-2014-17, £2000.
_FREE = r"(?<![\w/£$-])(?<!\d[.,:])"
_DONE = r"(?!\d|[/-]\d|[.,]\d{3}|\.\d|%)"
POINT = (
    rf"(?:(?:{MONTH_FIRST}|{DAY_FIRST}|{ISO}|{MONTH_YEAR}|{MONTH}|{YEAR}){_DONE}"
    rf"|(?:{_NUMBERS}|{ISO})(?!/?\d))"
)

NAMED = r"(?:financial|fiscal|tax|academic|school|calendar)"
_WORD = rf"(?:{NAMED} ?years?|f\.?/?y\.?s?|years?)(?: of| from| commencing| beginning| starting)?[ :(-]*"
PAIR = rf"(?:{YEAR} ?[/-] ?{YEAR}|{YEAR}[/-]\d\d|{YEAR} to {YEAR}|\d\d ?[/-] ?\d\d){_DONE}"
_UNTIL = r"(?: ?- ?| (?:to|until|till|through|up to) (?:the )?(?:end of )?)"
JOIN = rf"(?:,? (?:and|&|or) |[,;] ?|{_UNTIL}| )"
_FROM = r"(?:(?:from|between|during|starting) )?(?:the )?(?:(?:start|beginning) of )?"
_ONWARDS = r"(?:,? (?:onwards?|(?:to|until|till|-) (?:the )?(?:present(?: day)?|now|today|date))\b)"
ENDING = r"[ -](?:ending|ended|end|to)(?: on| in)? "
COUNTED = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
ORDINALS = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"

WAYS = {
    # A statute, a standard or a product is named by its year: Data Protection Act 1998, Windows 2000.
    "title": rf"\b(?:acts?|regulations?|regs|order|rules|measure|directive|code|convention|bill|foia?|foisa|dpa|pecr"
    rf"|eirs?|nis|hra|gdpr|duaa|windows|server|office|exchange|outlook|word|excel|sharepoint)(?: \([a-z ,&]+\))*"
    rf"(?: of)? {YEAR}\b",
    "ending": rf"\b(?:the )?(?:{NAMED} )?(?:years?|(?:12|twelve)(?: |-)months?){ENDING}"
    rf"{POINT}(?:(?:,|,? and|,? &) {YEAR}{_DONE})*",
    "quarter": rf"{_FREE}(?:(?:q|qtr|quarter)\.? ?[1-4]|{ORDINALS} quarter),?(?: -)?(?: of| in)?(?: the)? ?"
    rf"(?:{_WORD})?(?:{PAIR}|{YEAR}{_DONE})"
    rf"|{_FREE}(?:{_WORD})?(?:{PAIR}|{YEAR}),?(?: -)? ?(?:q|qtr|quarter)\.? ?[1-4]\b",
    "years": rf"(?:\b{_WORD})?\b(?:from|between) {YEAR}(?: ?- ?| to | and ){YEAR}{_DONE}",
    "open": rf"\b(?:since|after)(?: about| around)?(?: the)?(?: start of| beginning of| end of)?"
    rf" (?P<since>(?>(?:{_WORD})?{PAIR}|{POINT}))(?!{_UNTIL}{POINT}){_ONWARDS}?"
    rf"|\bfrom(?: the)?(?: start of| beginning of)? (?:(?P<onwards>(?:{_WORD})?{PAIR}|{POINT}){_ONWARDS}"
    rf"|(?P<from>(?>(?:{_WORD})?{PAIR}|{POINT}))(?!{JOIN}(?:{_WORD})?{PAIR}|{_UNTIL}{POINT}))",
    "until_now": rf"(?:\b{_WORD}|{_FREE})(?P<running>{PAIR}|{POINT}){_ONWARDS}",
    "relative": rf"\b(?:the )?(?:last|past|previous|preceding|most recent|this|current|present)"
    rf"(?: (?:complete|completed|full))?(?: {COUNTED})?(?: (?:complete|completed|full))?(?: {NAMED})?"
    rf" (?:years?|quarters?|months?)\b",
    "academic": rf"\b(?:academic|school) year[ :]*{PAIR},?"
    rf" (?:from|starting|beginning)(?: on)? {_NTH} {MONTH}(?! ?{YEAR})",
    "dates": rf"\bbetween (?:the )?(?:start of |beginning of )?{POINT} and (?:the )?(?:end of )?{POINT}"
    rf"|{_FREE}{_FROM}{POINT}{_UNTIL}{POINT}",
    "short": rf"\b{MONTH} \d\d{_UNTIL}{MONTH} \d\d{_DONE}(?!,? {YEAR})",
    "list": rf"(?:\b{_FROM}{_WORD}|{_FREE}{_FROM}){PAIR}(?:{JOIN}(?:f\.?/?y\.? ?)?{PAIR})*(?:\)? ?{NAMED} years?)?",
    "unclear": rf"\b(?:(?!calendar){NAMED} years?|f\.?/?y)[ :(-]*(?:{YEAR}|\d\d){_DONE}",
    "day": rf"{_FREE}{_DATED}{_DONE}",
    "month": rf"\b{MONTH_YEAR}{_DONE}",
    "year": rf"{_FREE}(?:calendar year )?{YEAR}{_DONE}(?!\w)(?: calendar year)?",
}


@cache
def scanner() -> re.Pattern[str]:
    """Compile all ways into one expression, when first needed: it takes as long as a whole deadline."""
    return re.compile("|".join(f"(?P<{name}>{way})" for name, way in WAYS.items()), re.IGNORECASE)
