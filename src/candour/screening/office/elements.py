"""Small questions to XML elements that ask for local names: producers differ in prefixes and in namespaces."""

from collections.abc import Iterator

from lxml.etree import _Element

Element = _Element
"""An element of a parsed document."""

_TRUE = {"1", "true", "on", "t"}
_FALSE = {"0", "false", "off", "none"}


def local(element: Element) -> str:
    """Return an element's name without its namespace; "" for comments and instructions."""
    tag: object = element.tag  # a function, for a comment
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def named(root: Element | None, *names: str) -> Iterator[Element]:
    """Yield all elements of these local names below a root, and the root itself where it has one of them."""
    if root is not None:
        yield from root.iter(*(f"{{*}}{name}" for name in names))


def first(root: Element | None, *names: str) -> Element | None:
    """Return the first element of these names in a tree, or None."""
    return next(named(root, *names), None)


def child(element: Element | None, name: str) -> Element | None:
    """Return the first child of that local name, or None."""
    return None if element is None else element.find(f"{{*}}{name}")


def value(element: Element | None, name: str, otherwise: str = "") -> str:
    """Return an attribute by its local name, in whichever namespace it stands."""
    if element is None:
        return otherwise
    plain = element.get(name)
    if plain is not None:
        return str(plain)
    return next((str(text) for key, text in element.attrib.items() if str(key).endswith(f"}}{name}")), otherwise)


def is_on(element: Element | None, name: str) -> bool:
    """Say whether an attribute says yes."""
    return value(element, name).lower() in _TRUE


def is_set(element: Element | None) -> bool:
    """Say whether a switch of WordprocessingML is on: `<w:vanish/>` is, `<w:vanish w:val="0"/>` is not."""
    return element is not None and value(element, "val", "1").lower() not in _FALSE


def text_of(element: Element | None, *names: str) -> str:
    """Return the text of all elements of these names below an element, one after another (all text without names)."""
    if element is None:
        return ""
    if not names:
        return "".join(str(piece) for piece in element.itertext())
    return "".join(one.text or "" for one in named(element, *names))


def said(root: Element | None, *names: str) -> Iterator[str]:
    """Yield what elements of these names say below a root: their attributes, and their text."""
    for one in named(root, *names):
        yield from (str(text) for text in one.attrib.values() if len(text) > _SWITCH)
        if one.text and one.text.strip():
            yield one.text


_SWITCH = 3
"""Letters up to which an attribute is a number or a switch, and says nothing."""


def whole(text: str, otherwise: int = 0) -> int:
    """Return a whole number; what is none, or has more than 18 digits, is `otherwise`."""
    digits = text[1:] if text[:1] in "+-" else text
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) <= 18 else otherwise  # noqa: PLR2004


def decimal(text: str, otherwise: float = 0.0) -> float:
    """Return a number with a point; what is none is `otherwise`."""
    try:
        return float(text)
    except ValueError:
        return otherwise
