"""The template language of the pages: Jinja, with the components of GOV.UK Frontend and our words for days."""

import hashlib
from datetime import date, datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from candour.rules import years
from candour.rules.plurals import plural
from candour.web import wording
from candour.web.navigation import navigation
from candour.web.reporting import phrases

ASSETS = (
    "govuk/govuk-frontend.min.css",
    "govuk/govuk-frontend.min.js",
    "candour/candour.css",
    "candour/candour.js",
)


def environment(**options: Any) -> Environment:
    """Return the environment that Django's Jinja2 backend asks for."""
    components = PackageLoader("govuk_frontend_jinja")
    options["loader"] = ChoiceLoader([options["loader"], PrefixLoader({"govuk_frontend_jinja": components})])
    # the components read parameters that nobody gave
    options["undefined"] = ChainableUndefined
    made = Environment(**options)  # noqa: S701 - Django passes autoescape=True
    made.trim_blocks = made.lstrip_blocks = True
    made.globals.update(url=address, asset=asset, plural=plural, phrases=phrases.of, navigation=navigation)
    made.filters.update(day=day, weekday=weekday, shortday=shortday, moment=moment, number=number)
    made.filters.update(clocktime=clocktime, source=wording.source, brief=wording.brief)
    made.filters.update(tier=wording.tier, tierbasis=wording.TIER_BASES.get, nations=wording.nations)
    return made


def address(name: str, /, *args: object, **kwargs: object) -> str:
    """Return the address of a page by its name; a list of fifty rows and the frame ask for the same ones all day."""
    return _address(get_script_prefix(), name, args, tuple(kwargs.items()))


@lru_cache(maxsize=20_000)
def _address(prefix: str, name: str, args: tuple[object, ...], kwargs: tuple[tuple[str, object], ...]) -> str:  # noqa: ARG001 - the prefix is part of the answer
    return reverse(name, args=args or None, kwargs=dict(kwargs) or None)


@cache
def asset(name: str) -> str:
    """Return the address of a static file, with a version so that browsers may keep it for long."""
    return f"{static(name)}?v={version()}"


@cache
def version() -> str:
    """Return a digest over the static files that the pages use."""
    digest = hashlib.sha256()
    for name in ASSETS:
        found = finders.find(name)
        digest.update(Path(found).read_bytes() if isinstance(found, str) else b"")
    return digest.hexdigest()[:10]


def day(value: date | str) -> str:
    """Return a day in words: "10 March 2016"; a text is a day as JSON carries it."""
    return years.spoken(_day(value))


def weekday(value: date | str) -> str:
    """Return a day with its weekday, for everything that hangs on a deadline."""
    return years.spoken_with_weekday(_day(value))


@lru_cache(maxsize=20_000)
def shortday(value: date | str) -> str:
    """Return a day for a dense table: "10 Mar 2016"."""
    return f"{_day(value).day} {_day(value):%b %Y}"


def _day(value: date | str) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def moment(at: datetime) -> str:
    """Return a moment by the clock in London: "4 March 2016 at 09:12"."""
    here = at.astimezone(years.LONDON)
    return f"{years.spoken(here.date())} at {here:%H:%M}"


def clocktime(at: datetime) -> str:
    """Return the time of day in London: "14:20"."""
    return f"{at.astimezone(years.LONDON):%H:%M}"


def number(value: int | str | date) -> str:
    """Return a whole number with its thousands apart: "168,887,690"."""
    return f"{value:,}" if isinstance(value, int) else str(value)
