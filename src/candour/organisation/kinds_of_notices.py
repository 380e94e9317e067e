"""The kinds of particular by which people are told: who is on duty, who is away, and how they are reached."""

import re
from dataclasses import dataclass
from datetime import time
from typing import Annotated, Any
from urllib.parse import urlsplit

from candour.organisation import cells
from candour.organisation.cells import Line, Mailbox, Ordinal, Slug, Yes
from candour.organisation.stated import Stated
from candour.rules import calendars

MAIL, WEBHOOK, SMS = "mail", "webhook", "sms"
MARKINGS = ("", "OFFICIAL", "OFFICIAL-SENSITIVE")
HERE = ("localhost", "127.0.0.1", "::1")
"""Hosts that may be called without https: this machine."""

Hour = Annotated[str, cells.of_form(r"([01]\d|2[0-3]):[0-5]\d", "a time such as 07:00")]


def _gateway(value: Any) -> str:
    """Read an address that may be called: https, or this machine; a secret in it stands as {secret}."""
    text = value.strip() if isinstance(value, str) else ""
    address = urlsplit(text)
    safe = address.scheme == "https" or (address.scheme == "http" and address.hostname in HERE)
    if not safe or not address.hostname or "@" in address.netloc or not re.fullmatch(r"[!-~]{1,300}", text):
        raise cells.Unlike("an address that begins with https://, without a name or password in it")
    return text


Gateway = Annotated[str, _gateway]
Telephone = Annotated[str, cells.of_form(r"\+?[0-9 ()-]{3,30}", "a telephone number such as +44 7700 900000")]


@dataclass(frozen=True)
class Duty(Stated):
    """Who is called first, and who stands in, by their e-mail addresses; a row for some days stands in for them."""

    kind = "duty"
    table = "duty"
    names = {"person": "", "deputy": ""}
    person: Mailbox = ""
    deputy: Mailbox = ""


@dataclass(frozen=True)
class Absence(Stated):
    """Somebody is away for the days of the row; its slug is any word of the body's own, without a name in it."""

    kind = "absence"
    table = "absences"
    key_field = "slug"
    names = {"person": ""}
    slug: Slug
    person: Mailbox = ""


@dataclass(frozen=True)
class Reachable(Stated):
    """The telephone to which a person's urgent text messages go."""

    kind = "reachable"
    table = "reachable"
    key_field = "slug"
    names = {"person": "", "telephone": ""}
    slug: Slug
    person: Mailbox = ""
    telephone: Telephone = ""


@dataclass(frozen=True)
class Notices(Stated):
    """How the body tells its people: always by mail, and what is urgent by one more way, until somebody acknowledges.

    `escalate_after` minutes the next one is asked. Between `quiet_from` and `quiet_until`, and on days that are none of
    work in `nations`, only what is urgent goes out. `content`: mails to those who may see an incident quote it.
    """

    kind = "notices"
    table = "notices"
    sender: Mailbox = ""
    marking: Annotated[str, cells.one_of(*MARKINGS)] = "OFFICIAL"
    webhook: Gateway = ""
    sms: Gateway = ""
    sms_sender: Line = ""
    escalate_after: Ordinal = 15
    content: Yes = False
    quiet_from: Hour = "20:00"
    quiet_until: Hour = "07:00"
    digest_at: Hour = "08:00"
    nations: Annotated[tuple[str, ...], cells.some_of(*calendars.NATIONS)] = ("ENG", "WLS")

    def __post_init__(self) -> None:
        if self.webhook and self.sms:
            raise ValueError("one more way beside the mail: a webhook or sms, not both")

    @property
    def second(self) -> str:
        """The way beside the mail, "" where there is none."""
        return WEBHOOK if self.webhook else SMS if self.sms else ""


def hour(text: str) -> time:
    """Give a time of day as the rules take it."""
    return time.fromisoformat(text)
