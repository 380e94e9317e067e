"""The few words that a letter sets by itself, in English and in Welsh."""

from datetime import date

from candour.rules import years

_WELSH_MONTHS = (
    "Ionawr", "Chwefror", "Mawrth", "Ebrill", "Mai", "Mehefin",
    "Gorffennaf", "Awst", "Medi", "Hydref", "Tachwedd", "Rhagfyr",
)  # fmt: skip


def is_welsh(language: str) -> bool:
    return language.split("-", maxsplit=1)[0] == "cy"


def spoken(day: date, language: str) -> str:
    """Write a day as a letter does: 10 March 2016, 10 Mawrth 2016."""
    return f"{day.day} {_WELSH_MONTHS[day.month - 1]} {day.year}" if is_welsh(language) else years.spoken(day)


def page_words(language: str) -> tuple[str, str]:
    """Return the two words around the numbers in "Page 1 of 4"."""
    return ("Tudalen", "o") if is_welsh(language) else ("Page", "of")
