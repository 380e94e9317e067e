"""Takes office packages apart and puts them together again, with a part more or a part changed."""

import io
import zipfile
from collections import defaultdict
from functools import cache

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FILES = defaultdict(list)
"""By the code of a check: the files that it has to find something in, as (name, how the file is made)."""


def shows(code, ending):
    """Put a file into the corpus: the check of this code has to find something in it."""

    def kept(make):
        name = make.__name__.replace("_", "-")
        FILES[code].append((f"{name}.{ending}", cache(make)))
        return make

    return kept


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def changed(content, name, before, after):
    """Replace a piece of the XML of a part, once; the piece has to be there."""
    parts = parts_of(content)
    text = parts[name].decode()
    assert before in text, (name, before, text[:3000])
    return packed({**parts, name: text.replace(before, after, 1).encode()})


def with_parts(content, added, relations=()):
    """Add parts, and relations as (source part, kind, target) or (source part, kind, target, "External")."""
    new = {name: text.encode() if isinstance(text, str) else text for name, text in added.items()}
    parts = {**parts_of(content), **new}
    for number, relation in enumerate(relations):
        _relate(parts, f"rIdX{number}", *relation)
    return packed(parts)


def _relate(parts, id_, source, kind, target, mode=""):
    folder, _, name = source.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    before = parts.get(rels, empty).decode()
    external = f' TargetMode="{mode}"' if mode else ""
    one = f'<Relationship Id="{id_}" Type="{RELATIONS}/{kind}" Target="{target}"{external}/>'
    if before.rstrip().endswith("/>"):
        before = before.rstrip()[:-2] + "></Relationships>"
    parts[rels] = before.replace("</Relationships>", f"{one}</Relationships>").encode()
