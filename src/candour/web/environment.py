"""The template language of the pages: Jinja, with the components of GOV.UK Frontend and our words for days."""

import hashlib
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader, PrefixLoader

from candour.rules import years

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
    made.globals.update(url=address, asset=asset)
    made.filters.update(day=years.spoken, weekday=years.spoken_with_weekday, moment=moment, number=number)
    return made


def address(name: str, *args: object, **kwargs: object) -> str:
    """Return the address of a page by its name."""
    return reverse(name, args=args or None, kwargs=kwargs or None)


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


def moment(at: datetime) -> str:
    """Return a moment by the clock in London: "4 March 2016 at 09:12"."""
    here = at.astimezone(years.LONDON)
    return f"{years.spoken(here.date())} at {here:%H:%M}"


def number(value: int | str | date) -> str:
    """Return a whole number with its thousands apart: "168,887,690"."""
    return f"{value:,}" if isinstance(value, int) else str(value)
