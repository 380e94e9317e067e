"""The second way: one HTTP POST to a webhook or text-message gateway, with a secret that is bound to its host."""

import json
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from candour.cli.notices.mail import NotSent
from candour.organisation.kinds_of_notices import HERE, SMS

if TYPE_CHECKING:
    from candour.incidents.queries.notices import Outbox, Parcel

SECONDS = 10
PLACE = "{secret}"


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Whoever answers with another address gets nothing more from us."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:  # noqa: ARG002 - the shape of the hook
        return None


def send(parcel: "Parcel", outbox: "Outbox", line: str, secrets: Path | None) -> None:
    """Post one line; NotSent unless it was taken (status 200 to 299) within ten seconds."""
    address = outbox.settings.sms if parcel.channel == SMS else outbox.settings.webhook
    content: dict[str, Any] = {"text": line}
    if parcel.channel == SMS:
        content |= {"to": parcel.to, "from": outbox.settings.sms_sender or None}
    try:
        with _opener().open(request(address, content, secrets), timeout=SECONDS):
            pass
    except urllib.error.HTTPError as refused:
        refused.close()
        raise NotSent(f"{urlsplit(address).hostname} answered {refused.code}") from refused
    except (OSError, ValueError) as fault:
        raise NotSent(f"{urlsplit(address).hostname} cannot be reached") from fault


def request(address: str, content: dict[str, Any], secrets: Path | None) -> urllib.request.Request:
    """Return what is posted: the secret stands in the address where it says {secret}, else in a header."""
    parts = urlsplit(address)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
        raise NotSent(f"{parts.hostname} is called by https only")
    secret = _secret(secrets, str(parts.hostname))
    headers = {"Content-Type": "application/json", "User-Agent": "candour"}
    if PLACE in address:
        if not secret:
            raise NotSent(f"there is no secret for {parts.hostname}; see CANDOUR_NOTICE_SECRETS_FILE")
        address = address.replace(PLACE, quote(secret, safe=""))
    elif secret:
        headers["Authorization"] = f"Bearer {secret}"
    body = json.dumps(content).encode()
    return urllib.request.Request(address, body, headers, method="POST")  # noqa: S310 - the scheme was looked at above


def _secret(path: Path | None, host: str) -> str:
    """The secret of a host from the file of lines HOST SECRET; never given to another host."""
    if path is None:
        return ""
    rows = [line.split(None, 1) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return next((row[1].strip() for row in rows if len(row) > 1 and row[0].lower() == host.lower()), "")


def _opener() -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_NoRedirects)
