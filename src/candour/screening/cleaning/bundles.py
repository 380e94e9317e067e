"""Several files cleaned one by one and packed anew: plain names, no comment, no odds and ends, nothing between them."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

from candour.documents import archive
from candour.screening import archives, kinds, packed
from candour.screening.arrivals import clean_name
from candour.screening.cleaning.made import Rendition
from candour.screening.findings import Unreadable
from candour.screening.inside import Inside

_Clean = Callable[[bytes, Inside], Rendition | None]


@dataclass
class Bundle:
    """Clean renditions by the names they are packed under, and the names of the files that have none."""

    inside: Inside
    clean: _Clean
    files: dict[str, bytes] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)
    _times: Counter[str] = field(default_factory=Counter)
    """By each name, told without its case: how many files came under it."""

    def take(self, name: str, content: bytes) -> None:
        """Clean a file, and put it in; note its name where it cannot be cleaned."""
        try:
            made = self._made(name, content)
        except Unreadable as why:
            self.left_out.append(f"{_shown(name)}: {why}")
            return
        if made is None:
            self.left_out.append(f"{_shown(name)}: no clean rendition can be made of it")
        else:
            self.put(f"{_folder(name)}{made.name}", made.content)
            self.left_out += [f"of {_shown(name)}: {what}" for what in made.left_out]

    def put(self, name: str, content: bytes) -> None:
        """Put in a clean file, under the next free name; some systems hold `A.txt` and `a.txt` for one name."""
        path, free = PurePath(name), name
        while free.casefold() in self._times:
            self._times[name.casefold()] += 1
            free = str(path.with_stem(f"{path.stem}-{self._times[name.casefold()]}"))
        self._times[free.casefold()] = 1
        self.files[free] = content

    def packed(self) -> bytes:
        return archive.packed(self.files.items())

    def _made(self, name: str, content: bytes) -> Rendition | None:
        kind = kinds.seen(content, name) if content else None
        if kind is None:
            return None
        if self.inside.depth >= self.inside.limits.depth:
            raise Unreadable("it lies too deeply in other files")
        return self.clean(content, self.inside.within(clean_name(name), kind))


def unpacked(content: bytes, inside: Inside, clean: _Clean) -> Bundle:
    """Clean each file of a ZIP archive. Raises Unreadable where the archive is, or nothing of it can be cleaned."""
    opened = archives.Archive(content, inside)
    bundle = Bundle(inside, clean)
    for name, part in packed.parts(opened):
        bundle.take(name, part)
    beside = len(opened.entries) - len(list(packed.members(opened)))
    if beside:
        bundle.left_out.append(f"{beside} links, or files that a program put there unasked")
    if not bundle.files:
        raise Unreadable("no file of it has a clean rendition")
    return bundle


def _shown(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable())[:120]


def _folder(name: str) -> str:
    """Return the folders of a file inside an archive, without those that lead elsewhere or are not shown."""
    folders = (clean_name(one) for one in name.replace("\\", "/").split("/")[:-1] if one.strip(". "))
    return "".join(f"{one}/" for one in folders)
