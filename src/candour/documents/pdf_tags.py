"""The short pass over a tagged PDF that makes the first cell of a row its header (PDF 32000-1, 14.8.5.7, Scope)."""

from collections.abc import Iterator, Sequence
from io import BytesIO

import pikepdf


def with_row_headers(pdf: bytes, tables: Sequence[bool]) -> bytes:
    """Return the PDF with TH cells of scope Row in each table that `tables` (in reading order) says has them."""
    with pikepdf.open(BytesIO(pdf)) as document:
        found = _elements(document.Root.StructTreeRoot, "/Table")
        for table, wanted in zip(found, tables, strict=True):
            if wanted:
                _head_rows(document, table)
        out = BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _head_rows(document: pikepdf.Pdf, table: pikepdf.Object) -> None:
    for row in _elements(table, "/TR"):
        head, *others = _children(row)
        if head.S == "/TD":
            head.S = pikepdf.Name.TH
            head.A = document.make_indirect(pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row))
            for cell in others:
                _forget_named_headers(cell)


def _forget_named_headers(cell: pikepdf.Object) -> None:
    """Let both headers of a cell follow from Scope: naming only the column's, as it does, would hide the row's."""
    for each in _listed(cell.get("/A")):
        if "/Headers" in each:
            del each["/Headers"]


def _elements(parent: pikepdf.Object, kind: str) -> Iterator[pikepdf.Object]:
    """Walk the structure tree in reading order."""
    for child in _children(parent):
        if kind == child.S:
            yield child
        else:
            yield from _elements(child, kind)


def _children(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in _listed(element.get("/K")):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid


def _listed(value: pikepdf.Object | None) -> list[pikepdf.Object]:
    """Return the one or the several that a key of the structure tree may hold."""
    if value is None:
        return []
    return list(value) if isinstance(value, pikepdf.Array) else [value]
