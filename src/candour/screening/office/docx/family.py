"""The family of Word's documents; the modules beside this one put its checks to it."""

from candour.screening import kinds
from candour.screening.families import Family
from candour.screening.office import parts, places
from candour.screening.office.docx import documents

DOCX = Family(
    "docx",
    (kinds.DOCX, kinds.DOCM),
    opens=documents.Document,
    texts=documents.texts,
    grids=documents.grids,
    parts=parts.files,
    places=places.named,
)
