"""The places in an office file as a person knows them: its parts have names that only programs read."""

import re

_PLACES = (
    (r"docProps/(?:core|app)\.xml|meta\.xml", "the document's properties"),
    (r"docProps/custom\.xml", "the document's own properties"),
    (r"(?:word|xl|ppt)/settings\.xml|settings\.xml", "the document's settings"),
    (r"word/document\.xml|content(?:\.xml)?(?=,|$)", "the document"),
    (r"styles(?:\.xml)?(?=,|$)", "its headers, footers and styles"),
    (r"word/(header|footer|footnotes|endnotes)(\d*)\.xml", "{0} {1}"),
    (r"(?:word|xl|ppt)/(?:comments/)?(?:comments?|commentAuthors|authors|threadedComments|people|persons)\b[^,]*",
     "the comments"),
    (r"(?:xl|word|ppt)/(drawing|chart|diagram)s/[a-z]+(\d*)\.(?:xml|vml)", "{0} {1}"),
    (r"ppt/slides/slide(\d+)\.xml", "slide file {0}"),
    (r"ppt/notesSlides/notesSlide(\d+)\.xml", "notes of a slide, file {0}"),
    (r"ppt/slide(Layout|Master)s/slide\w+?(\d*)\.xml", "{0} {1} behind the slides"),
    (r"ppt/notesMasters/[^,]*", "the master of the notes"),
    (r"(?:docProps|Thumbnails)/thumbnail\.[a-z]+", "the small picture of its first page"),
    (r"xl/pivotCache/[^,]*", "the memory of a pivot table"),
    (r"xl/externalLinks/[^,]*", "a link to another workbook"),
    (r"customXml/item(\d*)\.xml", "custom XML {0}"),
)  # fmt: skip
_KNOWN = tuple((re.compile(pattern), words) for pattern, words in _PLACES)


def named(where: str) -> str:
    """Say a place in words, where it begins with the name of a part that has any; else as it is."""
    for pattern, words in _KNOWN:
        if found := pattern.match(where):
            said = words.format(*((one or "").lower() for one in found.groups())).strip()
            return said + where[found.end() :]
    return where
