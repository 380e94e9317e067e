"""The few words that a letter sets by itself, in English and in Welsh."""

from datetime import date

_WELSH_MONTHS = (
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
    "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
)  # fmt: skip
_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def is_welsh(language: str) -> bool:
    return language.split("-")[0] == "cy"


def spoken(day: date, language: str) -> str:
    """Write a day as a letter does: 10 March 2016, 10 Mawrth 2016."""
    months = _WELSH_MONTHS if is_welsh(language) else _ENGLISH_MONTHS
    return f"{day.day} {months[day.month - 1]} {day.year}"


def page_words(language: str) -> tuple[str, str]:
    """Return the two words around the numbers in "Page 1 of 4"."""
    return ("Tudalen", "o") if is_welsh(language) else ("Page", "of")
