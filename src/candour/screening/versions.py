"""With what a file is looked into: the tools' versions, and a digest of the rules; neither is loaded for it."""

import hashlib
import importlib.metadata
from functools import cache
from pathlib import Path

TOOLS = ("candour", "lxml", "pikepdf", "pdfplumber", "pypdfium2", "pillow", "olefile")


@cache
def versions() -> dict[str, str]:
    """Return the versions of the tools by name, and under `rules` a digest of all that screening is written in."""
    rules = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        rules.update(path.read_bytes())
    return {**{name: importlib.metadata.version(name) for name in TOOLS}, "rules": rules.hexdigest()[:16]}
