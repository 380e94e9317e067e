"""Files made anew for each run that carry something not seen, one at least for each check, and clean ones like them."""

from collections.abc import Callable
from typing import NamedTuple


class Carrier(NamedTuple):
    """A file to be made: the codes that must be among what is found (none: nothing may block), its name, its maker."""

    codes: tuple[str, ...]
    name: str
    make: Callable[[], bytes]

    def __str__(self):
        return f"{'+'.join(self.codes) or 'clean'}:{self.name}"


def carrying(codes: str, name: str, content: bytes | str | Callable[[], bytes]) -> Carrier:
    made = content.encode() if isinstance(content, str) else content
    return Carrier(tuple(codes.split()), name, made if callable(made) else lambda: made)


def clean(name: str, content: bytes | str | Callable[[], bytes]) -> Carrier:
    return carrying("", name, content)
