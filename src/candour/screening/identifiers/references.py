"""The body's own references (of its incidents and cases), by the patterns that it gives, in a text."""

import re
from collections.abc import Iterable, Iterator

from candour.screening.identifiers import sorts
from candour.screening.identifiers.searching import Found

_SIGNS = {"#": r"\d", "@": "[A-Z]", "*": r"\w+"}


class References:
    """Patterns of references as a person writes them: `#` is a digit, `@` a letter, `*` any letters and digits."""

    def __init__(self, patterns: Iterable[str]) -> None:
        """A pattern like `INC-####-####`; whatever is no sign stands for itself."""
        written = ["".join(_SIGNS.get(sign, re.escape(sign)) for sign in pattern) for pattern in patterns if pattern]
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(written)})(?!\w)") if written else None

    def within(self, text: str) -> Iterator[Found]:
        if self._pattern:
            for match in self._pattern.finditer(text):
                yield Found(sorts.REFERENCE, match[0])
