"""The paragraph of a reply that says why small numbers are not given, drafted from the decision; a person reads it."""

from candour.rules.disclosure_control.rule import Rule

FOIA, FOISA = "foia", "foisa"

_LAW = {
    FOIA: (
        "40(2)",
        "section 40(2) of the Freedom of Information Act 2000, by virtue of section 40(3A)(a)",
        "This part of section 40 is absolute, so no public interest test applies.",
    ),
    FOISA: (
        "38(1)(b)",
        "section 38(1)(b) of the Freedom of Information (Scotland) Act 2002, read with section 38(2A)(a)",
        "This part of section 38 is absolute, so no public interest test applies.",
    ),
}


def section(regime: str) -> str:
    """Return the section of the body's law, as it is cited: "40(2)"."""
    return _LAW.get(regime, _LAW[FOIA])[0]


def draft(rule: Rule, *, regime: str, reason: str) -> str:
    """Return the paragraph under the body's law; `reason` is the path to a person that whoever decided wrote down.

    FOIA s.40(2), (3A)(a); FOISA s.38(1)(b), (2A)(a); UK GDPR Art. 5(1)(a), 6(1)(f).
    """
    _, exemption, absolute = _LAW.get(regime, _LAW[FOIA])
    return (
        f"{_what(rule)} Together with other information that is public or that others hold, the exact numbers could "
        f"identify living people and say something of them, and so would be their personal data.{_sentence(reason)} "
        f"We have therefore withheld them under {exemption}: to give them to the world would contravene the first data "
        "protection principle (Article 5(1)(a) of the UK GDPR). We considered what a motivated intruder is reasonably "
        "likely to do, and whether the legitimate interest in the exact numbers (Article 6(1)(f)) outweighs the "
        f"interests of those people; it does not, since the table as given answers the question. {absolute}"
    )


def _what(rule: Rule) -> str:
    if not rule.hiding:
        return f"Numbers in this table are rounded to the nearest {rule.base}."
    rounded = f" The other numbers are rounded to the nearest {rule.base}." if rule.base else ""
    ends = f"from {rule.hiding[0][0]} to {rule.hiding[-1][1]}"
    how = "given in bands" if rule.bands else "not given"
    return (
        f"Numbers {ends} are {how} in this table, and neither are others that would allow them to be worked out; "
        f"the key under the table says which mark stands for what.{rounded}"
    )


def _sentence(text: str) -> str:
    said = text.strip().rstrip(".")
    return f" {said[:1].upper()}{said[1:]}." if said else ""
