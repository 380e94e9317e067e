"""Files that are damaged at random, from seeds of every kind: what fuzzing feeds to screening."""

import random
import zipfile
from io import BytesIO

from carriers import deceits, mails, packed, pages, pictures, portable, texts
from office_corpus import binaries, documents, open_documents, presentations, workbooks
from office_corpus.packages import FILES

_KINDS = (deceits, mails, packed, pages, pictures, portable, texts)
_LOADED = (binaries, documents, open_documents, presentations, workbooks)  # each registers its files in FILES


def seeds(each=1):
    """Every file of the corpus by name, or each so many of them, as (name, content)."""
    found = [(one.name, one.make) for module in _KINDS for one in module.CARRIERS]
    found += [file for files in FILES.values() for file in files]
    return [(name, make()) for name, make in sorted(found, key=lambda one: one[0])[::each]]


def damaged(content, chance, times=8):
    """Return a file with bytes flipped, cut, doubled, moved or set to extremes."""
    for _ in range(chance.randrange(1, times)):
        at = chance.randrange(len(content) + 1)
        length = chance.randrange(1, 40)
        piece = chance.choice(
            (
                chance.randbytes(length), content[at : at + length] * 2, b"", b"\xff" * length, b"\0" * length,
                content[: length * 10], b"999999999", b"-1", b"<", b"&#0;",
            )
        )  # fmt: skip
        content = content[:at] + piece + content[at + chance.choice((0, length, len(piece))) :]
    return content


def damaged_inside(content, chance):
    """Return an archive whose parts are damaged, packed again soundly: damage that gets as far as the XML."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = [(entry.filename, archive.read(entry)) for entry in archive.infolist() if not entry.is_dir()]
    except (zipfile.BadZipFile, RuntimeError, OSError, ValueError, EOFError):
        return damaged(content, chance)
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, part in parts:
            archive.writestr(name, damaged(part, chance) if chance.random() < 0.3 else part)
    return made.getvalue()


def mutated(content, number):
    """Return one damaged file, the same for the same number."""
    chance = random.Random(number)  # noqa: S311 - damage that can be made again
    if content.startswith(b"PK") and chance.random() < 0.7:
        return damaged_inside(content, chance)
    return damaged(content, chance)
