"""HTML: comments, elements that are not shown, data for programs, programs, and what is fetched from elsewhere."""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urlsplit

from lxml import etree

from candour.screening import kinds, markup
from candour.screening.families import Family
from candour.screening.findings import Grid, Seen, Severity, Text, masked
from candour.screening.inside import Inside
from candour.screening.plain_text import decoded

_HIDING = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0?\.?0*\s*(?:;|$|!)|font-size\s*:\s*[01](?:px|pt|em|%)?\s*(?:;|$|!)"
    r"|mso-hide\s*:\s*all|text-indent\s*:\s*-\d{3,}|(?:left|top|right)\s*:\s*-\d{3,}|clip(?:-path)?\s*:\s*(?:rect|inset)\([^)]*\)"
    r"|(?:max-)?(?:height|width)\s*:\s*[01]px",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?<![-\w])(background(?:-color)?|color)\s*:\s*([#\w(),. ]+)", re.IGNORECASE)
_RULE = re.compile(r"([^{}@]+)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([\w-]*)(?:([.#])([\w-]+))?")
_LAYOUT_ONLY = re.compile(r"\[(?:if|endif)\b", re.IGNORECASE)
_TELLING = re.compile(r"<o:(?:Author|LastAuthor|Company|Manager|Description|Keywords)>", re.IGNORECASE)
SILENT = frozenset(("script", "style", "template", "noscript", "head", "title", "meta", "link", "base"))
_FETCHING = {
    "img": "src",
    "script": "src",
    "iframe": "src",
    "frame": "src",
    "embed": "src",
    "audio": "src",
    "video": "src",
    "source": "src",
    "link": "href",
    "object": "data",
    "input": "src",
    "body": "background",
    "table": "background",
}
_TRACKED = re.compile(
    r"[?&](?:utm_\w+|mc_[ce]id|trk|track(?:ing)?|recipient|email|e|uid|sid|_hsenc|mkt_tok)=|safelinks\.protection\.outlook"
    r"|list-manage\.com|urldefense\.(?:proofpoint\.)?com|/(?:click|track|open)(?:/|\?|\.)",
    re.IGNORECASE,
)
_DATA = re.compile(r"data:([\w/+.-]*)((?:;[\w=-]+)*);base64,([\w+/=\s%]+)", re.IGNORECASE)
_ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "application/pdf": "pdf"}
_OUT = "Take it out, or send the page as PDF"


@dataclass(frozen=True)
class WebPage:
    """A page: its elements as browsers would build them."""

    root: etree._Element

    @cached_property
    def elements(self) -> list[etree._Element]:
        return [one for one in self.root.iter() if not callable(one.tag)]

    @cached_property
    def hidden(self) -> list[etree._Element]:
        """The elements that are not shown, whether they say something or not."""
        rules = list(_hiding_rules(self.elements))
        return [one for one in self.elements if _is_hidden(one, rules)]

    @cached_property
    def unseen(self) -> list[etree._Element]:
        """The outermost elements that are not shown and say something."""
        hidden = [one for one in self.hidden if words(one)]
        inside = {child for one in hidden for child in one.iterdescendants()}
        return [one for one in hidden if one not in inside]

    @cached_property
    def comments(self) -> list[str]:
        found = (str(one.text or "").strip() for one in self.root.iter(etree.Comment))
        return [text for text in found if text and (not _LAYOUT_ONLY.match(text) or _TELLING.search(text))]


def opened(content: bytes, _inside: Inside) -> WebPage:
    """Build a page. Raises Unreadable where nothing can be made of it."""
    declared = re.search(rb"<meta[^>]{0,200}?charset=[\"']?([\w-]+)", content[:2048], re.IGNORECASE)
    marked = content.startswith(b"\xef\xbb\xbf")
    text = _as_declared(content, declared[1].decode()) if declared and not marked else decoded(content)[0]
    return WebPage(markup.page(text.encode(), "utf-8"))


def _as_declared(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return decoded(content)[0]


def texts(page: WebPage) -> Iterator[Text]:
    hidden = set(page.unseen)
    yield Text("the page", shown(page.root, hidden))
    for one in page.unseen:
        yield Text(_place(one), words(one), hidden=True)
    yield Text("its comments", "\n".join(page.comments), hidden=True)
    attributes = (unquote(str(value)) for one in page.elements for name, value in one.items() if _tells(str(name)))
    yield Text("its attributes", "\n".join(attributes), hidden=True)
    yield Text("its links", "\n".join(unquote(str(one.get("href", ""))) for one in page.elements if one.tag == "a"))


def grids(page: WebPage) -> Iterator[Grid]:
    for number, table in enumerate((one for one in page.elements if one.tag == "table"), 1):
        rows = [[words(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
        yield Grid(f"table {number}", rows)


def parts(page: WebPage) -> Iterator[tuple[str, bytes]]:
    """Yield the files that lie inside the page as data (pictures, mostly)."""
    number = 0
    for one in page.elements:
        for name in ("src", "href", "data"):
            if match := _DATA.match(str(one.get(name, ""))):
                number += 1
                yield f"data {number}.{_ENDINGS.get(match[1].lower(), 'bin')}", _unpacked(match[3])


def data_of(address: str) -> bytes | None:
    """Return the bytes that lie in an address itself (`data:…`); None where it leads elsewhere."""
    match = _DATA.match(address)
    return _unpacked(match[3]) if match else None


def _unpacked(text: str) -> bytes:
    try:
        return base64.b64decode(unquote(text))
    except (binascii.Error, ValueError):
        return b"\0"


HTML = Family("html", (kinds.HTML,), opens=opened, texts=texts, grids=grids, parts=parts)


@HTML.check("comment", Severity.BLOCK, says="The page carries a comment that is not shown", do=_OUT)
def comments(page: WebPage) -> Iterator[Seen]:
    yield from (Seen("", masked(text)) for text in page.comments)


@HTML.check("hidden-element", Severity.BLOCK, says="The page holds something that is not shown", do=_OUT)
def hidden_elements(page: WebPage) -> Iterator[Seen]:
    yield from (Seen(_place(one), masked(words(one))) for one in page.unseen)


@HTML.check("hidden-value", Severity.BLOCK, says="A form carries a value that is not shown", do=_OUT)
def hidden_values(page: WebPage) -> Iterator[Seen]:
    for one in page.elements:
        if one.tag == "input" and str(one.get("type", "")).lower() == "hidden" and one.get("value"):
            yield Seen(f"field {masked(str(one.get('name', '')), 8)}", masked(str(one.get("value"))))


@HTML.check("data-attribute", Severity.WARN, says="An element carries data for programs (data-…)", do=_OUT)
def data_attributes(page: WebPage) -> Iterator[Seen]:
    for one in page.elements:
        for name, value in one.items():
            if str(name).startswith("data-") and value:
                yield Seen(f"{_place(one)} {name!s}", masked(str(value)))


@HTML.check("script", Severity.BLOCK, says="The page runs a program", do=_OUT)
def scripts(page: WebPage) -> Iterator[Seen]:
    for one in page.elements:
        runs = any(str(name).lower().startswith("on") for name, _ in one.items())
        links = any(str(value).strip().lower().startswith(("javascript:", "vbscript:")) for _, value in one.items())
        if one.tag in {"script", "object", "embed", "applet"} or runs or links:
            yield Seen(_place(one))


@HTML.check(
    "fetched", Severity.WARN, says="The page fetches something from elsewhere, which tells who reads it", do=_OUT
)
def fetched(page: WebPage) -> Iterator[Seen]:
    for one in page.elements:
        address = str(one.get(_FETCHING.get(str(one.tag), "src"), ""))
        if _is_elsewhere(address) and not (one.tag == "link" and one.get("rel") == "canonical"):
            yield Seen(_place(one), _host(address))
        elif one.tag == "style" and "url(http" in (one.text or "").replace(" ", "").replace("'", "").replace('"', ""):
            yield Seen(_place(one))


@HTML.check("tracking", Severity.WARN, says="A link or a picture tells who it was sent to", do=_OUT)
def tracking(page: WebPage) -> Iterator[Seen]:
    for one in page.elements:
        address = str(one.get("href" if one.tag == "a" else "src", ""))
        if _is_elsewhere(address) and (_TRACKED.search(address) or (one.tag == "img" and _is_dot(one))):
            yield Seen(_place(one), _host(address))


@HTML.check("property", Severity.WARN, says="The page names its author or the program it comes from", do=_OUT)
def properties(page: WebPage) -> Iterator[Seen]:
    for one in page.elements:
        name = str(one.get("name", "")).lower()
        if (
            one.tag == "meta"
            and name in {"author", "originator", "company", "keywords", "progid"}
            and one.get("content")
        ):
            yield Seen(name, masked(str(one.get("content"))))


def _hiding_rules(elements: Iterable[etree._Element]) -> Iterator[tuple[str, str, str]]:
    """Yield the element, the sign and the name (`p.note`) of each plain selector that a style sheet hides."""
    for one in elements:
        if one.tag == "style":
            for selectors, body in _RULE.findall(one.text or ""):
                if _HIDING.search(body):
                    found = (_SIMPLE.fullmatch(selector.strip()) for selector in selectors.split(","))
                    yield from ((match[1], match[2] or "", match[3] or "") for match in found if match and match[0])


def _is_hidden(one: etree._Element, rules: list[tuple[str, str, str]]) -> bool:
    if one.tag in {"template", "noscript"} or "hidden" in one.keys():  # noqa: SIM118 - an element is no mapping
        return True
    if one.tag == "details" and "open" not in one.keys():  # noqa: SIM118 - likewise
        return True
    if one.tag in SILENT or one.tag == "html":
        return False
    style = str(one.get("style", ""))
    return bool(_HIDING.search(style)) or _is_colourless(style) or any(_applies(rule, one) for rule in rules)


def _is_colourless(style: str) -> bool:
    colours = {name.lower().removesuffix("-color"): value.strip().lower() for name, value in _COLOUR.findall(style)}
    colour, behind = colours.get("color"), colours.get("background", "white")
    same = {"#fff": "white", "#ffffff": "white", "#000": "black", "#000000": "black"}
    return colour is not None and same.get(colour, colour) in {same.get(behind, behind), "transparent"}


def _applies(rule: tuple[str, str, str], one: etree._Element) -> bool:
    tag, sign, name = rule
    if tag and tag != one.tag:
        return False
    return not sign or (name in str(one.get("class", "")).split() if sign == "." else one.get("id") == name)


def words(one: etree._Element) -> str:
    return " ".join(" ".join(str(text) for text in one.itertext()).split())


def shown(root: etree._Element, hidden: set[etree._Element], *, tail: bool = True) -> str:
    """Return what an element shows, a block a line; with `tail` what follows it as well."""
    lines: list[str] = []
    waiting = [root]
    while waiting:
        one = waiting.pop()
        if not callable(one.tag) and one.tag not in SILENT and one not in hidden:
            lines.append((one.text or "").strip())
            waiting.extend(reversed(one))
        if tail or one is not root:
            lines.append((one.tail or "").strip())
    return "\n".join(line for line in lines if line)


def _place(one: etree._Element) -> str:
    return f"line {one.sourceline}, {one.tag}"


def _tells(name: str) -> bool:
    return name.startswith("data-") or name in {"title", "alt", "value", "content", "aria-label"}


def _is_elsewhere(address: str) -> bool:
    return address.strip().lower().startswith(("http:", "https:", "//", "ftp:"))


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # brackets that are no address
        return ""


def _is_dot(one: etree._Element) -> bool:
    return any(str(one.get(side, "")).strip().removesuffix("px") in {"0", "1"} for side in ("width", "height"))
