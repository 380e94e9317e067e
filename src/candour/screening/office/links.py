"""Where an office file points to: internal systems, file shares, people's mail, things fetched from elsewhere."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from candour.screening.findings import Seen, Severity, masked
from candour.screening.office.packaged import check
from candour.screening.office.parts import Packaged

_REMOVE = "Remove the link, or point it to a public address"
_INTERNAL_NAMES = re.compile(
    r"(^|\.)(intranet|sharepoint|confluence|jira|wiki|internal|localhost|servicedesk)(\.|$|-)|\.(local|lan|internal|intra|corp|home|gsi\.gov\.uk|gsx\.gov\.uk|pnn\.police\.uk)$",
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"(10|127|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)(\.\d{1,3}){1,3}")


@check("internal-link", Severity.WARN, says="A link points to an internal system or a file share", do=_REMOVE)
def internal_links(opened: Packaged) -> Iterator[Seen]:
    for one in opened.package.all_relations():
        if one.external and is_internal(one.target):
            yield Seen(one.source, masked(one.target, 12))


@check("mail-link", Severity.WARN, says="A link writes to a mail address", do=_REMOVE)
def mail_links(opened: Packaged) -> Iterator[Seen]:
    for one in opened.package.all_relations():
        if one.external and one.target.lower().startswith("mailto:"):
            yield Seen(one.source, masked(one.target, 9))


@check(
    "fetched",
    Severity.BLOCK,
    says="The file fetches a thing from elsewhere when it is opened, or is linked to another file",
    do="Break the link, or paste the thing into the file",
)
def fetched(opened: Packaged) -> Iterator[Seen]:
    for one in opened.package.all_relations():
        if one.external and one.kind not in (
            "hyperlink",
            "externalLinkPath",
            "attachedTemplate",
            "externalLink",
            "mailMergeSource",
        ):
            yield Seen(one.source, masked(one.target, 12))


def is_internal(address: str) -> bool:
    """Say whether an address is a file path, a share, a private network's, or has the name of an internal system."""
    if address.startswith(("\\\\", "//")) or re.match(r"[A-Za-z]:[\\/]|file:", address):
        return True
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return False
    return bool(host) and ("." not in host or bool(_INTERNAL_NAMES.search(host)) or bool(_PRIVATE.fullmatch(host)))
