"""Runs the typesetter: one compiler for each template, kept, and the characters that it says no typeface has."""

import re
import threading
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from candour.documents import characters

if TYPE_CHECKING:
    import typst

_FOLDER = Path(__file__).parent
_one_at_a_time = threading.Lock()  # a compiler may not be entered twice
_UNSETTABLE = re.compile(r'(?:the text|disallowed codepoint) `"(.+?)"`')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


class Unsettable(Exception):  # noqa: N818 - what the text is, for whoever sets it in another way instead
    """Characters that no typeface of ours has."""

    def __init__(self, characters: set[str]) -> None:
        super().__init__(f"no typeface has {' '.join(sorted(characters))}")
        self.characters = characters


def compiled(template: str, sys_inputs: dict[str, str], **how: Any) -> bytes:
    """Return what a template makes of its inputs. Raises Unsettable for characters that no typeface has."""
    import typst  # noqa: PLC0415 - a process that makes no PDF does not pay for it

    try:
        with _one_at_a_time:
            made = _compiler(template).compile(sys_inputs=sys_inputs, **how)
    except typst.TypstError as error:
        if unknown := _named_in(error.diagnostic):
            raise Unsettable(unknown) from error
        raise
    assert isinstance(made, bytes)  # noqa: S101 - no output path: typst's signature cannot say so
    return made


def in_our_letters(template: str, name: str, data: str, **how: Any) -> bytes:
    """Return the PDF/UA-1 that a template makes of JSON; a character that no typeface has stands as `in_words` says it.

    The typefaces have all of ASCII, of which the JSON itself is written.
    """
    while True:
        try:
            return compiled(template, {name: data}, format="pdf", pdf_standards="ua-1", **how)
        except Unsettable as unsettable:
            unknown = {one for one in unsettable.characters & set(data) if not one.isascii()}
            if not unknown:
                raise
            for character in unknown:
                data = data.replace(character, characters.in_words(character))


def _named_in(diagnostic: str) -> set[str]:
    return set(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), "".join(_UNSETTABLE.findall(diagnostic))))


@cache
def _compiler(template: str) -> "typst.Compiler":
    import typst  # noqa: PLC0415 - as above

    fonts = str(resources.files("font_roboto") / "files")
    return typst.Compiler(str(_FOLDER / template), root=str(_FOLDER), font_paths=[fonts], ignore_system_fonts=True)
