"""What the reporting pages say, in the reporter's language, from one catalogue that a translator can read."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources

from django.http import HttpRequest

from candour.documents import wording
from candour.reading.days import Moment

LANGUAGES = ("en", "cy")

COOKIE = "candour-language"
"""The cookie that keeps the language somebody chose."""


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """Return every phrase by its name, with its words by language."""
    return tomllib.loads(resources.files(__package__).joinpath("phrases.toml").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Phrases:
    """The catalogue in one language: `say("harm.question")`; a name that is none is a KeyError."""

    language: str = "en"

    def __call__(self, name: str, **values: object) -> str:
        return catalogue()[name][self.language].format_map(values)

    def known(self, name: str) -> str:
        """Return a phrase, or nothing where the catalogue has none of that name."""
        return self(name) if name in catalogue() else ""

    def day(self, day: date) -> str:
        """Return a day in words: 10 March 2016, 10 Mawrth 2016."""
        return wording.spoken(day, self.language)

    def moment(self, moment: Moment | None) -> str:
        """Return a moment as it was told: "about 10 March 2016", "10 March 2016 at 14:20", "I do not know"."""
        if moment is None:
            return self("moment.unknown")
        said = self.day(moment.day)
        if moment.at:
            said = self("moment.at", day=said, time=f"{moment.at:%H:%M}")
        return said if moment.precision == "exact" else self("moment.about", day=said)


def of(request: HttpRequest | None) -> Phrases:
    """Return the phrases in the language that somebody chose, here or earlier; English where they chose none."""
    chosen = request and (request.GET.get("lang") or request.COOKIES.get(COOKIE))
    return Phrases(chosen if chosen in LANGUAGES else LANGUAGES[0])
