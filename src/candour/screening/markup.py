"""XML and HTML of strangers, parsed without entities, without a document type's files and without a network."""

from lxml import etree, html

from candour.screening.findings import Unreadable


def parsed(content: bytes) -> etree._Element:
    """Return the root of an XML document. Raises Unreadable where it is broken or declares entities."""
    refuse_entities(content)
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError as fault:
        raise Unreadable("a part of it is no sound XML") from fault


def refuse_entities(content: bytes) -> None:
    """Raise Unreadable where an XML document has a document type: office files never do, attacks often do."""
    begin = content[:4096]
    if b"<!DOCTYPE" in begin or b"<\0!\0D\0O\0C" in begin or b"\0<\0!\0D\0O" in begin or b"<!ENTITY" in content:
        raise Unreadable("its XML declares a document type or entities")


def page(content: bytes, encoding: str | None = None) -> etree._Element:
    """Return the root of an HTML page, mended as browsers mend it; without an encoding the page says which it has.

    Raises Unreadable where nothing is left.
    """
    try:
        return html.document_fromstring(content, parser=html.HTMLParser(no_network=True, encoding=encoding))
    except (etree.ParserError, etree.XMLSyntaxError) as fault:
        raise Unreadable("it is no page that can be read") from fault
