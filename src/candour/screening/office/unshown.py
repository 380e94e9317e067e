"""What the XML of an office file carries that no program shows: remarks, instructions, elements of no known format."""

import re
from collections.abc import Callable, Iterable, Iterator

from lxml import etree

from candour.screening import markup
from candour.screening.findings import Unreadable
from candour.screening.office import elements
from candour.screening.office.elements import Element

_REMARK = re.compile(rb"<!--(.*?)-->|<\?(?!xml[ -]|mso-)(.*?)\?>", re.DOTALL)
_SPACE = re.compile(rb"""xmlns(?::[\w.-]+)?\s*=\s*["']([^"']*)["']""")
_KNOWN = re.compile(
    r"https?://(schemas\.(openxmlformats|microsoft|libreoffice)\.(org|com)|purl\.(oclc\.)?org|www\.w3\.org|(www\.)?openoffice\.org"
    r"|docs\.oasis-open\.org|ns\.adobe\.com|customooxmlschemas\.google\.com|schemas\.zotero\.org)/"
    r"|urn:(schemas-microsoft-com:|oasis:names:tc:|org:documentfoundation:names:)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_MOST = 32 << 20
_LETTERED = frozenset(("t", "delText", "instrText", "delInstrText"))
_PLACED = frozenset(
    ("align", "posOffset", "attrName", "fldData", "from", "to", "strVal", "f", "v", "text", "pt", "tableStyleId")
)
"""Elements of stories and slides whose text is a place, a formula or a name of what moves."""
_STORIES = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml|ppt/slides/[^/]+\.xml", re.IGNORECASE
)
_XML = re.compile(r"(?!Basic/|Scripts/|Dialogs/).*\.(xml|rels|svg|rdf)", re.IGNORECASE)
_ELSEWHERE = re.compile(r"customXml/.*|_xmlsignatures/.*|docMetadata/.*|.*\.vml", re.IGNORECASE)
"""Parts that checks of their own tell in any case."""


def in_part(part: str, content: bytes) -> Iterator[str]:
    """Yield what of an XML part no program shows. Nothing of parts that checks of their own tell in any case."""
    if not is_xml(part) or _ELSEWHERE.fullmatch(part):
        return
    plain = content.decode("utf-16", "replace").encode() if content.startswith((b"\xff\xfe", b"\xfe\xff")) else content
    yield from _remarks(plain)
    if any(not _KNOWN.match(space) for space in _spaces(plain)):
        yield from _of_unknown_formats(content)
    if part.lower().endswith((".svg", ".rdf")) or part.startswith("Configurations2/"):
        yield from _lettered(_root(content))
    if _STORIES.fullmatch(part) and len(content) <= _MOST and (root := _root(content)) is not None:
        yield from _stray(root)
        yield from _fallbacks(root)


def _spaces(content: bytes) -> set[str]:
    """Return the namespaces that an XML part declares; nearly always all at its begin, so the rest is but searched."""
    named = content if content.find(b"xmlns", _HEAD) >= 0 else content[: 2 * _HEAD]
    return {space.decode("utf-8", "replace") for space in set(_SPACE.findall(named)) if space}


_HEAD = 8_192


def is_xml(part: str) -> bool:
    """Say whether a part is looked through."""
    return _XML.fullmatch(part) is not None


def _remarks(content: bytes) -> Iterator[str]:
    if b"<!--" in content or content.count(b"<?") > 1:  # quickly, for there may be a hundred megabytes
        for found in _REMARK.finditer(content):
            yield from _with_letters([(found[1] or found[2] or b"").decode("utf-8", "replace")])


def _root(content: bytes) -> Element | None:
    try:
        return markup.parsed(content) if content.strip() else None
    except Unreadable:
        return None


def _of_unknown_formats(content: bytes) -> Iterator[str]:
    root = _root(content)
    for one in () if root is None else root.iter("*"):
        if _is_unknown(str(one.tag)):
            yield from _with_letters([one.text or "", *(str(value) for value in one.attrib.values())])
        yield from _with_letters(str(value) for name, value in one.attrib.items() if _is_unknown(str(name)))


def _is_unknown(name: str) -> bool:
    space = etree.QName(name).namespace
    return bool(space) and not _KNOWN.match(space or "") and space != "http://www.w3.org/XML/1998/namespace"


def _with_letters(texts: Iterable[str]) -> Iterator[str]:
    yield from (text for text in texts if _LETTERS.search(text))


def _lettered(root: Element | None) -> Iterator[str]:
    yield from _with_letters(one.text or "" for one in elements.named(root, "*"))


def _stray(root: Element) -> Iterator[str]:
    """Yield texts that stand where no program looks for letters."""
    for one in root.iter("*"):
        name = elements.local(one)
        if name not in _LETTERED and name not in _PLACED and "oMath" not in name:
            yield from _with_letters([one.text or ""])
        yield from _with_letters([one.tail or ""])


def _fallbacks(root: Element) -> Iterator[str]:
    """Yield what is there for older programs only, and says other than what present ones show."""
    for one in elements.named(root, "AlternateContent"):
        shown = " ".join(elements.text_of(choice, "t") for choice in elements.named(one, "Choice"))
        for fallback in elements.named(one, "Fallback"):
            text = elements.text_of(fallback, "t")
            if text.strip() and text.strip() not in shown:
                yield text


class LookedThrough:
    """What no program shows in the parts of one file: each part is looked through once, when it is first read."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def take(self, name: str, content: bytes) -> bytes:
        """Look through a part, unless that was done; the part as it is."""
        if name not in self._found:
            self._found[name] = list(in_part(name, content))
        return content

    def among(self, names: Iterable[str], read: Callable[[str], bytes]) -> Iterator[tuple[str, str]]:
        """Yield what was found, by part; parts in XML that nobody read yet are read for it."""
        for name in names:
            if name not in self._found and is_xml(name):
                read(name)
            yield from ((name, text) for text in self._found.get(name, ()))
