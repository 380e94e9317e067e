"""Where an office file points to: internal systems, file shares, people's mail, things fetched from elsewhere."""

from collections.abc import Iterator

from candour.screening.findings import Seen, Severity
from candour.screening.office.addresses import begun, is_internal
from candour.screening.office.packaged import check
from candour.screening.office.parts import Packaged

_REMOVE = "Remove the link, or point it to a public address"
_TOLD_ELSEWHERE = ("hyperlink", "externalLinkPath", "externalLink", "attachedTemplate", "mailMergeSource")


@check("internal-link", Severity.WARN, says="A link points to an internal system or a file share", do=_REMOVE)
def internal_links(opened: Packaged) -> Iterator[Seen]:
    for one in opened.package.all_relations():
        if one.external and is_internal(one.target):
            yield Seen(one.source, begun(one.target))


@check("mail-link", Severity.WARN, says="A link writes to a mail address", do=_REMOVE)
def mail_links(opened: Packaged) -> Iterator[Seen]:
    for one in opened.package.all_relations():
        if one.external and one.target.lower().startswith("mailto:"):
            yield Seen(one.source, f"mailto:{begun(one.target.removeprefix('mailto:')[:6])}")


@check(
    "fetched",
    Severity.BLOCK,
    says="The file fetches a thing from elsewhere when it is opened, or is linked to another file",
    do="Break the link, or paste the thing into the file",
)
def fetched(opened: Packaged) -> Iterator[Seen]:
    for one in opened.package.all_relations():
        if one.external and one.kind not in _TOLD_ELSEWHERE:
            yield Seen(one.source, begun(one.target))
