"""The fields in the text of a binary Word document (MS-DOC 2.8.25): their codes, and the letters that are shown."""

from collections.abc import Iterator
from dataclasses import dataclass

_BEGIN, _MIDDLE, _END = "\x13", "\x14", "\x15"


@dataclass
class _Field:
    code: str = ""
    shown: bool = False
    of_a_number: bool = False


class Fields:
    """Reads a text in which fields stand, one within another and over several paragraphs; `codes` are those read."""

    def __init__(self, numbers: tuple[str, ...] = ()) -> None:
        """`numbers` are the fields in whose place their first word is told, in capital letters."""
        self.codes: list[str] = []
        self._numbers = numbers
        self._open: list[_Field] = []

    def shown(self, text: str) -> Iterator[tuple[str, str]]:
        """Yield the letters that are shown and "", or "" and the first word of a field of a number."""
        seen = ""
        for letter in text:
            if letter == _BEGIN:
                self._open.append(_Field())
            elif letter == _MIDDLE and self._open:
                if number := self._begin_result(self._open[-1]):
                    yield seen, number
                    seen = ""
            elif letter == _END and self._open:
                self._end(self._open.pop())
            elif self._open and not self._open[-1].shown:
                self._open[-1].code += letter
            elif not any(one.of_a_number or not one.shown for one in self._open):
                seen += letter
        yield seen, ""

    def _begin_result(self, field: _Field) -> str:
        self._end(field)
        word = (field.code.split() or [""])[0].upper()
        field.shown, field.of_a_number = True, word in self._numbers
        return word if field.of_a_number and all(one.shown for one in self._open) else ""

    def _end(self, field: _Field) -> None:
        if not field.shown and field.code.strip():
            self.codes.append(field.code)


def codes(text: str) -> list[str]:
    """Return the codes of the fields in a text, those within others too."""
    fields = Fields()
    for _ in fields.shown(text):
        pass
    return fields.codes
